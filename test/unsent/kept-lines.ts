import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Destination } from '../../src/storage/kind.ts'
import { formatEnd, formatHeader, type KeptHeader } from '../../src/unsent/kept-file.ts'

const exampleDestination: Destination = {
  kind: 'influxdb',
  url: 'http://influx:8086',
  api: 'v1',
  database: 'ci',
}

export const exampleHeader: KeptHeader = {
  destination: exampleDestination,
  builder: 'CI/test',
  run_id: '7',
  attempt: '1',
}

/** The text of a kept file whose lines were not counted: the job that wrote it was stopped. */
export function toUnfinishedText(lines: string, header: Partial<KeptHeader> = {}): string {
  return `${formatHeader({ ...exampleHeader, ...header })}${lines}`
}

/** The text of a kept file that is whole. */
export function toKeptText(lines: readonly string[], header: Partial<KeptHeader> = {}): string {
  const whole = { ...exampleHeader, ...header }
  return `${formatHeader(whole, lines.length)}${lines.map((line) => `${line}\n`).join('')}${formatEnd(lines.length)}`
}

export function putKept(folder: string, index: number, text: string | Uint8Array): string {
  const name = `build-stats-unsent-${index}-1-abc.lp`
  writeFileSync(join(folder, name), text)
  return name
}

/** Lines of a kept file without those that are about them. */
export function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
}
