'use strict';

const layoutSettings = require('./shared4.js');
const node_fs = require('node:fs');
const node_path = require('node:path');
const artifactClient = require('./artifact-client.js');
const problem = require('./shared3.js');
const context = require('./shared.js');
const node_os = require('node:os');

function openDryRun(name, unsigned, print) {
  return {
    name: `dry run of ${name}`,
    async write(batches) {
      let given = 0;
      let written = 0;
      for await (const batch of batches) {
        const lines = batch.map((point) => layoutSettings.toLineOrNone(point, unsigned)).filter((line) => line !== void 0);
        given += batch.length;
        written += lines.length;
        print(lines);
      }
      return { written, unsent: 0, lost: given - written, problems: [] };
    }
  };
}

function explainEnd({ reason }) {
  return reason instanceof EndOfWriting ? reason.message : "its time was over (input timeout)";
}
class EndOfWriting extends Error {
}

function makeFolder(path, mode = 511) {
  if (isFolder(path)) return;
  const parent = node_path.dirname(path);
  if (parent !== path && node_fs.statSync(parent, { throwIfNoEntry: false }) === void 0) makeFolder(parent, mode);
  try {
    node_fs.mkdirSync(path, mode);
  } catch (error) {
    if (isFolder(path)) return;
    if (error.code !== "EEXIST") throw error;
    throw Object.assign(new Error(`ENOTDIR: not a directory, '${path}'`), { code: "ENOTDIR" });
  }
}
function isFolder(path) {
  return node_fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function openFile({ path, name }) {
  return {
    name: `file ${name}`,
    async write(batches, writing) {
      let given = 0;
      let written = 0;
      let unsent = 0;
      let gaveUp = false;
      const problems = /* @__PURE__ */ new Set();
      for await (const batch of batches) {
        gaveUp = writing.readSignal.aborted;
        if (gaveUp) break;
        given += batch.length;
        const lines = batch.map((point) => layoutSettings.toLineOrNone(point)).filter((line) => line !== void 0);
        if (writing.signal.aborted) problems.add(`not all was written before ${explainEnd(writing.signal)}`);
        if (problems.size === 0 && append(lines)) written += lines.length;
        else {
          unsent += lines.length;
          writing.unsent(lines);
        }
      }
      const lost = given - written - unsent;
      if (lost > 0 && !gaveUp) problems.add(`line protocol cannot say ${lost} of the points`);
      return { written, unsent, lost, gaveUp, problems: [...problems] };
      function append(lines) {
        try {
          makeFolder(node_path.dirname(path));
          if (node_fs.statSync(path, { throwIfNoEntry: false })?.isFIFO())
            throw new Error(`${path} is a pipe, which may have no reader`);
          node_fs.appendFileSync(path, endLastLine(path) + lines.map((line) => `${line}
`).join(""));
          return true;
        } catch (error) {
          problems.add(error.message);
          return false;
        }
      }
    }
  };
}
function endLastLine(path) {
  if (!node_fs.statSync(path, { throwIfNoEntry: false })?.isFile()) return "";
  const file = node_fs.openSync(path, "r");
  try {
    const { size } = node_fs.fstatSync(file);
    const last = Buffer.alloc(1);
    return size > 0 && node_fs.readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 10 ? "\n" : "";
  } finally {
    node_fs.closeSync(file);
  }
}

const down = 503;
function openPatience(http, writing) {
  const { signal, patienceMs } = writing;
  if (patienceMs === void 0) return { http, signal, remainingMs: writing.remainingMs, close() {
  } };
  const own = new AbortController();
  let endMs = Number.POSITIVE_INFINITY;
  let timer;
  let isThere = false;
  let answering = 0;
  const isLate = () => performance.now() >= endMs;
  const look = () => setImmediate(() => setImmediate(giveUp));
  function giveUp() {
    if (isThere || answering > 0) return;
    own.abort(new EndOfWriting(`${(patienceMs ?? 0) / 1e3} s had passed, after which a server counts as down`));
  }
  function stay() {
    isThere = true;
    clearTimeout(timer);
  }
  return {
    http: {
      async request(request) {
        if (timer === void 0) {
          endMs = performance.now() + patienceMs;
          timer = setTimeout(look, patienceMs).unref();
        }
        let hasBegun = false;
        const onByte = () => {
          if (!hasBegun) answering++;
          hasBegun = true;
        };
        let status;
        try {
          const response = await http.request({ ...request, onByte });
          status = response.status;
          return response;
        } finally {
          if (hasBegun) answering--;
          if ((hasBegun || status !== void 0) && status !== down) stay();
          else if (isLate()) giveUp();
        }
      },
      close: () => http.close()
    },
    signal: AbortSignal.any([signal, own.signal]),
    remainingMs: () => Math.max(0, Math.min(writing.remainingMs(), isThere ? Number.POSITIVE_INFINITY : endMs - performance.now())),
    close: () => clearTimeout(timer)
  };
}

async function* readAhead(source, sizeOf, maxSize) {
  const waiting = [];
  let size = 0;
  let failure;
  let isOver = false;
  let wakeReader = () => {
  };
  let wakeConsumer = () => {
  };
  async function read() {
    try {
      for await (const item of source) {
        waiting.push(item);
        size += sizeOf(item);
        wakeConsumer();
        while (size >= maxSize && !isOver) await new Promise((resolve) => wakeReader = resolve);
        if (isOver) return;
      }
    } catch (error) {
      failure = { error };
    } finally {
      isOver = true;
      wakeConsumer();
    }
  }
  const reading = read();
  try {
    for (; ; ) {
      const item = waiting.shift();
      if (item !== void 0) {
        size -= sizeOf(item);
        wakeReader();
        yield item;
      } else if (isOver) {
        if (failure !== void 0) throw failure.error;
        return;
      } else {
        await new Promise((resolve) => wakeConsumer = resolve);
      }
    }
  } finally {
    isOver = true;
    wakeReader();
    await reading;
  }
}

const maxBytes = 5e6;
const maxLines = 5e3;
function createRequests(unsigned) {
  const counts = { given: 0, unsayable: 0 };
  async function* from(batches) {
    let parts = [];
    let fresh = [];
    let starts = [];
    let length = 0;
    let bytes = 0;
    function flatten() {
      if (fresh.length > 0) parts.push(fresh.join("\n"));
      fresh = [];
    }
    function take() {
      flatten();
      const request = { text: parts.join("\n"), starts };
      parts = [];
      starts = [];
      length = 0;
      bytes = 0;
      return request;
    }
    for await (const batch of orPauses(batches)) {
      if (batch === void 0) {
        if (starts.length > 0) yield take();
        continue;
      }
      counts.given += batch.length;
      for (const point of batch) {
        const line = layoutSettings.toLineOrNone(point, unsigned);
        if (line === void 0) {
          counts.unsayable++;
          continue;
        }
        const lineBytes = Buffer.byteLength(line) + 1;
        if (starts.length === maxLines || bytes + lineBytes > maxBytes && starts.length > 0) yield take();
        fresh.push(line);
        starts.push(length);
        length += line.length + 1;
        bytes += lineBytes;
      }
      flatten();
    }
    if (starts.length > 0) yield take();
  }
  return {
    get given() {
      return counts.given;
    },
    get unsayable() {
      return counts.unsayable;
    },
    from
  };
}
const longestPauseMs = 250;
async function* orPauses(batches) {
  const iterator = batches[Symbol.asyncIterator]();
  try {
    for (; ; ) {
      const next = iterator.next();
      if (!await isSoon(next)) yield void 0;
      const result = await next;
      if (result.done === true) return;
      yield result.value;
    }
  } finally {
    await iterator.return?.();
  }
}
function isSoon(next) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, longestPauseMs, false);
    const end = () => {
      clearTimeout(timer);
      resolve(true);
    };
    next.then(end, end);
  });
}
function toRequest(lines) {
  const starts = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.length + 1;
  }
  return { text: lines.join("\n"), starts };
}
function toLines({ text, starts }) {
  return starts.map((start, index) => text.slice(start, (starts[index + 1] ?? text.length + 1) - 1));
}

class Unsigned {
  value;
  constructor(value) {
    this.value = value;
  }
}

