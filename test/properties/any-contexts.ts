import fc from 'fast-check'
import { exampleRun } from '../support/example-run.ts'
import { eventPayload } from '../support/webhooks.ts'
import { type AnyJson, anyJson, mutated, toJsonText } from './any-json.ts'
import { anyText } from './any-text.ts'

/** Rules of every kind, none of which fails a job. */
export const captures = JSON.stringify([
  'start-time',
  'end-time',
  'duration',
  { property: { regex: '.*' } },
  { property: { name: 'coverage', 'on-missing': 'ignore' } },
  { property: { name: 'job.status', tag: 'status', 'on-missing': 'ignore' } },
  { property: { name: 'build', type: 'int', field: 'as_int', 'on-missing': 'ignore' } },
  { property: { name: 'github.event.pull_request.head.ref', 'on-missing': 'ignore' } },
  { data: 'build' },
  { data: 'a' },
  { data: { regex: '.*' } },
])

const step = {
  outputs: { coverage: '81.5', tests: '{"passed":10}', list: '[{"a":1},{"a":"x"}]' },
  outcome: 'success',
  conclusion: 'success',
}
const steps: AnyJson = { build: step, test: { ...step, outputs: {} }, 'x y': step }
/** Inputs that the runner fills with JSON. */
export const anyContexts = fc.record({
  steps: toJsonText(mutated(fc.constant(steps))),
  needs: toJsonText(mutated(fc.constant<AnyJson>({ lint: { result: 'success', outputs: { coverage: '1' } } }))),
  matrix: toJsonText(mutated(fc.constantFrom<AnyJson[]>({ os: 'ubuntu', node: 20, nested: { a: [1] } }, null))),
  job: toJsonText(mutated(fc.constant<AnyJson>({ status: 'success', check_run_id: exampleRun.jobId }))),
  strategy: toJsonText(mutated(fc.constant<AnyJson>({ 'fail-fast': true, 'job-index': 0, 'job-total': 1 }))),
  properties: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, toJsonText(anyJson)),
  layout: fc.constantFrom('native', 'native', 'buildbot'),
})

const payloads = [
  eventPayload('push'),
  eventPayload('pull_request', 'opened'),
  eventPayload('release'),
  eventPayload('workflow_dispatch'),
  eventPayload('issue_comment'),
  eventPayload('workflow_run'),
] as unknown as AnyJson[]
const variables = [
  ...[
    'GITHUB_REF',
    'GITHUB_REF_NAME',
    'GITHUB_HEAD_REF',
    'GITHUB_SHA',
    'GITHUB_WORKFLOW',
    'GITHUB_JOB',
    'GITHUB_RUN_ID',
  ],
  ...[
    'GITHUB_RUN_NUMBER',
    'GITHUB_RUN_ATTEMPT',
    'GITHUB_REPOSITORY',
    'GITHUB_ACTOR',
    'GITHUB_SERVER_URL',
    'RUNNER_NAME',
  ],
  ...['RUNNER_OS', 'RUNNER_ARCH', 'GITHUB_EVENT_NAME', 'OWN_VARIABLE'],
]
/** Variables that the runner, or a job, sets. */
export const anyEnvironment = fc.dictionary(
  fc.constantFrom(...variables),
  fc.oneof(anyText, fc.constantFrom('pull_request', 'schedule', 'pull_request_target', '18446744073709551616')),
  { maxKeys: 5 },
)

/** The payload of an event; none at all, at times. */
export const anyEvent = fc.option(toJsonText(mutated(fc.constantFrom(...payloads))), { nil: undefined })
