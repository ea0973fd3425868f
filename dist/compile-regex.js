'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const re2js = require('re2js');
const artifactClient = require('./artifact-client.js');

const lastCodePoint = 1114111;
class PatternError extends Error {
  /** @param at index of the code point */
  constructor(message, at) {
    super(`${message}, at character ${at + 1}`);
  }
}

function measureWidth(node, groups) {
  const measure = (one) => measureWidth(one, groups);
  switch (node.kind) {
    case "set":
      return [1, 1];
    case "at":
    case "look":
      return [0, 0];
    case "group":
    case "atomic":
      return measure(node.body);
    case "reference":
      return groups.get(node.group) ?? [0, Number.POSITIVE_INFINITY];
    case "sequence":
      return node.items.map(measure).reduce(([min, max], [less, more]) => [min + less, max + more], [0, 0]);
    case "alternatives": {
      const widths = node.branches.map(measure);
      return [Math.min(...widths.map(([min]) => min)), Math.max(...widths.map(([, max]) => max))];
    }
    case "repeat": {
      const [min, max] = measure(node.body);
      return [min * node.min, max === 0 || node.max === 0 ? 0 : max * node.max];
    }
  }
}

function checkReferences(node, known) {
  switch (node.kind) {
    case "set":
    case "at":
      return known;
    case "reference":
      if (known.has(node.group)) return known;
      throw new PatternError(
        `a reference to group ${node.group}, which may not have matched there: write the group and the reference in each alternative, neither optional nor repeated`,
        node.at
      );
    case "sequence":
      return node.items.reduce((groups, item) => checkReferences(item, groups), known);
    case "alternatives": {
      const [first, ...others] = node.branches.map((branch) => checkReferences(branch, known));
      return new Set([...first ?? known].filter((group) => others.every((groups) => groups.has(group))));
    }
    case "group":
      return /* @__PURE__ */ new Set([...checkReferences(node.body, known), node.index]);
    case "atomic":
      return checkReferences(node.body, known);
    case "look": {
      const inside = checkReferences(node.body, known);
      return node.negative ? known : inside;
    }
    case "repeat": {
      const inside = checkReferences(node.body, known);
      const [width] = measureWidth(node.body, /* @__PURE__ */ new Map());
      const isEach = node.min > 0 && (node.max === 1 || width > 0);
      return isEach ? inside : known;
    }
  }
}

const controls = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92 };
const classNames = ["d", "D", "s", "S", "w", "W"];
const hexadecimal = { x: 2, u: 4, U: 8 };
const remedies = {
  N: "write the character itself, or \\u and its four hexadecimal digits",
  p: "Python has no classes of properties; [^\\W\\d_] is a letter, \\d a digit",
  P: "Python has no classes of properties; [\\W\\d_] is no letter, \\D no digit",
  z: "Python writes the very end as \\Z",
  G: "a rule matches at the start anyway: leave it out",
  h: "write [ \\t]",
  R: "write (?:\\r\\n|\\n|\\r)",
  k: "Python refers to a group as (?P=name)",
  Q: "put a backslash before each character instead",
  K: "leave it out: only whether a name matches counts"
};
function readEscapedCharacter(reader, token) {
  const at = reader.at - 2;
  const letter = token.slice(1);
  if (classNames.includes(letter)) return { class: letter };
  const control = controls[letter];
  if (control !== void 0) return { literal: control };
  const digits = hexadecimal[letter];
  if (digits !== void 0) {
    const text = reader.takeWhile(/^[0-9a-fA-F]$/, digits);
    if (text.length < digits) throw reader.fail(`incomplete escape \\${letter}${text}: it takes ${digits} digits`, at);
    const literal = Number.parseInt(text, 16);
    if (literal > lastCodePoint) throw reader.fail(`bad escape \\${letter}${text}: the last character is U+10FFFF`, at);
    return { literal };
  }
  if (/^[0-7]$/.test(letter)) {
    const literal = Number.parseInt(letter + reader.takeWhile(/^[0-7]$/, 2), 8);
    if (literal > 255) throw reader.fail("octal escape beyond \\377: write \\x and two digits, or \\u and four", at);
    return { literal };
  }
  if (/^[0-9A-Za-z]$/.test(letter)) {
    const remedy = remedies[letter] ?? `write ${letter} without a backslash if the character is meant`;
    throw reader.fail(`bad escape \\${letter}: ${remedy}`, at);
  }
  return { literal: letter.codePointAt(0) ?? 0 };
}
const unicodeSpaces = [
  [9, 13],
  [28, 32],
  [133, 133],
  [160, 160],
  [5760, 5760],
  [8192, 8202],
  [8232, 8233],
  [8239, 8239],
  [8287, 8287],
  [12288, 12288]
];
const asciiClasses = {
  d: [[48, 57]],
  s: [
    [9, 13],
    [32, 32]
  ],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122]
  ]
};

