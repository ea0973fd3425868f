'use strict';

const layoutSettings = require('./shared.js');
const workspace = require('./shared2.js');
const node_fs = require('node:fs');

var _documentCurrentScript = typeof document !== 'undefined' ? document.currentScript : null;
const maxMs = 1e3;
const startMs = 500;
const maxHeapMb = 64;
function createCallbackRunner(script, signal) {
  const stopped = /* @__PURE__ */ new Set();
  return async (calls) => {
    const { fork } = await import('node:child_process');
    const answers = [];
    while (answers.length < calls.length) {
      const rest = calls.slice(answers.length);
      if (signal?.aborted) {
        answers.push(...rest.map(() => ({ failure: "it was not run: the timeout had passed" })));
        break;
      }
      if (rest[0] !== void 0 && stopped.has(rest[0].callback)) {
        answers.push({ failure: "it is not run again, since it did not end before" });
        continue;
      }
      const end = rest.findIndex(({ callback }) => stopped.has(callback));
      const batch = end < 0 ? rest : rest.slice(0, end);
      const child = fork(script, [`${process.pid}`], {
        env: process.platform === "win32" ? { SystemRoot: process.env.SystemRoot } : {},
        execArgv: [`--max-old-space-size=${maxHeapMb}`],
        stdio: ["ignore", "ignore", "ignore", "ipc"]
      });
      const { got, failure } = await collect(child, batch, signal);
      answers.push(...got);
      const culprit = batch[got.length];
      if (culprit !== void 0 && !signal?.aborted) {
        stopped.add(culprit.callback);
        answers.push({ failure: failure ?? "its process ended" });
      }
    }
    return answers;
  };
}
function collect(child, calls, signal) {
  return new Promise((resolve) => {
    const got = [];
    let timer = setTimeout(stop, startMs + maxMs);
    const end = (failure) => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.on("error", () => {
      });
      child.kill("SIGKILL");
      resolve(failure === void 0 ? { got } : { got, failure });
    };
    function stop() {
      end("it ran longer than a second");
    }
    const sendNext = () => {
      try {
        child.send(calls[got.length], (error) => error && end(error.message));
      } catch (error) {
        end(error.message);
      }
    };
    child.on("message", (answer) => {
      got.push(answer);
      clearTimeout(timer);
      if (got.length === calls.length || signal?.aborted) end();
      else {
        timer = setTimeout(stop, maxMs);
        sendNext();
      }
    });
    child.on("error", (error) => end(error.message));
    child.on("exit", () => end(`it took more than ${maxHeapMb} MB of memory, or ended its process`));
    sendNext();
  });
}

