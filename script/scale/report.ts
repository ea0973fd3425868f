import type { Took } from './measure.ts'
import type { ScaleServer } from './server.ts'

interface Fill {
  readonly builds: number
  readonly builders: number
  readonly days: number
  readonly lines: number
  readonly fillMs: number
  readonly series: ReadonlyMap<string, number>
  readonly bytes: number | undefined
  readonly empty: Took
  readonly compared: Took
  readonly backfill: Took
}

/** What the database holds, and what it took to write it. */
export function printFill({ name }: ScaleServer, fill: Fill): string {
  const { builds, builders, days, lines, fillMs, series, bytes, empty, compared, backfill } = fill
  const all = [...series.values()].reduce((sum, one) => sum + one, 0)
  const rows = [
    ['Builds', `${count(builds)} of ${count(builders)} builders in ${days} days`],
    ['Rows', count(lines)],
    ['Time to write', `${Math.round(fillMs / 1000)} s`],
    ['Series', `${count(all)} (${[...series].map(([of, some]) => `${of} ${count(some)}`).join(', ')})`],
    ...(bytes === undefined
      ? []
      : [
          [
            'On disk',
            `${count(bytes / 1e6)} MB: ${count(bytes / builds)} bytes a build, ${count(bytes / lines)} a row`,
          ],
        ]),
    ['Question of compare', `${count(compared.ms)} ms; on an empty database ${count(empty.ms)} ms`],
    ['Filling in the rollups', seconds(backfill)],
  ]
  return `## ${name}\n\n| | |\n|---|---|\n${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}

const views = ['before', 'rows', 'rollups'] as const

/** A row a panel, with what it takes in each view; on top all of them, and those whose row is open at first. */
export function printPanels(
  what: string,
  panels: ReadonlyMap<string, ReadonlyMap<string, Took>>,
  open: ReadonlySet<string>,
): string {
  const cells = (took: ReadonlyMap<string, Took>) => {
    const before = took.get('before')
    return views.flatMap((view) => {
      const one = took.get(view)
      return view === 'before' ? [seconds(one)] : [seconds(one), toRatio(before, one)]
    })
  }
  const total = (some: typeof panels) =>
    cells(new Map(views.map((view) => [view, add([...some.values()].flatMap((took) => took.get(view) ?? []))])))
  const first = new Map([...panels].filter(([title]) => open.has(title)))
  const rows = [
    ['**All**', ...total(panels)],
    ['**Open at first**', ...total(first)],
    ...[...panels].map(([title, took]) => [title, ...cells(took)]),
  ]
  return `### ${what}\n\nSeconds by the clock, and in parentheses of the server's processor time; ratios are of the latter where it is known.\n
| Panel | Before | Rows | Ratio | Rollups | Ratio |
|---|--:|--:|--:|--:|--:|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`
}

function add(tooks: readonly Took[]): Took {
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0)
  const cpu = tooks.flatMap(({ cpuMs }) => cpuMs ?? [])
  return { ms: sum(tooks.map(({ ms }) => ms)), cpuMs: cpu.length === 0 ? undefined : sum(cpu) }
}

function toRatio(before: Took | undefined, after: Took | undefined): string {
  if (before === undefined || after === undefined) return ''
  const [from, to] =
    before.cpuMs === undefined || after.cpuMs === undefined ? [before.ms, after.ms] : [before.cpuMs, after.cpuMs]
  // Below the resolution of the clock a ratio says nothing.
  if (to < 10) return from < 100 ? '' : `> ${Math.round(from / 10)}`
  return (from / to).toFixed(1)
}

function seconds(took: Took | undefined): string {
  if (took === undefined) return ''
  const text = (took.ms / 1000).toFixed(2)
  return took.cpuMs === undefined ? text : `${text} (${(took.cpuMs / 1000).toFixed(2)})`
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}
