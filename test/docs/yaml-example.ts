import { parse } from 'yaml'
import { ruleKinds } from '../../src/capture/rule-kinds.ts'
import { type Block, pages, readBlocks } from './pages.ts'

/** A YAML block of the docs, by what it holds. */
export type Example = Block &
  (
    | { readonly kind: 'rules' | 'unknown'; readonly value: unknown }
    | { readonly kind: 'config'; readonly value: ConfigExample }
    | { readonly kind: 'workflow'; readonly value: WorkflowExample }
    | { readonly kind: 'action'; readonly value: ActionExample }
    | { readonly kind: 'steps'; readonly value: readonly StepExample[] }
  )

export interface ConfigExample {
  readonly storages: readonly {
    readonly name?: string
    readonly influxdb?: { readonly url: string }
    readonly file?: string
    readonly layout?: string
    readonly captures?: readonly unknown[]
  }[]
}

export interface WorkflowExample {
  readonly env?: Environment
  readonly jobs: {
    readonly [id: string]: { readonly env?: Environment; readonly steps: readonly StepExample[] }
  }
}

/** A composite action. */
export interface ActionExample {
  readonly inputs: { readonly [name: string]: unknown }
  readonly runs: { readonly steps: readonly StepExample[] }
}

export interface StepExample {
  readonly id?: string
  readonly run?: string
  readonly uses?: string
  readonly with?: { readonly [input: string]: string | number | boolean }
  readonly env?: Environment
}

type Environment = { readonly [name: string]: string }

const kindsOfRules = Object.keys(ruleKinds)

/** @throws Error where the block is no YAML */
export function toExample(block: Block): Example {
  const value: unknown = parse(block.text)
  if (isMap(value) && 'jobs' in value) return { ...block, kind: 'workflow', value: value as unknown as WorkflowExample }
  if (isMap(value) && 'runs' in value) return { ...block, kind: 'action', value: value as unknown as ActionExample }
  if (isMap(value) && 'storages' in value) return { ...block, kind: 'config', value: value as unknown as ConfigExample }
  if (isFilledList(value) && value.every(isRule)) return { ...block, kind: 'rules', value }
  if (isFilledList(value) && value.every(isStep)) return { ...block, kind: 'steps', value }
  return { ...block, kind: 'unknown', value }
}

export const examples: readonly Example[] = pages
  .flatMap(readBlocks)
  .filter(({ language }) => language === 'yaml')
  .map(toExample)

export function findExamples<Kind extends Example['kind']>(kind: Kind): Extract<Example, { kind: Kind }>[] {
  return examples.filter((example): example is Extract<Example, { kind: Kind }> => example.kind === kind)
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFilledList(value: unknown): value is readonly StepExample[] {
  return Array.isArray(value) && value.length > 0
}

function isRule(item: unknown): boolean {
  const [kind, ...others] = isMap(item) ? Object.keys(item) : [item]
  return others.length === 0 && kindsOfRules.includes(kind as string)
}

function isStep(item: unknown): boolean {
  return isMap(item) && ('run' in item || 'uses' in item)
}
