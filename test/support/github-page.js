// In the page that github-page.ts opens; `mermaid` is there.

/** Shows a summary, with each Mermaid diagram drawn in the place of its source. */
async function drawSummary(html) {
  const article = document.querySelector('article')
  article.innerHTML = html
  let count = 0
  for (const code of article.querySelectorAll('code.language-mermaid')) {
    const { svg } = await mermaid.render(`diagram-${count++}`, code.textContent)
    const figure = document.createElement('div')
    figure.innerHTML = svg
    code.parentElement.replaceWith(figure)
  }
}

/**
 * What a reader sees of each summary: its diagrams' words, whether they lie within the picture, and what they are made of; the
 * text of its table cells; the elements that its markdown makes.
 */
// biome-ignore lint/correctness/noUnusedVariables: called from outside
async function readSummaries(summaries) {
  const article = document.querySelector('article')
  const seen = []
  for (const html of summaries) {
    const template = document.createElement('template')
    template.innerHTML = html
    const elements = [...new Set([...template.content.querySelectorAll('*')].map((element) => element.localName))]
    const cells = [...template.content.querySelectorAll('td')].map((cell) => cell.textContent)
    const words = template.content.querySelector('p')?.textContent ?? ''
    try {
      await drawSummary(html)
      const diagrams = [...article.querySelectorAll('svg')].map(readDiagram)
      seen.push({ elements, cells, words, diagrams })
    } catch (error) {
      seen.push({ elements, cells, words, diagrams: [], error: String(error) })
    }
  }
  return seen
}

function readDiagram(svg) {
  const frame = svg.getBoundingClientRect()
  const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent !== '')
  return {
    kind: svg.getAttribute('aria-roledescription'),
    sections: [...svg.querySelectorAll('.sectionTitle')].map((text) => text.textContent),
    bars: [...svg.querySelectorAll('.taskText, .taskTextOutsideLeft, .taskTextOutsideRight')].map(
      (text) => text.textContent,
    ),
    titles: [...svg.querySelectorAll('.titleText, .bottom-axis .title text')].map((text) => text.textContent),
    labels: [...svg.querySelectorAll('.bottom-axis .label text')].map((text) => text.textContent),
    barHeights: [...svg.querySelectorAll('[class^=bar-plot] rect')].map((bar) => Number(bar.getAttribute('height'))),
    outside: texts
      .filter((text) => {
        const box = text.getBoundingClientRect()
        return (
          box.left < frame.left - 1 ||
          box.right > frame.right + 1 ||
          box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1
        )
      })
      .map((text) => text.textContent),
    elements: [...new Set([...svg.querySelectorAll('*')].map((element) => element.localName))],
  }
}