function mergeRanges(ranges) {
  const merged = [];
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before !== void 0 && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
function invertRanges(ranges) {
  const inverted = [];
  let from = 0;
  for (const [first, last] of mergeRanges(ranges)) {
    if (first > from) inverted.push([from, first - 1]);
    from = last + 1;
  }
  if (from <= lastCodePoint) inverted.push([from, lastCodePoint]);
  return inverted;
}
function toRanges(holds) {
  const beyond = 262144;
  const ranges = [];
  let first;
  for (let code = 0; code <= beyond; code++) {
    const isIn = code < beyond && holds(String.fromCodePoint(code));
    if (isIn) first ??= code;
    else if (first !== void 0) {
      ranges.push([first, code - 1]);
      first = void 0;
    }
  }
  return ranges;
}

const lastOfPlane = 65535;
let known;
function findCases() {
  if (known !== void 0) return known;
  const lower = /* @__PURE__ */ new Map();
  const byLower = /* @__PURE__ */ new Map();
  const byUpper = /* @__PURE__ */ new Map();
  const cased = [];
  for (let code = 0; code < 131072; code++) {
    const text = String.fromCodePoint(code);
    const small = toSimpleLower(code, text);
    const big = text.toUpperCase();
    if (small === code && big === text) continue;
    cased.push(code);
    if (small === code) addTo(byUpper, big, code);
    else {
      lower.set(code, small);
      addTo(byLower, small, code);
    }
  }
  const families = [...byUpper.values()].filter((family) => family.length > 1);
  const twins = new Map(families.flatMap((family) => family.map((code) => [code, family])));
  known = { lower, byLower, twins, cased };
  return known;
}
function toSimpleLower(code, text) {
  return text.toLowerCase().codePointAt(0) ?? code;
}
function addTo(map, key, code) {
  const codes = map.get(key);
  if (codes === void 0) map.set(key, [code]);
  else codes.push(code);
}
function ignoreCase(ranges, ascii) {
  const { lower, byLower, twins, cased } = findCases();
  const found = [...ranges];
  for (const [first, last] of ranges) {
    for (const code of cased) {
      if (code < first || code > last) continue;
      if (last > lastOfPlane) return void 0;
      if (ascii) found.push(...toAsciiCases(code));
      else {
        const small = lower.get(code) ?? code;
        for (const twin of twins.get(small) ?? [small]) {
          for (const other of [twin, ...byLower.get(twin) ?? []]) found.push([other, other]);
        }
      }
    }
  }
  return mergeRanges(found);
}
function toAsciiCases(code) {
  const text = String.fromCodePoint(code);
  if (!/^[A-Za-z]$/.test(text)) return [];
  return [text.toLowerCase(), text.toUpperCase()].map((one) => {
    const other = one.charCodeAt(0);
    return [other, other];
  });
}

function toCharacterSet(members, negated, flags, at) {
  const plain = members.flatMap((member) => {
    if ("range" in member) return [member.range];
    return "literal" in member ? [[member.literal, member.literal]] : [];
  });
  const cased = flags.ignoreCase ? ignoreCase(plain, flags.ascii) : plain;
  if (cased === void 0) {
    const text = "letters beyond U+FFFF are not read where case is ignored: write both cases, and no (?i) around them";
    throw new PatternError(text, at);
  }
  const ranges = [...cased];
  const classes = /* @__PURE__ */ new Set();
  for (const member of members) {
    if (!("class" in member)) continue;
    const found = toRangesOfClass(member.class, flags.ascii);
    if (found === void 0) classes.add(member.class);
    else ranges.push(...found);
  }
  return { kind: "set", negated, ranges: mergeRanges(ranges), classes: [...classes] };
}
function toRangesOfClass(name, ascii) {
  const positive = name.toLowerCase();
  const ranges = ascii ? asciiClasses[positive] : positive === "s" ? unicodeSpaces : void 0;
  return ranges === void 0 || name === positive ? ranges : invertRanges(ranges);
}
function readSet(reader, flags) {
  const at = reader.at - 1;
  const negated = reader.match("^");
  const members = [];
  const take = () => {
    const token = reader.take();
    if (token === void 0)
      throw reader.fail("unterminated character set: the ] is missing; write \\[ for a bracket", at);
    return token;
  };
  const toMember = (token) => token.startsWith("\\") ? readEscapedCharacter(reader, token) : { literal: token.codePointAt(0) ?? 0 };
  for (; ; ) {
    const from = reader.at;
    const token = take();
    if (token === "]" && members.length > 0) break;
    const member = toMember(token);
    if (!reader.match("-")) {
      members.push(member);
      continue;
    }
    const end = take();
    if (end === "]") {
      members.push(member, { literal: 45 });
      break;
    }
    const last = toMember(end);
    if (!("literal" in member) || !("literal" in last) || last.literal < member.literal) {
      throw reader.fail(`bad character range ${token}-${end}: write the hyphen as \\- if it is meant`, from);
    }
    members.push({ range: [member.literal, last.literal] });
  }
  return toCharacterSet(members, negated, flags, at);
}

const noFlags = { ascii: false, ignoreCase: false, multiline: false, dotAll: false, verbose: false };
const letters = {
  a: { ascii: true },
  i: { ignoreCase: true },
  m: { multiline: true },
  s: { dotAll: true },
  u: { ascii: false },
  x: { verbose: true }
};
function isFlag(letter) {
  return letter === "-" || letter === "L" || letter === "t" || letter in letters;
}
function readFlags(reader) {
  const at = reader.at;
  let flags = {};
  const on = /* @__PURE__ */ new Set();
  const off = /* @__PURE__ */ new Set();
  let given = on;
  for (; ; ) {
    const token = reader.take();
    if (token === void 0) throw reader.fail("missing : or ) behind flags", at);
    if (token === ")" || token === ":") {
      const isGlobal = token === ")";
      if (given === off && (isGlobal || off.size === 0))
        throw reader.fail("flags are turned off for a group: (?-i:\u2026)", at);
      return { flags, isGlobal };
    }
    if (token === "-" && given === on) {
      given = off;
      continue;
    }
    if (token === "L") throw reader.fail("the flag L is for bytes: leave it out", at);
    const meant = letters[token];
    if (meant === void 0)
      throw reader.fail(`unknown flag ${JSON.stringify(token)}: there are a, i, m, s, u and x`, at);
    if (given === off && (token === "a" || token === "u")) throw reader.fail("a and u cannot be turned off", at);
    given.add(token);
    if (on.has("a") && on.has("u")) throw reader.fail("the flags a and u contradict each other", at);
    if (on.has(token) && off.has(token)) throw reader.fail(`the flag ${token} is turned on and off`, at);
    const [[name, value] = ["ascii", false]] = Object.entries(meant);
    flags = { ...flags, [name]: given === on ? value : false };
  }
}

class PatternReader {
  characters;
  index = 0;
  constructor(source) {
    this.characters = Array.from(source);
  }
  get at() {
    return this.index;
  }
  /** Undefined at the end. */
  get next() {
    const character = this.characters[this.index];
    if (character !== "\\") return character;
    const escaped = this.characters[this.index + 1];
    if (escaped === void 0) throw new PatternError("bad escape: a backslash ends it; write \\\\", this.index);
    return character + escaped;
  }
  take() {
    const { next } = this;
    this.index += next === void 0 ? 0 : next.startsWith("\\") ? 2 : 1;
    return next;
  }
  match(token) {
    if (this.next !== token) return false;
    this.take();
    return true;
  }
  takeWhile(pattern, most = Number.POSITIVE_INFINITY) {
    let text = "";
    while (text.length < most && this.next !== void 0 && pattern.test(this.next)) text += this.take();
    return text;
  }
  /** What stands before a terminator, which is read as well. */
  takeUntil(terminator, name) {
    const from = this.index;
    let text = "";
    for (; ; ) {
      const token = this.take();
      if (token === void 0) throw this.fail(`missing ${terminator} of a ${name}`, from);
      if (token === terminator) break;
      text += token;
    }
    if (text === "") throw this.fail(`missing ${name}`, from);
    return text;
  }
  seek(index) {
    this.index = index;
  }
  fail(message, at = this.index) {
    return new PatternError(message, at);
  }
}

const places = {
  "\\A": "start",
  "\\Z": "very-end",
  "\\b": "boundary",
  "\\B": "inside"
};
const asciiPlaces = { "\\b": "ascii-boundary", "\\B": "ascii-inside" };
function parsePattern(source) {
  const reader = new PatternReader(source);
  if (source.length > artifactClient.patternCharacters)
    throw reader.fail(`longer than ${artifactClient.patternCharacters} characters`, artifactClient.patternCharacters);
  const node = new Parser(reader).parse();
  if (reader.next !== void 0) throw reader.fail("unbalanced parenthesis: write \\) for a bracket");
  return node;
}
class Parser {
  reader;
  names = /* @__PURE__ */ new Map();
  widths = /* @__PURE__ */ new Map();
  groups = 0;
  depth = 0;
  globals = noFlags;
  /** The number of groups before the outermost lookbehind that is being read. */
  lookbehind;
  constructor(reader) {
    this.reader = reader;
  }
  parse() {
    return this.readAlternatives(void 0);
  }
  /** @param flags undefined: of the whole expression, which its first groups may set */
  readAlternatives(flags) {
    const { reader } = this;
    if (++this.depth > artifactClient.patternDepth) throw reader.fail(`nested deeper than ${artifactClient.patternDepth} levels`);
    const branches = [this.readSequence(flags, flags === void 0)];
    while (reader.match("|")) branches.push(this.readSequence(flags, false));
    this.depth--;
    const [first] = branches;
    return branches.length === 1 && first !== void 0 ? first : { kind: "alternatives", branches };
  }
  readSequence(given, isFirst) {
    const { reader } = this;
    const items = [];
    for (; ; ) {
      const flags = given ?? this.globals;
      const { next, at } = reader;
      if (next === void 0 || next === "|" || next === ")") break;
      reader.take();
      if (flags.verbose && /^[ \t\n\r\v\f]$/.test(next)) continue;
      if (flags.verbose && next === "#") {
        while (reader.next !== void 0 && reader.take() !== "\n") ;
        continue;
      }
      if (/^[*+?{]$/.test(next) && this.readRepeat(next, at, items)) continue;
      const item = next === "(" ? this.readGroup(flags, at, isFirst && items.length === 0) : this.readOne(next, at, flags);
      if (item !== void 0) items.push(item);
    }
    const [first] = items;
    return items.length === 1 && first !== void 0 ? first : { kind: "sequence", items };
  }
  readOne(token, at, flags) {
    if (token.startsWith("\\")) return this.readEscape(token, at, flags);
    switch (token) {
      case ".":
        return { kind: "set", negated: true, ranges: flags.dotAll ? [] : [[10, 10]], classes: [] };
      case "^":
        return { kind: "at", where: flags.multiline ? "line-start" : "start" };
      case "$":
        return { kind: "at", where: flags.multiline ? "line-end" : "end" };
      case "[":
        return readSet(this.reader, flags);
      default:
        return toCharacterSet([{ literal: token.codePointAt(0) ?? 0 }], false, flags, at);
    }
  }
  readEscape(token, at, flags) {
    const where = (flags.ascii ? asciiPlaces[token] : void 0) ?? places[token];
    if (where !== void 0) return { kind: "at", where };
    if (/^\\[1-9]$/.test(token)) {
      const from = this.reader.at;
      const digits = token.slice(1) + this.reader.takeWhile(/^[0-7]$/, 2);
      if (digits.length === 3 && /^[0-7]/.test(digits)) {
        this.reader.seek(from);
        return toCharacterSet([readEscapedCharacter(this.reader, token)], false, flags, at);
      }
      this.reader.seek(from);
      const group = Number(token.slice(1) + this.reader.takeWhile(/^[0-9]$/, 1));
      return this.toReference(group, at, flags);
    }
    return toCharacterSet([readEscapedCharacter(this.reader, token)], false, flags, at);
  }
  toReference(group, at, flags) {
    const { reader } = this;
    if (group === void 0 || group > this.groups) throw reader.fail("a reference to a group that is not there", at);
    if (!this.widths.has(group)) throw reader.fail("a reference to a group that is still open", at);
    if (this.lookbehind !== void 0 && group > this.lookbehind) {
      throw reader.fail("a reference to a group of the same lookbehind", at);
    }
    if (flags.ignoreCase) {
      throw reader.fail("a reference is not read where case is ignored: write it without (?i)", at);
    }
    return { kind: "reference", group, at };
  }
  /** Whether there is a count; a brace may be a character. */
  readRepeat(token, at, items) {
    const { reader } = this;
    let [min, max] = [token === "+" ? 1 : 0, token === "?" ? 1 : Number.POSITIVE_INFINITY];
    if (token === "{") {
      const from = reader.at;
      const low = reader.takeWhile(/^[0-9]$/);
      const hasComma = reader.match(",");
      const high = hasComma ? reader.takeWhile(/^[0-9]$/) : low;
      if (low === "" && !hasComma || !reader.match("}")) {
        reader.seek(from);
        return false;
      }
      if (low !== "") min = Number(low);
      if (high !== "") max = Number(high);
      if (Math.max(min, high === "" ? 0 : max) >= artifactClient.maxPatternCount) throw reader.fail("the count is too large", at);
      if (max < min) throw reader.fail("the greater count comes first: write {least,most}", at);
    }
    const item = items.at(-1);
    if (item === void 0 || item.kind === "at") {
      throw reader.fail(`nothing to repeat: write \\${token} if the character is meant`, at);
    }
    if (item.kind === "repeat") {
      throw reader.fail(`multiple repeat: put (?:\u2026) around what is repeated, or write \\${token}`, at);
    }
    const mode = reader.match("?") ? "lazy" : reader.match("+") ? "possessive" : "greedy";
    items[items.length - 1] = { kind: "repeat", min, max, mode, body: item };
    return true;
  }
  /** Undefined for a comment, and for flags of the whole expression. */
  readGroup(flags, at, isFirst) {
    const { reader } = this;
    if (!reader.match("?")) return this.readCapturing(void 0, flags, at);
    const token = reader.take();
    switch (token) {
      case ":":
        return this.close({ kind: "sequence", items: [this.readAlternatives(flags)] }, at);
      case ">":
        return this.close({ kind: "atomic", body: this.readAlternatives(flags) }, at);
      case "#":
        for (let inside = reader.take(); inside !== ")"; inside = reader.take()) {
          if (inside === void 0) throw reader.fail("unterminated comment: the ) is missing", at);
        }
        return void 0;
      case "=":
      case "!":
        return this.close(
          { kind: "look", ahead: true, negative: token === "!", body: this.readAlternatives(flags) },
          at
        );
      case "<":
        return this.readLookbehind(flags, at);
      case "P":
        return this.readNamed(flags, at);
      case "(":
        throw reader.fail("(?(\u2026)yes|no) is not read: write the alternatives out, as (?:(a)yes|no)", at);
      default:
        return this.readFlagGroup(token, flags, at, isFirst);
    }
  }
  readFlagGroup(token, flags, at, isFirst) {
    const { reader } = this;
    if (token === void 0 || !isFlag(token)) throw reader.fail(`unknown extension (?${token ?? ""}`, at);
    reader.seek(reader.at - 1);
    const group = readFlags(reader);
    if (!group.isGlobal) {
      return this.close({ kind: "sequence", items: [this.readAlternatives({ ...flags, ...group.flags })] }, at);
    }
    if (!isFirst) {
      throw reader.fail(
        `flags are for the whole expression: write them at its start, or (?${token}:\u2026) around a part`,
        at
      );
    }
    if (group.flags.ascii === false && this.globals.ascii)
      throw reader.fail("the flags a and u contradict each other", at);
    this.globals = { ...this.globals, ...group.flags };
    return void 0;
  }
  readNamed(flags, at) {
    const { reader } = this;
    if (reader.match("=")) {
      const name2 = reader.takeUntil(")", "name of a group");
      return this.toReference(this.names.get(name2), at, flags);
    }
    if (!reader.match("<")) throw reader.fail("unknown extension (?P: write (?P<name>\u2026) or (?P=name)", at);
    const name = reader.takeUntil(">", "name of a group");
    if (!new RegExp("^[\\p{XID_Start}_]\\p{XID_Continue}*$", "u").test(name)) {
      throw reader.fail(
        `bad name of a group ${JSON.stringify(name)}: it has letters, digits and _, and a letter first`,
        at
      );
    }
    if (this.names.has(name)) throw reader.fail(`two groups are called ${name}`, at);
    return this.readCapturing(name, flags, at);
  }
  readCapturing(name, flags, at) {
    const index = ++this.groups;
    if (name !== void 0) this.names.set(name, index);
    const body = this.readAlternatives(flags);
    this.widths.set(index, measureWidth(body, this.widths));
    return this.close({ kind: "group", index, body }, at);
  }
  readLookbehind(flags, at) {
    const { reader } = this;
    const token = reader.take();
    if (token !== "=" && token !== "!") {
      throw reader.fail("unknown extension (?<: Python names a group as (?P<name>\u2026)", at);
    }
    const outer = this.lookbehind;
    this.lookbehind ??= this.groups;
    const body = this.readAlternatives(flags);
    this.lookbehind = outer;
    const [min, max] = measureWidth(body, this.widths);
    if (min !== max) {
      throw reader.fail(
        "a lookbehind takes a fixed number of characters: write one for each, as (?:(?<=a)|(?<=bc))",
        at
      );
    }
    return this.close({ kind: "look", ahead: false, negative: token === "!", body }, at);
  }
  close(node, at) {
    if (!this.reader.match(")")) throw this.reader.fail("missing ): write \\( for a bracket", at);
    return node;
  }
}

const unicodeWord = "\\p{L}\\p{N}_";
let wordRanges;
function toSetText({ negated, ranges, classes }, writeCode) {
  const sign = negated ? "^" : "";
  if (classes.includes("W")) {
    if (ranges.length === 0 && classes.length === 1) return `[${negated ? "" : "^"}${unicodeWord}]`;
    wordRanges ??= toRanges((text) => /^[\p{L}\p{N}_]/u.test(text));
    const all = mergeRanges([...ranges, ...invertRanges(wordRanges)]);
    const others = classes.filter((name) => name !== "W");
    return toSetText({ negated, ranges: all, classes: others }, writeCode);
  }
  const names = { d: "\\p{Nd}", D: "\\P{Nd}", w: unicodeWord, W: "" };
  const parts = [...ranges.map((range) => toRangeText(range, writeCode)), ...classes.map((name) => names[name])];
  const [only] = ranges;
  if (parts.length === 1 && only !== void 0 && only[0] === only[1] && !negated) return writeCode(only[0]);
  if (parts.length === 0)
    return negated ? `[${toRangeText([0, 1114111], writeCode)}]` : `[^${toRangeText([0, 1114111], writeCode)}]`;
  return `[${sign}${parts.join("")}]`;
}
function toRangeText([first, last], writeCode) {
  return first === last ? writeCode(first) : `${writeCode(first)}-${writeCode(last)}`;
}
function toCountText(min, max) {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  return min === 0 && max === 1 ? "?" : min === max ? `{${min}}` : `{${min},${max}}`;
}

function toJavaScript(node) {
  let atomic = 0;
  const toText = (one) => {
    switch (one.kind) {
      case "set":
        return toSetText(one, (code) => `\\u{${code.toString(16)}}`);
      case "at":
        return placeTexts[one.where];
      case "sequence":
        return `(?:${one.items.map(toText).join("")})`;
      case "alternatives":
        return `(?:${one.branches.map(toText).join("|")})`;
      case "group":
        return `(?<g${one.index}>${toText(one.body)})`;
      case "reference":
        return `\\k<g${one.group}>`;
      case "look":
        return `(?:(?${one.ahead ? "" : "<"}${one.negative ? "!" : "="}${toText(one.body)}))`;
      case "atomic":
        return toAtomic(toText(one.body));
      case "repeat": {
        const text = `(?:${toText(one.body)})${toCountText(one.min, one.max)}`;
        return one.mode === "possessive" ? toAtomic(text) : `${text}${one.mode === "lazy" ? "?" : ""}`;
      }
    }
  };
  const toAtomic = (text) => {
    const name = `a${++atomic}`;
    return `(?:(?=(?<${name}>${text}))\\k<${name}>)`;
  };
  return toText(node);
}
const word = `[${unicodeWord}]`;
const notEmpty = "(?!^$)";
const placeTexts = {
  start: "^",
  "line-start": "(?<![^\\n])",
  end: "(?=\\n?$)",
  "line-end": "(?![^\\n])",
  "very-end": "$",
  boundary: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  inside: `(?:${notEmpty}(?:(?<=${word})(?=${word})|(?<!${word})(?!${word})))`,
  "ascii-boundary": "\\b",
  "ascii-inside": `(?:${notEmpty}\\B)`
};

function toRe2(node) {
  const doubts = /* @__PURE__ */ new Set();
  const source = toText(node, true, doubts);
  if (source === void 0) return void 0;
  const isUnsure = (name) => doubts.has("empty") && name === "" || doubts.has("line break at the end") && name.endsWith("\n") || doubts.has("not ASCII") && /[^\0-\x7f]/.test(name);
  return { source, isUnsure };
}
function toText(node, isLast, doubts) {
  switch (node.kind) {
    case "set":
      return toSetText(node, (code) => `\\x{${code.toString(16)}}`);
    case "at":
      return toPlaceText(node.where, isLast, doubts);
    case "sequence":
      return join(
        node.items.map((item, index) => toText(item, isLast && index === node.items.length - 1, doubts)),
        ""
      );
    case "alternatives":
      return join(
        node.branches.map((branch) => toText(branch, isLast, doubts)),
        "|"
      );
    case "group": {
      const body = toText(node.body, isLast, doubts);
      return body === void 0 ? void 0 : `(?:${body})`;
    }
    case "repeat": {
      const body = toText(node.body, false, doubts);
      if (body === void 0 || node.mode === "possessive") return void 0;
      const counts = [node.min, node.max === Number.POSITIVE_INFINITY ? 0 : node.max];
      return Math.max(...counts) > artifactClient.maxRe2Count ? void 0 : `(?:${body})${toCountText(node.min, node.max)}`;
    }
    case "look":
    case "atomic":
    case "reference":
      return void 0;
  }
}
function join(texts, separator) {
  return texts.includes(void 0) ? void 0 : `(?:${texts.join(separator)})`;
}
function toPlaceText(where, isLast, doubts) {
  switch (where) {
    case "start":
      return "\\A";
    case "line-start":
      return "(?m:^)";
    case "line-end":
      return "(?m:$)";
    case "very-end":
      return "\\z";
    case "end":
      if (isLast) return "(?:\\n?\\z)";
      doubts.add("line break at the end");
      return "\\z";
    case "boundary":
    case "inside":
      doubts.add("not ASCII");
      break;
  }
  if (where === "boundary" || where === "ascii-boundary") return "\\b";
  doubts.add("empty");
  return "\\B";
}

function compileRegex(source) {
  const node = parsePattern(source);
  checkReferences(node, /* @__PURE__ */ new Set());
  const javascript = toJavaScript(node);
  const re2 = toRe2(node);
  const compiled = re2 && compileRe2(re2.source);
  if (re2 === void 0 || compiled === void 0) return { source, javascript, test: () => void 0 };
  return {
    source,
    javascript,
    test: (name) => re2.isUnsure(name) ? void 0 : compiled.matcher(name).lookingAt()
  };
}
function compileRe2(source) {
  try {
    return re2js.RE2JS.compile(source);
  } catch {
    return void 0;
  }
}

exports.compileRegex = compileRegex;
