import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReportProblem } from '../../src/reports/report.ts'
import { openXml, readXmlRoot } from '../../src/reports/xml.ts'

function readXml(pieces: readonly string[], wanted: readonly string[] = []) {
  const events: unknown[] = []
  const parser = openXml({
    open(name, attributes, line) {
      events.push(['open', name, { ...attributes }, line])
      return wanted.includes(name)
    },
    close: (name, text, line) => void events.push(['close', name, text, line]),
  })
  for (const piece of pieces) parser.write(piece)
  parser.end()
  return events
}

function findProblem(xml: string): [string, number | undefined] {
  try {
    readXml([xml])
  } catch (error) {
    if (error instanceof ReportProblem) return [error.message, error.line]
    throw error
  }
  throw new Error('it was read')
}

describe('openXml', () => {
  it('hands over elements, attributes and lines', () => {
    expect(readXml(['<a x="1"\n y="&lt;é&#233;">\n<b/></a>'])).toEqual([
      ['open', 'a', { x: '1', y: '<éé' }, 2],
      ['open', 'b', {}, 3],
      ['close', 'b', '', 3],
      ['close', 'a', '', 3],
    ])
  })

  it('hands over text where it is wanted only, with that of elements within', () => {
    const events = readXml(['<r><s>no</s><m>one <![CDATA[<two>]]> <i>three</i>&amp;</m></r>'], ['m', 'i'])
    expect(events).toContainEqual(['close', 's', '', 1])
    expect(events).toContainEqual(['close', 'm', 'one <two> three&', 1])
  })

  it.each([
    ['a byte order mark', '\ufeff<?xml version="1.0"?><r/>'],
    ['a declared encoding, which is not that of the text', '<?xml version="1.0" encoding="UTF-16"?><r/>'],
    ['blank lines before the declaration', '\n\n<?xml version="1.0"?><r/>'],
    ['XML 1.1', '<?xml version="1.1"?><r/>'],
    ['a DOCTYPE', '<!DOCTYPE r SYSTEM "http://example.com/r.dtd"><r/>'],
    ['a DOCTYPE with declared elements', '<!DOCTYPE r [<!ELEMENT r EMPTY><!-- > ]> -->]><r/>'],
    ['a prefix of a namespace', '<x:r xmlns:x="urn:x"></x:r>'],
    ['Windows line ends', '<?xml version="1.0"?>\r\n<r></r>\r\n'],
    ['a comment behind', '<r/><!-- <s/> -->\n'],
  ])('reads %s', (_what, xml) => {
    expect(readXml([xml]).map((event) => (event as unknown[]).slice(0, 2))).toEqual([
      ['open', 'r'],
      ['close', 'r'],
    ])
  })

  it('keeps what tests print: colours, NUL, characters that XML cannot say', () => {
    expect(readXml(['<r m="\u001b[31mred\0&#27;&#x1b;"/>'])[0]).toEqual([
      'open',
      'r',
      { m: '\ufffd[31mred\ufffd&#27;&#x1b;' },
      1,
    ])
  })

  it('does not gather what nobody asks for', () => {
    // Each bracket is a string of its own to the parser.
    const script = `
      import { openXml } from '${new URL('../../src/reports/xml.ts', import.meta.url)}'
      const parser = openXml({ open: () => false, close: () => {} })
      parser.write('<r><![CDATA[')
      for (let piece = 0; piece < 40; piece++) parser.write(']a'.repeat(65_536))
      parser.write(']]></r>')
      parser.end()`
    const node = ['--max-old-space-size=100', '--input-type=module', '--eval', script]
    expect(spawnSync(process.execPath, node, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  }, 60_000)

  it('cuts what is longer than a megabyte', () => {
    const long = 'ab\n'.repeat(1_000_000)
    const events = readXml([`<r m="${long}"><t>${long}</t><t><![CDATA[${long}]]></t></r>`], ['t'])
    const [[, , { m }], , [, , text], , [, , section]] = events as [[0, 0, { m: string }], 0, string[], 0, string[]]
    expect(m === long.slice(0, 2 ** 20).replaceAll('\n', ' ')).toBe(true)
    expect(text === long.slice(0, 2 ** 20)).toBe(true)
    expect(section === long.slice(0, 2 ** 20)).toBe(true)
  })

  it.each([
    ['nothing', '', /^the file is empty: /, undefined],
    ['blank lines', ' \n\n', /^the file is empty: /, undefined],
    ['text', 'collected 3 items', /text outside the outermost element/, 1],
    ['text behind', '<r/>\ndone', /text outside the outermost element/, 2],
    ['two documents', '<r/>\n<r/>', /a second outermost element begins.*keep them as separate files/, 2],
    ['cut off between elements', '<r>\n<s>\n<t/>\n', /the file ends before <\/s>: the tool was stopped/, 4],
    ['cut off in an attribute', '<r>\n<s name="a', /the file ends before <\/r>/, 2],
    ['cut off in the outermost tag', '<r name="a', /the file ends inside a tag/, 1],
    ['cut off in a section', '<r><![CDATA[abc', /the file ends before <\/r>/, 1],
    ['cut off in a comment', '<!-- abc', /the file ends inside a tag/, 1],
    ['end tags in the wrong order', '<r>\n<s></r></s>', /an end tag does not match the open element/, 2],
    ['a bare &', '<r m="R&D"/>', /file ends|an & is not followed by an entity/, 1],
    ['a bare & before an entity', '<r m="R&D &amp;"/>', /an & is not followed by an entity; write it as &amp;/, 1],
    ['a bare <', '<r>\n\n<s m="a < b"/></r>', /write < as &lt;/, 3],
    ['an entity of HTML', '<r>&nbsp;</r>', /an entity that XML does not define/, 1],
    ['an attribute twice', '<r a="1" a="2"/>', /it is not valid XML: duplicate attribute: a$/, 1],
    ['declared entities', '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', /declares entities, which are not allowed/, 1],
    [
      'a billion laughs',
      `<!DOCTYPE r [\n<!ENTITY a "ha">\n${'<!ENTITY b "&a;&a;">\n'.repeat(10)}]>\n<r>&b;</r>`,
      /declares entities/,
      13,
    ],
    ['an external entity', '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>', /declares entities/, 1],
    ['100,000 levels', '<a>\n'.repeat(100_000), /nested deeper than 1000 levels/, 1001],
    ['100,000 attributes', `<a ${Array.from({ length: 100_000 }, (_, n) => `a${n}=""`).join(' ')}/>`, /attributes/, 1],
  ])('refuses %s, with the line', (_what, xml, reason, line) => {
    const [message, at] = findProblem(xml)
    expect(message).toMatch(reason)
    expect(at).toBe(line)
  })

  it('reads the same, wherever its pieces end', () => {
    const xml = [
      '\r\n<?xml version="1.0" encoding="latin1"?>\r\n<!DOCTYPE r [<!ELEMENT r ANY>]>\n<r a="1\r\n&#10;😀&amp;">',
      '<!-- - ]]> --><x:s>a]]b<![CDATA[]]]]><![CDATA[>]]>\u0007</x:s>&quot;</r>\r\n',
    ].join('')
    const whole = readXml([xml], ['s'])
    fc.assert(
      fc.property(fc.array(fc.nat(xml.length)), (cuts) => {
        const ends = [0, ...cuts.toSorted((a, b) => a - b), xml.length]
        const pieces = ends.slice(1).map((end, index) => xml.slice(ends[index], end))
        expect(readXml(pieces, ['s'])).toEqual(whole)
      }),
    )
  })
})

describe('readXmlRoot', () => {
  it.each([
    ['<?xml version="1.0"?>\n<!-- <a/> -->\n<!DOCTYPE coverage SYSTEM "x">\n<coverage line-rate="1" />', 'coverage'],
    ['<n:testsuite xmlns:n="urn:x" name="a"><testcase name="<"', 'testsuite'],
    ['<!DOCTYPE html>\n<html lang="en"><p>&nbsp;', 'html'],
    ['<testsuites name="cut', undefined],
    ['{"a": "<b/>"}', undefined],
    ['', undefined],
  ])('finds the outermost element of %s', (head, name) => {
    expect(readXmlRoot(head)?.name).toBe(name)
  })

  it('has its attributes', () => {
    expect(readXmlRoot('<coverage\n line-rate="0.5">')?.attributes['line-rate']).toBe('0.5')
  })
})
