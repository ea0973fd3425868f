import { type Step, toDuration } from '../build/build.ts'
import { countOf, formatDuration, formatPercent } from '../build/quantity.ts'
import type { Compared, History, HistoryBuild } from '../compare/history.ts'
import { maxSummaryBytes } from '../limits.ts'
import { toGantt } from './gantt.ts'
import { toHistoryChart } from './history-chart.ts'
import { escapeText, toAlert, toFold, toHeading, toNotes, toParagraph } from './html.ts'
import { limitSummary, type SummarySection } from './limit.ts'
import { explainChange, explainDuration, explainWritten, findNotes, findTroubles, type Outcome } from './outcome.ts'
import { toStatistics } from './statistics.ts'

const maxSentence = 2000
/** The most problems of one kind that are listed. */
const maxTroubles = 100

/**
 * The summary of a job, as markdown that is mostly HTML: a heading, problems, a line about the build, its statistics, and folds. Of a
 * matrix leg with nothing unusual only the heading and the line are open, because there may be many of them.
 */
export function toSummary(outcome: Outcome, notices: readonly string[], redact: (text: string) => string): string {
  const { compared = [], reports, resources, steps = [] } = outcome
  const text = (value: string) => escapeText(redact(value), maxSentence)
  const troubles = findTroubles(outcome, maxTroubles).map(({ text }) => text)
  const heading = toHeading(`${text(outcome.build.builder)}${text(explainHeading(outcome))}`)
  const line = explainBuild(outcome, text)
  const notes = [
    ...notices.filter((one) => !troubles.includes(one)),
    ...findNotes(outcome),
    ...compared.flatMap(({ change }) => (change?.isOwn === false ? [explainChange(change.sentence)] : [])),
  ].map(text)
  const sections: SummarySection[] = [
    { title: 'statistics', markdown: toStatistics(outcome, redact) },
    ...compared.map((one) => ({ title: 'earlier builds', markdown: toHistory(one, text, redact) })),
    ...(reports?.sections ?? []),
    { title: 'steps', markdown: toSteps(steps, compared[0], redact, text) },
    ...(resources === undefined ? [] : [resources.section]),
    { title: 'notes', markdown: toNotes(notes) },
  ]
  const isLeg = Object.keys(outcome.build.matrix).length > 0
  if (isLeg && outcome.build.result === 'success' && troubles.length === 0 && compared.every(isQuiet)) {
    const head = `${heading}\n\n`
    const body = limitSummary(sections, maxSummaryBytes - Buffer.byteLength(head + toFold(line, ' ')))
    return `${head}${toFold(line, body.trimEnd()) || toParagraph(line)}\n`
  }
  const head = [
    heading,
    toAlert(troubles.map(text)),
    toParagraph(line),
    ...compared.filter((one) => !isQuiet(one)).map((one) => toParagraph(toVerdictText(one, text))),
  ]
  return limitSummary([{ title: 'the head', markdown: head.filter((part) => part !== '').join('\n\n') }, ...sections])
}

/** `: 2m 38s, 26 % slower than usual` */
function explainHeading({ build, compared = [] }: Outcome): string {
  const seconds = toDuration(build)
  if (seconds === undefined) return ''
  const [one] = compared.filter(({ history }) => history?.statistic === 'duration')
  const { own, median } = one?.history ?? {}
  if (one?.verdict.isUsual !== false || own === undefined || !median) return `: ${formatDuration(seconds)}`
  const ratio = own.value / median - 1
  return `: ${formatDuration(seconds)}, ${formatPercent(ratio)} ${ratio > 0 ? 'slower' : 'faster'} than usual`
}

