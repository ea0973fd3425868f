import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pages, readBlocks } from '../docs/pages.ts'
import { chromiumPath, startChromium } from '../support/chromium.ts'
import { openGithubPage, readSummaries } from '../support/github-page.ts'

const drawings = pages.flatMap(readBlocks).filter(({ language }) => language === 'mermaid')

test('there are drawings in the docs', () => {
  expect(drawings).not.toEqual([])
})

describe.skipIf(!chromiumPath)('drawn by Mermaid', () => {
  let browser: Awaited<ReturnType<typeof startChromium>>
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  test.each(drawings)('the drawing of $place is one', async ({ text }) => {
    const page = await openGithubPage(browser)
    const [seen] = await readSummaries(page, [`\`\`\`mermaid\n${text}\`\`\`\n`])
    expect(seen?.error).toBeUndefined()
    expect(seen?.diagrams).toHaveLength(1)
    const [broken] = await readSummaries(page, [`\`\`\`mermaid\n${text}  a --> [\n\`\`\`\n`])
    expect(broken?.error).toBeDefined()
  })
})
