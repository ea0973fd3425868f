import type { ReportFormat } from '../../src/reports/report.ts'

/** All that a report holds, handed over in pieces of that many characters. */
export function readReport<Item>(format: ReportFormat<Item>, text: string, piece = text.length, path?: string): Item[] {
  const items: Item[] = []
  const parser = format.open((item) => items.push(item), path)
  for (let at = 0; at < text.length; at += piece) parser.write(text.slice(at, at + piece))
  parser.end()
  return items
}

/** The only format of a table that knows the text for one of its own. */
export function recognize<Item>(formats: readonly ReportFormat<Item>[], text: string): ReportFormat<Item> {
  const [format, ...others] = formats.filter(({ recognizes }) => recognizes(text.slice(0, 65_536)))
  if (format === undefined) throw new Error('no format recognizes the text')
  if (others.length > 0) throw new Error(`so do ${others.map(({ name }) => name).join(', ')}`)
  return format
}
