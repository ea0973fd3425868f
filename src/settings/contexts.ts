import { cutText } from '../build/cut-text.ts'
import { cutDeep } from '../build/depth.ts'
import { isObject, type JsonObject, parseJson } from '../build/json.ts'
import { maxDepth } from '../limits.ts'
import type { ReadInput } from '../runner/input-names.ts'
import type { SettingProblem } from './problem.ts'

/** The contexts of workflow expressions that reach the action as JSON inputs. */
export interface Contexts {
  readonly steps: JsonObject
  readonly needs: JsonObject
  readonly matrix: JsonObject
  readonly job: JsonObject
  readonly strategy: JsonObject
  readonly inputs: JsonObject
}

/**
 * Parses the context inputs. An invalid one loses its own properties and no others. A value that is nested too deep is left out with a
 * warning, because it is not a mistake of the job's owner.
 */
export function parseContexts(read: ReadInput): { contexts: Contexts; problems: SettingProblem[]; warnings: string[] } {
  const problems: SettingProblem[] = []
  const warnings: string[] = []
  const parse = (input: keyof Contexts): JsonObject => {
    const text = read(input).trim()
    if (text === '' || text === 'null') return {}
    const { value, isCut } = cutDeep(parseJson(text))
    if (isCut) warnings.push(explainCut(`The input ${input}`))
    if (isObject(value)) return value
    const given = cutText(text, 40)
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
      inputs: parse('inputs'),
    },
    problems,
    warnings,
  }
}

export function explainCut(what: string): string {
  return `${what} is nested deeper than ${maxDepth} levels: deeper values are left out.`
}
