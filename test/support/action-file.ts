import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Contexts, evaluateText } from './expressions.ts'

/** What the runner takes from an action.yml. */
export interface ActionFile {
  readonly folder: string
  readonly inputs: readonly { readonly name: string; readonly default: string }[]
  readonly main: string
  readonly post?: string
  readonly postIf: string
}

/** A value as it may stand in a workflow's `with:`. */
export type WithValue = string | number | boolean | null

/** The only contexts that defaults in action.yml may use (action_yaml.json, `input-default-context`). */
const DEFAULT_CONTEXTS = ['github', 'strategy', 'matrix', 'job', 'runner']

/** @throws Error when the folder holds no action.yml of a JavaScript action */
export function readActionFile(folder: string): ActionFile {
  const path = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find(existsSync)
  if (path === undefined) throw new Error(`No action.yml in ${folder}`)
  const document = parse(readFileSync(path, 'utf8'))
  const runs = document?.runs
  if (typeof runs?.main !== 'string' || !String(runs.using).startsWith('node')) {
    throw new Error(`${path} is no JavaScript action: runs.using is ${runs?.using}, runs.main ${runs?.main}`)
  }
  const inputs = Object.entries<{ default?: WithValue } | null>(document.inputs ?? {})
  return {
    folder,
    inputs: inputs.map(([name, input]) => ({ name, default: toText(input?.default) })),
    main: runs.main,
    ...(typeof runs.post === 'string' && { post: runs.post }),
    postIf: runs['post-if'] ?? 'always()',
  }
}

export interface EvaluatedInputs {
  /** By the name of the environment variable, `INPUT_<NAME>`. */
  readonly environment: Readonly<Record<string, string>>
  /** Names under `with:` that the action does not declare: the runner warns of them and passes them on. */
  readonly unexpected: readonly string[]
}

/**
 * The inputs as the runner hands them to the action, evaluated now. A name under `with:` counts whatever its case, and also
 * when its value is empty: only a name that is absent gets the default.
 * @throws Error naming the input, when an expression is malformed or uses a context out of its reach
 */
export function evaluateInputs(
  action: ActionFile,
  given: Readonly<Record<string, WithValue>>,
  contexts: Contexts,
): EvaluatedInputs {
  const environment: Record<string, string> = {}
  const evaluateInput = (name: string, text: string, place: string, visible: Contexts) => {
    try {
      environment[toVariable(name)] = evaluateText(text, visible)
    } catch (error) {
      throw new Error(`Input ${name}, ${place}: ${error instanceof Error ? error.message : error}`, { cause: error })
    }
  }
  for (const [name, value] of Object.entries(given)) evaluateInput(name, toText(value), 'under with', contexts)
  const visible = Object.fromEntries(Object.entries(contexts).filter(([name]) => DEFAULT_CONTEXTS.includes(name)))
  for (const input of action.inputs) {
    if (toVariable(input.name) in environment) continue
    evaluateInput(input.name, input.default, 'its default in action.yml', visible)
  }
  const declared = new Set(action.inputs.map(({ name }) => name.toLowerCase()))
  return { environment, unexpected: Object.keys(given).filter((name) => !declared.has(name.toLowerCase())) }
}

/** Upper case, spaces to underscores; dashes stay (Handler.cs), though no shell can name such a variable. */
function toVariable(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`
}

function toText(value: WithValue | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}
