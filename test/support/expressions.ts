import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { type ContextValue, toDictionary, toExpressionData, toJson } from './expression-data.ts'

/** What expressions see: contexts by name. One that is not among them is "unrecognized", as on the runner. */
export type Contexts = Readonly<Record<string, ContextValue>>

export type JobStatus = 'success' | 'failure' | 'cancelled'

type WorkflowFunction = NonNullable<ConstructorParameters<typeof Evaluator>[2]> extends Map<string, infer F> ? F : never

const OPEN = '$' + '{{'

/**
 * The text of a value of `with:`, of a default in action.yml or of `run:` with every `${{ }}` in it replaced.
 * @throws Error that quotes the expression, when it is malformed, names an unknown context or is no text
 */
export function evaluateText(text: string, contexts: Contexts): string {
  let result = ''
  let rest = text
  for (let start = rest.indexOf(OPEN); start >= 0; start = rest.indexOf(OPEN)) {
    const end = findEnd(rest, start + OPEN.length)
    if (end === undefined) throw new Error(`The expression is not closed: ${rest.slice(start)}`)
    const expression = rest.slice(start + OPEN.length, end)
    const value = evaluate(expression, contexts, workflowFunctions)
    if (!value.primitive && start === 0 && end + 2 === rest.length && result === '') {
      throw new Error(`A ${value.kind === data.Kind.Array ? 'sequence' : 'mapping'} was not expected: ${expression}`)
    }
    result += rest.slice(0, start) + value.coerceString()
    rest = rest.slice(end + 2)
  }
  return result + rest
}

/**
 * Whether a step with this `if:` (or `pre-if`, `post-if`) runs. As on the runner, a step's `if:` without a status function
 * holds only while the job succeeds; `post-if` is taken as it stands.
 */
export function evaluateCondition(
  condition: string,
  contexts: Contexts,
  status: JobStatus,
  implied: 'success()' | 'nothing' = 'success()',
): boolean {
  const bare = condition.trim()
  const whole = bare.startsWith(OPEN) && bare.endsWith('}}') ? bare.slice(OPEN.length, -2) : bare
  const expression = implied === 'nothing' || namesStatus(whole) ? whole : `success() && (${whole})`
  const functions = new Map([...workflowFunctions, ...toStatusFunctions(status)])
  // Two negations leave it to the language what counts as true.
  const value = evaluate(`!!(${expression})`, contexts, functions)
  return value.kind === data.Kind.Boolean && value.value
}

function evaluate(
  expression: string,
  contexts: Contexts,
  functions: Map<string, WorkflowFunction>,
): data.ExpressionData {
  try {
    const { tokens } = new Lexer(expression).lex()
    for (const token of tokens) {
      // The lexer unescapes only the first '' of a string.
      if (typeof token.value === 'string') token.value = token.lexeme.slice(1, -1).replaceAll("''", "'")
    }
    const parsed = new Parser(tokens, Object.keys(contexts), [...functions.values()]).parse()
    if (parsed === undefined) throw new Error('An expression was expected')
    return new Evaluator(parsed, toContextData(contexts), functions).evaluate()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${reason} in the expression: ${expression.trim()}`, { cause: error })
  }
}

function toContextData(contexts: Contexts): data.Dictionary {
  const all = toDictionary([])
  for (const [name, value] of Object.entries(contexts)) all.add(name, toExpressionData(value, name === 'env'))
  return all
}

const one = (name: string, call: (value: data.ExpressionData) => data.ExpressionData) =>
  [
    name.toLowerCase(),
    { name, minArgs: 1, maxArgs: 1, call: (value) => call(value ?? new data.Null()) } satisfies WorkflowFunction,
  ] as const

/** These two stand in for the package's own, which go through its dictionaries and through objects, losing keys and order. */
const workflowFunctions: Map<string, WorkflowFunction> = new Map([
  one('toJSON', (value) => new data.StringData(toJson(value))),
  one('fromJSON', (value) => toExpressionData(JSON.parse(value.coerceString()))),
])

function toStatusFunctions(status: JobStatus): [string, WorkflowFunction][] {
  const answers = {
    always: true,
    success: status === 'success',
    failure: status === 'failure',
    cancelled: status === 'cancelled',
  }
  return Object.entries(answers).map(([name, answer]) => [
    name,
    { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(answer) },
  ])
}

function namesStatus(expression: string): boolean {
  return /\b(always|success|failure|cancelled)\s*\(/i.test(expression.replace(/'[^']*'/g, "''"))
}

/** The index of the `}}` that closes an expression; those inside a string do not. */
function findEnd(text: string, from: number): number | undefined {
  let quoted = false
  for (let index = from; index < text.length; index++) {
    if (text[index] === "'") quoted = !quoted
    else if (!quoted && text.startsWith('}}', index)) return index
  }
  return undefined
}
