import { writeFileSync } from 'node:fs'
import { summaries } from './browser/example-summaries.ts'
import { startChromium } from './support/chromium.ts'
import { drawSummary, openGithubPage } from './support/github-page.ts'

const browser = await startChromium()
const only = process.argv[2]
for (const [name, markdown] of Object.entries(summaries)) {
  if (only && !name.includes(only)) continue
  for (const width of [1000, 400]) {
    const page = await openGithubPage(browser, { width, theme: (process.argv[3] ?? 'light') as 'light' })
    await page.addStyleTag({ content: 'body { margin: 0 }' })
    await drawSummary(page, markdown)
    const box = await page.locator('article').boundingBox()
    console.log(name, width, box?.height)
    await page.locator('article').screenshot({ path: `/tmp/sumtry/${name}-${width}.png` })
    writeFileSync(`/tmp/sumtry/${name}.md`, markdown)
    if (name === 'slower' && width === 1000)
      console.log(
        JSON.stringify(
          await page.evaluate(
            `(() => { const svg=document.querySelector('svg[aria-roledescription=xychart]'); const r=[...svg.querySelectorAll('[class^=bar-plot] rect')].map(x=>[+x.getAttribute('y'),+x.getAttribute('height')]); const t=[...svg.querySelectorAll('.left-axis .label text')].map(x=>[x.textContent,x.getAttribute('transform')]); return {r:r.slice(0,30),t}})()`,
          ),
        ),
      )
    await page.close()
  }
}
await browser.close()
