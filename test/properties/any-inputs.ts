import fc from 'fast-check'
import { stringify } from 'yaml'
import { badInputs } from '../scenario/bad-inputs.ts'
import { type AnyJson, anyJson, mutated } from './any-json.ts'
import { anyText, nearly } from './any-text.ts'

const ruleExamples: AnyJson[] = [
  'start-time',
  'end-time',
  'duration',
  { duration: { 'report-in': 'minutes', builder: 'CI/*' } },
  { property: 'coverage' },
  { property: { name: 'coverage', type: 'int', field: 'lines', 'on-missing': 'ignore' } },
  { property: { name: 'github.ref_name', tag: 'branch' } },
  { property: { regex: '.*' } },
  { property: { regex: '(a+)+', builder: ['CI/test', '*'] } },
  { data: 'tests' },
  { data: { regex: '.*', tags: ['suite'] } },
  { data: { name: 'tests', measurement: 'unit' } },
  'steps',
  { steps: { regex: 'Run .*', builder: 'CI/*' } },
]
const fine = fc.uniqueArray(fc.constantFrom(...ruleExamples), {
  maxLength: 6,
  selector: (rule) => JSON.stringify(rule),
})
const rules = fc.oneof(
  { weight: 3, arbitrary: fine as fc.Arbitrary<AnyJson> },
  { weight: 1, arbitrary: mutated(fine as fc.Arbitrary<AnyJson>) },
  { weight: 1, arbitrary: fc.array(fc.oneof(fc.constantFrom(...ruleExamples), anyJson), { maxLength: 4 }) },
)

/** JSON or YAML, with and without mistakes in it. */
function written(value: fc.Arbitrary<AnyJson>): fc.Arbitrary<string> {
  const text = fc.oneof(
    value.map((json) => JSON.stringify(json)),
    value.map((json) => stringify(json)),
  )
  return fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: nearly(text) })
}

const captures = written(rules)
const maps = fc.constantFrom<AnyJson[]>(
  { team: 'web', coverage: 81.5, passed: true, none: null },
  { tests: { passed: 1 }, list: [{ a: 1 }], 'a b': "x'y" },
)
const map = written(fc.oneof(maps, mutated(maps)))
const comparisons = fc.constantFrom<AnyJson[]>(
  true,
  { last: 7, branch: 'same', statistic: 'coverage', 'warn-above': 1.5, 'fail-above': { value: 3 }, 'min-builds': 2 },
  { branch: 'main', 'warn-above': '10m', 'fail-above': '50%' },
)
const compare = written(fc.oneof(comparisons, mutated(comparisons)))
const storage: AnyJson = {
  name: 'main',
  file: 'points-of-config.lp',
  layout: 'native',
  captures: ['duration', { property: 'coverage' }],
  tags: { team: 'web' },
  measurement: 'build',
  'matrix-tags': false,
}
const other: AnyJson = { influxdb: { url: 'http://127.0.0.1:9', database: 'ci', username: '$NAME', password: '$NONE' } }

const configs = fc.constantFrom<AnyJson[]>(
  { storages: [storage] },
  { compare: { 'warn-above': 2 }, captures: ['duration', 'steps'], storages: [storage] },
  { captures: ['duration'], storages: [storage, { ...(other as object), layout: 'buildbot' }] },
  { captures: ['duration', { property: 'coverage' }], storages: [{ file: 'points-of-config.lp' }] },
)
const someConfig = written(
  fc.oneof(
    configs,
    mutated(configs),
    rules.map((list): AnyJson => ({ captures: list, storages: [{ file: 'points-of-config.lp' }] })),
    rules.map((list): AnyJson => ({ storages: [{ ...(storage as object), captures: list }] })),
  ),
)

/** The file that `config` names. What it writes to is below the workspace, whatever the path has become. */
export const anyConfig: fc.Arbitrary<string> = someConfig.map((text) =>
  text.replaceAll(/(file["']?\s*:[\s"'|>-]*)[/.\\]+/g, '$1'),
)

const boolean = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('true', 'false', 'True', 'FALSE', 'yes') },
  { weight: 1, arbitrary: anyText },
)

/** Texts for each input. None of them leads off this machine, nor to a file that is not the test's. */
const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  url: fc.constantFrom(
    ...[
      '',
      'http://127.0.0.1:9',
      'http://127.0.0.1:9/a//',
      'https://127.0.0.1:9',
      'http://127.0.0.1:99999',
      'http://[::1',
    ],
    ...['127.0.0.1:9', 'ftp://127.0.0.1', 'http://a:b@127.0.0.1:9', 'http://127.0.0.1:9/?a#b', 'http://', '\u202e'],
  ),
  api: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('v1', 'v2', 'v3') }, { weight: 1, arbitrary: anyText }),
  token: anyText,
  org: anyText,
  bucket: anyText,
  database: anyText,
  username: anyText,
  password: anyText,
  'retention-policy': anyText,
  file: anyText.map((text) => (text === '' ? '' : `{temp}/${text.replaceAll(/[./]+/g, '_')}`)),
  config: fc.oneof(fc.constantFrom('stats.yml', './stats.yml', 'none.yml', '.', '/dev/null'), anyText),
  captures: fc.oneof({ weight: 4, arbitrary: captures }, { weight: 1, arbitrary: anyText }),
  compare: fc.oneof(compare, anyText),
  layout: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('native', 'buildbot', 'natvie') },
    { weight: 1, arbitrary: anyText },
  ),
  measurement: anyText,
  tags: fc.oneof(map, anyText),
  'matrix-tags': boolean,
  properties: fc.oneof(map, anyText),
  'github-token': anyText,
  'start-point': boolean,
  summary: fc.oneof(boolean, fc.constant('verdict')),
  timeout: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('0.02', '0.05', '.1', '0.001', '0', '1e3') },
    { weight: 1, arbitrary: anyText },
  ),
  'fail-on-error': boolean,
  'dry-run': boolean,
}

const given = fc.dictionary(fc.constantFrom(...Object.keys(texts)), fc.constant(0), { maxKeys: 3 })

/** Some of the inputs, at least half of the time such as they should be. */
export const anyInputs: fc.Arbitrary<Record<string, string>> = fc.oneof(
  {
    weight: 4,
    arbitrary: given.chain((names) =>
      fc.record(Object.fromEntries(Object.keys(names).map((name) => [name, texts[name] ?? anyText]))),
    ),
  },
  { weight: 3, arbitrary: captures.map((text) => ({ captures: text })) },
  { weight: 1, arbitrary: map.map((text) => ({ properties: text, tags: text, captures: '- property: {regex: .*}' })) },
  { weight: 1, arbitrary: fc.constantFrom(...badInputs.map((inputs) => withoutServers(inputs))) },
)

/** The hosts of examples are not asked. */
function withoutServers(inputs: object): Record<string, string> {
  const entries = Object.entries(inputs).map(([name, value]) => [
    name,
    String(value).replace('influx.example.com', '127.0.0.1'),
  ])
  return Object.fromEntries(entries)
}
