/**
 * The picture of a summary: markdown as GitHub renders it, with the real Mermaid.
 * Arguments: the file of markdown, and the picture to write (docs/images/summary.png).
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startChromium } from '../../test/support/chromium.ts'
import { drawSummary, openGithubPage } from '../../test/support/github-page.ts'

const [source, target = join(import.meta.dirname, '..', '..', 'docs', 'images', 'summary.png')] = process.argv.slice(2)
if (source === undefined) throw new Error('Give the file of a summary: npm run pictures:summary -- summary.md')
mkdirSync(dirname(target), { recursive: true })
const browser = await startChromium()
try {
  const page = await openGithubPage(browser, { width: 1024, scale: 1.5 })
  await drawSummary(page, readFileSync(source, 'utf8'))
  await page.addStyleTag({ content: 'body { margin: 0 } article { padding: 24px 32px }' })
  await page.locator('article').screenshot({ path: target })
  console.log(`${target} shows ${source}.`)
} finally {
  await browser.close()
}
