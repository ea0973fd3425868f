// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { influxError, startInfluxServer } from '../support/influxdb-server.ts'
import { json, startLoopback } from '../support/loopback.ts'
import { escapeXml } from '../support/runner-masking.ts'
import { closing } from './closing.ts'
import { type Finished, openScenario, runScenario, type Scenario } from './scenario.ts'

const token = 'influx-token-4711/+=&"q"-abcdefghijklmnopqrstuvwxyz'

/** Eight characters in a row of a secret, wherever the action shows or keeps something. */
function findParts(secret: string, { job, main, post, points }: Finished & Scenario): string[] {
  const printed = [main, post].map(({ stdout }) => stdout.replaceAll(/^::add-mask::.*$/gm, '')).join('\n')
  const all = [
    printed,
    job.summary,
    JSON.stringify(job.state),
    JSON.stringify(points, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
  ].join('\n')
  return Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8)).filter((part) =>
    all.includes(part),
  )
}

describe.concurrent('no part of a secret is seen', () => {
  test.for([
    ['as it is', token],
    ['in a URL', encodeURIComponent(token)],
    ['in HTML', escapeXml(token)],
    ['in base64', Buffer.from(`stats:${token}`).toString('base64')],
    ['in JSON', JSON.stringify({ token })],
  ])('that a step prints %s', async ([, text = ''], { expect }) => {
    const finished = await runScenario(
      {
        with: {
          ...{ url: 'http://127.0.0.1:9', org: 'acme', bucket: 'ci', token, timeout: 1 },
          captures: "- property: leak\n- data: {regex: '.*'}",
          tags: JSON.stringify({ note: text }),
        },
      },
      (job) => {
        job.setStep('spill', { outputs: { leak: `before ${text} behind` } })
        writeFileSync(job.exportedEnv.BUILD_STATS ?? '', `data text=${JSON.stringify(text)}\nmalformed ${text}\n`)
      },
    )
    expect(findParts(token, finished)).toEqual([])
    expect(finished.job.summary).toMatch(/<code>before .*\*\*\*.* behind<\/code>/)
  })

  test.for([0, 150, 170, 195, 250, 270, 290, 1990])(
    'that a server repeats behind %d characters',
    async (before, { expect }) => {
      const words = 'a '.repeat(before / 2)
      const server = closing(
        await startInfluxServer({
          api: 'v2',
          org: 'acme',
          bucket: 'ci',
          respond: () => influxError('v2', 400, `${words}${token}`),
        }),
      )
      const finished = await runScenario({
        with: { url: server.url, org: 'acme', bucket: 'ci', token, compare: true, timeout: 2 },
      })
      expect(findParts(token, finished)).toEqual([])
    },
  )

  test("that GitHub's API repeats", async () => {
    const githubToken = 'ghs_zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJ'
    const api = { respond: () => json({ message: `${'a '.repeat(85)}${githubToken}` }, { status: 418 }) }
    const finished = await runScenario({ token: githubToken, api })
    expect(finished.log).toContain('418')
    expect(findParts(githubToken, finished)).toEqual([])
  })
})

describe.concurrent('a token', () => {
  const config = (server: string) =>
    JSON.stringify({ storages: [{ influxdb: { url: server, org: 'acme', bucket: 'ci', token: '$TOKEN' } }] })

  test.for(['\n', '\r\n', ' \n\n'])('whose variable ends in %j is that without it', async (end, { expect }) => {
    const server = closing(await startInfluxServer({ api: 'v2', org: 'acme', bucket: 'ci', token: 'tok-4711-abc' }))
    const scenario = await openScenario({
      env: { TOKEN: `tok-4711-abc${end}` },
      with: { file: '', config: 'stats.yml' },
    })
    writeFileSync(`${scenario.job.workspace}/stats.yml`, config(server.url))
    const finished = { ...scenario, ...(await scenario.run()) }
    expect([server.violations, finished.warnings]).toEqual([[], []])
    // Main's point comes twice where main waited too long for its answer.
    expect(new Set(server.points.map(({ measurement }) => measurement))).toEqual(new Set(['build_start', 'build']))
    expect(findParts('tok-4711-abc', finished)).toEqual([])
  })

  test('that no header takes is a problem of settings, at once and unseen', async () => {
    const server = closing(await startLoopback({ answer: () => ({ status: 204 }) }))
    const { job } = await openScenario({
      with: { url: server.url, org: 'acme', bucket: 'ci', token: 'tok-4711-abc\ntok-4712-def' },
    })
    const main = await job.main()
    expect([main.exitCode, server.requests]).toEqual([1, []])
    expect(main.stdout).toContain(
      'token: contains a line break or another character that is not allowed in an HTTP header',
    )
    expect(main.stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toMatch(/471[12]/)
  })
})
