import { createRandom, type SeededRandom } from './seeded-random.ts'

/** A job of random inputs, rules, outputs, data and answers. */
export interface FuzzJob {
  readonly inputs: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
  readonly data: Buffer
  /** How many points of the measurement `fuzz` the data file holds. */
  readonly expected: number
  readonly timeoutS: number
  /** What the server does to one request after the other, and then again. */
  readonly server: readonly ServerAct[]
  readonly github: GitHubAct
}

export const serverActs = [
  'take',
  'refuse 400',
  'refuse at length',
  'refuse 401',
  'refuse 404',
  'fail 500',
  'fail 503',
  'want an hour',
  'hang',
  'drip',
  'reset',
  'break off',
  'redirect',
  'greet',
] as const
export type ServerAct = (typeof serverActs)[number]

export const gitHubActs = ['job', 'nothing', 'fail', 'junk', 'reset', 'hang'] as const
export type GitHubAct = (typeof gitHubActs)[number]

const names = [
  'coverage',
  'bench_1',
  `${'a'.repeat(40)}!`,
  'größe',
  'tests',
  'list',
  'api_key',
  'x'.repeat(500),
  '_',
  'time',
]
const values = [
  '81.5',
  '',
  'true',
  '1e999',
  '-0',
  '{"passed": 1, "deep": {"a": [1, null]}}',
  '[{"a": 1}, 2]',
  '{',
  'NaN',
  '9'.repeat(400),
]
const expressions = [
  '.*',
  'bench_\\d+',
  '(a+)+$',
  '(?=(a+)+$)',
  '(a{1,50}){1,50}$',
  '(?i)GRÖẞE',
  '\\bcov\\b',
  '(\\w)\\1',
  '(?P<n>x+)+!',
  '(?!api)',
]
const callbacks = [
  'value',
  '$number(value) * 2',
  '$exists(value) ? value : 0',
  '$sum($map([1..2000], function($i){ $i }))',
  '($f := function(){ $f() }; $f())',
  '($f := function($n){ 1 + $f($n + 1) }; $f(0))',
  '$map([1..1000], function($i){ $pad("x" & $i, 1000000) })',
  '$error($pad("x", 100000))',
  '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)',
  'props',
  '{"a": 1, "time": 2}',
]

export function createFuzzJob(seed: number): FuzzJob {
  const random = createRandom(seed)
  const timeoutS = random.pick([1, 2, 3])
  const { data, expected } = toData(random)
  const layout = random.pick(['native', 'native', 'buildbot'])
  return {
    inputs: {
      database: 'ci',
      timeout: `${timeoutS}`,
      layout,
      captures: JSON.stringify([...toRules(random, layout), { data: 'fuzz' }]),
      ...(random.below(3) === 0 ? { spool: '${{ runner.temp }}/spool' } : {}),
      ...(random.below(3) === 0 ? { compare: 'true' } : {}),
      ...(random.below(4) === 0 ? { 'start-point': 'false' } : {}),
      ...(random.below(4) === 0 ? { summary: 'false' } : {}),
      ...(random.below(4) === 0 && layout === 'native'
        ? { tags: JSON.stringify({ team: 'web', other: random.text(5) || 'x' }) }
        : {}),
    },
    outputs: toOutputs(random),
    data,
    expected,
    timeoutS,
    server: toActs(random),
    github: random.pick([...gitHubActs, 'job', 'job', 'job'] as const),
  }
}

/** Half of the servers are well; some fail now and then, some always. */
function toActs(random: SeededRandom): ServerAct[] {
  if (random.below(2) === 0) return ['take']
  if (random.below(2) === 0) return [random.pick(serverActs)]
  return Array.from({ length: 2 + random.below(4) }, () => (random.below(2) === 0 ? 'take' : random.pick(serverActs)))
}

function toRules(random: SeededRandom, layout: string): unknown[] {
  const isNative = layout === 'native'
  const callback = () => (random.below(2) === 0 ? { callback: random.pick(callbacks) } : {})
  const field = (n: number) => (isNative ? { field: `f${n}` } : {})
  return random.some<unknown>([
    'start-time',
    { 'end-time': callback() },
    { duration: callback() },
    ...Array.from({ length: 4 }, (_, n) => ({ property: { name: random.pick(names), ...field(n), ...callback() } })),
    ...Array.from({ length: 2 }, () => ({ property: { regex: random.pick(expressions), ...callback() } })),
    { data: { regex: random.pick(expressions), ...callback(), ...(isNative ? { measurement: 'other' } : {}) } },
    { data: random.pick(names) },
    ...(isNative ? ['steps'] : []),
  ])
}

function toOutputs(random: SeededRandom): Record<string, string> {
  const count = random.pick([0, 3, 30, 300])
  const others = Array.from({ length: count }, (_, n) => [`bench_${n}`, random.pick(values)])
  const named = random.some(names).map((name) => [name, random.below(3) === 0 ? random.text(30) : random.pick(values)])
  return Object.fromEntries([...others, ...named])
}

/** Lines that are well are of the measurement `fuzz`, each with a number of its own; the others are anything. */
function toData(random: SeededRandom): { data: Buffer; expected: number } {
  const expected = random.pick([0, 1, 20, 700, 3000])
  const isClean = random.below(2) === 0
  const parts: Buffer[] = []
  for (let n = 0; n < expected; n++) {
    if (!isClean && random.below(10) === 0) parts.push(Buffer.from(`${toBadLine(random)}\n`))
    parts.push(Buffer.from(`fuzz,n=${n} v=${n}\n`))
  }
  return { data: Buffer.concat(parts), expected }
}

function toBadLine(random: SeededRandom): string {
  const text = random.text(40).replaceAll(/[\n\r]/g, ' ')
  return random.pick([
    text,
    `bench_1 v=${text}`,
    'bench_2 v=1,w="x" 17000',
    `a${text}b c=1`,
    'x'.repeat(2000),
    '#',
    `${'a'.repeat(40)}! v=1`,
  ])
}
