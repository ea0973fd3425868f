// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { appendFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exampleJob } from '../support/github-api.ts'
import { renderMarkdown } from '../support/github-page.ts'
import { influxError, startInfluxServer } from '../support/influxdb-server.ts'
import { createRunnerMask } from '../support/runner-masking.ts'
import { parseWorkflowCommands } from '../support/workflow-commands.ts'
import { closing } from './closing.ts'
import { type Finished, openScenario, type Scenario, secondsAgo } from './scenario.ts'

/** Secrets of other steps, of which this action knows nothing: the runner alone masks them, by comparing. */
const foreign: Record<string, string> = {
  url: 'https://hooks.example.com:8443/services/T0/B0/xyz?a=1&b=2#c',
  quotes: `it's "quoted" and 'more'`,
  markup: '<token>&amp;</token>',
  both: `p"w'd<&>%41`,
  markdown: '**a** __b__ `c` | d ~~e~~ $f$ [g](h)',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s1gnature_-x',
  base64: 'c2VjcmV0LW9mLWEtc3RlcA==',
  json: '{"type": "service", "key": "ab\\ncd"}',
  backslashes: 'C:\\temp\\new "x"',
  spaces: 'three   spaces here',
  unicode: 'größe–密碼😀',
  mermaid: 'x; y: #35; %%z',
  lines: '-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n-----END KEY-----',
  long: Array.from({ length: 60 }, (_, index) => `k${index}`).join('-'),
}

/** What a reader sees of markdown: texts of elements without their tags, references resolved. */
function toSeen(markdown: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  const seen = (text: string) =>
    text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
      decimal || hex
        ? String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16))
        : (named[name] ?? whole),
    )
  return seen(renderMarkdown(markdown).replace(/<[^>]*>/g, ''))
}

/** Secrets that somebody sees whole, and where, when the runner has masked what it can. */
function findSeen(secrets: readonly string[], { main, post, job }: Finished & Scenario): string[] {
  const mask = createRunnerMask(secrets)
  const printed = [main, post].map(({ stdout }) => parseWorkflowCommands(stdout))
  const summary = mask(job.summary)
  const pages: Record<string, string> = {
    log: mask(printed.flatMap(({ log }) => log).join('\n')),
    annotations: mask(printed.flatMap(({ annotations }) => annotations.map(({ message }) => message)).join('\n')),
    summary,
    'summary as it is read': toSeen(summary),
    // Entity codes of Mermaid's.
    'summary as it is drawn': summary.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
  }
  const parts = secrets.flatMap((secret) => [secret.trim(), ...secret.trim().split('\n')])
  const squeeze = (text: string) => text.replace(/\s+/g, ' ')
  return Object.entries(pages).flatMap(([page, text]) =>
    parts.filter((part) => squeeze(text).includes(squeeze(part))).map((part) => `${page}: ${part}`),
  )
}

/** A job with a secret in every place that reaches a page: values, names, tags, errors, steps. */
async function runSpilling(secret: string, inputs: Readonly<Record<string, string>>) {
  const api = {
    job: exampleJob({
      started_at: secondsAgo(60),
      steps: ['Set up job', `Deploy to ${secret}`, secret].map((name, index) => ({
        ...{ name, number: index + 1, status: 'completed' as const, conclusion: index === 2 ? 'failure' : 'success' },
        ...{ started_at: secondsAgo(60 - index * 10), completed_at: secondsAgo(50 - index * 10) },
      })),
    }),
  }
  const scenario = await openScenario({
    api,
    contexts: { secrets: { THEIRS: secret } },
    env: { GITHUB_WORKFLOW: `CI ${secret.split('\n')[0]}`, NOTE: secret },
    with: {
      captures: [
        '- duration',
        '- steps',
        '- property: leak',
        '- property: list',
        '- property: missing',
        '- property: env.NOTE',
        '- property: {name: mine, tag: mine}',
        "- data: {regex: '.*'}",
      ].join('\n'),
      tags: JSON.stringify({ team: secret }),
      properties: JSON.stringify({ mine: secret, [`of ${secret}`]: secret }),
      ...inputs,
    },
  })
  const finished = await scenario.run(() => {
    const { job } = scenario
    job.setStep('spill', {
      outputs: { leak: `before ${secret} behind`, list: JSON.stringify([secret, { [secret]: 1 }]) },
    })
    const quoted = JSON.stringify(secret.replaceAll('\n', ' '))
    appendFileSync(
      job.exportedEnv.BUILD_STATS ?? '',
      [
        `data text=${quoted}`,
        `${secret.replace(/[ ,=\n]/g, '\\$&').replaceAll('\\\n', '_')} value=1`,
        `malformed ${secret}`,
        '',
      ].join('\n'),
    )
  })
  return { ...scenario, ...finished }
}

describe.concurrent('a secret that the action does not know, masked as the runner does', () => {
  test.each(Object.entries(foreign))('%s', async (_name, secret) => {
    // A server that says it again, in every answer.
    const server = closing(
      await startInfluxServer({
        api: 'v2',
        org: 'acme',
        bucket: 'ci',
        respond: () => influxError('v2', 400, `unable to parse: ${secret}`),
      }),
    )
    const inputs = { url: server.url, bucket: 'ci', org: 'acme', token: 'tok-4711-abcdefgh', timeout: '3' }
    const finished = await runSpilling(secret, inputs)
    expect(finished.job.summary).toContain('```mermaid\n')
    expect(findSeen([secret, inputs.token], finished)).toEqual([])
    // It came that far, all but what is shown under another name.
    expect(createRunnerMask([secret])(finished.job.summary)).toMatch(/\*\*\*|…/)
  })
})

describe.concurrent("a server's url that is a secret, as README has it", () => {
  test.each([
    ['without a slash at its end', (url: string) => url],
    ['with one', (url: string) => `${url}/`],
    ['with a path', (url: string) => `${url}/proxy/influx/`],
    ['with capitals', (url: string) => url.replace('http:', 'HTTP:').replace('127.0.0.1', 'LOCALHOST')],
  ])('%s', async (_name, toUrl) => {
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
    const gone = await startInfluxServer({ api: 'v1', database: 'ci' })
    await gone.close()
    for (const url of [toUrl(server.url), toUrl(gone.url)]) {
      const scenario = await openScenario({
        contexts: { secrets: { INFLUX_URL: url, INFLUX_PASSWORD: `pa"ss<w>&'08'` } },
        with: {
          file: '',
          url: '${{ secrets.INFLUX_URL }}',
          database: 'ci',
          username: 'stats',
          password: '${{ secrets.INFLUX_PASSWORD }}',
          timeout: '1',
        },
      })
      const finished = { ...scenario, ...(await scenario.run()) }
      expect(finished.job.summary).toContain(url)
      expect(findSeen([url, `pa"ss<w>&'08'`], finished)).toEqual([])
    }
  })
})
