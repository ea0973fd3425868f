import type { Build } from '../build/build.ts'
import type { Resources, UsageTotals } from '../build/resources.ts'
import { memoryAlarmShare } from '../limits.ts'
import { thinUsage } from '../resources/usage.ts'
import { escapeText, toFold, toParagraph } from './html.ts'
import type { SummarySection } from './limit.ts'
import { toUsageChart, toUsagePoints } from './usage-chart.ts'

/** What the summary and the log show of a job's use of its runner. */
export interface ResourceParts {
  readonly section: SummarySection
  /** Sentences, only if they are certain. */
  readonly advice: readonly string[]
}

const maxPoints = 100
const [maxSteps, maxName] = [20, 60]
/** A shorter job may not have reached its main work. */
const minAdviceMs = 60_000
/** A machine is too big if at most this share of its cores was in use, and it has at least this many cores. */
const [minCores, littleShare] = [4, 1 / 4]

/** Loaded only if main started the sampler. */
export function presentResources({ resources, steps }: Build, redact: (text: string) => string): ResourceParts {
  if (resources === undefined) return { section: { title: 'Resources', markdown: '' }, advice: [] }
  const ran = 'ran' in steps ? steps.ran : []
  const points = toUsagePoints(thinUsage(resources.usage, maxPoints), resources.memoryTotal)
  const chart = toUsageChart(points, ran)
  const longest = ran
    .toSorted((one, other) => other.endMs - other.startMs - (one.endMs - one.startMs))
    .slice(0, maxSteps)
  const names = longest
    .toSorted((one, other) => one.number - other.number)
    .map(({ number, name }) => `${number} <code>${escapeText(redact(name), maxName)}</code>`)
  const title = explainTotals(resources)
  const body = [chart, toParagraph(names.join(' · '))].filter((part) => part !== '').join('\n\n')
  // Two samples are too few for a line.
  const markdown = chart === '' ? toParagraph(title) : toFold(title, body)
  return { section: { title: 'Resources', markdown }, advice: findAdvice(resources) }
}

/** `CPU: 43 % of 4 cores, 97 % at most. Memory: at most 2.1 of 7 GiB.` */
function explainTotals({ cpuMean, cpuMax, cores, memoryMax, memoryTotal }: UsageTotals): string {
  const most = cpuMax === undefined ? '' : `, ${toPercent(cpuMax)} at most`
  return [
    ...(cpuMean === undefined || cores === undefined
      ? []
      : [`CPU: ${toPercent(cpuMean)} of ${cores} core${cores === 1 ? '' : 's'}${most}.`]),
    ...(memoryMax === undefined || memoryTotal === undefined
      ? []
      : [`Memory: at most ${toGib(memoryMax)} of ${toGib(memoryTotal)} GiB.`]),
  ].join(' ')
}

/** Advice for the owner of the job: the first that applies. */
export function findAdvice({ usage, oomKills = 0, ...totals }: Resources): string[] {
  const { memoryMax, memoryTotal, cpuMax, cores } = totals
  if (oomKills > 0) {
    const what = oomKills === 1 ? 'a process' : `${oomKills} processes`
    return [`The system ended ${what} because memory was short${toOf(memoryTotal)}.`]
  }
  if (memoryMax !== undefined && memoryTotal !== undefined && memoryMax >= memoryTotal * memoryAlarmShare) {
    return [`Memory reached ${toPercent(memoryMax / memoryTotal)} of ${toGib(memoryTotal)} GiB.`]
  }
  const lengthMs = (usage.at(-1)?.endMs ?? 0) - (usage[0]?.startMs ?? 0)
  if (cores === undefined || cpuMax === undefined || cores < minCores || lengthMs < minAdviceMs) return []
  const used = Math.max(1, Math.ceil(cpuMax * cores))
  return used <= cores * littleShare ? [`At most ${used} of ${cores} cores were in use.`] : []
}

function toOf(memoryTotal: number | undefined): string {
  return memoryTotal === undefined ? '' : ` (it has ${toGib(memoryTotal)} GiB)`
}

function toPercent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function toGib(bytes: number): string {
  const gib = bytes / 2 ** 30
  return gib >= 100 ? `${Math.round(gib)}` : gib.toFixed(gib >= 1 ? 1 : 2).replace(/\.0+$/, '')
}
