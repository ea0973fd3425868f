import fc from 'fast-check'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Step } from '../../src/build/build.ts'
import { toGantt } from '../../src/presentation/gantt.ts'
import { type HistoryChart, toHistoryChart } from '../../src/presentation/history-chart.ts'
import { escapeText, toHeading, toParagraph, toTable } from '../../src/presentation/html.ts'
import { limitSummary } from '../../src/presentation/limit.ts'
import { anyName, hostileNames, toSeen, toSeenName, toSeenText } from '../presentation/hostile-names.ts'
import { chromiumPath, startChromium } from '../support/chromium.ts'
import { drawSummary, openGithubPage, readSummaries, type SeenSummary } from '../support/github-page.ts'
import { summaries } from './example-summaries.ts'

/** What a summary is made of, all of it somebody else's. */
interface Job {
  readonly branch: string
  readonly steps: readonly Step[]
  readonly values: readonly (readonly [name: string, value: string])[]
  readonly history: HistoryChart
}

const toMarkdown = ({ branch, steps, values, history }: Job) =>
  limitSummary([
    {
      title: 'the verdict',
      markdown: `${toHeading('CI/test: 2m 05s')}\n\n${toParagraph(`43 % above the median on ${escapeText(branch, 200)}`)}`,
    },
    {
      title: 'the values',
      markdown: toTable(
        ['Statistic', 'Value'],
        values.map((cells) => cells.map((cell) => `<code>${escapeText(cell, 200)}</code>`)),
      ),
    },
    { title: 'the steps', markdown: toGantt(steps) },
    { title: 'the last builds', markdown: toHistoryChart(history) },
  ])

const anyTime = fc.oneof({ arbitrary: fc.integer({ min: 0, max: 2e12 }), weight: 9 }, fc.double())
const anyStep: fc.Arbitrary<Step> = fc
  .record({
    name: anyName,
    number: fc.oneof(fc.nat(50), fc.double()),
    conclusion: fc.oneof({ arbitrary: fc.constantFrom('success', 'failure', 'skipped'), weight: 3 }, anyName),
    startMs: anyTime,
    lengthMs: fc.nat(3_600_000),
  })
  .map(({ lengthMs, ...step }) => ({ ...step, endMs: step.startMs + lengthMs }))
const anyValue = fc.oneof(fc.nat(10_000), fc.double())
const anyJob: fc.Arbitrary<Job> = fc.record({
  branch: anyName,
  steps: fc.array(anyStep, { maxLength: 5 }),
  values: fc.array(fc.tuple(anyName, anyName), { minLength: 1, maxLength: 3 }),
  history: fc.record({
    label: anyName,
    unit: fc.oneof(fc.constantFrom('s', '', 'kB'), anyName),
    builds: fc.array(fc.record({ number: fc.nat(), value: anyValue, isThis: fc.boolean() }), { maxLength: 6 }),
    median: fc.option(anyValue, { nil: undefined }),
  }),
})

/** As high as they may be on a page of 1,000 px. */
const heights = [
  ['green', 350],
  // A heading and a line.
  ['leg', 120],
  ['usual', 800],
  ['slower', 800],
  ['resources', 350],
  ['broken', 500],
] as const

const htmlElements = ['h3', 'p', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'code', 'pre']
const svgElements = ['title', 'style', 'g', 'path', 'line', 'text', 'rect', 'tspan']
const withoutMarks = (text: string) => text.replace(/\u200b+$/, '')

/** Throws unless a reader sees each text of the job as it was, once, and nothing that is not of the summary. */
function checkSummary(job: Job, { elements, cells, words, diagrams, error }: SeenSummary): void {
  expect(error).toBeUndefined()
  expect(htmlElements).toEqual(expect.arrayContaining([...elements]))
  expect(cells).toEqual(job.values.flat().map((value) => toSeenText(value, 200)))
  expect(words).toBe(`43 % above the median on ${toSeenText(job.branch, 200)}`)
  const gantt = diagrams.find(({ kind }) => kind === 'gantt')
  const chart = diagrams.find(({ kind }) => kind === 'xychart')
  expect(diagrams).toHaveLength(Number(gantt !== undefined) + Number(chart !== undefined))
  for (const diagram of diagrams) expect(svgElements).toEqual(expect.arrayContaining([...diagram.elements]))

  const drawn = job.steps.filter(({ startMs, endMs }) => Number.isFinite(startMs) && Number.isFinite(endMs))
  if (gantt === undefined) expect(drawn.filter(({ startMs, endMs }) => endMs - startMs > 2)).toEqual([])
  else {
    const toName = ({ name, number }: Step) =>
      /[^\p{C}\p{Z}…]/u.test(toSeen(name, 44)) ? withoutMarks(toSeenName(name, 44, `Step ${number}`)) : `Step ${number}`
    expect(gantt.sections.map(withoutMarks).sort()).toEqual(drawn.map(toName).sort())
    const toLabel = ({ conclusion }: Step) =>
      conclusion === 'success' || !/^[a-z_]{1,20}$/.test(conclusion) ? ' s' : `, ${conclusion}`
    for (const step of drawn.filter(({ conclusion }) => conclusion !== 'skipped'))
      expect(gantt.bars).toContainEqual(expect.stringContaining(toLabel(step).trim()))
    expect(gantt.bars).toHaveLength(drawn.length)
  }
  if (chart !== undefined) {
    expect(chart.titles.join('\n')).toContain(toSeenName(job.history.label, 40, 'the statistic'))
    expect(chart.labels).toHaveLength(job.history.builds.filter(({ value }) => Math.abs(value) <= 1e300).length)
  }
}

