/** An annotation of the job's page: what `::warning::` and its like leave behind. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  /** `title`, `file`, `line`, `endLine`, `col`, `endColumn`, where given. */
  readonly properties: Readonly<Record<string, string>>
}

export interface WorkflowCommands {
  readonly annotations: readonly Annotation[]
  /** Values of `::add-mask::`. */
  readonly masks: readonly string[]
  /** The lines that the log shows, before masking: commands resolved, `::debug::` left out. */
  readonly log: readonly string[]
}

const COMMAND = /^\s*::(?<name>[^\s:]+)(?: (?<properties>.*?))?::(?<data>.*)$/
const LABELS = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const

/** Reads what a process printed as the runner does (ActionCommand.cs), `::stop-commands::` included. */
export function parseWorkflowCommands(printed: string): WorkflowCommands {
  const annotations: Annotation[] = []
  const masks: string[] = []
  const log: string[] = []
  let resume: string | undefined
  for (const line of printed.split(/\r?\n/)) {
    const command = parseCommand(line)
    if (resume !== undefined || command === undefined) {
      if (command !== undefined && command.name === resume) resume = undefined
      else log.push(line)
    } else if (command.name === 'stop-commands') {
      resume = command.data.toLowerCase()
    } else if (isLevel(command.name)) {
      annotations.push({ level: command.name, message: command.data, properties: command.properties })
      log.push(`${LABELS[command.name]}: ${command.data}`)
    } else if (command.name === 'add-mask') {
      // A secret of several lines is masked as a whole and line by line.
      const lines = command.data.split(/[\r\n]+/).filter(Boolean)
      masks.push(...(command.data.trim() === '' ? [] : new Set([command.data, ...lines])))
    } else if (command.name === 'group') {
      log.push(`▼ ${command.data}`)
    } else if (!['debug', 'endgroup', 'echo', 'add-matcher', 'remove-matcher'].includes(command.name)) {
      log.push(line)
    }
  }
  if (log.at(-1) === '') log.pop()
  return { annotations, masks, log }
}

/** `***` for every mask in a text, longer masks first so that no rest of one shows. */
export function maskText(text: string, masks: Iterable<string>): string {
  return [...new Set(masks)]
    .filter((mask) => mask.trim() !== '')
    .sort((left, right) => right.length - left.length)
    .reduce((masked, mask) => masked.replaceAll(mask, '***'), text)
}

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

function parseCommand(line: string): Command | undefined {
  const groups = COMMAND.exec(line)?.groups
  if (groups === undefined) return undefined
  const properties: Record<string, string> = {}
  for (const pair of (groups.properties ?? '').split(',')) {
    const equals = pair.indexOf('=')
    if (equals > 0)
      properties[pair.slice(0, equals).trim()] = unescapeData(pair.slice(equals + 1), { '3A': ':', '2C': ',' })
  }
  return { name: (groups.name ?? '').toLowerCase(), properties, data: unescapeData(groups.data ?? '') }
}

function unescapeData(text: string, more: Record<string, string> = {}): string {
  const characters: Record<string, string> = { '0D': '\r', '0A': '\n', ...more }
  // %25 comes last: what it yields is not unescaped again.
  return Object.entries(characters)
    .reduce((result, [code, character]) => result.replaceAll(`%${code}`, character), text)
    .replaceAll('%25', '%')
}

function isLevel(name: string): name is Annotation['level'] {
  return name in LABELS
}
