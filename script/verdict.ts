import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toTable } from './tables/markdown-table.ts'
import { shapes } from './verdict/shapes.ts'
import { type Effort, simulateAlarms, simulateScan } from './verdict/simulate.ts'

/** `npm run verdict`: simulates `compare` on typical jobs, and writes the tables of docs/verdict.md. */
const effort: Effort = { builds: 40_000, scanned: 60_000, changes: 3000 }

const page = join(import.meta.dirname, '..', 'docs', 'verdict.md')
const percent = (share: number) => `${(share * 100).toFixed(1)} %`

const rows = shapes.map((shape) => {
  const row = { shape, alarms: simulateAlarms(shape, effort), scan: simulateScan(shape, effort) }
  process.stdout.write(`${shape.name}\n`)
  return row
})

const tables: Readonly<Record<string, string>> = {
  'one build': toTable(
    [
      'history',
      '`range`, 5 earlier builds',
      '10',
      '20',
      '`spread`, 20',
      '1.3, `off`',
      '1.3, `range`',
      '1.3, `confirm: 3`',
    ],
    [
      ...rows.map(({ shape, alarms: of }) => [
        shape.name,
        ...[of.rangeOf5, of.rangeOf10, of.rangeOf20, of.spreadOf20, of.ratio, of.ratioInRange, of.confirmed].map(
          percent,
        ),
      ]),
      ['at most', ...[1 / 6, 1 / 11, 2 / 21].map(percent), '', '', percent(2 / 21), ''],
    ],
  ),
  gate: toTable(
    ['history', '5 earlier builds', '10', '20', '50'],
    [
      ...rows.map(({ shape, alarms: of }) => [
        shape.name,
        ...[of.failOf5, of.failOf10, of.failOf20, of.failOf50].map(percent),
      ]),
      ['at most, 1 in n + 1', ...[5, 10, 20, 50].map((count) => percent(1 / (count + 1)))],
    ],
  ),
  'slow builds': toTable(
    [
      'history',
      'one build +50 %: 1.3, `off`',
      'warns',
      'fails',
      '+20 % that lasts: found within 25 builds',
      'named within 2 builds',
      'false, of 1,000 builds',
    ],
    rows.map(({ shape, alarms, scan }) => [
      shape.name,
      ...[alarms.slow, alarms.slowInRange, alarms.slowFails, scan.found, scan.located].map(percent),
      scan.falsePerThousand.toFixed(2),
    ]),
  ),
}

const text = readFileSync(page, 'utf8')
writeFileSync(
  page,
  text.replace(
    /(<!-- simulation: (.*?) -->\n).*?(<!-- end -->)/gs,
    (_, start: string, name: string, end: string) => `${start}\n${tables[name] ?? ''}\n\n${end}`,
  ),
)
