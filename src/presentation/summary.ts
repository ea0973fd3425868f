import { formatDuration, toDuration } from '../build/build.ts'
import { explainReason } from '../capture/miss.ts'
import { nameRule } from '../capture/rules.ts'
import type { Compared, History, HistoryBuild } from '../compare/history.ts'
import type { Column } from '../point/native.ts'
import { explainConflicts } from './explain-conflict.ts'
import { toGantt } from './gantt.ts'
import { toHistoryChart } from './history-chart.ts'
import { escapeText, toHeading, toList, toParagraph, toTable } from './html.ts'
import { limitSummary, type SummarySection } from './limit.ts'
import {
  countOf,
  explainChange,
  explainDataFaults,
  explainDuration,
  explainKept,
  findNotes,
  type Outcome,
  type StorageOutcome,
} from './outcome.ts'

const maxText = 200
const maxSentence = 2000

/** The summary of a job, as markdown that is mostly HTML: what became of the build, of its statistics and of its points. */
export function toSummary(outcome: Outcome, notices: readonly string[], redact: (text: string) => string): string {
  const { build, columns, misses, data, storages, warnings, steps = [], compared = [], reports } = outcome
  const [first] = compared
  const lasting = compared.flatMap(({ change }) => change ?? [])
  const duration = toDuration(build)
  const code = (value: unknown) => `<code>${escapeText(redact(String(value)), maxText)}</code>`
  const text = (value: string) => escapeText(redact(value), maxSentence)
  const conflicts = explainConflicts(storages)
  const captured = columns.filter(({ captured }) => 'name' in captured)
  const changes = captured.map((one) => toChange(one, outcome))
  const hasChanges = changes.some((change) => change !== '')
  const head = [
    toHeading(`Build Stats: ${text(build.builder)}`),
    ...compared.map((one) => toParagraph(toVerdictText(one, text))),
    toTable(
      [],
      [
        ['Result', text(build.result)],
        ...(build.startMs === undefined ? [] : [['Start', new Date(build.startMs).toISOString()]]),
        ['End', new Date(build.endMs).toISOString()],
        ...(duration === undefined ? [] : [['Duration', formatDuration(duration)]]),
        ...(build.queueTime === undefined ? [] : [['Waited for a runner', formatDuration(build.queueTime)]]),
      ],
    ),
  ]
  return limitSummary([
    { title: 'Build Stats', markdown: head.filter((part) => part !== '').join('\n\n') },
    section(
      'Captured',
      toTable(
        ['Statistic', 'Value', ...(hasChanges ? ['Change'] : []), 'Property'],
        [
          ...captured.map(({ captured, key, kind }, index) => [
            `${code(key)}${kind === 'tag' ? ' (tag)' : ''}`,
            'name' in captured ? code(captured.value) : '',
            ...(hasChanges ? [changes[index] ?? ''] : []),
            'name' in captured ? code(captured.property.path) : '',
          ]),
          ...(reports?.rows ?? []).map((row) => [...row, ...(hasChanges ? [''] : []), '']),
        ],
      ),
    ),
    ...(reports?.sections ?? []),
    section('Steps', toGantt(steps.map((step) => ({ ...step, name: redact(step.name) })))),
    ...(outcome.resources === undefined ? [] : [outcome.resources.section]),
    section('Earlier builds', first?.history === undefined ? '' : toChart(first.history, redact)),
    section(
      'Data',
      toTable(
        ['Measurement', 'Points'],
        [...(data?.points ?? [])].map(([name, count]) => [code(name), `${count}`]),
      ),
    ),
    section(
      'Not captured',
      toTable(
        ['Rule', 'Why'],
        misses.map((miss) => [code(nameRule(miss.rule)), text(explainReason(miss))]),
      ),
    ),
    section('Where the points went', toList(storages.map((storage) => text(describeStorage(storage))))),
    section(
      'Notes',
      toList(
        [
          ...notices,
          ...outcome.settingFaults.filter((one) => !notices.includes(one)),
          ...conflicts,
          ...explainDataFaults(outcome),
          ...warnings,
          ...findNotes(outcome),
          ...lasting.filter(({ isOwn }) => !isOwn).map(({ sentence }) => explainChange(sentence)),
        ].map(text),
      ),
    ),
  ])
}

/** The last builds, and this one behind them. */
function toChart({ statistic, unit, builds, own, median, shift }: History, redact: (text: string) => string): string {
  const toBar = ({ number, value }: HistoryBuild, isThis: boolean) => ({ number: number ?? 0, value, isThis })
  return toHistoryChart({
    label: redact(statistic),
    unit: unit ?? '',
    builds: [...builds.map((one) => toBar(one, false)), toBar(own, true)],
    median,
    shift,
  })
}

/** The summary of those who want one line: the verdict, or else how the build ended. */
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

/** `+12 % (median 80)`: a value beside the median of earlier builds. */
function toChange({ captured: { value }, key, kind }: Column, { compared: [first] = [] }: Outcome): string {
  const median = kind === 'field' ? first?.medians.get(key) : undefined
  if (median === undefined || (typeof value !== 'number' && typeof value !== 'bigint')) return ''
  const difference = Number(value) - median
  const sign = difference < 0 ? '−' : '+'
  const rounded = (of: number) => `${Number(Math.abs(of).toPrecision(4))}`
  const percent = Math.round(Math.abs(difference / median) * 1000) / 10
  const much = difference === 0 ? 'none' : `${sign}${median === 0 ? rounded(difference) : `${percent} %`}`
  return `${much} (median ${median < 0 ? '−' : ''}${rounded(median)})`
}

function section(title: string, body: string): SummarySection {
  return { title, markdown: body === '' ? '' : `### ${title}\n\n${body}` }
}

/** `http://influx:8086 (v1, database ci): 3 points, and the start point when the job began` */
function describeStorage({ name, written, unsent, lost, problems, kept, hasStart }: StorageOutcome): string {
  const start = hasStart ? ', and the start point when the job began' : ''
  const missing = `${unsent > 0 ? `, ${unsent} not written` : ''}${lost > 0 ? `, ${lost} lost` : ''}`
  const why = problems.length > 0 ? `: ${problems.join('; ')}` : ''
  const places = explainKept(kept).map((text) => `. ${text.replace(/\.$/, '')}`)
  return `${name}: ${countOf(written, 'point')}${start}${missing}${why}${places.join('')}`
}
