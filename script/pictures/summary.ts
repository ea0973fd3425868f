/**
 * Pictures of summaries: markdown as GitHub renders it, with the real Mermaid.
 * Arguments: a file of markdown and the picture to write; without them, the pictures of the docs, of jobs that are run in act now.
 */
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startChromium } from '../../test/support/chromium.ts'
import { drawSummary, openGithubPage } from '../../test/support/github-page.ts'
import { runJob } from './run-job.ts'

const images = join(import.meta.dirname, '..', '..', 'docs', 'images')
const [source, target] = process.argv.slice(2)
const browser = await startChromium()
try {
  if (source !== undefined && target !== undefined) await draw(readFileSync(source, 'utf8'), target)
  else {
    await draw(await runJob('summary'), join(images, 'summary.png'))
    // Folded, nobody would see what it used.
    const used = (await runJob('resources')).replace('<details><summary>CPU', '<details open><summary>CPU')
    await draw(used, join(images, 'summary-resources.png'))
  }
} finally {
  await browser.close()
}

async function draw(markdown: string, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  for (const scale of [1.5, 1.25, 1]) {
    const page = await openGithubPage(browser, { width: 1024, scale })
    await page.addStyleTag({ content: 'body { margin: 0 } article { padding: 24px 32px }' })
    await drawSummary(page, markdown)
    await page.locator('article').screenshot({ path })
    await page.close()
    // A README loads it on every visit.
    if (statSync(path).size < 300_000) break
  }
  console.log(`${path}: ${Math.ceil(statSync(path).size / 1000)} kB.`)
}