const maxInt64$1 = 2n ** 63n - 1n;
const minInt64$1 = -(2n ** 63n);
function convertValue(value, type) {
  switch (type) {
    case "float":
      return toFloat(value);
    case "integer": {
      const whole = toWhole(value);
      return whole !== void 0 && whole >= minInt64$1 && whole <= maxInt64$1 ? whole : void 0;
    }
    case "unsigned": {
      const whole = toWhole(value);
      return whole !== void 0 && whole >= 0n && whole <= maxInt64$1 ? new Unsigned(whole) : void 0;
    }
    case "string":
      return typeof value === "object" ? `${value.value}` : `${value}`;
    case "boolean":
      return typeof value === "string" && /^(true|false)$/i.test(value) ? /^t/i.test(value) : void 0;
    default:
      return void 0;
  }
}
const safeDigits = 15;
function toFloat(value) {
  if (typeof value === "string") {
    if (!/^-?\d{1,400}(\.\d{1,400})?(e[+-]?\d{1,3})?$/i.test(value)) return void 0;
    const float = Number(value);
    if (!Number.isFinite(float)) return void 0;
    const digits = value.replace(/e.*/i, "").replace(/[-.]/g, "").replace(/^0+/, "");
    if (digits.length <= safeDigits) return float;
    return /^-?\d+$/.test(value) && BigInt(float) === BigInt(value) ? float : void 0;
  }
  if (typeof value === "number") return value;
  const whole = toWhole(value);
  return whole !== void 0 && BigInt(Number(whole)) === whole ? Number(whole) : void 0;
}
function toWhole(value) {
  switch (typeof value) {
    case "bigint":
      return value;
    case "object":
      return value.value;
    case "number":
      return Number.isSafeInteger(value) ? BigInt(value) : void 0;
    case "string":
      return /^-?\d{1,20}(\.0{1,20})?$/.test(value) ? BigInt(value.replace(/\..*/, "")) : void 0;
    default:
      return void 0;
  }
}

