import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import type { Browser, Page } from 'playwright-core'

const require = createRequire(import.meta.url)
/** To try another version: MERMAID_PATH, its mermaid.min.js. */
const mermaidPath =
  process.env.MERMAID_PATH ?? join(dirname(require.resolve('mermaid/package.json')), 'dist', 'mermaid.min.js')
const scriptPath = join(import.meta.dirname, 'github-page.js')
const stylePaths = {
  light: require.resolve('github-markdown-css/github-markdown-light.css'),
  dark: require.resolve('github-markdown-css/github-markdown-dark.css'),
}
type Theme = keyof typeof stylePaths

/**
 * As GitHub does, HTML in the markdown stays; what its sanitizer then takes out is not ours to write. Its warning boxes are not
 * part of the specification.
 */
export function renderMarkdown(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }).replace(
    /<blockquote>\n<p>\[!WARNING\]<\/p>([\s\S]*?)<\/blockquote>/g,
    '<div class="markdown-alert markdown-alert-warning"><p class="markdown-alert-title">Warning</p>$1</div>',
  )
}

/** A page in GitHub's style with the real Mermaid in it, that asks no server for anything. */
export async function openGithubPage(
  browser: Browser,
  { width = 1012, scale = 1, theme = 'light' as Theme } = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: scale })
  await page.route('**', (route) => route.abort())
  await page.setContent('<!doctype html><meta charset="utf-8"><article class="markdown-body"></article>')
  await page.addStyleTag({ path: stylePaths[theme] })
  await page.addScriptTag({ path: scriptPath })
  await page.addScriptTag({ path: mermaidPath })
  await page.evaluate(`mermaid.initialize({ startOnLoad: false, theme: '${theme === 'dark' ? 'dark' : 'default'}' })`)
  return page
}

/** Shows a summary: its markdown, with each Mermaid diagram drawn in the place of its source. Throws when one cannot be. */
export async function drawSummary(page: Page, markdown: string): Promise<void> {
  await page.evaluate(`drawSummary(${JSON.stringify(renderMarkdown(markdown))})`)
}

/** A drawn diagram: the words of its parts, those that lie outside the picture, and the elements that it is made of. */
export interface SeenDiagram {
  readonly kind: string
  readonly sections: readonly string[]
  readonly bars: readonly string[]
  readonly titles: readonly string[]
  readonly labels: readonly string[]
  readonly barHeights: readonly number[]
  readonly outside: readonly string[]
  readonly elements: readonly string[]
}

/** What a reader sees of a summary; `error` when a diagram cannot be drawn. */
export interface SeenSummary {
  readonly elements: readonly string[]
  readonly cells: readonly string[]
  readonly words: string
  readonly diagrams: readonly SeenDiagram[]
  readonly error?: string
}

/** Draws one summary after the other. */
export function readSummaries(page: Page, summaries: readonly string[]): Promise<SeenSummary[]> {
  return page.evaluate(`readSummaries(${JSON.stringify(summaries.map(renderMarkdown))})`)
}
