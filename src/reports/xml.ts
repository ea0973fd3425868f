import { SaxesParser } from 'saxes'
import { maxXmlAttributes, maxXmlDepth, maxXmlTextCharacters, xmlPieceCharacters } from '../limits.ts'
import { type ReportParser, ReportProblem } from './report.ts'

export type XmlAttributes = Readonly<Record<string, string | undefined>>

/** Handlers for the elements of a document, in order. Names have no namespace prefix. */
export interface XmlVisitor {
  /** Returns whether the text inside the element is needed. `line` is where its start tag ends. */
  open(name: string, attributes: XmlAttributes, line: number): boolean
  /** `text` is the first megabyte of the text inside the element; empty unless it was requested. */
  close(name: string, text: string, line: number): void
}

/** XML does not allow control characters, but tools write the output of tests, including colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

/**
 * Parses XML in pieces that may end anywhere. A DOCTYPE is skipped, and refused if it declares entities; nothing is
 * fetched. A declared `encoding` is ignored, because the text is already decoded.
 */
export function openXml(visitor: XmlVisitor): ReportParser {
  // Without `position`, messages contain no position; lines are counted nevertheless.
  const parser = new SaxesParser({ xmlns: false, position: false } as const)
  let skippedLines = 0
  let isBlank = true
  let isEnding = false
  let depth = 0
  let attributeCount = 0
  let wantedDepth = 0
  let text = ''

  const toLine = () => parser.line + skippedLines
  const fail = (reason: string): never => {
    throw new ReportProblem(reason, toLine())
  }
  const addText = (more: string) => {
    if (text.length < maxXmlTextCharacters) text += more.slice(0, maxXmlTextCharacters - text.length)
  }

  parser.on('error', ({ message }) => {
    if (isEnding) fail(explainEnd(message))
    if (!harmless.has(message)) fail(`it is not valid XML: ${explainError(message)}`)
  })
  parser.on('doctype', (doctype) => {
    if (doctype.includes('<!ENTITY'))
      fail('the DOCTYPE declares entities, which are not allowed: write the report without them')
  })
  parser.on('attribute', (attribute) => {
    if (attribute.value.length > maxXmlTextCharacters) attribute.value = attribute.value.slice(0, maxXmlTextCharacters)
    if (++attributeCount > maxXmlAttributes) fail(`an element has more than ${maxXmlAttributes} attributes`)
  })
  parser.on('opentag', ({ name, attributes }) => {
    attributeCount = 0
    if (++depth > maxXmlDepth) fail(`elements are nested deeper than ${maxXmlDepth} levels`)
    const isWanted = visitor.open(toLocal(name), attributes, toLine())
    if (!isWanted || wantedDepth > 0) return
    wantedDepth = depth
    text = ''
    parser.on('text', addText)
    parser.on('cdata', addText)
  })
  parser.on('closetag', ({ name }) => {
    const isWanted = depth-- === wantedDepth
    if (isWanted) {
      wantedDepth = 0
      parser.off('text')
      parser.off('cdata')
    }
    visitor.close(toLocal(name), isWanted ? text : '', toLine())
  })

  /**
   * The parser collects a value, comment or section until it ends, even if it is not needed, and a string that is concatenated
   * from small pieces takes 64 bytes for each: text beyond the limit is dropped between two pieces.
   */
  const gathered = parser as unknown as { text: string }
  const dropRest = () => {
    if (gathered.text.length > maxXmlTextCharacters) gathered.text = gathered.text.slice(0, maxXmlTextCharacters)
  }

  return {
    write(whole) {
      let start = 0
      if (isBlank) {
        start = whole.search(/[^\s]/)
        const blank = start < 0 ? whole : whole.slice(0, start)
        skippedLines += blank.split('\n').length - 1
        if (start < 0) return
        isBlank = false
      }
      for (; start < whole.length; start += xmlPieceCharacters) {
        parser.write(whole.slice(start, start + xmlPieceCharacters).replace(forbidden, '\ufffd'))
        dropRest()
      }
    },
    end() {
      if (isBlank) throw new ReportProblem('the file is empty: the tool was stopped before it wrote its report')
      isEnding = true
      parser.close()
    },
  }
}

/** The outermost element, if `head` contains its whole start tag. */
export function readXmlRoot(head: string): { readonly name: string; readonly attributes: XmlAttributes } | undefined {
  if (!/^\s*</.test(head)) return undefined
  let root: { name: string; attributes: XmlAttributes } | undefined
  const isFound = new Error('the outermost element is found')
  const parser = openXml({
    open(name, attributes) {
      root = { name, attributes }
      throw isFound
    },
    close() {},
  })
  try {
    parser.write(head)
  } catch (error) {
    if (error !== isFound && !(error instanceof ReportProblem)) throw error
  }
  return root
}

/** Errors that are ignored: characters that XML does not allow, such as `&#27;`, and `]]>` in text, as node writes it. */
const harmless = new Set(['malformed character entity.', 'the string "]]>" is disallowed in char data.'])

const toLocal = (name: string) => name.slice(name.indexOf(':') + 1)

function explainEnd(message: string): string {
  const [, name] = /^unclosed tag: (.+)/.exec(message) ?? []
  const where = name === undefined ? 'inside a tag' : `before </${name}>`
  return `the file ends ${where}: the tool was stopped while it wrote its report, or the file was cut off`
}

function explainError(message: string): string {
  return explanations[message] ?? message.replace(/\.$/, '')
}

const explanations: Readonly<Record<string, string>> = {
  'documents may contain only one root.':
    'a second outermost element begins. If several reports were joined into one file, keep them as separate files',
  'text data outside of root node.':
    'there is text outside the outermost element: make sure that only the tool writes to the file',
  'undefined entity.': 'it uses an entity that XML does not define; write & as &amp;',
  'disallowed character in entity name.': 'an & is not followed by an entity; write it as &amp;',
  'disallowed character.': 'a character is not allowed here; write < as &lt;',
  'unexpected close tag.': 'an end tag does not match the open element',
}
