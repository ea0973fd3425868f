'use strict';

const limits = require('./limits.js');
const shared = require('./shared.js');

class Problem {
  reason;
  constructor(reason) {
    this.reason = reason;
  }
}
function problemWith(reason, text) {
  const clipped = shared.cutText(text, 50);
  return new Problem(`${reason}: "${clipped.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").toWellFormed()}"`);
}

const tab = 9;
const space = 32;
const quote = 34;
const comma = 44;
const equals = 61;
const backslash = 92;
const incomplete = /* @__PURE__ */ Symbol("incomplete");
class Cursor {
  text;
  /** No more text follows. */
  isFinal;
  /** Of a line, in UTF-16 units. */
  maxLength;
  start = 0;
  at = 0;
  /** Of the physical line of `at`, without its line break. */
  end = 0;
  /** Where the next line starts, if this is the last physical line of this one. */
  next = 0;
  /** How many line breaks were passed since `start`. */
  lineBreaks = 0;
  failure = incomplete;
  constructor(text, isFinal, maxLength) {
    this.text = text;
    this.isFinal = isFinal;
    this.maxLength = maxLength;
  }
  /** Goes to the line that starts there, and whose first physical line ends there: at a line break or the text's end. */
  moveTo(start, lineBreak) {
    this.start = start;
    this.at = start;
    this.lineBreaks = 0;
    this.setEnd(lineBreak);
  }
  /** Makes the physical line of `position`, which is behind this one's end, the one that is being read. */
  extendTo(position) {
    const { text } = this;
    for (let i = text.indexOf("\n", this.at); i !== -1 && i < position; i = text.indexOf("\n", i + 1)) this.lineBreaks++;
    const lineBreak = text.indexOf("\n", position);
    const end = lineBreak === -1 ? text.length : lineBreak;
    if (end - this.start > this.maxLength) return this.fail(new Problem("longer than 1 MiB"));
    if (lineBreak === -1 && !this.isFinal) return this.fail(incomplete);
    this.setEnd(end);
    return true;
  }
  setEnd(lineBreak) {
    this.next = lineBreak + 1;
    this.end = lineBreak > this.start && this.text[lineBreak - 1] === "\r" ? lineBreak - 1 : lineBreak;
  }
  skipBlanks() {
    for (; this.at < this.end; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== space && code !== tab) break;
    }
  }
  /** The character at `at` or a later place; a space behind the end, where a name or value ends as well. */
  codeAt(place) {
    return place < this.end ? this.text.charCodeAt(place) : space;
  }
  /** From `place` to the end of the physical line. */
  rest(place) {
    return this.text.slice(place, this.end);
  }
  fail(failure) {
    this.failure = failure;
    return void 0;
  }
  failWith(reason, text) {
    return this.fail(problemWith(reason, text));
  }
  failWithoutFields() {
    const line = this.rest(this.start);
    const hasTabs = line.includes("	") && !line.includes(" ");
    return this.failWith(hasTabs ? "no fields: a tab is no space" : "no fields", line);
  }
}

const maxLinear = 16;
class Pairs {
  list = [];
  index;
  /** -1: there is none. */
  indexOf(key) {
    const { list } = this;
    if (list.length > maxLinear) {
      this.index ??= new Map(list.map(([known], i) => [known, i]));
      return this.index.get(key) ?? -1;
    }
    for (let i = 0; i < list.length; i++) if (list[i]?.[0] === key) return i;
    return -1;
  }
  /** The key must be new. */
  push(key, value) {
    this.index?.set(key, this.list.length);
    this.list.push([key, value]);
  }
}

class Unsigned {
  value;
  constructor(value) {
    this.value = value;
  }
}