describe.skipIf(chromiumPath === undefined)('summaries in Chromium, drawn by Mermaid', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  /** In two pages at once: the browser gives each a process. */
  async function draw(jobs: readonly Job[]): Promise<SeenSummary[]> {
    const half = Math.ceil(jobs.length / 2)
    const seen = await Promise.all(
      [jobs.slice(0, half), jobs.slice(half)].map(async (part) => {
        const page = await openGithubPage(browser)
        try {
          return await readSummaries(page, part.map(toMarkdown))
        } finally {
          await page.close()
        }
      }),
    )
    return seen.flat()
  }

  test('1,000 of random and hostile names, values and branches', async () => {
    const jobs = fc.sample(anyJob, { numRuns: 1000, seed: 5 })
    const seen = await draw(jobs)
    expect(seen).toHaveLength(1000)
    for (const [index, job] of jobs.entries()) checkSummary(job, seen[index] ?? expect.fail())
    expect(seen.flatMap(({ diagrams }) => diagrams).length).toBeGreaterThan(1500)
  })

  test.each(heights)(
    'the summary "%s" takes at most %d px, and narrow and dark pages have all of it',
    async (name, most) => {
      for (const [width, theme] of [
        [1000, 'light'],
        [1000, 'dark'],
        [400, 'light'],
      ] as const) {
        const page = await openGithubPage(browser, { width, theme })
        await page.addStyleTag({ content: 'body { margin: 0 }' })
        await drawSummary(page, summaries[name])
        const { height = 0 } = (await page.locator('article').boundingBox()) ?? {}
        if (width === 1000) expect(height).toBeLessThanOrEqual(most)
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
        await page.close()
      }
    },
  )

  test('the foot of the bars of the history is zero', async () => {
    const page = await openGithubPage(browser, { width: 1000 })
    await drawSummary(page, summaries.slower)
    const [two = 0, four = 0] = await page.evaluate<number[]>(`['2', '4'].map((label) => {
      const texts = [...document.querySelectorAll('.left-axis .label text')]
      return texts.find(({ textContent }) => textContent === label).getBoundingClientRect().y
    })`)
    const [foot = 0, size = 1] = await page.evaluate<number[]>(`(() => {
      const bars = [...document.querySelectorAll('[class^=bar-plot] rect')].map((bar) => bar.getBoundingClientRect())
      const label = document.querySelector('.left-axis .label text').getBoundingClientRect()
      return [Math.max(...bars.map(({ bottom }) => bottom)), label.height]
    })()`)
    await page.close()
    const zero = two + (two - four) + size / 2
    expect(Math.abs(foot - zero)).toBeLessThan(2)
  })

  const second = 1000
  const toJob = (name: string, count: number): Job => ({
    branch: name,
    values: [[name, name]],
    steps: Array.from({ length: count }, (_, number) => ({
      name,
      number,
      conclusion: number % 3 === 0 ? 'failure' : 'success',
      startMs: number * second,
      endMs: (number + 2) * second,
    })),
    history: {
      label: name,
      unit: 's',
      builds: Array.from({ length: count }, (_, index) => ({
        number: index,
        value: index,
        isThis: index === count - 1,
      })),
      median: count / 2,
    },
  })

  test('each hostile name in every place, two steps of one name too', async () => {
    const jobs = hostileNames.map((name) => toJob(name, 2))
    const seen = await draw(jobs)
    for (const [index, job] of jobs.entries()) {
      checkSummary(job, seen[index] ?? expect.fail())
      expect(seen[index]?.diagrams.map(({ kind }) => kind)).toEqual(['gantt', 'xychart'])
    }
  })

  test('as many steps and builds as are shown, with the longest names: all lies within the picture', async () => {
    const names = [':'.repeat(5000), 'W'.repeat(5000), 'a usual name of words, '.repeat(10), '\u{10000}'.repeat(500)]
    const jobs = names.map((name) => toJob(name, 50))
    for (const { error, diagrams } of await draw(jobs)) {
      expect(error).toBeUndefined()
      expect(diagrams.map(({ sections, labels }) => sections.length + labels.length)).toEqual([50, 50])
      expect(diagrams.flatMap(({ outside }) => outside)).toEqual([])
    }
  })

  test('no bar has a height below zero: this build, the others and the median are drawn', async () => {
    const values = [[5], [0, 0, 0], [-5, -3], [-5, 3, 8], [1e-9, 2e-9], [1e300, -1e300], [3, 3, 3]]
    const jobs = values.map((list) => {
      const { history, ...job } = toJob('a', 1)
      const builds = list.map((value, number) => ({ number, value, isThis: number === list.length - 1 }))
      return { ...job, history: { ...history, builds } }
    })
    const seen = await draw(jobs)
    for (const [index, list] of values.entries()) {
      const bars = seen[index]?.diagrams[1]?.barHeights ?? []
      expect(bars).toHaveLength(list.length * (list.length > 1 ? 2 : 1))
      for (const height of bars) expect(height).toBeGreaterThan(0)
    }
  })

  test('what is not escaped is seen to do harm', async () => {
    const gantt = (name: string) => `\`\`\`mermaid\ngantt\ndateFormat x\nsection ${name}\n1 s:0, 1000\n\`\`\``
    const page = await openGithubPage(browser)
    const [plain, hash, line, markup] = await readSummaries(page, ['a', 'b #60; c', 'd\n: e', '<b>f</b>'].map(gantt))
    await page.close()
    expect(plain?.diagrams[0]?.sections).toEqual(['a'])
    expect(hash?.diagrams[0]?.sections).toEqual(['b < c'])
    expect(line?.error).toContain('Parse error')
    expect(markup?.elements).toEqual(['pre', 'code'])
  })
})