const escapes = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "	",
  v: "\v",
  "\\": "\\",
  '"': '"'
};
function unquoteGo(text) {
  return text.replace(
    /\\(?:([abfnrtv\\"])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g,
    (all, plain, ...codes) => {
      if (plain !== void 0) return escapes[plain] ?? all;
      const code = Number.parseInt(codes.slice(0, 3).find((one) => one !== void 0) ?? "", 16);
      return code <= 1114111 ? String.fromCodePoint(code) : all;
    }
  );
}

const sentences = [
  {
    texts: ['input field "', '" on measurement "', '" is type ', ", already exists as type "],
    parts: ["field", "measurement", "given", "existing"]
  },
  {
    texts: ["table: ", ", column: ", "; cast error from protocol type: ", " to column type: "],
    parts: ["measurement", "field", "given", "existing"]
  }
];
const ofLine = {
  texts: ["column type for column '", "', expected iox::column_type::", ", got iox::column_type::"],
  parts: ["field", "existing", "given"]
};
const ofCutLine = { texts: ofLine.texts.slice(0, 2), parts: ["field", "existing"] };
const maxSentences = 200;
const maxReadings$1 = 4;
const maxLength = 8e3;
function readConflicts({ text, rejected }, measurementOf) {
  const unquoted = unquoteGo(text);
  const texts = unquoted === text ? [text] : [text, unquoted];
  const listed = rejected.flatMap(
    ({ line, reason }) => readLine(reason).map((one) => ({ ...one, measurement: measurementOf(line) }))
  );
  const alone = rejected.length === 0 ? readLine(text) : [];
  return [
    ...texts.flatMap((one) => sentences.flatMap((sentence) => readSentences(one, sentence))),
    ...[...listed, ...alone]
  ];
}
function readLine(text) {
  const whole = readSentences(text, ofLine);
  return whole.length > 0 ? whole : readSentences(text, ofCutLine);
}
function readSentences(text, { texts, parts }) {
  const found = [];
  const [first = "", ...others] = texts;
  let at = text.indexOf(first);
  for (let count = 0; at >= 0 && count < maxSentences; count++) {
    const from = at + first.length;
    for (const values of readParts(text.slice(from, from + maxLength), others)) {
      const said = Object.fromEntries(parts.map((part, index) => [part, values[index] ?? ""]));
      const { measurement, field = "", given = "", existing = "" } = said;
      found.push({ measurement, field, given: toType(given), existing: toType(existing) });
    }
    at = text.indexOf(first, from);
  }
  return found;
}
function readParts(text, [next, ...others]) {
  if (next === void 0) return [[/^[\w:]+/.exec(text)?.[0] ?? ""]];
  const readings = [];
  let at = text.indexOf(next);
  for (let count = 0; at >= 0 && count < maxReadings$1; count++) {
    const part = text.slice(0, at);
    for (const rest of readParts(text.slice(at + next.length), others)) readings.push([part, ...rest]);
    at = text.indexOf(next, at + 1);
  }
  return readings;
}
const types = {
  uinteger: "unsigned",
  // QuestDB's.
  double: "float",
  long: "integer",
  int: "integer",
  varchar: "string",
  symbol: "string"
};
function toType(name) {
  const short = name.replace(/^field::/, "").toLowerCase();
  return types[short] ?? short;
}

class Problem {
  reason;
  constructor(reason) {
    this.reason = reason;
  }
}
function problemWith(reason, text) {
  const clipped = artifactClient.cutText(text, 50);
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
    if (this.buffer.length <= artifactClient.maxLineCharacters) {
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
    const scanner = new LineScanner(text, isFinal, artifactClient.maxLineCharacters);
    let start = this.isAtStart && text.startsWith("\uFEFF") ? 1 : 0;
    if (text !== "") this.isAtStart = false;
    this.wantedLength = 0;
    while (start < text.length) {
      const lineBreak = text.indexOf("\n", start);
      const end = lineBreak === -1 ? text.length : lineBreak;
      if (this.isSkipping || end - start > artifactClient.maxLineCharacters) {
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

function parseRecord(line) {
  const parser = new LineProtocolParser();
  const parsed = [...parser.push(line), ...parser.end()];
  return parsed.length === 1 && parsed[0] !== void 0 && "record" in parsed[0] ? parsed[0].record : void 0;
}
function formatRecord({ name: measurement, tags, fields, timeNs }, unsigned) {
  return layoutSettings.toLine({ measurement, tags, fields, ...timeNs === void 0 ? {} : { timeNs } }, unsigned);
}
function flattenLine(line, unsigned) {
  if (!/[\r\n]/.test(line)) return line;
  const record = parseRecord(line);
  if (record === void 0) return line;
  const fields = record.fields.map(
    ([key, value]) => [key, typeof value === "string" ? value.replace(/\r\n|[\r\n]/g, " ") : value]
  );
  return formatRecord({ ...record, fields }, unsigned);
}
function findOldLines(lines, count) {
  const times = lines.map((line, index) => [BigInt(/ (-?\d{1,20})$/.exec(line)?.[1] ?? 0), index]);
  return times.sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0).slice(0, count).map(([, index]) => index);
}

function mendLines(lines, answer, unsigned, converted) {
  const records = lines.map(parseRecord);
  const named = readConflicts(answer, (line) => records[line - 1]?.name);
  if (named.length === 0) return void 0;
  const existingOf = indexConflicts(named);
  const found = /* @__PURE__ */ new Map();
  const emptied = [];
  const earlier = new Set(converted);
  function convert(measurement, field, value) {
    const given = typeOf(value, unsigned);
    const existing = existingOf(measurement, field, given);
    if (existing === void 0) return value;
    const key = JSON.stringify([measurement, field, given]);
    const other = existing === "" || earlier.has(key) ? void 0 : convertValue(value, existing);
    const isConverted = other !== void 0 && typeOf(other, unsigned) !== given;
    if (isConverted) converted.add(key);
    const known = `${key} ${isConverted}`;
    const conflict = found.get(known) ?? {
      ...{ measurement, field, given, existing: existing || void 0, points: 0, isConverted }
    };
    conflict.points++;
    found.set(known, conflict);
    return isConverted ? other : void 0;
  }
  const mended = records.flatMap((record, index) => {
    const line = lines[index] ?? "";
    if (record === void 0) return [line];
    const fields = record.fields.flatMap(([field, value]) => {
      const other = convert(record.name, field, value);
      return other === void 0 ? [] : [[field, other]];
    });
    if (fields.length === 0) {
      emptied.push({ line, reason: "the database has its fields as other types" });
      return [];
    }
    const isSame = fields.length === record.fields.length && fields.every(([, value], at) => value === record.fields[at]?.[1]);
    return [isSame ? line : formatRecord({ ...record, fields }, unsigned)];
  });
  return found.size === 0 ? void 0 : { conflicts: [...found.values()], lines: mended, emptied };
}
function indexConflicts(named) {
  const types = /* @__PURE__ */ new Map();
  for (const { measurement, field, given, existing } of named) {
    types.set(JSON.stringify([measurement, field, given]), existing);
  }
  return (measurement, field, given) => {
    for (const place of [measurement, anywhere]) {
      const type = types.get(JSON.stringify([place, field, given])) ?? types.get(JSON.stringify([place, field, ""]));
      if (type !== void 0) return type;
    }
    return void 0;
  };
}
const anywhere = void 0;
function typeOf(value, unsigned) {
  switch (typeof value) {
    case "number":
      return "float";
    case "bigint":
      return "integer";
    case "object":
      return unsigned === "u" ? "unsigned" : "integer";
    default:
      return typeof value;
  }
}

function openFlattening(sent, unsigned) {
  let isOn = false;
  return {
    /** Whether the server has taken lines without them: further requests go without them from the start. */
    get isOn() {
      return isOn;
    },
    /** A request without them; undefined where it has none. */
    flatten(request, state) {
      const lines = toLines(request);
      const flat = lines.map((line) => flattenLine(line, unsigned));
      const count = flat.filter((line, index) => line !== lines[index]).length;
      if (count === 0) return void 0;
      state.flattened += count;
      return toRequest(flat);
    },
    count(state) {
      if (state.flattened > 0) isOn = true;
      sent.flattened += state.flattened;
      state.flattened = 0;
    }
  };
}

const maxLostLines = 20;
const maxShownLines = 3;
const maxShownLength = 200;
function createSent() {
  return {
    ...{ written: 0, unsent: 0, lost: 0, refused: 0, flattened: 0 },
    ...{ problems: /* @__PURE__ */ new Set(), conflicts: [], refusedLines: [], emptiedLines: [] }
  };
}
function addRefused(sent, lines) {
  sent.lost += lines.length;
  sent.refused += lines.length;
  sent.refusedLines.push(...lines.slice(0, maxLostLines - sent.refusedLines.length));
}
function addEmptied(sent, lines) {
  sent.lost += lines.length;
  sent.emptiedLines.push(...lines.slice(0, maxLostLines - sent.emptiedLines.length));
}
function listLostLines({ refusedLines, emptiedLines }) {
  return [...refusedLines, ...emptiedLines].slice(0, maxLostLines);
}
function explainRefused({ refused, refusedLines }) {
  if (refused === 0) return void 0;
  const byReason = [...Map.groupBy(refusedLines, ({ reason }) => reason).values()].flatMap(([first]) => first ?? []);
  const shown = byReason.slice(0, maxShownLines);
  const lines = shown.map((one) => `${showLine(one)}: ${one.reason}`);
  const more = refused > shown.length ? [`and ${refused - shown.length} more`] : [];
  const what = refused === 1 ? "a point that the server does not take is" : `${refused} points that the server does not take are`;
  return `${what} not kept: ${[...lines, ...more].join("; ")}`;
}
function showLine({ line }) {
  return JSON.stringify(artifactClient.cutText(line, maxShownLength));
}
function listChanges({ flattened }) {
  if (flattened === 0) return [];
  const of = flattened === 1 ? "a point" : `${flattened} points`;
  return [`the line breaks in the text of ${of} were sent as spaces, as this server does not take them`];
}

const maxSuspects = 3;
function openNarrowing(sent, attempt, probe, stop) {
  let refused = [];
  let suspects = [];
  let size = 0;
  let known;
  function clearSuspects() {
    addRefused(
      sent,
      suspects.map(({ lines: [line = ""], failure }) => ({ line, reason: failure.words }))
    );
    suspects = [];
  }
  async function isServerWell() {
    if (known !== void 0 && await probe(known)) {
      clearSuspects();
      return true;
    }
    return false;
  }
  function takeNext() {
    const order = known === void 0 ? -1 : 1;
    let next;
    for (const one of refused) {
      if (next === void 0 || order * (one.lines.length - next.lines.length) > 0) next = one;
    }
    refused = refused.filter((one) => one !== next);
    return next;
  }
  async function split({ lines, failure }) {
    const middle = Math.floor(lines.length / 2);
    const [first, second] = [lines.slice(0, middle), lines.slice(middle)];
    const isFirstTaken = await attempt(first);
    if (isFirstTaken && second.length > 1) {
      refused.push({ lines: second, failure });
      return;
    }
    await attempt(second);
    if (isFirstTaken) clearSuspects();
  }
  return {
    add(lines, failure) {
      if (lines.length === 0) return;
      if (lines.length === 1) suspects.push({ lines, failure });
      else refused.push({ lines, failure });
      size += lines.reduce((sum, line) => sum + line.length, 0);
    },
    taken(line) {
      known = line;
      clearSuspects();
    },
    get size() {
      return size;
    },
    async run() {
      size = 0;
      for (; ; ) {
        const isDoubtful = suspects.length >= maxSuspects || refused.length === 0 && suspects.length > 0;
        if (isDoubtful && !await isServerWell()) {
          return stop(suspects[0]?.failure.text ?? "", suspects.length >= maxSuspects);
        }
        const next = takeNext();
        if (next === void 0) return;
        await split(next);
      }
    },
    takeLeft() {
      const left = [...refused, ...suspects].map(({ lines }) => lines);
      refused = [];
      suspects = [];
      return left;
    }
  };
}

const maxReadings = 20;
function findNamedLines(lines, { text, rejected }) {
  const byIndex = /* @__PURE__ */ new Map();
  for (const { line, reason } of rejected) {
    if (lines[line - 1] !== void 0) byIndex.set(line - 1, reason);
  }
  const quoted = readQuoted(text, new Set(lines));
  if (quoted.size > 0) {
    for (const [index, line] of lines.entries()) {
      const reason = quoted.get(line);
      if (reason !== void 0) byIndex.set(index, reason);
    }
  }
  if (byIndex.size === 0) {
    const rest = readRest(text, lines);
    if (rest !== void 0) byIndex.set(rest.index, rest.reason);
  }
  return [...byIndex].map(([index, reason]) => ({ index, reason }));
}
function readQuoted(text, lines) {
  const found = /* @__PURE__ */ new Map();
  const [, ...parts] = text.split("unable to parse '");
  for (const part of parts) {
    let at = part.indexOf("': ");
    for (let count = 0; at >= 0 && count < maxReadings; count++) {
      const line = part.slice(0, at);
      if (lines.has(line)) {
        found.set(line, part.slice(at + 3).replace(/ dropped=\d+.*$|\n$/s, ""));
        break;
      }
      at = part.indexOf("': ", at + 1);
    }
  }
  return found;
}
function readRest(text, lines) {
  const mark = 'incorrect influx line "';
  const from = text.indexOf(mark);
  if (from < 0) return void 0;
  const end = text.lastIndexOf('": ');
  const rest = unquoteGo(text.slice(from + mark.length, end > from ? end : void 0));
  const index = lines.findIndex((line) => rest === line || rest.startsWith(`${line}
`));
  return index < 0 ? void 0 : { index, reason: end > from ? text.slice(end + 3).trim() : "" };
}

function findRefused(lines, { answer, fate, words }) {
  const { dropped = 0 } = answer;
  if (fate === "old" && !answer.text.includes("Upper Bound")) {
    return findOldLines(lines, dropped).map((index) => ({ index, reason: words }));
  }
  const named = findNamedLines(lines, answer);
  return named.length === 0 && dropped >= lines.length ? lines.map((_, index) => ({ index, reason: words })) : named;
}
function isUnnamedConflict(text) {
  return text.includes("field type conflict") && !text.includes("input field");
}
function isAboutLineBreaks(text) {
  return /missing closing quote|raw newline|Could not parse entire line, field value is invalid/.test(text);
}

const firstMs = 250;
const longestMs = 8e3;
function toDelayMs(attempt, retryAfterMs, random = Math.random) {
  const most = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.max(retryAfterMs, 0) + random() * most;
}
function parseRetryAfter(value, nowMs) {
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1e3;
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return 0;
  const dateMs = Date.parse(/ GMT$/i.test(text) ? text : `${text} GMT`);
  return Number.isNaN(dateMs) ? 0 : Math.max(0, dateMs - nowMs);
}
function wait(ms, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
    function end() {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    }
  });
}

const maxRejected = 100;
function readAnswer$1(body) {
  const json = parseJson(body);
  if (!problem.isObject(json)) return { text: body, rejected: [], dropped: countDropped(body) };
  const said = json.error ?? json.message;
  const inner = problem.isObject(said) ? said.message : said;
  const text = typeof inner === "string" ? inner : body;
  const rejected = (Array.isArray(json.data) ? json.data.filter(problem.isObject) : []).map(
    ({ line_number: line, error_message: reason }) => ({
      line: Number(line),
      reason: typeof reason === "string" ? reason : ""
    })
  );
  if (Number.isInteger(json.line)) return { text, rejected: [toRejected(Number(json.line), text)], dropped: void 0 };
  const isWhole = rejected.length > 0 && rejected.length < maxRejected;
  return { text, rejected, dropped: isWhole ? rejected.length : countDropped(text) };
}
function toRejected(line, text) {
  return {
    line,
    reason: text.replace(
      /^failed to parse line protocol:errors encountered on line\(s\):\s*(?:error in line \d+: )?/,
      ""
    )
  };
}
function parseJson(body) {
  for (const end of ["", '"}']) {
    try {
      return JSON.parse(end === "" ? body : `${body.replace(/\\(?:u[0-9a-f]{0,3})?$/i, "")}${end}`);
    } catch {
    }
  }
  return void 0;
}
function countDropped(text) {
  if (!text.includes("partial write:")) return void 0;
  const counts = [...text.matchAll(/ dropped=(\d+)/g)].reverse();
  const last = counts.find(({ index, 0: found }) => {
    const rest = text.slice(index + found.length, index + found.length + 15);
    return rest.trim() === "" || rest === " for database: ";
  });
  return last === void 0 ? void 0 : Number(last[1]) + text.split("unable to parse '").length - 1;
}

const causes = [
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT)$/,
    "check that the server is up, and that this runner can reach it"
  ],
  [/^ERR_INVALID_CHAR$/, "check that the token holds no line break"],
  [/^HPE_HEADER_OVERFLOW$/, "its headers are longer than 16 KiB: check what answers there, a proxy for instance"],
  [/^HPE_/, "what answers there is no HTTP server"],
  [/^CERT_HAS_EXPIRED$/, "renew the server's certificate, or set this runner's clock where that is wrong"],
  [/^CERT_NOT_YET_VALID$/, "check the clock of this runner, and when the server's certificate begins"],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "give the url with a host that the certificate names, or the server a certificate of this host"
  ],
  [
    /^(CERT_REVOKED|CERT_REJECTED|CERT_SIGNATURE_FAILURE|INVALID_PURPOSE|INVALID_CA)$/,
    "give the server another certificate"
  ],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/, "give the server's own CA to the runner as NODE_EXTRA_CA_CERTS"]
];
function explainCause(error) {
  const code = codeOf(error);
  const found = causes.find(([codes]) => codes.test(code));
  return found === void 0 ? "" : `: ${found[1]}`;
}
function isLasting(error) {
  const code = codeOf(error);
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^INVALID_|^(HPE_|ERR_SSL|ERR_TLS|EPROTO|ERR_PROXY_INVALID_CONFIG|ERR_INVALID_CHAR)/.test(
    code
  );
}
function codeOf(error) {
  return String(error?.code);
}