const maxInt64 = 2n ** 63n - 1n;
const minInt64 = -(2n ** 63n);
const maxTime = maxInt64 - 1n;
const minTime = minInt64 + 2n;
const zero = 48;
const letterI = 105;
const booleans = new Map([
  ...["t", "T", "true", "True", "TRUE"].map((text) => [text, true]),
  ...["f", "F", "false", "False", "FALSE"].map((text) => [text, false])
]);
const float = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const integer = /^-?\d+$/;
const digits = /^\d+$/;
function parseFieldValue(text) {
  const whole = toShortWhole(text);
  if (whole !== void 0) return text.endsWith("i") ? BigInt(whole) : whole;
  if (float.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? number : problemWith("number out of range", text);
  }
  const boolean = booleans.get(text);
  if (boolean !== void 0) return boolean;
  const body = text.slice(0, -1);
  if (text.endsWith("i") && integer.test(body)) {
    return toInteger(body, minInt64, maxInt64) ?? problemWith("integer out of range", text);
  }
  if (text.endsWith("u") && digits.test(body)) {
    const value = toInteger(body, 0n, maxInt64);
    return value === void 0 ? problemWith("unsigned integer over 2^63 - 1", text) : new Unsigned(value);
  }
  return /^[-+.\d]/.test(text) ? problemWith("not a number", text) : problemWith("neither number nor boolean, and text needs double quotes", text);
}
function toShortWhole(text) {
  const { length } = text;
  const end = text.charCodeAt(length - 1) === letterI ? length - 1 : length;
  if (end === 0 || end > 15) return void 0;
  let value = 0;
  for (let i = 0; i < end; i++) {
    const digit = text.charCodeAt(i) - zero;
    if (digit < 0 || digit > 9) return void 0;
    value = value * 10 + digit;
  }
  return value;
}
function parseTimestamp(text) {
  if (!integer.test(text)) return problemWith("not a timestamp, a whole number of nanoseconds", text);
  return toInteger(text, minTime, maxTime) ?? problemWith("timestamp out of range", text);
}
function toInteger(text, min, max) {
  const short = text.length > 20 ? text.replace(/^(-?)0+(?=\d)/, "$1") : text;
  if (short.length > 20) return void 0;
  const value = BigInt(short);
  return value < min || value > max ? void 0 : value;
}

