import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export interface Page {
  /** From the root of the repository: `docs/config.md`. */
  readonly path: string
  readonly text: string
}

/** A code block of a page. */
export interface Block {
  /** `docs/config.md, line 6`, for messages. */
  readonly place: string
  readonly page: string
  readonly language: string
  readonly text: string
}

/** What users read: the README and everything in docs. */
export const pages: readonly Page[] = ['README.md', ...listDocs()].map(readPage)

/** All other markdown of the repository. */
export const otherPages: readonly Page[] = globSync('**/*.md', {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|tmp|\.git)$/.test(path),
})
  .filter((path) => !pages.some((page) => page.path === path))
  .map(readPage)

function readPage(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

export function findPage(path: string): Page {
  const page = pages.find((one) => one.path === path)
  if (page === undefined) throw new Error(`there is no page ${path}`)
  return page
}

export function readBlocks({ path, text }: Page): Block[] {
  return [...text.matchAll(/^```(.*)\n((?:.*\n)*?)```$/gm)].map(({ index, 1: language = '', 2: block = '' }) => ({
    place: `${path}, line ${text.slice(0, index).split('\n').length}`,
    page: path,
    language,
    text: block,
  }))
}

/** The text below a heading, without its parts. */
export function findSection({ path, text }: Page, heading: string): string {
  const section = text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`))
  if (section === undefined) throw new Error(`${path} has no heading ${heading}`)
  return section
}

/** The cells of the rows of a table that begins with this cell. */
export function readTable(text: string, firstCell: string): string[][] {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => line.startsWith(`| ${firstCell} |`))
  if (at < 0) throw new Error(`there is no table ${firstCell}`)
  const end = lines.findIndex((line, index) => index > at && !line.startsWith('|'))
  return lines.slice(at + 2, end < 0 ? undefined : end).map((line) => {
    const cells = line.split(/(?<!\\)\|/)
    return cells.slice(1, -1).map((cell) => cell.trim())
  })
}

/** The words in backticks. */
export function readCode(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}

function listDocs(): string[] {
  return readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
}
