import type { Step } from '../build/build.ts'
import { formatDuration } from '../build/quantity.ts'
import { isPlainMermaid, toDiagram } from './mermaid.ts'
import { toPlainText } from './plain-text.ts'

const maxSteps = 50
const maxName = 44
/** The last instant of ECMAScript's dates. */
const maxTimeMs = 8.64e15
const failed = new Set(['failure', 'timed_out', 'startup_failure'])

const [width, fontSize] = [1000, 12]
/** The average width of a letter in the fonts of Mermaid and GitHub; wide letters count as two. */
const columnWidth = 6.4
/** The most width for names. */
const maxPadding = 560

/**
 * The steps of a job as a Mermaid gantt with a row for each: its name, and a bar with its duration. The step `moved`, or else the
 * longest one, is marked; failed steps are critical. Of more than 50 steps, failed and long ones are shown. Empty if no step took time.
 */
export function toGantt(steps: readonly Step[], moved?: string): string {
  const timed = steps
    .filter(({ startMs, endMs }) => Number.isFinite(startMs) && Number.isFinite(endMs))
    .map((step) => ({
      ...step,
      startMs: toTime(step.startMs),
      endMs: Math.max(toTime(step.startMs), toTime(step.endMs)),
    }))
  const longest = timed.reduce((most, step) => Math.max(most, lengthOf(step)), 0)
  if (longest === 0) return ''
  const shown = pickSteps(timed)
  const names = toUniqueNames(shown)
  const spanMs = Math.max(...shown.map(({ endMs }) => endMs)) - Math.min(...shown.map(({ startMs }) => startMs))
  const settings = {
    gantt: {
      useWidth: width,
      leftPadding: Math.min(25 + Math.ceil(Math.max(...names.map(countColumns)) * columnWidth), maxPadding),
      rightPadding: 20,
      titleTopMargin: 22,
      // Mermaid draws the axis 50 px above the bottom: with less padding, it would cover the last row.
      topPadding: 50,
      gridLineStartPadding: 40,
      barHeight: 18,
      barGap: 4,
      fontSize,
      sectionFontSize: fontSize,
      numberSectionStyles: 2,
    },
    themeVariables: {
      taskBkgColor: '#8cb4e0',
      taskBorderColor: '#6f9bcb',
      activeTaskBkgColor: '#f2cc60',
      activeTaskBorderColor: '#c9a227',
      critBkgColor: '#f0837b',
      critBorderColor: '#d1242f',
      taskTextColor: '#1f2328',
    },
    themeCSS: '.titleText { font-size: 14px; } .grid .tick line { stroke-opacity: 0.15; }',
  }
  const changed = shown.find(({ name }) => name === moved)
  const marked = changed ?? shown.find((step) => lengthOf(step) === longest)
  const chart = toDiagram(settings, [
    'gantt',
    'accTitle: Steps of the job',
    `title ${toTitle(shown, marked, changed === undefined ? 'the longest' : 'the one that changed most')}`,
    'dateFormat x',
    `axisFormat ${spanMs > 2 * 3600_000 ? '%H:%M' : '%H:%M:%S'}`,
    // Ticks within one second would have the same label.
    ...(spanMs <= 12_000 ? ['tickInterval 1second'] : []),
    'todayMarker off',
    ...shown.flatMap((step, index) => [
      `section ${names[index] ?? ''}`,
      `${toLabel(step)}:${[...toTags(step, step === marked), step.startMs, step.endMs].join(', ')}`,
    ]),
  ])
  const left = timed.length - shown.length
  return left === 0 ? chart : `${chart}\n\n${left} shorter step${left === 1 ? ' is' : 's are'} not shown.`
}

/** The title explains the colours, because a gantt has no legend. */
function toTitle(steps: readonly Step[], marked: Step | undefined, name: string): string {
  const colours = [
    ...(marked === undefined || failed.has(marked.conclusion) ? [] : [`${name} in yellow`]),
    ...(steps.some(({ conclusion }) => failed.has(conclusion)) ? ['failed in red'] : []),
  ]
  return `Steps of the job${colours.length === 0 ? '' : `: ${colours.join(', ')}`}`
}

function toTime(timeMs: number): number {
  return Math.round(Math.min(Math.max(timeMs, 0), maxTimeMs))
}

function lengthOf({ startMs, endMs }: Step): number {
  return endMs - startMs
}

/** Failed steps first, then the longest, sorted by time. */
function pickSteps(steps: readonly Step[]): Step[] {
  const rank = (step: Step) => (failed.has(step.conclusion) ? 1 : 0)
  return [...steps]
    .sort((one, other) => rank(other) - rank(one) || lengthOf(other) - lengthOf(one))
    .slice(0, maxSteps)
    .sort((one, other) => one.startMs - other.startMs || one.number - other.number)
}

/** As text: V8 compiles the classes of a literal when it loads the file, which takes a hundredth of a run. */
const visible = '[^\\p{C}\\p{Z}\u2026]'

/**
 * Mermaid keeps sections as keys of an object: steps with the same name would share a row, `42` would come first, and `__proto__`
 * would vanish. Zero-width spaces make the names unique.
 */
function toUniqueNames(steps: readonly Step[]): string[] {
  const names = new Set<string>()
  for (const { name, number } of steps) {
    const text = toPlainText(name, maxName)
    const isShown = (/[!-~]/.test(text) || new RegExp(visible, 'u').test(text)) && isPlainMermaid(text)
    let unique = `${isShown ? text : `Step ${number}`}\u200b`
    while (names.has(unique)) unique += '\u200b'
    names.add(unique)
  }
  return [...names]
}

function countColumns(text: string): number {
  return [...text.replaceAll('\u200b', '')].reduce(
    (sum, character) => sum + (/[\u1100-\u{10ffff}MW@%]/u.test(character) ? 2 : 1),
    0,
  )
}

/** The label starts with a digit or with `skipped`, and so never with a keyword of Mermaid. GitHub's conclusions are words. */
function toLabel(step: Step): string {
  if (step.conclusion === 'skipped') return 'skipped'
  const isTold = step.conclusion !== 'success' && /^[a-z_]{1,20}$/.test(step.conclusion)
  return `${formatDuration(lengthOf(step) / 1000)}${isTold ? `, ${step.conclusion}` : ''}`
}

function toTags({ conclusion }: Step, isMarked: boolean): string[] {
  if (failed.has(conclusion)) return ['crit']
  return isMarked ? ['active'] : []
}
