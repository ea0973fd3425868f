import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  escapeText,
  toAlert,
  toFold,
  toHeading,
  toList,
  toParagraph,
  toTable,
  toTooltip,
} from '../../src/presentation/html.ts'
import { renderMarkdown } from '../support/github-page.ts'
import { anyName, hostileNames, toSeenText } from './hostile-names.ts'

/** Where a summary has text of others. */
const places = {
  cell: (text: string) => toTable(['a', 'b'], [[`<code>${text}</code>`, text]]),
  item: (text: string) => toList([`Seen: ${text}`, 'more']),
  heading: (text: string) => `${toHeading(`${text}: 2m 05s`)}

more`,
  alert: (text: string) => `${toAlert(Array<string>(5).fill(`On ${text}.`))}

more`,
  fold: (text: string) => toFold(`On ${text}.`, toList([text])),
  paragraph: (text: string) => `${toParagraph(`On ${text}.`)}

more`,
}
/** The text of HTML without its tags. */
const toText = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(lt|gt|quot|apos|amp);/g,
      (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name as 'lt'],
    )
const toTags = (html: string) => html.match(/<[^>]*>/g)

describe.each(Object.entries(places))('text in a %s', (_, place) => {
  const check = (name: string) => {
    const html = renderMarkdown(place(escapeText(name, 200)))
    const plain = renderMarkdown(place('plain'))
    expect(toTags(html)).toEqual(toTags(plain))
    const squeeze = (text: string) => text.replace(/[ \n]+/g, ' ').trim()
    expect(squeeze(toText(html))).toBe(squeeze(toText(plain).replaceAll('plain', () => toSeenText(name, 200))))
  }

  test.each(hostileNames.map((name) => [name.slice(0, 40), name]))('%j', (_, name = '') => check(name))

  test('whatever it is', () => {
    fc.assert(fc.property(anyName, check), { numRuns: 300 })
  })
})

test('a tooltip is an attribute or nothing', () => {
  expect(toTooltip('steps.a.outputs.b', 200)).toBe(' title="steps.a.outputs.b"')
  fc.assert(
    fc.property(anyName, (name) => {
      expect(toTooltip(name, 200)).toMatch(/^( title="[^"'<>&\n]+")?$/)
    }),
  )
})