/** `Success. Waited 15s for a runner. 14 points written to http://influx:8086 (v1, database ci).` */
function explainBuild(outcome: Outcome, text: (value: string) => string): string {
  const { result, queueTime } = outcome.build
  return [
    result === 'success' ? 'Success.' : `<strong>${results.get(result) ?? text(result)}.</strong>`,
    ...(queueTime === undefined || queueTime < 1 ? [] : [`Waited ${formatDuration(queueTime)} for a runner.`]),
    text(explainWritten(outcome)),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

const results = new Map([
  ['failure', 'Failure'],
  ['cancelled', 'Cancelled'],
])

/** Whether nothing about a comparison needs to be seen at once. */
function isQuiet({ verdict, change }: Compared): boolean {
  return verdict.level === 'info' && verdict.isUsual !== false && !change?.isOwn
}

/** The chart of the last builds and this one: open where something is unusual, else the verdict is its head. */
function toHistory(one: Compared, text: (value: string) => string, redact: (text: string) => string): string {
  const chart = one.history === undefined ? '' : toChart(one.history, redact)
  if (isQuiet(one)) return toFold(toVerdictText(one, text), chart) || toParagraph(toVerdictText(one, text))
  const { statistic = '', builds = [] } = one.history ?? {}
  return toFold(`History: ${text(statistic)} of ${countOf(builds.length + 1, 'build')}`, chart, true)
}

/** The last builds, and this one behind them. */
function toChart({ statistic, unit, builds, own, median, shift }: History, redact: (text: string) => string): string {
  const toBar = ({ number, value }: HistoryBuild, isThis: boolean) => ({ number: number ?? 0, value, isThis })
  return toHistoryChart({
    label: redact(statistic),
    unit: unit ?? '',
    builds: [...builds.map((build) => toBar(build, false)), toBar(own, true)],
    median,
    shift,
  })
}

/** `12 steps, longest: Test, 1m 32s`, and their chart. */
function toSteps(
  steps: readonly Step[],
  first: Compared | undefined,
  redact: (text: string) => string,
  text: (value: string) => string,
): string {
  const lengthOf = ({ startMs, endMs }: Step) => endMs - startMs
  const longest = steps.toSorted((one, other) => lengthOf(other) - lengthOf(one))[0]
  if (longest === undefined) return ''
  const step = first?.verdict.step
  const moved = step?.isLongest ? undefined : step?.name
  const named = steps.map((step) => ({ ...step, name: redact(step.name) }))
  const head = `${countOf(steps.length, 'step')}, longest: ${text(longest.name)}, ${formatDuration(lengthOf(longest) / 1000)}`
  return toFold(head, toGantt(named, moved === undefined ? undefined : redact(moved)))
}

/** The summary if one line is enough: the verdict, or else the result. */
export function toVerdictLine(outcome: Outcome, redact: (text: string) => string): string {
  const { build } = outcome
  const text = (value: string) => escapeText(redact(value), maxSentence)
  const verdict = (outcome.compared ?? []).map((one) => toVerdictText(one, text)).join(' ')
  const ended = `ended with ${build.result}${explainDuration(build)}`
  return `${toParagraph(`<strong>${text(build.builder)}</strong>: ${verdict === '' ? text(ended) : verdict}`)}\n\n`
}

function toVerdictText({ verdict, change }: Compared, text: (value: string) => string): string {
  const { step, limit } = verdict
  // Escaped text has no spaces at its ends.
  const clause =
    step && `; ${text(step.before)} <em>${text(step.name)}</em>${/^\s/.test(step.after) ? ' ' : ''}${text(step.after)}`
  const sentence = `${text(verdict.text)}${clause ?? ''}.`
  const parts = change?.isOwn ? change.sentence : []
  const since = parts.map((part) => (typeof part === 'string' ? toPart(part, text) : `<em>${text(part.name)}</em>`))
  const judged = verdict.level === 'info' ? sentence : `<strong>${sentence}</strong> ${text(limit)}`
  return since.length === 0 ? judged : `${judged} ${since.join('')}.`
}

/** Escaped text with the spaces at its ends. */
function toPart(part: string, text: (value: string) => string): string {
  return `${/^\s/.test(part) ? ' ' : ''}${text(part)}${/\s$/.test(part) ? ' ' : ''}`
}