const maxKeyBytes = 65535;
function scanFields(cursor, seriesStart) {
  const { text, at: seriesEnd } = cursor;
  const fields = new Pairs();
  let seriesBytes;
  cursor.skipBlanks();
  for (; ; ) {
    const from = cursor.at;
    const rawKey = scanFieldKey(cursor);
    if (rawKey === void 0) return void 0;
    if ((seriesEnd - seriesStart + 4 + rawKey.length) * 3 > maxKeyBytes) {
      seriesBytes ??= countBytes(text.slice(seriesStart, seriesEnd));
      if (seriesBytes + 4 + countBytes(rawKey) > maxKeyBytes) {
        return cursor.fail(new Problem("measurement, tags and the name of a field have more than 65,531 bytes"));
      }
    }
    const key = rawKey.includes("\\") ? rawKey.replace(/\\([, ="])/g, "$1") : rawKey;
    if (key === "time") {
      return cursor.fail(new Problem('a field cannot be called "time": the time is a number behind the fields'));
    }
    const value = scanFieldValue(cursor, from);
    if (value === void 0) return void 0;
    const known = fields.indexOf(key);
    if (known === -1) fields.push(key, value);
    else if (typeof fields.list[known]?.[1] === typeof value) fields.list[known] = [key, value];
    else return cursor.failWith("a field is there twice, with two types", key);
    if (cursor.codeAt(cursor.at) === space) return fields.list;
    cursor.at++;
  }
}
function scanFieldKey(cursor) {
  const { text, at, end } = cursor;
  let i = at;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === equals || code === comma || code === space) break;
    if (code === backslash) i++;
  }
  if (i === at) {
    if (text.charCodeAt(at - 1) === comma) return cursor.failWith("no field behind a comma", cursor.rest(cursor.start));
    if (at === end) return cursor.failWithoutFields();
    return cursor.failWith("a field has no name", cursor.rest(at));
  }
  if (i >= end || text.charCodeAt(i) !== equals) {
    return cursor.failWith("a field has no value", text.slice(at, Math.min(i, end)));
  }
  const raw = text.slice(at, i);
  if (raw.endsWith("\\")) return cursor.failWith("the name of a field ends in a backslash", raw);
  cursor.at = i + 1;
  return raw;
}
function scanFieldValue(cursor, from) {
  const { text, at, end } = cursor;
  if (cursor.codeAt(at) === quote) return scanString(cursor);
  let i = at;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === comma || code === space) break;
  }
  if (i === at) return cursor.failWith("a field has no value", text.slice(from, at));
  const value = parseFieldValue(text.slice(at, i));
  if (value instanceof Problem) return cursor.fail(value);
  cursor.at = i;
  return value;
}
function scanString(cursor) {
  const { text, at } = cursor;
  const close = findClosingQuote(cursor);
  if (close === void 0) return void 0;
  if (close > cursor.end && !cursor.extendTo(close)) return void 0;
  const code = cursor.codeAt(close + 1);
  if (code !== comma && code !== space) {
    return cursor.failWith("text behind the closing quote of a string", cursor.rest(close));
  }
  cursor.at = close + 1;
  const raw = text.slice(at + 1, close);
  return raw.includes("\\") ? raw.replace(/\\([\\"])/g, "$1") : raw;
}
function findClosingQuote(cursor) {
  const { text, at, start, maxLength } = cursor;
  for (let i = text.indexOf('"', at + 1); i !== -1 && i - start <= maxLength; i = text.indexOf('"', i + 1)) {
    let before = i;
    while (text.charCodeAt(before - 1) === backslash) before--;
    if ((i - before) % 2 === 0) return i;
  }
  if (text.length - start > maxLength) return cursor.fail(new Problem("a string does not end within 1 MiB"));
  if (!cursor.isFinal) return cursor.fail(incomplete);
  return cursor.failWith("a string has no closing quote", cursor.rest(at));
}
function countBytes(text) {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 128 ? 1 : code < 2048 || code >= 55296 && code <= 57343 ? 2 : 3;
  }
  return bytes;
}

function scanMeasurement(cursor) {
  const { text, at, end } = cursor;
  if (cursor.codeAt(at) === comma) return cursor.failWith("the measurement is missing", cursor.rest(at));
  for (let i = at + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code !== comma && code !== space || text.charCodeAt(i - 1) === backslash) continue;
    cursor.at = i;
    const raw = text.slice(at, i);
    if (!raw.includes("\\")) return raw;
    if (/\\\\[, ="]/.test(raw)) return cursor.failWith("two backslashes before a sign in the measurement", raw);
    return raw.replace(/\\([, ="])/g, "$1");
  }
  return cursor.failWithoutFields();
}
function scanTags(cursor) {
  const { text, end } = cursor;
  const tags = new Pairs();
  while (cursor.codeAt(cursor.at) === comma) {
    const from = cursor.at + 1;
    if (isStop(cursor.codeAt(from))) return cursor.failWith("a tag has no name", cursor.rest(cursor.at));
    const middle = findStop(cursor, from + 1);
    if (middle === end || text.charCodeAt(middle) !== equals) {
      return cursor.failWith("a tag has no value", text.slice(from, middle));
    }
    const valueStart = middle + 1;
    const first = cursor.codeAt(valueStart);
    if (first === space || first === comma) return cursor.failWith("a tag has no value", text.slice(from, valueStart));
    const to = findStop(cursor, valueStart + 1);
    if (to === end) return cursor.failWithoutFields();
    if (text.charCodeAt(to) === equals)
      return cursor.failWith('"=" in a tag value needs a backslash', cursor.rest(from));
    const key = unescapeTag(text.slice(from, middle));
    if (key === "time") return cursor.fail(new Problem('a tag cannot be called "time"'));
    if (tags.indexOf(key) !== -1) return cursor.failWith("a tag is there twice", key);
    tags.push(key, unescapeTag(text.slice(valueStart, to)));
    cursor.at = to;
  }
  return tags.list;
}
function isStop(code) {
  return code === equals || code === comma || code === space;
}
function findStop(cursor, from) {
  const { text, end } = cursor;
  let i = from;
  while (i < end && !(isStop(text.charCodeAt(i)) && text.charCodeAt(i - 1) !== backslash)) i++;
  return Math.min(i, end);
}
function unescapeTag(raw) {
  return raw.includes("\\") ? raw.replace(/\\([, =])/g, "$1") : raw;
}

class LineScanner {
  cursor;
  nul;
  separator;
  /** `isFinal`: no more text follows. */
  constructor(text, isFinal, maxLength) {
    this.cursor = new Cursor(text, isFinal, maxLength);
    this.nul = new Occurrences(text, "\0");
    this.separator = new Occurrences(text, "#!~");
  }
  /** After a record: where the next line starts. */
  get next() {
    return this.cursor.next;
  }
  /** After a record: how many line breaks were in its strings. */
  get lineBreaks() {
    return this.cursor.lineBreaks;
  }
  /** The line from `start`, whose first physical line ends at `lineBreak`; nothing when it is blank or a comment. */
  scan(start, lineBreak) {
    const { cursor } = this;
    cursor.moveTo(start, lineBreak);
    cursor.skipBlanks();
    const { text, at, end } = cursor;
    if (at === end || text[at] === "#") return void 0;
    if (this.nul.isBetween(start, end)) return hasNul;
    const name = scanMeasurement(cursor);
    if (name === void 0) return cursor.failure;
    const tags = scanTags(cursor);
    if (tags === void 0) return cursor.failure;
    if (this.separator.isBetween(at, cursor.at)) {
      return problemWith('"#!~" in measurement or tags, which InfluxDB uses itself', cursor.rest(at));
    }
    const fields = scanFields(cursor, at);
    if (fields === void 0) return cursor.failure;
    if (cursor.lineBreaks > 0 && this.nul.isBetween(start, cursor.end)) return hasNul;
    cursor.skipBlanks();
    if (cursor.at === cursor.end) return { name, tags, fields };
    const timeNs = scanTime(cursor);
    return timeNs instanceof Problem ? timeNs : { name, tags, fields, timeNs };
  }
}
const hasNul = new Problem("a NUL character: the file has to be UTF-8");
function scanTime(cursor) {
  const { text, at, end } = cursor;
  let to = at;
  while (to < end && text.charCodeAt(to) !== space) to++;
  const time = parseTimestamp(text.slice(at, to));
  if (time instanceof Problem) return time;
  cursor.at = to;
  while (cursor.codeAt(cursor.at) === space && cursor.at < end) cursor.at++;
  return cursor.at === end ? time : problemWith("text behind the timestamp", cursor.rest(cursor.at));
}
class Occurrences {
  text;
  wanted;
  next;
  constructor(text, wanted) {
    this.text = text;
    this.wanted = wanted;
    this.next = text.indexOf(wanted);
  }
  /** Whether one starts there; `from` may not be less than at the call before. */
  isBetween(from, to) {
    if (this.next !== -1 && this.next < from) this.next = this.text.indexOf(this.wanted, from);
    return this.next !== -1 && this.next < to;
  }
}

class LineProtocolParser {
  buffer = "";
  line = 1;
  isAtStart = true;
  /** The text up to the next line break belongs to a line that is known to be too long. */
  isSkipping = false;
  /** The length that the buffer must have before another attempt is worthwhile: twice what was not enough. */
  wantedLength = 0;
  isSecret;
  /** @param isSecret whether a line must not be quoted: a part of a secret would not be known for one */
  constructor(isSecret = () => false) {
    this.isSecret = isSecret;
  }
  /** Returns the lines that are complete now, or known to be malformed; some of them may wait for a later call. */
  push(text) {
    this.buffer += text;
    if (this.buffer.length <= limits.maxLineCharacters) {
      const isWorthwhile = this.wantedLength === 0 ? text.includes("\n") : this.buffer.length >= this.wantedLength;
      if (!isWorthwhile) return [];
    }
    return this.drain(false);
  }
  /** Returns the lines that were still open. The parser is used up then. */
  end() {
    return this.drain(true);
  }
  drain(isFinal) {
    const text = this.buffer;
    const parsed = [];
    const scanner = new LineScanner(text, isFinal, limits.maxLineCharacters);
    let start = this.isAtStart && text.startsWith("\uFEFF") ? 1 : 0;
    if (text !== "") this.isAtStart = false;
    this.wantedLength = 0;
    while (start < text.length) {
      const lineBreak = text.indexOf("\n", start);
      const end = lineBreak === -1 ? text.length : lineBreak;
      if (this.isSkipping || end - start > limits.maxLineCharacters) {
        if (!this.isSkipping) parsed.push({ line: this.line, problem: "longer than 1 MiB" });
        this.isSkipping = lineBreak === -1;
        if (!this.isSkipping) this.line++;
        start = end + 1;
        continue;
      }
      if (lineBreak === -1 && !isFinal) break;
      const result = scanner.scan(start, end);
      if (result === incomplete) {
        this.wantedLength = 2 * (text.length - start);
        break;
      }
      const given = start;
      start = end + 1;
      if (result === void 0) ; else if (result instanceof Problem) {
        const isHidden = this.isSecret(text.slice(given, end));
        parsed.push({ line: this.line, problem: isHidden ? "not shown, since it holds a secret" : result.reason });
      } else {
        parsed.push({ line: this.line, record: result });
        start = scanner.next;
        this.line += scanner.lineBreaks;
      }
      this.line++;
    }
    this.buffer = text.slice(start);
    return parsed;
  }
}

exports.LineProtocolParser = LineProtocolParser;
exports.Unsigned = Unsigned;
