/**
 * The picture of a summary: markdown as GitHub renders it, with the real Mermaid.
 * Arguments: the file of markdown (by default the summary of a job that is run in act now), and the picture to write
 * (docs/images/summary.png).
 */
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startChromium } from '../../test/support/chromium.ts'
import { drawSummary, openGithubPage } from '../../test/support/github-page.ts'
import { runJob } from './run-job.ts'

const [source, target = join(import.meta.dirname, '..', '..', 'docs', 'images', 'summary.png')] = process.argv.slice(2)
const markdown = source === undefined || source === '' ? await runJob() : readFileSync(source, 'utf8')
mkdirSync(dirname(target), { recursive: true })
const browser = await startChromium()
try {
  for (const scale of [1.5, 1.25, 1]) {
    const page = await openGithubPage(browser, { width: 1024, scale })
    await page.addStyleTag({ content: 'body { margin: 0 } article { padding: 24px 32px }' })
    await drawSummary(page, markdown)
    await page.locator('article').screenshot({ path: target })
    // A README loads it on every visit.
    if (statSync(target).size < 300_000) break
  }
  console.log(`${target} shows ${source || 'a job in act'}: ${Math.ceil(statSync(target).size / 1000)} kB.`)
} finally {
  await browser.close()
}
