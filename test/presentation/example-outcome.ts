import type { PropertyRule } from '../../src/capture/kinds/property.ts'
import type { TimeRule } from '../../src/capture/kinds/time.ts'
import type { Origin } from '../../src/presentation/explain-conflict.ts'
import type { Outcome } from '../../src/presentation/outcome.ts'
import { toSummary } from '../../src/presentation/summary.ts'
import { exampleBuild } from '../build/example-build.ts'

const everywhere = { builder: undefined, callback: undefined, source: 'captures', line: undefined }
export const rule: PropertyRule = {
  kind: 'property',
  match: { name: 'coverage' },
  type: undefined,
  field: undefined,
  tag: undefined,
  onMissing: 'warn',
  ...everywhere,
}
const startTime: TimeRule = { kind: 'start-time', field: undefined, type: undefined, ...everywhere }
export const property = { path: 'steps.unit.outputs.coverage', shortName: 'coverage', value: '81.5' }

export const outcome: Outcome = {
  build: exampleBuild(),
  columns: [
    {
      captured: { rule: startTime, column: 'start_time', value: '1970-01-01T00:00:00.000Z' },
      key: 'start_time',
      kind: 'field',
    },
    { captured: { rule, name: 'coverage', property, value: 81.5 }, key: 'coverage', kind: 'field' },
    { captured: { rule, name: 'coverage', property, value: 'x' }, key: 'cov', kind: 'tag' },
  ],
  misses: [{ rule: { ...rule, line: 3 }, reason: 'there is no property', level: 'warn' }],
  warnings: ['A warning.'],
  secretNames: ['api_key'],
  data: {
    singles: new Map([
      ['tests', undefined],
      [
        'size',
        [
          ['mb', 4.2],
          ['number', 42n],
        ],
      ],
    ]),
    ignored: new Map([['bench', 1]]),
    names: new Set(['tests']),
    reported: new Set(),
    malformed: [],
    malformedCount: 0,
    misses: [],
    notes: new Set(),
    warnings: [],
    renamed: new Set(),
    failure: undefined,
  },
  storages: [
    { name: 'http://influx:8086 (v1, database ci)', written: 1, unsent: 0, lost: 0, problems: [], hasStart: true },
    { name: 'file stats.lp', written: 2, unsent: 0, lost: 3, problems: ['full disk', 'again'], hasStart: false },
  ],
  spooled: { sent: 0, problems: [], losses: [] },
  unyielded: new Map(),
  settingFaults: [],
}
/** What the points of the example were made from. */
export const origin: Origin = {
  builder: 'CI/test',
  layout: { kind: 'native', options: { measurement: 'build', tags: [], matrixTags: true } },
  rules: [],
  columns: outcome.columns,
}

const keep = (text: string) => text
export const summarize = (changes: Partial<Outcome> = {}, notices: string[] = [], redact = keep) =>
  toSummary({ ...outcome, ...changes }, notices, redact)
