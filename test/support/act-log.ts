/** A line of act's JSON log, as far as tests read it. */
export interface LogEntry {
  readonly msg: string
  readonly jobID?: string
  readonly job?: string
  readonly matrix?: Readonly<Record<string, unknown>>
  readonly stage?: 'Pre' | 'Main' | 'Post'
  readonly step?: string
  readonly stepID?: readonly string[]
  /** A workflow command as the process wrote it. */
  readonly raw?: string
  readonly command?: string
  readonly content?: string
  readonly jobResult?: 'success' | 'failure'
}

export interface Annotation {
  readonly level: 'debug' | 'notice' | 'warning' | 'error'
  readonly message: string
  readonly title?: string
  readonly entry: LogEntry
}

export function parseLog(output: string): LogEntry[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map(parseEntry)
}

function parseEntry(line: string): LogEntry {
  // What act prints after the jobs, or when it crashes, is plain text.
  if (!line.startsWith('{')) return { msg: line }
  const entry = JSON.parse(line) as LogEntry
  return { ...entry, msg: entry.msg.trimEnd() }
}

/** From the text the process wrote: act itself splits a command at the last `::`, GitHub's runner at the first. */
export function toAnnotations(log: readonly LogEntry[]): Annotation[] {
  return log.flatMap(toAnnotation)
}

function toAnnotation(entry: LogEntry): Annotation[] {
  const match = /^::(debug|notice|warning|error)(?: (.*?))?::(.*?)[\r\n]*$/s.exec(entry.raw ?? '')
  if (!match) return []
  const [, level, properties = '', message = ''] = match
  const title = /(?:^|,)title=([^,]*)/.exec(properties)?.[1]
  const annotation = { level: level as Annotation['level'], message: decode(message), entry }
  return [title === undefined ? annotation : { ...annotation, title: decode(title) }]
}

const decode = (text: string) =>
  text.replace(/%(0D|0A|3A|2C|25)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
