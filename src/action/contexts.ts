import { isObject, type JsonObject } from '../build/json.ts'
import type { ReadInput } from './inputs.ts'
import type { Problem } from './problem.ts'

/** The contexts of workflow expressions that reach the action as JSON inputs. */
export interface Contexts {
  readonly steps: JsonObject
  readonly needs: JsonObject
  readonly matrix: JsonObject
  readonly job: JsonObject
  readonly strategy: JsonObject
}

/** Parses the context inputs. One that cannot be read costs its own properties and nothing else. */
export function parseContexts(read: ReadInput): { contexts: Contexts; problems: Problem[] } {
  const problems: Problem[] = []
  const parse = (input: keyof Contexts): JsonObject => {
    const text = read(input).trim()
    if (text === '' || text === 'null') return {}
    const value = parseJson(text)
    if (isObject(value)) return value
    const given = text.length > 40 ? `${text.slice(0, 40)}…` : text
    problems.push({
      input,
      text: `must be \${{ toJSON(${input}) }}, a JSON object, but is ${JSON.stringify(given)}`,
    })
    return {}
  }
  return {
    contexts: {
      steps: parse('steps'),
      needs: parse('needs'),
      matrix: parse('matrix'),
      job: parse('job'),
      strategy: parse('strategy'),
    },
    problems,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