class Problem {
  reason;
  constructor(reason) {
    this.reason = reason;
  }
}
function problemWith(reason, text) {
  const clipped = text.length > 50 ? `${text.slice(0, 49)}\u2026` : text;
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

const maxLineLength = 2 ** 20;
class LineProtocolParser {
  buffer = "";
  line = 1;
  isAtStart = true;
  /** The text up to the next line break belongs to a line that is known to be too long. */
  isSkipping = false;
  /** The length that the buffer must have before another attempt is worthwhile: twice what was not enough. */
  wantedLength = 0;
  /** Returns the lines that are complete now, or known to be malformed; some of them may wait for a later call. */
  push(text) {
    this.buffer += text;
    if (this.buffer.length <= maxLineLength) {
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
    const scanner = new LineScanner(text, isFinal, maxLineLength);
    let start = this.isAtStart && text.startsWith("\uFEFF") ? 1 : 0;
    if (text !== "") this.isAtStart = false;
    this.wantedLength = 0;
    while (start < text.length) {
      const lineBreak = text.indexOf("\n", start);
      const end = lineBreak === -1 ? text.length : lineBreak;
      if (this.isSkipping || end - start > maxLineLength) {
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
      start = end + 1;
      if (result === void 0) ; else if (result instanceof Problem) {
        parsed.push({ line: this.line, problem: result.reason });
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

class DataFileError extends Error {
}
async function* readDataFile(path) {
  if (path === void 0) return;
  const size = readSize(path);
  if (size === 0) return;
  const parser = new LineProtocolParser();
  const decoder = new TextDecoder();
  for await (const chunk of node_fs.createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 })) {
    yield parser.push(decoder.decode(chunk, { stream: true }));
  }
  yield parser.push(decoder.decode());
  yield parser.end();
}
function readSize(path) {
  const stats = node_fs.statSync(path, { throwIfNoEntry: false });
  if (stats === void 0) throw new DataFileError(`the data file ${path} is gone`);
  if (!stats.isFile()) throw new DataFileError(`the data file ${path} is no file any more`);
  return stats.size;
}

async function captureFor(storages, build, runCallbacks) {
  const byRules = /* @__PURE__ */ new Map();
  for (const { rules, layout } of storages) {
    if (byRules.has(rules)) continue;
    const run = layout.redact === void 0 ? runCallbacks : workspace.redactAnswers(runCallbacks, layout.redact);
    const captures = await workspace.applyCallbacks(layoutSettings.captureBuild(build, rules), run);
    byRules.set(rules, { captures, outputs: layoutSettings.captureOutputs(build.builder, rules, build.properties) });
  }
  return storages.flatMap((storage) => {
    const found = byRules.get(storage.rules);
    return found === void 0 ? [] : [{ storage, ...found, laidOut: layoutSettings.layOutBuild(build, found.captures, storage.layout) }];
  });
}

function findFaults(outcome, failOnError) {
  const { warnings, misses, data, storages, startProblems, mistakes } = outcome;
  const lost = (text, failsJob = false) => ({ text, level: "lost", failsJob });
  const told = (text) => ({ text, level: "told", failsJob: false });
  return [
    ...storages.flatMap((storage) => explainStorage$1(storage).map((text) => lost(text))),
    ...misses.filter(({ level }) => level !== "ignore").map((miss) => lost(`${layoutSettings.explainMiss(miss)}.`, miss.level === "error")),
    ...data === void 0 ? [] : explainMalformed(data).map((text) => lost(text)),
    ...failOnError ? startProblems.map((problem) => lost(`The start point is missing in ${problem}.`)) : [],
    ...failOnError ? mistakes.map((text) => lost(text)) : [],
    ...warnings.map(told),
    ...data === void 0 ? [] : [...data.renamed].map((name) => told(explainRenamed(name)))
  ];
}
function findNotes({ secretNames, data, unyielded }) {
  const ignored = [...data?.ignored ?? []];
  return [
    ...secretNames.length > 0 ? [
      `Left out of regular expressions because they look like secrets: ${secretNames.join(", ")}. Capture them by name.`
    ] : [],
    ...ignored.length > 0 ? [`Yielded, but captured by no rule: ${ignored.map(([name, count]) => `${name} (${count})`).join(", ")}.`] : [],
    ...unyielded.length > 0 ? [
      `Nothing was yielded as ${unyielded.join(", ")}: neither a step output (a step needs an id) nor a line in $BUILD_STATS.`
    ] : []
  ];
}
function toHeadline({ build, storages }) {
  const places = storages.map(({ name, written }) => `${countOf(written, "point")} to ${name}`);
  const where = places.length > 0 ? ` ${places.join(", ")}.` : "";
  return `Build Stats: ${build.builder} ended with ${build.result} after ${layoutSettings.formatDuration(layoutSettings.toDuration(build))}.${where}`;
}
function countOf(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function explainStorage$1({ name, written, lost, gaveUp, problems }) {
  const why = problems.length > 0 ? `: ${problems.join("; ")}` : "";
  const rest = gaveUp ? ", at least, of data that was not read to its end," : "";
  if (lost > 0) return [`${lost} of ${countOf(written + lost, "point")}${rest} could not be written to ${name}${why}.`];
  return problems.length > 0 ? [`${name}${why}.`] : [];
}
function explainMalformed({ malformed, malformedCount, failure }) {
  const texts = failure === void 0 ? [] : [`Data that steps yielded is missing: ${failure}.`];
  if (malformedCount === 0) return texts;
  const lines = malformed.map(({ line, problem }) => `line ${line}: ${problem}`).join("; ");
  const more = malformedCount > malformed.length ? `; and ${malformedCount - malformed.length} more` : "";
  const are = malformedCount === 1 ? "is" : "are";
  return [
    ...texts,
    `${countOf(malformedCount, "line")} of $BUILD_STATS ${are} no line protocol and left out: ${lines}${more}.`
  ];
}
function explainRenamed(name) {
  return `Data named "${name}" went to the measurement "data_${name}": "${name}" holds the builds themselves.`;
}

const batchSize = 500;
const maxMalformed = 10;
const maxMisses = 20;
function createPointStream(sources) {
  const { build, rules } = sources;
  const layout = layoutSettings.openDataLayout(build, sources.layout);
  const capture = layoutSettings.createDataCapture(build.builder, rules);
  const hasCallbacks = workspace.hasCallback(rules);
  const { redact = (text) => text } = sources.layout;
  const runCallbacks = workspace.redactAnswers(sources.runCallbacks, redact);
  const points = /* @__PURE__ */ new Map();
  const ignored = /* @__PURE__ */ new Map();
  const names = /* @__PURE__ */ new Set();
  const malformed = [];
  const report = {
    points,
    ignored,
    names,
    malformed,
    malformedCount: 0,
    misses: [],
    renamed: layout.renamed,
    failure: void 0
  };
  const batch = [...sources.points];
  let index = sources.nextIndex;
  const redactCaptured = ({ rule, record }) => ({ rule, record: workspace.redactRecord(record, redact) });
  async function addAll(found, isPlain) {
    const { captured, misses } = hasCallbacks ? await workspace.applyDataCallbacks(found, runCallbacks) : { captured: found, misses: [] };
    for (const miss of misses) if (report.misses.length < maxMisses) report.misses.push(miss);
    for (const one of found) for (const { record } of one) names.add(record.name);
    for (const one of captured) {
      for (const point of layout.toPoints(isPlain && !hasCallbacks ? one : one.map(redactCaptured), index)) {
        batch.push(point);
        count(points, point.measurement);
        index++;
      }
    }
  }
  function captureLine(parsed) {
    if ("problem" in parsed) {
      report.malformedCount++;
      if (malformed.length < maxMalformed) malformed.push(parsed);
      return [];
    }
    const record = workspace.redactRecord(parsed.record, redact);
    const captured = capture(record);
    if (captured.length === 0) count(ignored, record.name);
    return captured;
  }
  function* takeFull() {
    while (batch.length >= batchSize) yield batch.splice(0, batchSize);
  }
  async function* toBatches() {
    if (hasCallbacks && batch.length > 0) yield batch.splice(0);
    for (let at = 0; at < sources.outputs.length; at += batchSize) {
      await addAll(sources.outputs.slice(at, at + batchSize), false);
      yield* takeFull();
    }
    try {
      for await (const lines of sources.readData()) {
        for (let at = 0; at < lines.length; at += batchSize) {
          const found = lines.slice(at, at + batchSize).map(captureLine);
          await addAll(
            found.filter((captured) => captured.length > 0),
            true
          );
          yield* takeFull();
        }
      }
    } catch (error) {
      report.failure = error.message;
    }
    if (batch.length > 0) yield batch;
  }
  return { batches: toBatches(), report };
}
function count(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
function mergeReports(reports) {
  const [first] = reports;
  const points = /* @__PURE__ */ new Map();
  for (const report of reports) {
    for (const [name, count2] of report.points) points.set(name, Math.max(count2, points.get(name) ?? 0));
  }
  const ignored = [...first?.ignored ?? []].filter(([name]) => reports.every((report) => report.ignored.has(name)));
  return {
    points,
    ignored: new Map(ignored),
    names: new Set(reports.flatMap(({ names }) => [...names])),
    malformed: first?.malformed ?? [],
    malformedCount: first?.malformedCount ?? 0,
    misses: reports.flatMap(({ misses }) => misses),
    renamed: new Set(reports.flatMap(({ renamed }) => [...renamed])),
    failure: reports.find(({ failure }) => failure !== void 0)?.failure
  };
}

function toProperties(sources) {
  const all = [
    ...toOutputs("needs", sources.needs, ["result"]),
    ...toOutputs("steps", sources.steps, ["outcome"]),
    ...Object.entries(sources.own).map(([key, value]) => ({ path: key, shortName: key, value })),
    ...toKeys("matrix", sources.matrix),
    ...toKeys("job", sources.job).filter(({ path }) => path === "job.status"),
    ...toKeys("strategy", sources.strategy),
    ...toKeys("runner", sources.runner),
    ...toKeys("github", sources.github)
  ];
  const setters = /* @__PURE__ */ new Map();
  for (const property of all) {
    if (property.shortName === void 0) continue;
    const earlier = setters.get(property.shortName);
    if (earlier) earlier.push(property);
    else setters.set(property.shortName, [property]);
  }
  const listed = all.map(({ path, shortName, value }) => {
    const wins = shortName !== void 0 && setters.get(shortName)?.at(-1)?.path === path;
    return wins ? { path, shortName, value } : { path, value };
  });
  const byName = /* @__PURE__ */ new Map();
  for (const property of listed) byName.set(property.path, property);
  for (const property of listed) if (property.shortName !== void 0) byName.set(property.shortName, property);
  const tree = {
    steps: sources.steps,
    needs: sources.needs,
    matrix: sources.matrix,
    job: sources.job,
    strategy: sources.strategy,
    runner: sources.runner,
    github: { ...sources.github, event: sources.event },
    env: sources.env
  };
  return {
    listed,
    clashesOf(shortName) {
      const all2 = setters.get(shortName) ?? [];
      const settled = all2.some(({ path }) => path === shortName);
      return all2.length > 1 && !settled ? all2.map(({ path }) => path) : [];
    },
    find(name) {
      const known = byName.get(name);
      if (known) return known;
      const value = name.includes(".") ? findValue(tree, name) : void 0;
      return value === void 0 ? void 0 : { path: name, value };
    }
  };
}
function toOutputs(root, context, keys) {
  return Object.entries(context).flatMap(([id, entry]) => {
    if (!layoutSettings.isObject(entry)) return [];
    const outputs = layoutSettings.isObject(entry.outputs) ? Object.entries(entry.outputs) : [];
    return [
      ...outputs.map(([name, value]) => ({ path: `${root}.${id}.outputs.${name}`, shortName: name, value })),
      ...keys.flatMap((key) => {
        const value = entry[key];
        return value === void 0 ? [] : [{ path: `${root}.${id}.${key}`, value }];
      })
    ];
  });
}
function toKeys(root, context) {
  return Object.entries(context).map(([key, value]) => ({ path: `${root}.${key}`, value }));
}
function findValue(tree, path) {
  let value = tree;
  let rest = path;
  for (; ; ) {
    if (typeof value !== "object" || value === null) return void 0;
    const whole = getOwn(value, rest);
    if (whole !== void 0) return whole;
    const dot = rest.indexOf(".");
    const inner = dot < 0 ? void 0 : getOwn(value, rest.slice(0, dot));
    if (inner === void 0) return void 0;
    value = inner;
    rest = rest.slice(dot + 1);
  }
}
function getOwn(value, key) {
  if (Array.isArray(value) && !/^\d+$/.test(key)) return void 0;
  return Object.hasOwn(value, key) ? value[key] : void 0;
}

function toFetch(client, signal) {
  return async (url, options = {}) => {
    const { method = "GET", headers = {}, body } = options;
    const response = await client.request({ method, url: new URL(url), headers, body, signal });
    const text = response.body.toString("utf8");
    return {
      status: response.status,
      ok: response.status >= 200 && response.status < 300,
      url,
      // Enough of `Headers`, which would load node's own undici.
      headers: new Map(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")])),
      text: async () => text,
      json: async () => JSON.parse(text)
    };
  };
}

const timeoutMs = 5e3;
const maxPages = 3;
const permission = "give the job `permissions: actions: read`";
async function readJob(query, http) {
  let clockAheadMs;
  const no = (reason) => ({ job: void 0, clockAheadMs, reason });
  if (query.token === void 0) return no("the input github-token is empty; leave it out, or give a token");
  if (query.runId === void 0) return no("GITHUB_RUN_ID is not set");
  try {
    const octokit = await openOctokit(query, http, (date) => {
      clockAheadMs ??= date;
    });
    const [owner = "", repo = ""] = query.repository.split("/");
    if (query.jobId !== void 0) {
      const { data } = await octokit.rest.actions.getJobForWorkflowRun({ owner, repo, job_id: Number(query.jobId) });
      if (typeof data?.run_id !== "number") return no("GitHub answered with something that is no job");
      if (BigInt(data.run_id) !== query.runId) return no(`GitHub answered with a job of run ${data.run_id}`);
      return toAnswer(data, clockAheadMs);
    }
    const jobs = [];
    let total = 1;
    for (let page = 1; jobs.length < total && page <= maxPages; page++) {
      const { data } = await octokit.rest.actions.listJobsForWorkflowRunAttempt({
        owner,
        repo,
        run_id: Number(query.runId),
        attempt_number: Number(query.attempt ?? 1n),
        per_page: 100,
        page
      });
      if (!Array.isArray(data?.jobs)) return no("GitHub answered with something that is no list of jobs");
      jobs.push(...data.jobs);
      total = data.total_count;
      if (data.jobs.length === 0) break;
    }
    if (jobs.length < total) return no(`this run has ${total} jobs, too many to look for this one among them`);
    const matches = findJobs(jobs, query);
    const [job] = matches;
    if (job === void 0 || matches.length > 1) {
      const count = matches.length === 0 ? "none" : `${matches.length}`;
      return no(`of the ${jobs.length} jobs of this run ${count} can be this one, and a wrong one is worse than none`);
    }
    return toAnswer(job, clockAheadMs);
  } catch (error) {
    return no(explainError(error));
  }
}
async function openOctokit(query, http, onDate) {
  const { getOctokit } = await Promise.resolve().then(() => require('./github.js'));
  const fetch = toFetch(http, AbortSignal.timeout(timeoutMs));
  const timed = async (url, options) => {
    const sentMs = Date.now();
    const response = await fetch(url, options);
    const date = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(date)) onDate(toClockAhead(date, sentMs, Date.now()));
    return response;
  };
  const log = { debug() {
  }, info() {
  }, warn() {
  }, error() {
  } };
  return getOctokit(query.token ?? "", { baseUrl: query.apiUrl, request: { fetch: timed }, log });
}
function toClockAhead(dateMs, sentMs, receivedMs) {
  return dateMs + 500 - (sentMs + receivedMs) / 2;
}
function findJobs(jobs, query) {
  return jobs.filter(({ status, runner_name, name }) => {
    const named = name === query.job || name.startsWith(`${query.job} (`) || name.endsWith(` / ${query.job}`);
    return status === "in_progress" && runner_name === query.runnerName && named;
  });
}
function toAnswer(job, clockAheadMs) {
  const startMs = Date.parse(job.started_at);
  if (Number.isNaN(startMs)) return { job: void 0, clockAheadMs, reason: "GitHub answered without a start time" };
  const queueTime = (startMs - Date.parse(job.created_at ?? "")) / 1e3;
  return {
    job: { id: BigInt(job.id), name: job.name, startMs, queueTime: queueTime >= 0 ? queueTime : void 0 },
    clockAheadMs,
    reason: void 0
  };
}
function explainError(error) {
  const { status, message, cause } = error;
  const name = (cause instanceof Error ? cause : error).name;
  switch (status) {
    case 401:
      return "GitHub does not accept the token (401); leave the input github-token out, or give a valid one";
    case 403:
    case 404:
      return `the token may not read it (${status}); ${permission}`;
    default:
      if (message === "aborted") return "GitHub's answer broke off";
      if (name === "TimeoutError" || name === "AbortError") return `GitHub did not answer within ${timeoutMs / 1e3} s`;
      return `GitHub's answer could not be used: ${status === void 0 || status === 500 ? "" : `${status} `}${message ?? String(error)}`;
  }
}
function toApiUrl(env) {
  return (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
}

const maxClockDifferenceMs = 2e3;
async function readBuild({ runner, http }, settings, state, event, endMs) {
  const { env } = runner;
  const { redact } = runner.log;
  const parsed = layoutSettings.parseContexts(runner.readInput);
  const contexts = workspace.redactData(parsed.contexts, redact);
  const { value: payload, isCut } = layoutSettings.cutDeep(event);
  const warnings = [
    ...parsed.problems.map((problem) => `${layoutSettings.formatProblem(problem)}. Its values are not known.`),
    ...parsed.warnings,
    ...isCut ? [layoutSettings.explainCut("The event payload")] : []
  ];
  const early = workspace.redactData(workspace.toIdentity(env, event, contexts), redact);
  const {
    job,
    clockAheadMs = 0,
    reason
  } = await readJob({ ...early, token: settings.githubToken, apiUrl: toApiUrl(env) }, http);
  if (reason !== void 0) {
    warnings.push(
      `The job's exact start is not known: ${reason}. Its start is that of the Build Stats step, and queue_time is left out.`
    );
  }
  const correctionMs = Math.abs(clockAheadMs) > maxClockDifferenceMs ? Math.round(clockAheadMs) : 0;
  const trueEndMs = endMs + correctionMs;
  const startMs = job?.startMs ?? (state && state.startMs + correctionMs);
  if (startMs === void 0)
    warnings.push("The start of this job is not known: its main phase left no state. It counts as 0 s.");
  const identity = job === void 0 ? early : { ...early, jobId: job.id, url: workspace.toRunUrl(env, job.id) };
  const build = {
    ...identity,
    result: typeof contexts.job.status === "string" ? contexts.job.status : "unknown",
    startMs: startMs ?? trueEndMs,
    endMs: trueEndMs,
    queueTime: job?.queueTime,
    jobName: job?.name === void 0 ? void 0 : redact(job.name),
    properties: toProperties({
      ...contexts,
      ...workspace.redactData(
        {
          runner: workspace.toRunnerProperties(env),
          github: workspace.toGithubProperties(env),
          event: payload,
          env: workspace.toEnvProperties(env),
          own: settings.properties
        },
        redact
      )
    })
  };
  return { build, warnings };
}

const maxRows = 100;
const maxText = 200;
const maxSentence = 2e3;
function toSummary(outcome, notices, redact) {
  const { build, placed, misses, data, storages, warnings } = outcome;
  const code = (value) => `<code>${escapeText(redact(String(value)))}</code>`;
  const text = (value) => escapeText(redact(value), maxSentence);
  const captured = placed.filter(({ captured: captured2 }) => "name" in captured2);
  const sections = [
    `## Build Stats: ${text(build.builder)}`,
    toTable(
      ["", ""],
      [
        ["Result", text(build.result)],
        ["Start", new Date(build.startMs).toISOString()],
        ["End", new Date(build.endMs).toISOString()],
        ["Duration", layoutSettings.formatDuration(layoutSettings.toDuration(build))],
        ...build.queueTime === void 0 ? [] : [["Waited for a runner", layoutSettings.formatDuration(build.queueTime)]]
      ]
    ),
    section(
      "Captured",
      toTable(
        ["Statistic", "Value", "Property"],
        captured.map(({ captured: captured2, key, kind }) => [
          `${code(key)}${kind === "tag" ? " (tag)" : ""}`,
          "name" in captured2 ? code(captured2.value) : "",
          "name" in captured2 ? code(captured2.property.path) : ""
        ])
      )
    ),
    section(
      "Data",
      toTable(
        ["Measurement", "Points"],
        [...data?.points ?? []].map(([name, count]) => [code(name), `${count}`])
      )
    ),
    section(
      "Not captured",
      toTable(
        ["Rule", "Why"],
        misses.map((miss) => [code(layoutSettings.nameRule(miss.rule)), text(miss.reason)])
      )
    ),
    section("Where the points went", toList(storages.map((storage) => text(explainStorage(storage))))),
    section("Good to know", toList([...notices, ...warnings, ...findNotes(outcome)].map(text)))
  ];
  return `${sections.filter((part) => part !== "").join("\n\n")}
`;
}
function section(title, body) {
  return body === "" ? "" : `### ${title}

${body}`;
}
function toTable(head, rows) {
  if (rows.length === 0) return "";
  const shown = rows.slice(0, maxRows);
  const more = rows.length > maxRows ? [`| and ${rows.length - maxRows} more |${" |".repeat(head.length - 1)}`] : [];
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...shown.map(line), ...more].join("\n");
}
function toList(items) {
  return items.map((item) => `- ${item}`).join("\n");
}
function escapeText(value, length = maxText) {
  const cut = value.length > length ? `${value.slice(0, length)}\u2026` : value;
  return cut.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").replace(
    /[!"#$&'*<>@[\\\]^`{|}~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g,
    (character) => `&#${character.charCodeAt(0)};`
  );
}
function explainStorage({ name, written, lost, problems, hasStart }) {
  const start = hasStart ? ", and the start point when the job began" : "";
  const missing = lost > 0 ? `, ${lost} lost` : "";
  const why = problems.length > 0 ? `: ${problems.join("; ")}` : "";
  return `${name}: ${countOf(written, "point")}${start}${missing}${why}`;
}

async function finish(edges, callbackScript) {
  const { runner } = edges;
  const { log } = runner;
  const endMs = runner.now();
  const state = workspace.readState(runner);
  if (state === "failed") {
    log.info("Build Stats: nothing is written, since its inputs are not right.");
    return;
  }
  const event = workspace.readEvent(runner.env);
  let settings;
  try {
    settings = await workspace.parseSettings(runner.readInput, workspace.toSurroundings(runner, "post", event));
  } catch (error) {
    if (!(error instanceof layoutSettings.SettingsError)) throw error;
    const text = `No statistics of this job were written. ${error.message}`;
    if (runner.readInput("fail-on-error").toLowerCase() === "true") log.fail(text);
    else log.error(text);
    return;
  }
  const { build, warnings } = await readBuild(edges, settings, state, event, endMs);
  const signal = AbortSignal.timeout(settings.timeoutMs);
  const runCallbacks = createCallbackRunner(callbackScript, signal);
  const captured = await captureFor(settings.storages, build, runCallbacks);
  const written = await Promise.all(
    captured.map(({ storage, outputs, laidOut }) => {
      const isLate = settings.startPoint && !workspace.outlivesCheckout(storage.target, runner.env);
      const wasUnknown = settings.startPoint && state !== void 0 && !state.storagesKnown;
      const late = isLate || wasUnknown ? workspace.toStartPointOf(storage, build, state?.startMs ?? build.startMs) : void 0;
      return writeStream(storage, settings, edges, signal, {
        build,
        rules: storage.rules,
        layout: storage.layout,
        points: [...late === void 0 ? [] : [late], ...laidOut.points],
        nextIndex: laidOut.points.length,
        outputs: outputs.captured,
        readData: () => readDataFile(state?.dataFile ?? runner.env.BUILD_STATS),
        runCallbacks
      });
    })
  );
  const data = mergeReports(written.map((one) => one.data));
  const outcome = {
    build,
    placed: unique(
      captured.flatMap(({ laidOut }) => laidOut.placed),
      ({ key, kind }) => `${kind} ${key}`
    ),
    misses: unique(
      [
        ...captured.flatMap(({ captures, outputs, laidOut }) => [
          ...captures.misses,
          ...outputs.misses,
          ...laidOut.misses
        ]),
        ...data.misses
      ],
      layoutSettings.explainMiss
    ),
    warnings: unique(
      [
        ...settings.warnings,
        ...warnings,
        ...captured.flatMap(({ captures, outputs }) => [...captures.warnings, ...outputs.warnings])
      ],
      (text) => text
    ),
    secretNames: unique(
      captured.flatMap(({ captures }) => captures.secretNames),
      (name) => name
    ),
    data,
    unyielded: findUnyielded(settings.storages, build.builder, data),
    storages: written.map(({ storage }) => ({
      ...storage,
      hasStart: state?.startWritten.includes(storage.name) ?? false
    })),
    startProblems: state?.startProblems ?? [],
    mistakes: settings.mistakes
  };
  tell(outcome, settings, runner);
}
async function writeStream(storageSettings, settings, edges, signal, sources) {
  const { batches, report } = createPointStream(sources);
  const storage = layoutSettings.openStorage(storageSettings, settings, edges);
  return { storage: await layoutSettings.writeTo(storage, batches, sources.points.length, signal), data: report };
}
function tell(outcome, settings, { log, writeSummary }) {
  for (const { text, failsJob, level } of findFaults(outcome, settings.failOnError)) {
    if (failsJob || settings.failOnError && level === "lost") log.fail(text);
    else log.warning(text);
  }
  for (const text of findNotes(outcome)) log.info(text);
  log.info(toHeadline(outcome));
  if (!settings.summary) return;
  try {
    writeSummary(toSummary(outcome, settings.notices, log.redact));
  } catch (error) {
    log.warning(`The job summary could not be written: ${error.message}`);
  }
}
function unique(items, toKey) {
  return [...new Map(items.map((item) => [toKey(item), item])).values()];
}
function findUnyielded(storages, builder, data) {
  const names = storages.flatMap(
    ({ rules }) => rules.flatMap(
      (rule) => rule.kind === "data" && "name" in rule.match && layoutSettings.appliesTo(rule, builder) ? [rule.match.name] : []
    )
  );
  return [...new Set(names)].filter((name) => !data.names.has(name));
}

const callbackScript = new URL("callback-worker.js", (typeof document === 'undefined' ? require('u' + 'rl').pathToFileURL(__filename).href : (_documentCurrentScript && _documentCurrentScript.tagName.toUpperCase() === 'SCRIPT' && _documentCurrentScript.src || new URL('post.js', document.baseURI).href)));
void layoutSettings.runPhase((edges) => finish(edges, callbackScript));
