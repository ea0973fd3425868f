import { maxFieldBytes, maxNameCharacters, maxTagCharacters } from '../limits.ts'

/**
 * Sanitises, in one place, what line protocol cannot express or no server accepts, so that no value damages its point or
 * another one. Lengths are InfluxDB's limits: 64 kB for a string field (1.x), 64 kB for measurement and tags together.
 */

/** The length of a measurement in the Buildbot layout, which consists of a builder and a property. */
export function cleanMeasurement(name: string): string {
  return keepOwn(cleanTag(name).replace(/^#/, '_')) || '_'
}

/** A measurement: a leading `#` would make the line a comment. */
export function cleanName(name: string, longest = maxNameCharacters): string {
  return keepOwn(cleanTag(cutText(name, longest), longest).replace(/^#/, '_')) || '_'
}

/**
 * Names that InfluxDB reserves: 1.x silently drops a field `time`, 2.x refuses a whole request for a tag with one of the other two,
 * and Flux mistakes such a field for its own column.
 */
export function isOwnName(name: string): boolean {
  return name === 'time' || name === '_field' || name === '_measurement'
}

/** A tag key or field key of a record. */
export function cleanKey(name: string, longest = maxNameCharacters): string {
  const clean = keepOwn(cleanTag(cutText(name, longest), longest)) || '_'
  return isOwnName(clean) ? `${clean}_` : clean
}

/**
 * A tag's value: newlines, tabs and other control characters become spaces. Backslashes go at the end, and before a comma,
 * space, equals sign or quote: InfluxDB cannot tell a literal backslash from an escaping one, and where its two parsers of
 * a line disagree, the following lines are lost too. The pattern matches a whole run of them only, or many would take quadratic
 * time. `#!~#` separates series and field on InfluxDB's disk.
 */
export function cleanTag(value: string, longest = maxTagCharacters): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
  const text = value.toWellFormed().replace(/\r\n|[\u0000-\u001f\u007f]/g, ' ')
  return cutText(text, longest)
    .replace(/(?<!\\)\\+(?=[,= "]|$)/g, '')
    .replaceAll('#!~', '#!_')
}

/** A string field's text: NUL becomes U+FFFD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

/** A string field's value: cut at 65,535 bytes of UTF-8, between characters. */
export function cleanString(given: string): string {
  const value = cleanText(given)
  if (value.length * 3 <= maxFieldBytes) return value
  const bytes = new TextEncoder().encode(value)
  if (bytes.length <= maxFieldBytes) return value
  let end = maxFieldBytes
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return new TextDecoder().decode(bytes.subarray(0, end))
}

/** A field key made from a property's name: `[A-Za-z0-9_]`. */
export function toKey(name: string): string {
  return keepOwn(name.replace(/[^A-Za-z0-9_]/g, '_').slice(0, maxNameCharacters)) || '_'
}

/** The client keeps tags and fields in plain objects, which cannot have this name as a key. */
function keepOwn(name: string): string {
  return name === '__proto__' ? '_proto_' : name
}

/** Cuts between characters, never inside a surrogate pair. */
function cutText(text: string, length: number): string {
  if (text.length <= length) return text
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}
