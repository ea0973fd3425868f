import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScenario, runScenario, textsOf } from '../scenario/scenario.ts'
import { describeServers } from '../support/describe-servers.ts'
import { type Influxd, readTypes } from '../support/influxd.ts'
import { influxdbs } from '../support/servers.ts'

const points = 1000
/** The line, from 1, whose field has another type than all others. */
const odd = 500

/** A point a test case: `seconds` is a float, but in one of them text. */
const yieldCases = `seq ${points} | awk '{
  printf "cases,case=c%d seconds=%s,passed=t\\n", $1, ($1 == ${odd} ? "\\"slow\\"" : $1 / 8)
}' >> "$BUILD_STATS"`

// A field of another type.
describeServers(influxdbs, (server) => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await server.start()
  })
  afterAll(() => influxd.stop())
  const inputs = (database: string) => ({ ...influxd.inputs(database), file: '', 'start-point': false })

  test('in one of a thousand points costs that field of that point alone', async () => {
    await influxd.createDatabase('known')
    await influxd.write('known', 'cases seconds=1.5')
    const { main, post, warnings } = await runScenario({ with: inputs('known') }, (job) =>
      job.step('tests', yieldCases),
    )
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    const name = `${influxd.url} ${'bucket' in influxd.inputs('') ? '(v2, bucket known)' : '(v1, database known)'}`
    expect(warnings).toEqual([
      `The field "seconds" was left out of 1 point of "cases" in ${name}: this build sends it as string, but it is stored as float. ` +
        'It comes from data that steps yield; yield it as float, or under another name.',
    ])
    const [series] = await influxd.query('known', 'SELECT seconds, passed, number FROM cases WHERE passed = true')
    const rows = series?.rows ?? []
    expect(rows).toHaveLength(points)
    const seconds = rows.map(([, value]) => value).filter((value) => value !== null)
    expect(seconds.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: points }, (_, index) => (index + 1) / 8).filter((value) => value !== odd / 8),
    )
    expect(rows.every(([, , , number]) => number === 42)).toBe(true)
    expect(await influxd.query('known', 'SELECT COUNT(number) FROM build')).toMatchObject([{ rows: [[0n, 1]] }])
  })

  // InfluxDB 1.x refuses all of such a request, and names nothing.
  test('that nobody knew before costs no other point', async () => {
    await influxd.createDatabase('fresh')
    const { post, warnings } = await runScenario({ with: inputs('fresh') }, (job) => job.step('tests', yieldCases))
    expect(post.exitCode).toBe(0)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^The field "seconds" was left out of \d+ points? of "cases" /)
    const [series] = await influxd.query('fresh', 'SELECT COUNT(passed), COUNT(seconds) FROM cases')
    const [, all, withSeconds] = series?.rows[0] ?? []
    expect(all).toBe(points)
    const left = Number(/out of (\d+)/.exec(warnings[0] ?? '')?.[1])
    expect(withSeconds).toBe(points - left)
    expect([1, points - 1]).toContain(left)
    expect(await influxd.query('fresh', 'SELECT COUNT(number) FROM build')).toMatchObject([{ rows: [[0n, 1]] }])
  })

  test('of a property names its rule, and the type that it should give', async () => {
    await influxd.createDatabase('build')
    const captures = '[duration, property: coverage, property: {name: size, field: bundle}]'
    const run = async (properties: string, failOnError = false) => {
      const { run } = await openScenario({
        with: { ...inputs('build'), captures, properties, 'fail-on-error': failOnError },
      })
      return (await run()).post
    }
    expect((await run('{coverage: 81.5, size: "12 kB"}')).annotations).toEqual([])
    const second = await run('{coverage: unknown, size: 12}')
    expect(second.exitCode).toBe(0)
    expect(second.log).toMatch(
      /Converted to the types that .* has: "bundle" of "build" from float to string \(1 point\)\./,
    )
    expect(textsOf(second.annotations, 'warning')).toEqual([
      expect.stringMatching(
        /^The field "coverage" .* It comes from the rule property coverage \(captures, line 1\); give the rule "type: float"/,
      ),
    ])
    const [series] = await influxd.query('build', 'SELECT coverage, bundle, "duration" FROM build')
    expect(series?.rows.map(([, coverage, bundle]) => [coverage, bundle])).toEqual([
      [81.5, '12 kB'],
      // A number is text, too, and nothing of it is lost.
      [null, '12'],
    ])
    expect(series?.rows.every(([, , , duration]) => typeof duration === 'number')).toBe(true)

    const third = await run('{coverage: unknown, size: 12}', true)
    expect(third.exitCode).toBe(1)
    expect(textsOf(third.annotations, 'error')).toEqual([expect.stringMatching(/^The field "coverage" /)])
  })

  test('is converted where nothing is lost: types are read back', async () => {
    await influxd.createDatabase('types')
    await influxd.write('types', 'tests f=1.5,i=1i,s="a",b=true')
    const run = (line: string) =>
      runScenario({ with: inputs('types') }, (job) => job.step('tests', `echo '${line}' >> "$BUILD_STATS"`))
    const { post, warnings, log } = await run('tests f=3i,i=3.0,s=87.5,b="true"')
    expect([post.exitCode, warnings]).toEqual([0, []])
    expect(log.match(/^Converted to the types that .*$/gm)).toHaveLength(1)
    expect((await run('tests f="87.5",i="4",s=t')).warnings).toEqual([])
    const { warnings: left } = await run('tests f=9007199254740993i,i=3.5,b="maybe",other=1')
    expect(left).toHaveLength(3)
    const [series] = await influxd.query('types', 'SELECT f, i, s, b FROM tests')
    expect(series?.rows.map(([, ...values]) => values)).toEqual([
      [1.5, 1, 'a', true],
      [3, 3, '87.5', true],
      [87.5, 4, 'true', null],
    ])
    const types = await readTypes(influxd, 'types', 'tests')
    expect(Object.fromEntries(types)).toMatchObject({ f: 'float', i: 'integer', s: 'string', b: 'boolean' })
  })

  test('of names with quotes, commas, spaces and backslashes is found all the same', async () => {
    await influxd.createDatabase('names')
    const name = 'we\\ ird\\,"m"'
    const field = 'fi\\ e\\,l"\\=d'
    await influxd.write('names', `${name} ${field}=1.5`)
    const { post, warnings } = await runScenario({ with: inputs('names') }, (job) =>
      job.step('tests', `cat >> "$BUILD_STATS" <<'EOF'\n${name} ${field}="text",other=1\n${name} other=2\nEOF`),
    )
    expect(post.exitCode).toBe(0)
    expect(warnings).toEqual([expect.stringMatching(/^The field "fi e,l"=d" was left out of 1 point of "we ird,"m"" /)])
    const [series] = await influxd.query('names', 'SELECT other FROM /we ird/ WHERE other > 0')
    expect(series?.rows.map(([, other]) => other)).toEqual([1, 2])
  })
})