function nameOf(target) {
  return target.api === "v2" ? `the bucket "${target.bucket}"` : `the database "${target.database}"`;
}
function credentialsOf({ api }) {
  return api === "v1" ? "check username and password" : "check the token";
}
function checkPlace(target) {
  return target.api === "v2" ? `check that ${nameOf(target)} and the org exist, and that the server speaks v2 (InfluxDB 1.x takes database instead)` : `check that ${nameOf(target)} exists, and that the url is InfluxDB's`;
}
const tooOld = "the database keeps no points of such a time";
const start = "^(?:failure writing points to database: )?(?:partial write: )?";
const refusedSome = "the server refused some or all of the points";
const rows = [
  {
    words: /^retention policy not found/,
    fate: "final",
    advice: (target) => `check the input retention-policy: ${nameOf(target)} has no policy of this name`
  },
  { status: [400], words: /^please provide either orgID or org/i, fate: "final", advice: "give org, the name or id" },
  { words: /^database not found|^(?:bucket|organization) .{0,300}not found$/s, fate: "final", advice: checkPlace },
  // QuestDB, of a field or tag called as its own column of times.
  {
    status: [500],
    words: /^failed to parse line protocol.{0,500}UnsupportedOperationException/s,
    fate: "lines",
    advice: 'QuestDB takes no field called "timestamp"'
  },
  { words: new RegExp(`${start}points? (?:is |are )?beyond (?:the )?retention`), fate: "old", advice: tooOld },
  { words: new RegExp(`${start}dropped \\d+ points outside retention policy`), fate: "old", advice: tooOld },
  { words: new RegExp(`${start}field type conflict`), fate: "conflict" },
  {
    words: /^failed to parse line protocol.*; cast error from protocol type: [A-Z]+ to column type/s,
    fate: "conflict"
  },
  { words: new RegExp(`${start}unable to parse '`), fate: "lines" },
  {
    words: /^[^"'`]{0,200}\blimit (?:of|exceeded)/,
    fate: "full",
    advice: "the server has reached a limit of its own: raise it there, or write fewer series"
  },
  { status: [401], fate: "final", advice: credentialsOf },
  {
    status: [403],
    fate: "final",
    advice: (target) => `the ${target.api === "v1" ? "user" : "token"} may not write to ${nameOf(target)}`
  },
  { status: [404], fate: "final", advice: checkPlace },
  {
    status: [407],
    fate: "final",
    advice: "the proxy wants other credentials: check HTTP_PROXY and HTTPS_PROXY"
  },
  { status: [408], fate: "again", advice: "the server did not wait for the request" },
  { status: [413], fate: "smaller", advice: "the server takes no request of this size" },
  { status: [429], fate: "again", advice: "the server is asked too often" },
  // A server that does not know what it is asked for.
  { status: [501, 505], fate: "final", advice: "is this the url of InfluxDB?" },
  { status: [400, 409, 422], fate: "lines", advice: refusedSome }
];
function findFate(status, text, target) {
  if (status < 400) {
    const isRedirect = status >= 300;
    return {
      fate: "final",
      advice: isRedirect ? "redirects are not followed: give the server's own url" : "is this the url of InfluxDB?"
    };
  }
  const row = rows.find((one) => (one.status?.includes(status) ?? true) && (one.words?.test(text) ?? true));
  if (row !== void 0) {
    const { fate, advice = refusedSome } = row;
    return { fate, advice: typeof advice === "string" ? advice : advice(target) };
  }
  if (status >= 500) return { fate: "again", advice: "the server failed" };
  return { fate: "final", advice: "is this the url of InfluxDB?" };
}

const noAnswer = { text: "", rejected: [], dropped: void 0 };
function explainFailure(error, target, nowMs = Date.now()) {
  if (!(error instanceof layoutSettings.h)) {
    const words2 = nameCause(error);
    return {
      ...{ text: `${words2}${explainCause(error)}`, words: words2, hint: "" },
      ...{ fate: isLasting(error) ? "final" : "again", retryAfterMs: 0, answer: noAnswer }
    };
  }
  const answer = readAnswer$1(error.body ?? "");
  const { fate, advice } = findFate(error.statusCode, answer.text, target);
  const status = `${error.statusCode} ${error.statusMessage ?? ""}`.trim();
  const reasons = new Set(answer.rejected.map(({ reason }) => reason).filter((one) => !answer.text.includes(one)));
  const said = [answer.text, ...reasons].join(": ").trim().replace(/[\r\n]\s*/g, " ");
  const words = [status, said && `"${said}"`].filter(Boolean).join(", ");
  return {
    ...{ text: `${words}, ${advice}`, words, hint: advice === refusedSome ? "" : advice, fate, answer },
    retryAfterMs: parseRetryAfter(String(error.headers?.["retry-after"] ?? ""), nowMs)
  };
}
function explainNoAnswer(text) {
  return { text, words: text, hint: "", fate: "final", retryAfterMs: 0, answer: noAnswer };
}
function nameCause(error) {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(nameCause).join("; ");
  const code = error.code;
  const message = error.message || code || error.name;
  return code === void 0 || message.includes(code) ? message : `${message} (${code})`;
}

const shortestWaitMs = 20;
function createTry(api, target, writing) {
  return async (text) => {
    let last;
    for (let attempt = 1; ; attempt++) {
      try {
        api.writeRecord(text);
        await api.flush();
        return void 0;
      } catch (error) {
        if (writing.signal.aborted) return explainLate(last, attempt, writing.signal);
        const failure = explainFailure(error, target);
        if (failure.fate !== "again") return failure;
        last = failure;
        const left = writing.remainingMs();
        if (failure.retryAfterMs > 0 && failure.retryAfterMs >= left) {
          const asked = `the server wants ${formatQuiet(failure.retryAfterMs)} of quiet, more than is left for it`;
          return { ...failure, text: `${failure.text}; ${asked}`, fate: "final" };
        }
        const delayMs = Math.min(toDelayMs(attempt, failure.retryAfterMs), Math.max(failure.retryAfterMs, left / 2));
        await wait(Math.max(delayMs, shortestWaitMs), writing.signal);
        if (writing.signal.aborted) return explainLate(last, attempt, writing.signal);
      }
    }
  };
}
function explainLate(last, attempts, signal) {
  const end = `before ${explainEnd(signal)}`;
  const tries = attempts === 1 ? "once" : `${attempts} times`;
  return explainNoAnswer(last === void 0 ? `no answer ${end}` : `${last.text}; tried ${tries} ${end}`);
}
const dayMs = 864e5;
function formatQuiet(ms) {
  return ms > dayMs ? "more than a day" : `${Math.ceil(ms / 1e3)} s`;
}

const maxAside = 16e6;
function createSender(api, target, writing, server = { losesLineBreaks: false }) {
  layoutSettings.Jt({ error() {
  }, warn() {
  } });
  const sent = createSent();
  const unsigned = target.api === "v1" ? "i" : "u";
  const tryLong = createTry(api, target, writing);
  const narrowing = openNarrowing(sent, (lines) => attempt(toRequest(lines)), probe, stop);
  let isOver = false;
  const flattening = openFlattening(sent, unsigned);
  function keep(lines) {
    sent.unsent += lines.length;
    writing.unsent(lines);
  }
  function stop(problem, isDown = true) {
    isOver ||= isDown;
    sent.problems.add(problem);
  }
  function canSend() {
    if (!isOver && writing.signal.aborted) stop(`not all was written before ${explainEnd(writing.signal)}`);
    return !isOver;
  }
  async function probe(line) {
    return canSend() && await tryLong(line) === void 0;
  }
  async function attempt(given) {
    const state = { converted: /* @__PURE__ */ new Set(), isAskedAgain: false, isWhole: true, flattened: 0 };
    let request = flattening.isOn ? flattening.flatten(given, state) ?? given : given;
    while (request !== void 0 && request.starts.length > 0) {
      if (!canSend()) {
        keep(toLines(request));
        return false;
      }
      const failure = await tryLong(request.text);
      if (failure === void 0) {
        const flat = server.losesLineBreaks ? flattening.flatten(request, state) : void 0;
        if (flat !== void 0) {
          request = flat;
          continue;
        }
        sent.written += request.starts.length;
        narrowing.taken(request.text.slice(0, (request.starts[1] ?? request.text.length + 1) - 1));
        flattening.count(state);
        return state.isWhole;
      }
      request = await resolve(request, failure, state);
    }
    return false;
  }
  async function resolve(request, failure, state) {
    const { fate, answer, text } = failure;
    const lines = toLines(request);
    switch (fate) {
      case "conflict":
      case "old":
      case "lines":
        return await resolveRefused(request, lines, failure, state);
      case "smaller": {
        if (lines.length === 1) break;
        const middle = Math.ceil(lines.length / 2);
        await attempt(toRequest(lines.slice(0, middle)));
        await attempt(toRequest(lines.slice(middle)));
        return void 0;
      }
      case "full": {
        sent.problems.add(text);
        const missing = Math.min(answer.dropped ?? lines.length, lines.length);
        sent.written += lines.length - missing;
        sent.unsent += missing;
        writing.unsent(lines);
        return void 0;
      }
      case "final":
        isOver = true;
    }
    sent.problems.add(text);
    keep(lines);
    return void 0;
  }
  async function resolveRefused(request, lines, failure, state) {
    const { answer, fate, words, hint } = failure;
    if (fate === "conflict" && !state.isAskedAgain && isUnnamedConflict(answer.text)) {
      state.isAskedAgain = true;
      return request;
    }
    const mended = mendLines(lines, answer, unsigned, state.converted);
    if (mended !== void 0) {
      sent.conflicts.push(...mended.conflicts);
      addEmptied(sent, mended.emptied);
      return toRequest(mended.lines);
    }
    const flat = isAboutLineBreaks(answer.text) ? flattening.flatten(request, state) : void 0;
    if (flat !== void 0) return flat;
    const named = findRefused(lines, failure);
    if (named.length > 0) {
      state.isWhole = false;
      const left = new Set(named.map(({ index }) => index));
      const toLost = ({ index, reason }) => ({
        line: lines[index] ?? "",
        reason: [reason || words, hint].filter(Boolean).join(", ")
      });
      const isCut = ({ reason }) => reason === "" && lines.length > 1;
      addRefused(sent, named.filter((one) => !isCut(one)).map(toLost));
      for (const { index } of named.filter(isCut)) await attempt(toRequest([lines[index] ?? ""]));
      return toRequest(lines.filter((_, index) => !left.has(index)));
    }
    if (answer.dropped === 0) {
      sent.problems.add(failure.text);
      sent.written += lines.length;
      flattening.count(state);
      return void 0;
    }
    const alone = lines.length === 1 ? flattening.flatten(request, state) : void 0;
    if (alone !== void 0) return alone;
    flattening.count(state);
    narrowing.add(lines, failure);
    return void 0;
  }
  return {
    sent,
    get isOver() {
      return isOver;
    },
    async send(request) {
      await attempt(request);
      if (narrowing.size > maxAside) await narrowing.run();
    },
    async end() {
      await narrowing.run();
      for (const lines of narrowing.takeLeft()) keep(lines);
    }
  };
}

const maxAnswerBytes = 65536;
const gzipFrom = 1e3;
function createTransport(target, http, signal, server = { losesLineBreaks: false }) {
  const url = new URL(target.url + toWritePath(target));
  const authorization = toAuthorization(target);
  async function send(body, headers) {
    const isLong = Buffer.byteLength(body) >= gzipFrom;
    const response = await http.request({
      method: "POST",
      url,
      headers: {
        ...headers,
        ...authorization === void 0 ? {} : { authorization },
        ...isLong ? { "content-encoding": "gzip" } : {},
        "user-agent": "build-stats"
      },
      body: isLong ? await compress(body) : body,
      isLenient: true,
      maxBodyBytes: maxAnswerBytes,
      isCut: true,
      signal
    });
    const { status, statusText, headers: answered } = response;
    if (answered["x-server-hostname"] !== void 0) server.losesLineBreaks = true;
    const text = response.body.toString("utf8");
    if (status === 204 || status === 201 && text === "") return response;
    throw new layoutSettings.h(status, statusText, text, void 0, answered["content-type"], void 0, answered);
  }
  const unused = () => {
    throw new Error("Only writing is supported");
  };
  return {
    send(_path, body, options, callbacks) {
      send(body, options.headers ?? {}).then(
        (response) => {
          callbacks?.responseStarted?.(response.headers, response.status);
          callbacks?.complete?.();
        },
        (error) => callbacks?.error?.(error)
      );
    },
    request: unused,
    iterate: unused,
    chunkCombiner: { concat: unused, copy: unused, toUtf8String: unused }
  };
}
async function compress(body) {
  const { gzip } = await import('node:zlib');
  return await new Promise((resolve, reject) => {
    gzip(body, (error, compressed) => error ? reject(error) : resolve(compressed));
  });
}
function toWritePath(target) {
  const query = new URLSearchParams();
  switch (target.api) {
    case "v1":
      query.set("db", target.database);
      if (target.retentionPolicy !== void 0) query.set("rp", target.retentionPolicy);
      break;
    case "v2":
      if (target.org !== void 0) query.set("org", target.org);
      query.set("bucket", target.bucket);
      break;
    case "v3":
      query.set("bucket", target.database);
  }
  query.set("precision", "ns");
  return `${target.api === "v1" ? "/write" : "/api/v2/write"}?${query}`;
}
function toAuthorization(target) {
  switch (target.api) {
    case "v1": {
      if (target.login === void 0) return void 0;
      const { username, password } = target.login;
      return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    }
    case "v2":
      return `Token ${target.token}`;
    case "v3":
      return `Bearer ${target.token}`;
  }
}

const maxAhead = 32e6;
function openInfluxDB(target, http) {
  return {
    name: nameTarget(target),
    async write(batches, given) {
      const patience = openPatience(http, given);
      const { signal, remainingMs } = patience;
      const writing = { ...given, signal, remainingMs };
      const server = { losesLineBreaks: false };
      const sender = createSender(openWriteApi(target, patience.http, signal, server), target, writing, server);
      const requests = createRequests(target.api === "v1" ? "i" : "u");
      let gaveUp = false;
      async function* readUntilAborted() {
        for await (const batch of batches) {
          gaveUp = writing.readSignal.aborted;
          if (gaveUp) break;
          yield batch;
        }
      }
      const sizeOf = ({ text }) => text.length;
      for await (const request of readAhead(requests.from(readUntilAborted()), sizeOf, maxAhead)) {
        await sender.send(request);
      }
      await sender.end();
      patience.close();
      const { written, unsent, lost, problems, conflicts } = sender.sent;
      const refused = explainRefused(sender.sent);
      const lostLines = listLostLines(sender.sent);
      const changes = listChanges(sender.sent);
      if (refused !== void 0) problems.add(refused);
      const { unsayable } = requests;
      if (unsayable > 0) problems.add(`line protocol cannot say ${unsayable} of the points`);
      return {
        written,
        unsent,
        lost: lost + unsayable,
        gaveUp,
        ...sender.isOver ? { isDown: true } : {},
        problems: [...problems],
        conflicts,
        ...lostLines.length > 0 ? { lostLines } : {},
        ...changes.length > 0 ? { changes } : {}
      };
    }
  };
}
function nameTarget(target) {
  const place = target.api === "v2" ? `bucket ${target.bucket}` : `database ${target.database}`;
  return `${target.givenUrl ?? target.url} (${target.api}, ${place})`;
}
function openWriteApi(target, http, signal, server) {
  const transport = createTransport(target, http, signal, server);
  const writeOptions = {
    maxRetries: 0,
    flushInterval: 0,
    // A record is the text of a whole request.
    batchSize: 2,
    maxBatchBytes: Number.MAX_SAFE_INTEGER
  };
  return new layoutSettings._({ url: target.url, transport }).getWriteApi("", "", "ns", writeOptions);
}

function openRedacted(storage, redact) {
  async function* toRedacted(batches) {
    for await (const batch of batches) yield batch.map((point) => redactPoint(point, redact));
  }
  return { name: storage.name, write: (batches, writing) => storage.write(toRedacted(batches), writing) };
}
function redactPoint(point, redact) {
  const clean = (text) => redact(text) === text;
  const isClean = clean(point.measurement) && point.tags.every(([key, value]) => clean(key) && clean(value)) && point.fields.every(([key, value]) => clean(key) && clean(toText(value)));
  if (isClean) return point;
  return {
    measurement: redact(point.measurement),
    tags: [...new Map(point.tags.map(([key, value]) => [redact(key), redact(value)]))],
    fields: [
      ...new Map(
        point.fields.map(([key, value]) => [redact(key), clean(toText(value)) ? value : redact(toText(value))])
      )
    ],
    timeNs: point.timeNs
  };
}
function toText(value) {
  return typeof value === "object" ? String(value.value) : String(value);
}

function openWithheld(name, why) {
  return {
    name,
    async write(batches, writing) {
      let unsent = 0;
      let lost = 0;
      let gaveUp = false;
      for await (const batch of batches) {
        gaveUp = writing.readSignal.aborted;
        if (gaveUp) break;
        const lines = batch.map((point) => layoutSettings.toLineOrNone(point)).filter((line) => line !== void 0);
        unsent += lines.length;
        lost += batch.length - lines.length;
        writing.unsent(lines);
      }
      return { written: 0, unsent, lost, gaveUp, isDown: true, problems: [why] };
    }
  };
}

function nameStorage(target) {
  return target.kind === "influxdb" ? nameTarget(target) : `file ${target.name}`;
}
function openStorage({ name, target, withheld }, settings, outside) {
  const isWithheld = withheld !== void 0 && !settings.dryRun;
  const bare = isWithheld ? openWithheld(nameStorage(target), withheld) : openBare(target, settings, outside);
  const storage = openRedacted(bare, outside.runner.log.redact);
  return name === void 0 ? storage : { ...storage, name: `${name}: ${storage.name}` };
}
function openBare(target, { dryRun }, { runner, http }) {
  switch (target.kind) {
    case "influxdb":
      if (dryRun) return openDryRun(nameStorage(target), target.api === "v1" ? "i" : "u", runner.log.print);
      return openInfluxDB(target, http);
    case "file":
      return dryRun ? openDryRun(nameStorage(target), "u", runner.log.print) : openFile(target);
  }
}
async function writeTo(storage, batches, count, writing) {
  try {
    return { name: storage.name, ...await storage.write(batches, writing) };
  } catch (error) {
    return {
      name: storage.name,
      written: 0,
      unsent: 0,
      lost: count,
      gaveUp: true,
      problems: [error.message]
    };
  }
}

function toDestination(target, redact) {
  if (target.kind === "file") return { kind: "file", path: redact(target.path) };
  const { kind } = target;
  const url = redact(target.url);
  switch (target.api) {
    case "v1": {
      const { retentionPolicy: policy } = target;
      const place = { kind, url, api: target.api, database: redact(target.database) };
      return policy === void 0 ? place : { ...place, policy: redact(policy) };
    }
    case "v2": {
      const place = { kind, url, api: target.api, bucket: redact(target.bucket) };
      return target.org === void 0 ? place : { ...place, org: redact(target.org) };
    }
    case "v3":
      return { kind, url, api: target.api, database: redact(target.database) };
  }
}
const texts = ["kind", "url", "api", "database", "policy", "bucket", "org", "path"];
function toKey(destination) {
  return JSON.stringify(texts.map((name) => destination[name] ?? null));
}
function toKeyWithoutUrl(destination) {
  return toKey(destination.kind === "file" ? destination : { ...destination, url: "" });
}
function nameDestination(destination) {
  if (destination.kind === "file") return `file ${destination.path}`;
  const { url, api } = destination;
  switch (destination.api) {
    case "v1": {
      const { database, policy } = destination;
      return `${url} (${api}, database ${database}${policy === void 0 ? "" : `, retention policy ${policy}`})`;
    }
    case "v2": {
      const { bucket, org } = destination;
      return `${url} (${api}, ${org === void 0 ? "" : `org ${org}, `}bucket ${bucket})`;
    }
    case "v3":
      return `${url} (${api}, database ${destination.database})`;
  }
}
function parseDestination(value) {
  if (typeof value !== "object" || value === null) return void 0;
  const given = value;
  const isText = (name) => typeof given[name] === "string";
  const isTextOrNone = (name) => given[name] === void 0 || isText(name);
  const isDestination = given.kind === "file" ? isText("path") : given.kind === "influxdb" && isText("url") && (given.api === "v1" && isText("database") && isTextOrNone("policy") || given.api === "v2" && isText("bucket") && isTextOrNone("org") || given.api === "v3" && isText("database"));
  return isDestination ? value : void 0;
}

function parseBoolean(read, name, byDefault, problems, others = []) {
  const text = read(name);
  if (text === "") return byDefault;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (!/^(false|False|FALSE)$/.test(text)) {
    const values = ["true", "false", ...others];
    const allowed = `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
    const what = `must be ${allowed}, but is ${JSON.stringify(text)}`;
    problems.push({ input: name, text: `${what}. ${layoutSettings.suggest(text, values, "values")}` });
    return byDefault;
  }
  return false;
}
function parseTimeout(text, problems) {
  if (text === "") return artifactClient.defaultTimeoutMs;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1e3) : 0;
  if (ms < 1 || ms > artifactClient.maxTimeoutSeconds * 1e3) {
    problems.push({
      input: "timeout",
      text: `must be seconds, more than 0 and at most ${artifactClient.maxTimeoutSeconds}, but is ${JSON.stringify(text)}`
    });
    return artifactClient.defaultTimeoutMs;
  }
  return ms;
}
function parseFolder(read, name, problems) {
  const path = read(name);
  if (path === "") return void 0;
  if (!node_path.isAbsolute(path)) {
    const text = `must be an absolute path, outside of the workspace, but is ${JSON.stringify(path)}; write it as /var/lib/build-stats`;
    problems.push({ input: name, text });
    return void 0;
  }
  return path;
}

function redactAnswers(run, redact) {
  return async (calls) => (await run(calls)).map((answer) => {
    if ("failure" in answer) return { failure: redact(answer.failure) };
    if (problem.isDeep(answer.value)) return { failure: `what it gave is nested deeper than ${artifactClient.maxDepth} levels` };
    return answer.value === void 0 ? answer : { value: context.redactData(answer.value, redact) };
  });
}
async function applyCallbacks(captures, run) {
  const calls = captures.captured.flatMap(toCall);
  if (calls.length === 0) return captures;
  const answers = (await run(calls)).values();
  const captured = [];
  const misses = [...captures.misses];
  for (const one of captures.captured) {
    const [call] = toCall(one);
    if (call === void 0) {
      captured.push(one);
      continue;
    }
    try {
      const type = one.rule.kind !== "property" ? void 0 : one.rule.tag === void 0 ? one.rule.type : "string";
      const value = readAnswer(call, answers.next().value);
      captured.push({ ...one, value: toTypedValue(value, type, call) });
    } catch (error) {
      if (!(error instanceof layoutSettings.ValueError)) throw error;
      misses.push({
        rule: one.rule,
        reason: one.missing === void 0 ? error.message : `${one.missing}; ${error.message}`,
        ...toCause(error),
        level: one.rule.kind === "property" ? one.rule.onMissing : "warn"
      });
    }
  }
  return { ...captures, captured, misses };
}
async function applyDataCallbacks(records, run) {
  const calls = records.flat().flatMap(
    ({ rule, record }) => rule.callback === void 0 ? [] : [{ callback: rule.callback, input: record.json ?? toInput(record) }]
  );
  if (calls.length === 0) return { captured: [...records], misses: [] };
  const answers = (await run(calls)).values();
  const remaining = calls.values();
  const misses = [];
  const captured = records.flatMap((found) => {
    const plain = found.filter(({ rule }) => rule.callback === void 0);
    const made = found.flatMap(({ rule, record }) => {
      if (rule.callback === void 0) return [];
      const call = remaining.next().value;
      try {
        const value = readAnswer(call, answers.next().value);
        const sets = Array.isArray(value) ? value : [value];
        return sets.map((set, index) => [{ rule, record: { ...later(record, index), fields: toFieldSet(set, call) } }]);
      } catch (error) {
        if (!(error instanceof layoutSettings.ValueError)) throw error;
        misses.push({ rule, reason: error.message, ...toCause(error), level: "warn" });
        return [];
      }
    });
    return plain.length > 0 ? [plain, ...made] : made;
  });
  return { captured, misses };
}
function toCause({ cause }) {
  return typeof cause === "string" ? { cause } : {};
}
function toCall(captured) {
  const { rule, input, props } = captured;
  if (rule.callback === void 0 || input === void 0) return [];
  return [{ callback: rule.callback, input, ...props === void 0 ? {} : { props } }];
}
function readAnswer(call, answer) {
  const fail = (why) => new layoutSettings.ValueError(`${quoteCall(call)} ${why}`, { cause: why });
  if (answer === void 0) throw fail("was not run");
  if ("failure" in answer) throw fail(`failed: ${shorten(answer.failure)}`);
  if (answer.value === void 0 || answer.value === null) throw fail("gave nothing");
  return answer.value;
}
function toTypedValue(value, type, call) {
  try {
    return layoutSettings.toFieldValue(value, type);
  } catch (error) {
    if (error instanceof layoutSettings.ValueError) throw new layoutSettings.ValueError(`${quoteCall(call)} gave a value that ${error.message}`);
    throw error;
  }
}
function toFieldSet(value, call) {
  const fields = problem.isObject(value) ? layoutSettings.toFields(value) : [];
  if (fields.length > 0) return fields;
  const why = "gave no fields: it must give a map, or a list of maps";
  throw new layoutSettings.ValueError(`${quoteCall(call)} ${why}`, { cause: why });
}
function later({ json: _, ...record }, index) {
  return record.timeNs === void 0 ? record : { ...record, timeNs: record.timeNs + BigInt(index) };
}
function toInput({ fields, tags }) {
  const values = fields.map(([key, value]) => [key, toJson(value)]);
  return Object.fromEntries([...tags, ...values]);
}
function toJson(value) {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "object" ? Number(value.value) : value;
}
function quoteCall({ callback, input }) {
  return `callback ${JSON.stringify(shorten(callback))} on ${shorten(JSON.stringify(input))}`;
}
function shorten(text) {
  return artifactClient.cutText(text, 200);
}
function hasCallback(rules) {
  return rules.some(({ callback }) => callback !== void 0);
}

async function parseCaptures(list, layout, problems) {
  const { value, source, lineOf } = list;
  const { hasRegex, parseRules } = await Promise.resolve().then(() => require('./parse-rules.js'));
  const compileRegex = hasRegex(value) ? (await Promise.resolve().then(() => require('./compile-regex.js'))).compileRegex : void 0;
  const parsed = parseRules(value, lineOf, { source, layout: layout.kind, compileRegex });
  for (const { path, text } of parsed.problems) problems.push({ input: source, line: lineOf(path), text });
  problems.push(...findReserved(parsed.rules, layout), ...await findCallbackProblems(parsed.rules));
  return parsed.rules;
}
function findReserved(rules, layout) {
  if (layout.kind !== "native") return [];
  const reserved = layoutSettings.toOwnMeasurements(layout.options);
  return rules.filter((rule) => rule.kind === "data").filter((rule) => rule.measurement !== void 0 && reserved.includes(rule.measurement)).map(({ measurement, source, line }) => {
    const text = `"${measurement}" is the measurement of the builds themselves; choose another`;
    return { input: source, line, text };
  });
}
async function findCallbackProblems(rules) {
  if (!hasCallback(rules)) return [];
  const { parseCallback } = await Promise.resolve().then(() => require('./callback-parser.js')).then(n => n.callbackParser);
  return rules.flatMap(({ callback, source, line }) => {
    const wrong = callback === void 0 ? void 0 : parseCallback(callback);
    return wrong === void 0 ? [] : [{ input: source, line, text: wrong }];
  });
}

function redactStorages(storages, redact) {
  const redacted = /* @__PURE__ */ new Map();
  return storages.map((storage) => {
    const rules = redacted.get(storage.rules) ?? storage.rules.map((rule) => redactRule(rule, redact));
    redacted.set(storage.rules, rules);
    const builder = storage.builder === void 0 ? {} : { builder: redact(storage.builder) };
    return { ...storage, ...builder, rules, layout: redactLayout(storage.layout, redact) };
  });
}
function redactLayout(layout, redact) {
  return layout.kind === "native" ? { ...layout, options: context.redactData(layout.options, redact), redact } : { ...layout, tags: context.redactData(layout.tags ?? [], redact), redact };
}
function redactRule(rule, redact) {
  const redactName = (name) => name === void 0 ? void 0 : redact(name);
  const builder = rule.builder?.map(redact);
  switch (rule.kind) {
    case "start-time":
    case "end-time":
    case "duration":
      return { ...rule, builder, field: redactName(rule.field) };
    case "property": {
      const [field, tag] = [redactName(rule.field), redactName(rule.tag)];
      return { ...rule, builder, match: redactMatcher(rule.match, redact), field, tag };
    }
    case "data": {
      const tags = rule.tags.map(redact);
      return {
        ...rule,
        builder,
        match: redactMatcher(rule.match, redact),
        measurement: redactName(rule.measurement),
        tags
      };
    }
    case "steps":
      return { ...rule, builder, match: rule.match && redactMatcher(rule.match, redact) };
  }
}
function redactMatcher(match, redact) {
  return "name" in match ? { name: redact(match.name) } : match;
}

const influxInputs = ["api", "token", "org", "bucket", "database", "username", "password", "retention-policy"];
const apis = ["v1", "v2", "v3"];
const foreign = {
  v1: ["token", "org", "bucket"],
  v2: ["database", "username", "password", "retention-policy"],
  v3: ["org", "bucket", "username", "password", "retention-policy"]
};
function parseTargets(read, around, problems) {
  const file = read("file");
  const files = file === "" ? [] : [toFileTarget(file, around.workspace)];
  const given = influxInputs.filter((name) => read(name) !== "");
  if (read("url") === "" && given.length === 0 && files.length > 0) return { targets: files, notices: [], mistakes: [] };
  const url = read("url") === "" ? void 0 : parseUrl(read("url"), problems);
  const api = parseApi(read, given, problems);
  if (api === void 0) return { targets: files, notices: [], mistakes: [] };
  const missing = findMissing(read, api, around.hasNoSecrets);
  const unset = missing.find(({ secret }) => !secret);
  if (unset && read("url") !== "") problems.push({ input: unset.name, text: `is empty; ${unset.remedy}` });
  const empty = [
    ...read("url") === "" ? ["url"] : [],
    ...missing.filter(({ secret }) => secret).map(({ name }) => name)
  ];
  if (empty.length > 0 && around.phase === "replay") {
    for (const name of empty) problems.push({ input: name, text: `is empty. ${around.secretHint}` });
    return { targets: [], notices: [], mistakes: [] };
  }
  if (empty.length > 0) {
    const target = files[0] ?? toFileTarget(toFallbackPath(around), around.workspace);
    const why = `The input${empty.length > 1 ? "s" : ""} ${empty.join(" and ")} ${empty.length > 1 ? "are" : "is"} empty`;
    const fate = files[0] === void 0 ? ", which a hosted runner throws away," : "";
    const where = `points go to the file ${target.name}${fate} and not to InfluxDB`;
    const text = `${why}: ${where}. ${around.secretHint}`;
    const isMistake = !around.hasNoSecrets && given.length > 0;
    return { targets: [target], notices: [text], mistakes: isMistake ? [text] : [] };
  }
  if (/[^\t\x20-\x7e\x80-\xff]/.test(read("token"))) {
    const wrong = "holds a line break or another character that no HTTP header takes";
    problems.push({ input: "token", text: `${wrong}; check that the secret is the token and nothing else` });
    return { targets: files, notices: [], mistakes: [] };
  }
  if (url === void 0 || unset) return { targets: files, notices: [], mistakes: [] };
  return { targets: [toInfluxTarget(read, api, url), ...files], notices: [], mistakes: [] };
}
function toFallbackPath({ runnerTemp }) {
  return node_path.join(runnerTemp, "build-stats.lp");
}
function toFileTarget(file, workspace) {
  return { kind: "file", path: node_path.isAbsolute(file) ? file : node_path.resolve(workspace, file), name: file };
}
function parseApi(read, given, problems) {
  const value = read("api");
  const api = value === "" ? guessApi(given) : apis.find((known) => known === value);
  if (api === void 0) {
    problems.push({ input: "api", text: `${JSON.stringify(value)} is unknown; it must be one of ${apis.join(", ")}` });
    return void 0;
  }
  const wrong = given.filter((name) => foreign[api].includes(name));
  for (const name of wrong) {
    const because = value === "" ? `which "${api === "v2" ? "bucket" : "database"}" means` : 'which "api" says';
    problems.push({
      input: name,
      text: `does not go with InfluxDB ${api}, ${because}. ${remedies[api]}`
    });
  }
  return wrong.length > 0 ? void 0 : api;
}
const remedies = {
  v1: "v1 takes database, and username and password",
  v2: "v2 takes token, org and bucket",
  v3: "v3 takes token and database"
};
function guessApi(given) {
  if (given.includes("bucket")) return "v2";
  if (given.includes("database")) return given.includes("token") ? "v3" : "v1";
  return given.some((name) => foreign.v2.includes(name)) ? "v1" : "v2";
}
function findMissing(read, api, hasNoSecrets) {
  const missing = [];
  const need = (name, secret, remedy) => {
    if (read(name) === "") missing.push({ name, secret: secret || hasNoSecrets, remedy });
  };
  if (api === "v2") need("bucket", false, "say where points go: bucket (v2, with token and org) or database (v1, v3)");
  else need("database", false, `InfluxDB ${api} needs the name of a database`);
  if (api === "v2" && read("token") !== "" && read("bucket") !== "")
    need("org", false, "InfluxDB v2 needs the name or id of the organization");
  if (api !== "v1") need("token", true, "");
  const isSurelyV1 = ["api", "username", "password", "retention-policy"].some((name) => read(name) !== "");
  if (api === "v1" && hasNoSecrets && !isSurelyV1) need("token", true, "");
  if (api === "v1" && read("username") !== "") need("password", true, "");
  if (api === "v1" && read("password") !== "") need("username", true, "");
  return missing;
}
function toInfluxTarget(read, api, base) {
  const given = read("url");
  const url = { url: base, ...given === base ? {} : { givenUrl: given } };
  switch (api) {
    case "v1": {
      const login = read("username") === "" ? void 0 : { username: read("username"), password: read("password") };
      const retentionPolicy = read("retention-policy") || void 0;
      return { kind: "influxdb", api, ...url, database: read("database"), retentionPolicy, login };
    }
    case "v2":
      return {
        kind: "influxdb",
        api,
        ...url,
        bucket: read("bucket"),
        org: read("org") || void 0,
        token: read("token")
      };
    case "v3":
      return { kind: "influxdb", api, ...url, database: read("database"), token: read("token") };
  }
}
function parseUrl(text, problems) {
  const problem = (wrong) => {
    problems.push({ input: "url", text: `${wrong}; write it as https://influx.example.com:8086` });
    return void 0;
  };
  if (!URL.canParse(text)) return problem("is no URL");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return problem(`has the scheme ${url.protocol} instead of http or https`);
  if (url.username !== "" || url.password !== "") {
    return problem("holds credentials; give them as the inputs username and password, or token");
  }
  const own = /\/(?:api\/v[123](?:\/.*)?|orgs\/.*|write|query|ping|health)\/*$/.exec(url.pathname);
  if (own !== null) {
    const base = `${url.origin}${url.pathname.slice(0, own.index)}`;
    problems.push({
      input: "url",
      text: `ends in "${own[0]}", which Build Stats adds where it is needed; write it as ${base}`
    });
    return void 0;
  }
  if (url.search !== "" || url.hash !== "") return problem("has a query or a fragment, which belong to no base URL");
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

async function parseStorages(read, around, problems, lost = []) {
  const { storages, ...told } = await parseAll(read, around, problems, lost);
  return { storages: around.redact === void 0 ? storages : redactStorages(storages, around.redact), ...told };
}
async function parseAll(read, around, problems, lost) {
  const defaults = await parseDefaults(read, around, problems, lost);
  if (read("config") !== "") {
    const { readConfig } = await Promise.resolve().then(() => require('./config.js'));
    return await readConfig(read, defaults, around, problems);
  }
  if (defaults.kind === "buildbot") problems.push(...findIdle(read), ...defaults.buildbotProblems);
  const { targets, notices, mistakes } = parseTargets(read, around, problems);
  const layout = layoutSettings.toLayout(defaults.kind, defaults.options);
  const rules = defaults.rules === void 0 ? layoutSettings.defaultRules : await parseCaptures(defaults.rules, layout, problems);
  return { storages: targets.map((target) => ({ target, rules, layout })), notices, mistakes };
}
function findIdle(read) {
  return [
    ...["", "build"].includes(read("measurement")) ? [] : ["measurement"],
    ...read("matrix-tags").toLowerCase() === "false" ? ["matrix-tags"] : []
  ].map((input) => ({ input, text: "has no use in the layout buildbot: leave it out" }));
}
async function parseDefaults(read, { phase, isForeign }, problems, lost) {
  const { map, lineOf } = await layoutSettings.parseMap("tags", read("tags"), problems, lost, "text", isForeign);
  const placeOf = (key) => ({ input: "tags", line: lineOf([key]) });
  const tags = layoutSettings.parseTags(map, placeOf, problems);
  return {
    buildbotProblems: layoutSettings.findBuildbotTags(tags, placeOf),
    rules: await parseRuleList(read("captures"), problems, phase === "post" ? lost : void 0),
    kind: layoutSettings.parseLayoutKind(read("layout") || "native", { input: "layout" }, problems),
    options: {
      measurement: layoutSettings.parseMeasurement(read("measurement"), { input: "measurement" }, problems),
      tags,
      matrixTags: parseBoolean(read, "matrix-tags", true, problems)
    }
  };
}
async function parseRuleList(text, problems, lost) {
  if (text.trim() === "") return void 0;
  const yaml = lost === void 0 ? await layoutSettings.parseYaml("captures", text, problems) : await layoutSettings.parseYamlParts("captures", text, problems, lost);
  return yaml && { value: yaml.value, source: "captures", lineOf: yaml.lineOf };
}

function readText(path) {
  try {
    const opened = layoutSettings.openRegular(path);
    if (opened === void 0) return void 0;
    try {
      const buffer = Buffer.alloc(Math.min(opened.size, artifactClient.maxTextFileBytes));
      return buffer.toString("utf8", 0, node_fs.readSync(opened.file, buffer, 0, buffer.length, 0));
    } finally {
      node_fs.closeSync(opened.file);
    }
  } catch {
    return void 0;
  }
}

function toSurroundings({ env, log }, phase, event) {
  return {
    phase,
    env,
    runnerTemp: env.RUNNER_TEMP || node_os.tmpdir(),
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    addSecrets: log.addSecrets,
    redact: log.redact,
    readFile: readText,
    isForeign: (text) => text !== "" && hasText([problem.cutDeep(event).value, env.GITHUB_HEAD_REF, env.GITHUB_REF_NAME], text),
    ...context.toSecretHint(env, event)
  };
}
function hasText(data, text) {
  if (typeof data === "string") return data.includes(text);
  return typeof data === "object" && data !== null && Object.values(data).some((inner) => hasText(inner, text));
}

exports.EndOfWriting = EndOfWriting;
exports.LineProtocolParser = LineProtocolParser;
exports.applyCallbacks = applyCallbacks;
exports.applyDataCallbacks = applyDataCallbacks;
exports.explainCause = explainCause;
exports.explainEnd = explainEnd;
exports.hasCallback = hasCallback;
exports.makeFolder = makeFolder;
exports.nameCause = nameCause;
exports.nameDestination = nameDestination;
exports.nameStorage = nameStorage;
exports.openStorage = openStorage;
exports.parseBoolean = parseBoolean;
exports.parseCaptures = parseCaptures;
exports.parseDestination = parseDestination;
exports.parseFolder = parseFolder;
exports.parseStorages = parseStorages;
exports.parseTargets = parseTargets;
exports.parseTimeout = parseTimeout;
exports.redactAnswers = redactAnswers;
exports.toAuthorization = toAuthorization;
exports.toDestination = toDestination;
exports.toFallbackPath = toFallbackPath;
exports.toKey = toKey;
exports.toKeyWithoutUrl = toKeyWithoutUrl;
exports.toSurroundings = toSurroundings;
exports.writeTo = writeTo;
