'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const limits = require('./limits.js');
const index = require('./common4.js');
const shared = require('./shared.js');
const artifactClient = require('./artifact-client.js');
const require$$0 = require('stream');
const promises = require('node:fs/promises');
const node_path = require('node:path');
const ends = require('./ends.js');
const node_fs = require('node:fs');
const finish = require('./finish.js');
const settings = require('./settings.js');

class ReportProblem extends Error {
  /** Counted from 1; undefined where no line is to blame. */
  line;
  constructor(reason, line) {
    super(reason);
    this.name = "ReportProblem";
    this.line = line;
  }
}

function readJson(read) {
  const pieces = [];
  return {
    write: (text) => void pieces.push(text),
    end: () => read(parseJson(pieces.splice(0).join("")))
  };
}
function parseJson(text, firstLine = 1) {
  const json = text.trimStart();
  if (json === "") throw new ReportProblem("it is empty: the tool that writes it has written nothing");
  checkSize(json);
  try {
    return JSON.parse(json);
  } catch (error) {
    const finite = json.replace(barewords, (word) => word.startsWith('"') ? word : notFinite$1);
    try {
      return JSON.parse(finite);
    } catch {
      throw toProblem(error, text, firstLine);
    }
  }
}
const barewords = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|(?<![\w.])-?(?:NaN|Infinity)(?!\w)/gs;
const notFinite$1 = "1e999";
function checkSize(json) {
  if (json.length < limits.maxJsonBytes / largestPerCharacter) return;
  let bytes = 0;
  for (let at = 0; at < json.length; at++) bytes += bytesOf[json.charCodeAt(at)] ?? 0;
  if (bytes > limits.maxJsonBytes)
    throw new ReportProblem("it holds too many values: leave out raw samples, or split the file");
}
const largestPerCharacter = 48;
const bytesOf = Object.fromEntries(
  Object.entries({ "[": 48, "{": 48, ",": 8, '"': 12 }).map(([character, bytes]) => [character.charCodeAt(0), bytes])
);
function toProblem({ message }, text, firstLine) {
  const position = Number(/ at position (\d+)/.exec(message)?.[1] ?? Number.NaN) + (text.length - text.trimStart().length);
  const at = Number.isNaN(position) ? findUnexpected(text) : position;
  const line = firstLine + countLines(text, at);
  if (at >= text.trimEnd().length)
    return new ReportProblem("its JSON ends too early: the tool that writes it did not finish", line);
  const reason = Number.isNaN(position) ? `unexpected ${JSON.stringify(text.slice(at, at + 1))}` : toReason(message);
  return new ReportProblem(`its JSON is broken: ${reason}`, line);
}
function toReason(message) {
  const reason = message.replace(/(?: in JSON)? at position .*/s, "");
  return reason.slice(0, 1).toLowerCase() + reason.slice(1);
}
function countLines(text, end) {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
const token = /\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{},:])/sy;
const opens = /^$|[[,:]$/;
function findUnexpected(text) {
  let before = "";
  token.lastIndex = 0;
  for (let at = 0; ; at = token.lastIndex) {
    const found = token.exec(text)?.[0].trim();
    const start = at + (/\s*/y.exec(text.slice(at, at + 1e3))?.[0].length ?? 0);
    if (found === void 0) return start;
    const isValue = !/^[\]},:]$/.test(found) || found === "]" && before === "[";
    if (opens.test(before) && !isValue) return start;
    before = found.slice(-1);
  }
}

function sampleJson(head) {
  if (head !== last.head) last = { head, sample: readSample(head) };
  return last.sample;
}
let last = { head: "", sample: void 0 };
function readSample(head) {
  if (!/^\s*[[{]/.test(head)) return void 0;
  const open = [];
  let end = 0;
  let depth = 0;
  structure.lastIndex = 0;
  for (let found = structure.exec(head); found !== null; found = structure.exec(head)) {
    const [character] = found;
    if (character.startsWith('"')) continue;
    if (character === "[" || character === "{") open.push(character === "[" ? "]" : "}");
    else if (character !== "," && open.pop() !== character) return void 0;
    end = character === "," ? found.index : structure.lastIndex;
    depth = open.length;
    if (depth === 0) break;
  }
  try {
    const closed = `${head.slice(0, end)}${open.slice(0, depth).reverse().join("")}`;
    return { value: parseJson(closed), rest: head.slice(end) };
  } catch {
    return void 0;
  }
}
const structure = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|[[\]{},]/gs;

function jsonFormat(format) {
  return {
    name: format.name,
    recognizes(head) {
      const sample = sampleJson(head);
      return sample !== void 0 && sample.rest.trim() === "" && format.matches(sample.value);
    },
    open: (emit, path) => readJson((json) => {
      for (const item of format.read(check(format.schema, json), path)) emit(item);
    })
  };
}
function check(schema, json) {
  const { success, output, issues } = index.safeParse(schema, json, { abortEarly: true });
  if (success) return output;
  const [issue] = issues;
  const path = index.getDotPath(issue);
  const expected = issue.type === "custom" ? issue.message : issue.expected;
  const received = issue.received === "undefined" ? "missing" : issue.received;
  throw new ReportProblem(`${path === null ? "the report" : `"${path}"`} is ${received}, not ${expected}`);
}
const anyNumber = index.custom((value) => typeof value === "number", "a number");

function inSeconds(benchmark) {
  const { unit = "", ...rest } = benchmark;
  if (unit.trim() === "") return rest;
  const divisor = divisors.get(unit.trim().toLowerCase());
  if (divisor === void 0) return benchmark;
  const { value, min, max, stddev } = rest;
  return {
    ...rest,
    unit: "s",
    // Divided, not multiplied: 88 / 10^9 is the float that 8.8e-8 is read as, 88 * 10^-9 is not.
    value: value / divisor,
    ...min === void 0 ? {} : { min: min / divisor },
    ...max === void 0 ? {} : { max: max / divisor },
    ...stddev === void 0 ? {} : { stddev: stddev / divisor }
  };
}
const names = [
  [1, ["s", "sec", "secs", "second", "seconds"]],
  [1e3, ["ms", "msec", "millisecond", "milliseconds"]],
  // The micro sign, and the Greek letter.
  [1e6, ["us", "\xB5s", "\u03BCs", "usec", "microsecond", "microseconds"]],
  [1e9, ["ns", "nsec", "nanosecond", "nanoseconds"]],
  [1e12, ["ps", "picosecond", "picoseconds"]]
];
const divisors = new Map(
  names.flatMap(
    ([divisor, units]) => units.flatMap((unit) => ["", "/op", "/iter", "/iteration"].map((suffix) => [`${unit}${suffix}`, divisor]))
  )
);

const benches = index.array(
  index.object({
    name: index.string(),
    unit: index.optional(index.string()),
    value: anyNumber,
    range: index.optional(index.union([index.string(), index.number()]))
  })
);
const githubActionBenchmark = jsonFormat({
  name: "github-action-benchmark",
  matches: (sample) => Array.isArray(sample) && sample.length > 0 && sample.every(isBench),
  schema: benches,
  read: (report) => report.map((bench) => toBenchmark(bench))
});
const isBench = (json, index, all) => shared.isObject(json) && (typeof json.name === "string" && typeof json.value === "number" || index > 0 && index === all.length - 1);
function toBenchmark({ name, unit, value, range }) {
  return inSeconds({ name, ...unit === void 0 ? {} : { unit }, value, ...toSpread(value, String(range ?? "")) });
}
function toSpread(value, range) {
  const pattern = /^\s*(±|\+\/-|stddev:)\s*([\d.]+(?:[eE][+-]?\d+)?)\s*(%?)\s*$/;
  const [, kind, digits, percent] = pattern.exec(range.replaceAll(",", "")) ?? [];
  const spread = Number(digits) * (percent === "%" ? Math.abs(value) / 100 : 1);
  if (!Number.isFinite(spread)) return {};
  return kind === "stddev:" ? { stddev: spread } : { min: value - spread, max: value + spread };
}

const benchmarkFormats = [githubActionBenchmark];

var saxes = {};

var ed5 = {};

var hasRequiredEd5;

function requireEd5 () {
	if (hasRequiredEd5) return ed5;
	hasRequiredEd5 = 1;
	(function (exports) {
		/**
		 * Character classes and associated utilities for the 5th edition of XML 1.0.
		 *
		 * @author Louis-Dominique Dubeau
		 * @license MIT
		 * @copyright Louis-Dominique Dubeau
		 */
		Object.defineProperty(exports, "__esModule", { value: true });
		//
		// Fragments.
		//
		exports.CHAR = "\t\n\r -\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF";
		exports.S = " \t\r\n";
		// tslint:disable-next-line:max-line-length
		exports.NAME_START_CHAR = ":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\uD800\uDC00-\uDB7F\uDFFF";
		exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9\u00B7\u0300-\u036F\u203F-\u2040";
		//
		// Regular expressions.
		//
		exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
		exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
		exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
		exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
		exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
		exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
		var TAB = 9;
		var NL = 0xA;
		var CR = 0xD;
		var SPACE = 0x20;
		//
		// Lists.
		//
		/** All characters in the ``S`` production. */
		exports.S_LIST = [SPACE, NL, CR, TAB];
		/**
		 * Determines whether a codepoint matches the ``CHAR`` production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``CHAR``.
		 */
		function isChar(c) {
		    return (c >= SPACE && c <= 0xD7FF) ||
		        c === NL || c === CR || c === TAB ||
		        (c >= 0xE000 && c <= 0xFFFD) ||
		        (c >= 0x10000 && c <= 0x10FFFF);
		}
		exports.isChar = isChar;
		/**
		 * Determines whether a codepoint matches the ``S`` (space) production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``S``.
		 */
		function isS(c) {
		    return c === SPACE || c === NL || c === CR || c === TAB;
		}
		exports.isS = isS;
		/**
		 * Determines whether a codepoint matches the ``NAME_START_CHAR`` production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``NAME_START_CHAR``.
		 */
		function isNameStartChar(c) {
		    return ((c >= 0x41 && c <= 0x5A) ||
		        (c >= 0x61 && c <= 0x7A) ||
		        c === 0x3A ||
		        c === 0x5F ||
		        c === 0x200C ||
		        c === 0x200D ||
		        (c >= 0xC0 && c <= 0xD6) ||
		        (c >= 0xD8 && c <= 0xF6) ||
		        (c >= 0x00F8 && c <= 0x02FF) ||
		        (c >= 0x0370 && c <= 0x037D) ||
		        (c >= 0x037F && c <= 0x1FFF) ||
		        (c >= 0x2070 && c <= 0x218F) ||
		        (c >= 0x2C00 && c <= 0x2FEF) ||
		        (c >= 0x3001 && c <= 0xD7FF) ||
		        (c >= 0xF900 && c <= 0xFDCF) ||
		        (c >= 0xFDF0 && c <= 0xFFFD) ||
		        (c >= 0x10000 && c <= 0xEFFFF));
		}
		exports.isNameStartChar = isNameStartChar;
		/**
		 * Determines whether a codepoint matches the ``NAME_CHAR`` production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``NAME_CHAR``.
		 */
		function isNameChar(c) {
		    return isNameStartChar(c) ||
		        (c >= 0x30 && c <= 0x39) ||
		        c === 0x2D ||
		        c === 0x2E ||
		        c === 0xB7 ||
		        (c >= 0x0300 && c <= 0x036F) ||
		        (c >= 0x203F && c <= 0x2040);
		}
		exports.isNameChar = isNameChar;
		
	} (ed5));
	return ed5;
}

var ed2 = {};

var hasRequiredEd2;

function requireEd2 () {
	if (hasRequiredEd2) return ed2;
	hasRequiredEd2 = 1;
	(function (exports) {
		/**
		 * Character classes and associated utilities for the 2nd edition of XML 1.1.
		 *
		 * @author Louis-Dominique Dubeau
		 * @license MIT
		 * @copyright Louis-Dominique Dubeau
		 */
		Object.defineProperty(exports, "__esModule", { value: true });
		//
		// Fragments.
		//
		exports.CHAR = "\u0001-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF";
		exports.RESTRICTED_CHAR = "\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F";
		exports.S = " \t\r\n";
		// tslint:disable-next-line:max-line-length
		exports.NAME_START_CHAR = ":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\uD800\uDC00-\uDB7F\uDFFF";
		exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9\u00B7\u0300-\u036F\u203F-\u2040";
		//
		// Regular expressions.
		//
		exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
		exports.RESTRICTED_CHAR_RE = new RegExp("^[" + exports.RESTRICTED_CHAR + "]$", "u");
		exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
		exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
		exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
		exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
		exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
		var TAB = 9;
		var NL = 0xA;
		var CR = 0xD;
		var SPACE = 0x20;
		//
		// Lists.
		//
		/** All characters in the ``S`` production. */
		exports.S_LIST = [SPACE, NL, CR, TAB];
		/**
		 * Determines whether a codepoint matches the ``CHAR`` production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``CHAR``.
		 */
		function isChar(c) {
		    return (c >= 0x0001 && c <= 0xD7FF) ||
		        (c >= 0xE000 && c <= 0xFFFD) ||
		        (c >= 0x10000 && c <= 0x10FFFF);
		}
		exports.isChar = isChar;
		/**
		 * Determines whether a codepoint matches the ``RESTRICTED_CHAR`` production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``RESTRICTED_CHAR``.
		 */
		function isRestrictedChar(c) {
		    return (c >= 0x1 && c <= 0x8) ||
		        c === 0xB ||
		        c === 0xC ||
		        (c >= 0xE && c <= 0x1F) ||
		        (c >= 0x7F && c <= 0x84) ||
		        (c >= 0x86 && c <= 0x9F);
		}
		exports.isRestrictedChar = isRestrictedChar;
		/**
		 * Determines whether a codepoint matches the ``CHAR`` production and does not
		 * match the ``RESTRICTED_CHAR`` production. ``isCharAndNotRestricted(x)`` is
		 * equivalent to ``isChar(x) && !isRestrictedChar(x)``. This function is faster
		 * than running the two-call equivalent.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``CHAR`` and does not match
		 * ``RESTRICTED_CHAR``.
		 */
		function isCharAndNotRestricted(c) {
		    return (c === 0x9) ||
		        (c === 0xA) ||
		        (c === 0xD) ||
		        (c > 0x1F && c < 0x7F) ||
		        (c === 0x85) ||
		        (c > 0x9F && c <= 0xD7FF) ||
		        (c >= 0xE000 && c <= 0xFFFD) ||
		        (c >= 0x10000 && c <= 0x10FFFF);
		}
		exports.isCharAndNotRestricted = isCharAndNotRestricted;
		/**
		 * Determines whether a codepoint matches the ``S`` (space) production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``S``.
		 */
		function isS(c) {
		    return c === SPACE || c === NL || c === CR || c === TAB;
		}
		exports.isS = isS;
		/**
		 * Determines whether a codepoint matches the ``NAME_START_CHAR`` production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``NAME_START_CHAR``.
		 */
		// tslint:disable-next-line:cyclomatic-complexity
		function isNameStartChar(c) {
		    return ((c >= 0x41 && c <= 0x5A) ||
		        (c >= 0x61 && c <= 0x7A) ||
		        c === 0x3A ||
		        c === 0x5F ||
		        c === 0x200C ||
		        c === 0x200D ||
		        (c >= 0xC0 && c <= 0xD6) ||
		        (c >= 0xD8 && c <= 0xF6) ||
		        (c >= 0x00F8 && c <= 0x02FF) ||
		        (c >= 0x0370 && c <= 0x037D) ||
		        (c >= 0x037F && c <= 0x1FFF) ||
		        (c >= 0x2070 && c <= 0x218F) ||
		        (c >= 0x2C00 && c <= 0x2FEF) ||
		        (c >= 0x3001 && c <= 0xD7FF) ||
		        (c >= 0xF900 && c <= 0xFDCF) ||
		        (c >= 0xFDF0 && c <= 0xFFFD) ||
		        (c >= 0x10000 && c <= 0xEFFFF));
		}
		exports.isNameStartChar = isNameStartChar;
		/**
		 * Determines whether a codepoint matches the ``NAME_CHAR`` production.
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches ``NAME_CHAR``.
		 */
		function isNameChar(c) {
		    return isNameStartChar(c) ||
		        (c >= 0x30 && c <= 0x39) ||
		        c === 0x2D ||
		        c === 0x2E ||
		        c === 0xB7 ||
		        (c >= 0x0300 && c <= 0x036F) ||
		        (c >= 0x203F && c <= 0x2040);
		}
		exports.isNameChar = isNameChar;
		
	} (ed2));
	return ed2;
}

var ed3 = {};

var hasRequiredEd3;

function requireEd3 () {
	if (hasRequiredEd3) return ed3;
	hasRequiredEd3 = 1;
	(function (exports) {
		/**
		 * Character class utilities for XML NS 1.0 edition 3.
		 *
		 * @author Louis-Dominique Dubeau
		 * @license MIT
		 * @copyright Louis-Dominique Dubeau
		 */
		Object.defineProperty(exports, "__esModule", { value: true });
		//
		// Fragments.
		//
		// tslint:disable-next-line:max-line-length
		exports.NC_NAME_START_CHAR = "A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\uD800\uDC00-\uDB7F\uDFFF";
		exports.NC_NAME_CHAR = "-" + exports.NC_NAME_START_CHAR + ".0-9\u00B7\u0300-\u036F\u203F-\u2040";
		//
		// Regular expressions.
		//
		exports.NC_NAME_START_CHAR_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "]$", "u");
		exports.NC_NAME_CHAR_RE = new RegExp("^[" + exports.NC_NAME_CHAR + "]$", "u");
		exports.NC_NAME_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "][" + exports.NC_NAME_CHAR + "]*$", "u");
		/**
		 * Determines whether a codepoint matches [[NC_NAME_START_CHAR]].
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches.
		 */
		// tslint:disable-next-line:cyclomatic-complexity
		function isNCNameStartChar(c) {
		    return ((c >= 0x41 && c <= 0x5A) ||
		        c === 0x5F ||
		        (c >= 0x61 && c <= 0x7A) ||
		        (c >= 0xC0 && c <= 0xD6) ||
		        (c >= 0xD8 && c <= 0xF6) ||
		        (c >= 0x00F8 && c <= 0x02FF) ||
		        (c >= 0x0370 && c <= 0x037D) ||
		        (c >= 0x037F && c <= 0x1FFF) ||
		        (c >= 0x200C && c <= 0x200D) ||
		        (c >= 0x2070 && c <= 0x218F) ||
		        (c >= 0x2C00 && c <= 0x2FEF) ||
		        (c >= 0x3001 && c <= 0xD7FF) ||
		        (c >= 0xF900 && c <= 0xFDCF) ||
		        (c >= 0xFDF0 && c <= 0xFFFD) ||
		        (c >= 0x10000 && c <= 0xEFFFF));
		}
		exports.isNCNameStartChar = isNCNameStartChar;
		/**
		 * Determines whether a codepoint matches [[NC_NAME_CHAR]].
		 *
		 * @param c The code point.
		 *
		 * @returns ``true`` if the codepoint matches.
		 */
		function isNCNameChar(c) {
		    return isNCNameStartChar(c) ||
		        (c === 0x2D ||
		            c === 0x2E ||
		            (c >= 0x30 && c <= 0x39) ||
		            c === 0x00B7 ||
		            (c >= 0x0300 && c <= 0x036F) ||
		            (c >= 0x203F && c <= 0x2040));
		}
		exports.isNCNameChar = isNCNameChar;
		
	} (ed3));
	return ed3;
}

var hasRequiredSaxes;

function requireSaxes () {
	if (hasRequiredSaxes) return saxes;
	hasRequiredSaxes = 1;
	Object.defineProperty(saxes, "__esModule", { value: true });
	saxes.SaxesParser = saxes.EVENTS = void 0;
	const ed5 = requireEd5();
	const ed2 = requireEd2();
	const NSed3 = requireEd3();
	var isS = ed5.isS;
	var isChar10 = ed5.isChar;
	var isNameStartChar = ed5.isNameStartChar;
	var isNameChar = ed5.isNameChar;
	var S_LIST = ed5.S_LIST;
	var NAME_RE = ed5.NAME_RE;
	var isChar11 = ed2.isChar;
	var isNCNameStartChar = NSed3.isNCNameStartChar;
	var isNCNameChar = NSed3.isNCNameChar;
	var NC_NAME_RE = NSed3.NC_NAME_RE;
	const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
	const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
	const rootNS = {
	    // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment
	    __proto__: null,
	    xml: XML_NAMESPACE,
	    xmlns: XMLNS_NAMESPACE,
	};
	const XML_ENTITIES = {
	    // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment
	    __proto__: null,
	    amp: "&",
	    gt: ">",
	    lt: "<",
	    quot: "\"",
	    apos: "'",
	};
	// EOC: end-of-chunk
	const EOC = -1;
	const NL_LIKE = -2;
	const S_BEGIN = 0; // Initial state.
	const S_BEGIN_WHITESPACE = 1; // leading whitespace
	const S_DOCTYPE = 2; // <!DOCTYPE
	const S_DOCTYPE_QUOTE = 3; // <!DOCTYPE "//blah
	const S_DTD = 4; // <!DOCTYPE "//blah" [ ...
	const S_DTD_QUOTED = 5; // <!DOCTYPE "//blah" [ "foo
	const S_DTD_OPEN_WAKA = 6;
	const S_DTD_OPEN_WAKA_BANG = 7;
	const S_DTD_COMMENT = 8; // <!--
	const S_DTD_COMMENT_ENDING = 9; // <!-- blah -
	const S_DTD_COMMENT_ENDED = 10; // <!-- blah --
	const S_DTD_PI = 11; // <?
	const S_DTD_PI_ENDING = 12; // <?hi "there" ?
	const S_TEXT = 13; // general stuff
	const S_ENTITY = 14; // &amp and such
	const S_OPEN_WAKA = 15; // <
	const S_OPEN_WAKA_BANG = 16; // <!...
	const S_COMMENT = 17; // <!--
	const S_COMMENT_ENDING = 18; // <!-- blah -
	const S_COMMENT_ENDED = 19; // <!-- blah --
	const S_CDATA = 20; // <![CDATA[ something
	const S_CDATA_ENDING = 21; // ]
	const S_CDATA_ENDING_2 = 22; // ]]
	const S_PI_FIRST_CHAR = 23; // <?hi, first char
	const S_PI_REST = 24; // <?hi, rest of the name
	const S_PI_BODY = 25; // <?hi there
	const S_PI_ENDING = 26; // <?hi "there" ?
	const S_XML_DECL_NAME_START = 27; // <?xml
	const S_XML_DECL_NAME = 28; // <?xml foo
	const S_XML_DECL_EQ = 29; // <?xml foo=
	const S_XML_DECL_VALUE_START = 30; // <?xml foo=
	const S_XML_DECL_VALUE = 31; // <?xml foo="bar"
	const S_XML_DECL_SEPARATOR = 32; // <?xml foo="bar"
	const S_XML_DECL_ENDING = 33; // <?xml ... ?
	const S_OPEN_TAG = 34; // <strong
	const S_OPEN_TAG_SLASH = 35; // <strong /
	const S_ATTRIB = 36; // <a
	const S_ATTRIB_NAME = 37; // <a foo
	const S_ATTRIB_NAME_SAW_WHITE = 38; // <a foo _
	const S_ATTRIB_VALUE = 39; // <a foo=
	const S_ATTRIB_VALUE_QUOTED = 40; // <a foo="bar
	const S_ATTRIB_VALUE_CLOSED = 41; // <a foo="bar"
	const S_ATTRIB_VALUE_UNQUOTED = 42; // <a foo=bar
	const S_CLOSE_TAG = 43; // </a
	const S_CLOSE_TAG_SAW_WHITE = 44; // </a   >
	const TAB = 9;
	const NL = 0xA;
	const CR = 0xD;
	const SPACE = 0x20;
	const BANG = 0x21;
	const DQUOTE = 0x22;
	const AMP = 0x26;
	const SQUOTE = 0x27;
	const MINUS = 0x2D;
	const FORWARD_SLASH = 0x2F;
	const SEMICOLON = 0x3B;
	const LESS = 0x3C;
	const EQUAL = 0x3D;
	const GREATER = 0x3E;
	const QUESTION = 0x3F;
	const OPEN_BRACKET = 0x5B;
	const CLOSE_BRACKET = 0x5D;
	const NEL = 0x85;
	const LS = 0x2028; // Line Separator
	const isQuote = (c) => c === DQUOTE || c === SQUOTE;
	const QUOTES = [DQUOTE, SQUOTE];
	const DOCTYPE_TERMINATOR = [...QUOTES, OPEN_BRACKET, GREATER];
	const DTD_TERMINATOR = [...QUOTES, LESS, CLOSE_BRACKET];
	const XML_DECL_NAME_TERMINATOR = [EQUAL, QUESTION, ...S_LIST];
	const ATTRIB_VALUE_UNQUOTED_TERMINATOR = [...S_LIST, GREATER, AMP, LESS];
	function nsPairCheck(parser, prefix, uri) {
	    switch (prefix) {
	        case "xml":
	            if (uri !== XML_NAMESPACE) {
	                parser.fail(`xml prefix must be bound to ${XML_NAMESPACE}.`);
	            }
	            break;
	        case "xmlns":
	            if (uri !== XMLNS_NAMESPACE) {
	                parser.fail(`xmlns prefix must be bound to ${XMLNS_NAMESPACE}.`);
	            }
	            break;
	    }
	    switch (uri) {
	        case XMLNS_NAMESPACE:
	            parser.fail(prefix === "" ?
	                `the default namespace may not be set to ${uri}.` :
	                `may not assign a prefix (even "xmlns") to the URI \
${XMLNS_NAMESPACE}.`);
	            break;
	        case XML_NAMESPACE:
	            switch (prefix) {
	                case "xml":
	                    // Assinging the XML namespace to "xml" is fine.
	                    break;
	                case "":
	                    parser.fail(`the default namespace may not be set to ${uri}.`);
	                    break;
	                default:
	                    parser.fail("may not assign the xml namespace to another prefix.");
	            }
	            break;
	    }
	}
	function nsMappingCheck(parser, mapping) {
	    for (const local of Object.keys(mapping)) {
	        nsPairCheck(parser, local, mapping[local]);
	    }
	}
	const isNCName = (name) => NC_NAME_RE.test(name);
	const isName = (name) => NAME_RE.test(name);
	const FORBIDDEN_START = 0;
	const FORBIDDEN_BRACKET = 1;
	const FORBIDDEN_BRACKET_BRACKET = 2;
	/**
	 * The list of supported events.
	 */
	saxes.EVENTS = [
	    "xmldecl",
	    "text",
	    "processinginstruction",
	    "doctype",
	    "comment",
	    "opentagstart",
	    "attribute",
	    "opentag",
	    "closetag",
	    "cdata",
	    "error",
	    "end",
	    "ready",
	];
	const EVENT_NAME_TO_HANDLER_NAME = {
	    xmldecl: "xmldeclHandler",
	    text: "textHandler",
	    processinginstruction: "piHandler",
	    doctype: "doctypeHandler",
	    comment: "commentHandler",
	    opentagstart: "openTagStartHandler",
	    attribute: "attributeHandler",
	    opentag: "openTagHandler",
	    closetag: "closeTagHandler",
	    cdata: "cdataHandler",
	    error: "errorHandler",
	    end: "endHandler",
	    ready: "readyHandler",
	};
	// eslint-disable-next-line @typescript-eslint/ban-types
	class SaxesParser {
	    /**
	     * @param opt The parser options.
	     */
	    constructor(opt) {
	        this.opt = opt !== null && opt !== void 0 ? opt : {};
	        this.fragmentOpt = !!this.opt.fragment;
	        const xmlnsOpt = this.xmlnsOpt = !!this.opt.xmlns;
	        this.trackPosition = this.opt.position !== false;
	        this.fileName = this.opt.fileName;
	        if (xmlnsOpt) {
	            // This is the function we use to perform name checks on PIs and entities.
	            // When namespaces are used, colons are not allowed in PI target names or
	            // entity names. So the check depends on whether namespaces are used. See:
	            //
	            // https://www.w3.org/XML/xml-names-19990114-errata.html
	            // NE08
	            //
	            this.nameStartCheck = isNCNameStartChar;
	            this.nameCheck = isNCNameChar;
	            this.isName = isNCName;
	            // eslint-disable-next-line @typescript-eslint/unbound-method
	            this.processAttribs = this.processAttribsNS;
	            // eslint-disable-next-line @typescript-eslint/unbound-method
	            this.pushAttrib = this.pushAttribNS;
	            // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment
	            this.ns = Object.assign({ __proto__: null }, rootNS);
	            const additional = this.opt.additionalNamespaces;
	            if (additional != null) {
	                nsMappingCheck(this, additional);
	                Object.assign(this.ns, additional);
	            }
	        }
	        else {
	            this.nameStartCheck = isNameStartChar;
	            this.nameCheck = isNameChar;
	            this.isName = isName;
	            // eslint-disable-next-line @typescript-eslint/unbound-method
	            this.processAttribs = this.processAttribsPlain;
	            // eslint-disable-next-line @typescript-eslint/unbound-method
	            this.pushAttrib = this.pushAttribPlain;
	        }
	        //
	        // The order of the members in this table needs to correspond to the state
	        // numbers given to the states that correspond to the methods being recorded
	        // here.
	        //
	        this.stateTable = [
	            /* eslint-disable @typescript-eslint/unbound-method */
	            this.sBegin,
	            this.sBeginWhitespace,
	            this.sDoctype,
	            this.sDoctypeQuote,
	            this.sDTD,
	            this.sDTDQuoted,
	            this.sDTDOpenWaka,
	            this.sDTDOpenWakaBang,
	            this.sDTDComment,
	            this.sDTDCommentEnding,
	            this.sDTDCommentEnded,
	            this.sDTDPI,
	            this.sDTDPIEnding,
	            this.sText,
	            this.sEntity,
	            this.sOpenWaka,
	            this.sOpenWakaBang,
	            this.sComment,
	            this.sCommentEnding,
	            this.sCommentEnded,
	            this.sCData,
	            this.sCDataEnding,
	            this.sCDataEnding2,
	            this.sPIFirstChar,
	            this.sPIRest,
	            this.sPIBody,
	            this.sPIEnding,
	            this.sXMLDeclNameStart,
	            this.sXMLDeclName,
	            this.sXMLDeclEq,
	            this.sXMLDeclValueStart,
	            this.sXMLDeclValue,
	            this.sXMLDeclSeparator,
	            this.sXMLDeclEnding,
	            this.sOpenTag,
	            this.sOpenTagSlash,
	            this.sAttrib,
	            this.sAttribName,
	            this.sAttribNameSawWhite,
	            this.sAttribValue,
	            this.sAttribValueQuoted,
	            this.sAttribValueClosed,
	            this.sAttribValueUnquoted,
	            this.sCloseTag,
	            this.sCloseTagSawWhite,
	            /* eslint-enable @typescript-eslint/unbound-method */
	        ];
	        this._init();
	    }
	    /**
	     * Indicates whether or not the parser is closed. If ``true``, wait for
	     * the ``ready`` event to write again.
	     */
	    get closed() {
	        return this._closed;
	    }
	    _init() {
	        var _a;
	        this.openWakaBang = "";
	        this.text = "";
	        this.name = "";
	        this.piTarget = "";
	        this.entity = "";
	        this.q = null;
	        this.tags = [];
	        this.tag = null;
	        this.topNS = null;
	        this.chunk = "";
	        this.chunkPosition = 0;
	        this.i = 0;
	        this.prevI = 0;
	        this.carriedFromPrevious = undefined;
	        this.forbiddenState = FORBIDDEN_START;
	        this.attribList = [];
	        // The logic is organized so as to minimize the need to check
	        // this.opt.fragment while parsing.
	        const { fragmentOpt } = this;
	        this.state = fragmentOpt ? S_TEXT : S_BEGIN;
	        // We want these to be all true if we are dealing with a fragment.
	        this.reportedTextBeforeRoot = this.reportedTextAfterRoot = this.closedRoot =
	            this.sawRoot = fragmentOpt;
	        // An XML declaration is intially possible only when parsing whole
	        // documents.
	        this.xmlDeclPossible = !fragmentOpt;
	        this.xmlDeclExpects = ["version"];
	        this.entityReturnState = undefined;
	        let { defaultXMLVersion } = this.opt;
	        if (defaultXMLVersion === undefined) {
	            if (this.opt.forceXMLVersion === true) {
	                throw new Error("forceXMLVersion set but defaultXMLVersion is not set");
	            }
	            defaultXMLVersion = "1.0";
	        }
	        this.setXMLVersion(defaultXMLVersion);
	        this.positionAtNewLine = 0;
	        this.doctype = false;
	        this._closed = false;
	        this.xmlDecl = {
	            version: undefined,
	            encoding: undefined,
	            standalone: undefined,
	        };
	        this.line = 1;
	        this.column = 0;
	        this.ENTITIES = Object.create(XML_ENTITIES);
	        (_a = this.readyHandler) === null || _a === void 0 ? void 0 : _a.call(this);
	    }
	    /**
	     * The stream position the parser is currently looking at. This field is
	     * zero-based.
	     *
	     * This field is not based on counting Unicode characters but is to be
	     * interpreted as a plain index into a JavaScript string.
	     */
	    get position() {
	        return this.chunkPosition + this.i;
	    }
	    /**
	     * The column number of the next character to be read by the parser.  *
	     * This field is zero-based. (The first column in a line is 0.)
	     *
	     * This field reports the index at which the next character would be in the
	     * line if the line were represented as a JavaScript string.  Note that this
	     * *can* be different to a count based on the number of *Unicode characters*
	     * due to how JavaScript handles astral plane characters.
	     *
	     * See [[column]] for a number that corresponds to a count of Unicode
	     * characters.
	     */
	    get columnIndex() {
	        return this.position - this.positionAtNewLine;
	    }
	    /**
	     * Set an event listener on an event. The parser supports one handler per
	     * event type. If you try to set an event handler over an existing handler,
	     * the old handler is silently overwritten.
	     *
	     * @param name The event to listen to.
	     *
	     * @param handler The handler to set.
	     */
	    on(name, handler) {
	        // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-member-access
	        this[EVENT_NAME_TO_HANDLER_NAME[name]] = handler;
	    }
	    /**
	     * Unset an event handler.
	     *
	     * @parma name The event to stop listening to.
	     */
	    off(name) {
	        // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-member-access
	        this[EVENT_NAME_TO_HANDLER_NAME[name]] = undefined;
	    }
	    /**
	     * Make an error object. The error object will have a message that contains
	     * the ``fileName`` option passed at the creation of the parser. If position
	     * tracking was turned on, it will also have line and column number
	     * information.
	     *
	     * @param message The message describing the error to report.
	     *
	     * @returns An error object with a properly formatted message.
	     */
	    makeError(message) {
	        var _a;
	        let msg = (_a = this.fileName) !== null && _a !== void 0 ? _a : "";
	        if (this.trackPosition) {
	            if (msg.length > 0) {
	                msg += ":";
	            }
	            msg += `${this.line}:${this.column}`;
	        }
	        if (msg.length > 0) {
	            msg += ": ";
	        }
	        return new Error(msg + message);
	    }
	    /**
	     * Report a parsing error. This method is made public so that client code may
	     * check for issues that are outside the scope of this project and can report
	     * errors.
	     *
	     * @param message The error to report.
	     *
	     * @returns this
	     */
	    fail(message) {
	        const err = this.makeError(message);
	        const handler = this.errorHandler;
	        if (handler === undefined) {
	            throw err;
	        }
	        else {
	            handler(err);
	        }
	        return this;
	    }
	    /**
	     * Write a XML data to the parser.
	     *
	     * @param chunk The XML data to write.
	     *
	     * @returns this
	     */
	    // We do need object for the type here. Yes, it often causes problems
	    // but not in this case.
	    write(chunk) {
	        if (this.closed) {
	            return this.fail("cannot write after close; assign an onready handler.");
	        }
	        let end = false;
	        if (chunk === null) {
	            // We cannot return immediately because carriedFromPrevious may need
	            // processing.
	            end = true;
	            chunk = "";
	        }
	        else if (typeof chunk === "object") {
	            chunk = chunk.toString();
	        }
	        // We checked if performing a pre-decomposition of the string into an array
	        // of single complete characters (``Array.from(chunk)``) would be faster
	        // than the current repeated calls to ``charCodeAt``. As of August 2018, it
	        // isn't. (There may be Node-specific code that would perform faster than
	        // ``Array.from`` but don't want to be dependent on Node.)
	        if (this.carriedFromPrevious !== undefined) {
	            // The previous chunk had char we must carry over.
	            chunk = `${this.carriedFromPrevious}${chunk}`;
	            this.carriedFromPrevious = undefined;
	        }
	        let limit = chunk.length;
	        const lastCode = chunk.charCodeAt(limit - 1);
	        if (!end &&
	            // A trailing CR or surrogate must be carried over to the next
	            // chunk.
	            (lastCode === CR || (lastCode >= 0xD800 && lastCode <= 0xDBFF))) {
	            // The chunk ends with a character that must be carried over. We cannot
	            // know how to handle it until we get the next chunk or the end of the
	            // stream. So save it for later.
	            this.carriedFromPrevious = chunk[limit - 1];
	            limit--;
	            chunk = chunk.slice(0, limit);
	        }
	        const { stateTable } = this;
	        this.chunk = chunk;
	        this.i = 0;
	        while (this.i < limit) {
	            // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument
	            stateTable[this.state].call(this);
	        }
	        this.chunkPosition += limit;
	        return end ? this.end() : this;
	    }
	    /**
	     * Close the current stream. Perform final well-formedness checks and reset
	     * the parser tstate.
	     *
	     * @returns this
	     */
	    close() {
	        return this.write(null);
	    }
	    /**
	     * Get a single code point out of the current chunk. This updates the current
	     * position if we do position tracking.
	     *
	     * This is the algorithm to use for XML 1.0.
	     *
	     * @returns The character read.
	     */
	    getCode10() {
	        const { chunk, i } = this;
	        this.prevI = i;
	        // Yes, we do this instead of doing this.i++. Doing it this way, we do not
	        // read this.i again, which is a bit faster.
	        this.i = i + 1;
	        if (i >= chunk.length) {
	            return EOC;
	        }
	        // Using charCodeAt and handling the surrogates ourselves is faster
	        // than using codePointAt.
	        const code = chunk.charCodeAt(i);
	        this.column++;
	        if (code < 0xD800) {
	            if (code >= SPACE || code === TAB) {
	                return code;
	            }
	            switch (code) {
	                case NL:
	                    this.line++;
	                    this.column = 0;
	                    this.positionAtNewLine = this.position;
	                    return NL;
	                case CR:
	                    // We may get NaN if we read past the end of the chunk, which is fine.
	                    if (chunk.charCodeAt(i + 1) === NL) {
	                        // A \r\n sequence is converted to \n so we have to skip over the
	                        // next character. We already know it has a size of 1 so ++ is fine
	                        // here.
	                        this.i = i + 2;
	                    }
	                    // Otherwise, a \r is just converted to \n, so we don't have to skip
	                    // ahead.
	                    // In either case, \r becomes \n.
	                    this.line++;
	                    this.column = 0;
	                    this.positionAtNewLine = this.position;
	                    return NL_LIKE;
	                default:
	                    // If we get here, then code < SPACE and it is not NL CR or TAB.
	                    this.fail("disallowed character.");
	                    return code;
	            }
	        }
	        if (code > 0xDBFF) {
	            // This is a specialized version of isChar10 that takes into account
	            // that in this context code > 0xDBFF and code <= 0xFFFF. So it does not
	            // test cases that don't need testing.
	            if (!(code >= 0xE000 && code <= 0xFFFD)) {
	                this.fail("disallowed character.");
	            }
	            return code;
	        }
	        const final = 0x10000 + ((code - 0xD800) * 0x400) +
	            (chunk.charCodeAt(i + 1) - 0xDC00);
	        this.i = i + 2;
	        // This is a specialized version of isChar10 that takes into account that in
	        // this context necessarily final >= 0x10000.
	        if (final > 0x10FFFF) {
	            this.fail("disallowed character.");
	        }
	        return final;
	    }
	    /**
	     * Get a single code point out of the current chunk. This updates the current
	     * position if we do position tracking.
	     *
	     * This is the algorithm to use for XML 1.1.
	     *
	     * @returns {number} The character read.
	     */
	    getCode11() {
	        const { chunk, i } = this;
	        this.prevI = i;
	        // Yes, we do this instead of doing this.i++. Doing it this way, we do not
	        // read this.i again, which is a bit faster.
	        this.i = i + 1;
	        if (i >= chunk.length) {
	            return EOC;
	        }
	        // Using charCodeAt and handling the surrogates ourselves is faster
	        // than using codePointAt.
	        const code = chunk.charCodeAt(i);
	        this.column++;
	        if (code < 0xD800) {
	            if ((code > 0x1F && code < 0x7F) || (code > 0x9F && code !== LS) ||
	                code === TAB) {
	                return code;
	            }
	            switch (code) {
	                case NL: // 0xA
	                    this.line++;
	                    this.column = 0;
	                    this.positionAtNewLine = this.position;
	                    return NL;
	                case CR: { // 0xD
	                    // We may get NaN if we read past the end of the chunk, which is
	                    // fine.
	                    const next = chunk.charCodeAt(i + 1);
	                    if (next === NL || next === NEL) {
	                        // A CR NL or CR NEL sequence is converted to NL so we have to skip
	                        // over the next character. We already know it has a size of 1.
	                        this.i = i + 2;
	                    }
	                    // Otherwise, a CR is just converted to NL, no skip.
	                }
	                /* yes, fall through */
	                case NEL: // 0x85
	                case LS: // Ox2028
	                    this.line++;
	                    this.column = 0;
	                    this.positionAtNewLine = this.position;
	                    return NL_LIKE;
	                default:
	                    this.fail("disallowed character.");
	                    return code;
	            }
	        }
	        if (code > 0xDBFF) {
	            // This is a specialized version of isCharAndNotRestricted that takes into
	            // account that in this context code > 0xDBFF and code <= 0xFFFF. So it
	            // does not test cases that don't need testing.
	            if (!(code >= 0xE000 && code <= 0xFFFD)) {
	                this.fail("disallowed character.");
	            }
	            return code;
	        }
	        const final = 0x10000 + ((code - 0xD800) * 0x400) +
	            (chunk.charCodeAt(i + 1) - 0xDC00);
	        this.i = i + 2;
	        // This is a specialized version of isCharAndNotRestricted that takes into
	        // account that in this context necessarily final >= 0x10000.
	        if (final > 0x10FFFF) {
	            this.fail("disallowed character.");
	        }
	        return final;
	    }
	    /**
	     * Like ``getCode`` but with the return value normalized so that ``NL`` is
	     * returned for ``NL_LIKE``.
	     */
	    getCodeNorm() {
	        const c = this.getCode();
	        return c === NL_LIKE ? NL : c;
	    }
	    unget() {
	        this.i = this.prevI;
	        this.column--;
	    }
	    /**
	     * Capture characters into a buffer until encountering one of a set of
	     * characters.
	     *
	     * @param chars An array of codepoints. Encountering a character in the array
	     * ends the capture. (``chars`` may safely contain ``NL``.)
	     *
	     * @return The character code that made the capture end, or ``EOC`` if we hit
	     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
	     * instead.
	     */
	    captureTo(chars) {
	        let { i: start } = this;
	        const { chunk } = this;
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            const c = this.getCode();
	            const isNLLike = c === NL_LIKE;
	            const final = isNLLike ? NL : c;
	            if (final === EOC || chars.includes(final)) {
	                this.text += chunk.slice(start, this.prevI);
	                return final;
	            }
	            if (isNLLike) {
	                this.text += `${chunk.slice(start, this.prevI)}\n`;
	                start = this.i;
	            }
	        }
	    }
	    /**
	     * Capture characters into a buffer until encountering a character.
	     *
	     * @param char The codepoint that ends the capture. **NOTE ``char`` MAY NOT
	     * CONTAIN ``NL``.** Passing ``NL`` will result in buggy behavior.
	     *
	     * @return ``true`` if we ran into the character. Otherwise, we ran into the
	     * end of the current chunk.
	     */
	    captureToChar(char) {
	        let { i: start } = this;
	        const { chunk } = this;
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            let c = this.getCode();
	            switch (c) {
	                case NL_LIKE:
	                    this.text += `${chunk.slice(start, this.prevI)}\n`;
	                    start = this.i;
	                    c = NL;
	                    break;
	                case EOC:
	                    this.text += chunk.slice(start);
	                    return false;
	            }
	            if (c === char) {
	                this.text += chunk.slice(start, this.prevI);
	                return true;
	            }
	        }
	    }
	    /**
	     * Capture characters that satisfy ``isNameChar`` into the ``name`` field of
	     * this parser.
	     *
	     * @return The character code that made the test fail, or ``EOC`` if we hit
	     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
	     * instead.
	     */
	    captureNameChars() {
	        const { chunk, i: start } = this;
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            const c = this.getCode();
	            if (c === EOC) {
	                this.name += chunk.slice(start);
	                return EOC;
	            }
	            // NL is not a name char so we don't have to test specifically for it.
	            if (!isNameChar(c)) {
	                this.name += chunk.slice(start, this.prevI);
	                return c === NL_LIKE ? NL : c;
	            }
	        }
	    }
	    /**
	     * Skip white spaces.
	     *
	     * @return The character that ended the skip, or ``EOC`` if we hit
	     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
	     * instead.
	     */
	    skipSpaces() {
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            const c = this.getCodeNorm();
	            if (c === EOC || !isS(c)) {
	                return c;
	            }
	        }
	    }
	    setXMLVersion(version) {
	        this.currentXMLVersion = version;
	        /*  eslint-disable @typescript-eslint/unbound-method */
	        if (version === "1.0") {
	            this.isChar = isChar10;
	            this.getCode = this.getCode10;
	        }
	        else {
	            this.isChar = isChar11;
	            this.getCode = this.getCode11;
	        }
	        /* eslint-enable @typescript-eslint/unbound-method */
	    }
	    // STATE ENGINE METHODS
	    // This needs to be a state separate from S_BEGIN_WHITESPACE because we want
	    // to be sure never to come back to this state later.
	    sBegin() {
	        // We are essentially peeking at the first character of the chunk. Since
	        // S_BEGIN can be in effect only when we start working on the first chunk,
	        // the index at which we must look is necessarily 0. Note also that the
	        // following test does not depend on decoding surrogates.
	        // If the initial character is 0xFEFF, ignore it.
	        if (this.chunk.charCodeAt(0) === 0xFEFF) {
	            this.i++;
	            this.column++;
	        }
	        this.state = S_BEGIN_WHITESPACE;
	    }
	    sBeginWhitespace() {
	        // We need to know whether we've encountered spaces or not because as soon
	        // as we run into a space, an XML declaration is no longer possible. Rather
	        // than slow down skipSpaces even in places where we don't care whether it
	        // skipped anything or not, we check whether prevI is equal to the value of
	        // i from before we skip spaces.
	        const iBefore = this.i;
	        const c = this.skipSpaces();
	        if (this.prevI !== iBefore) {
	            this.xmlDeclPossible = false;
	        }
	        switch (c) {
	            case LESS:
	                this.state = S_OPEN_WAKA;
	                // We could naively call closeText but in this state, it is not normal
	                // to have text be filled with any data.
	                if (this.text.length !== 0) {
	                    throw new Error("no-empty text at start");
	                }
	                break;
	            case EOC:
	                break;
	            default:
	                this.unget();
	                this.state = S_TEXT;
	                this.xmlDeclPossible = false;
	        }
	    }
	    sDoctype() {
	        var _a;
	        const c = this.captureTo(DOCTYPE_TERMINATOR);
	        switch (c) {
	            case GREATER: {
	                (_a = this.doctypeHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
	                this.text = "";
	                this.state = S_TEXT;
	                this.doctype = true; // just remember that we saw it.
	                break;
	            }
	            case EOC:
	                break;
	            default:
	                this.text += String.fromCodePoint(c);
	                if (c === OPEN_BRACKET) {
	                    this.state = S_DTD;
	                }
	                else if (isQuote(c)) {
	                    this.state = S_DOCTYPE_QUOTE;
	                    this.q = c;
	                }
	        }
	    }
	    sDoctypeQuote() {
	        const q = this.q;
	        if (this.captureToChar(q)) {
	            this.text += String.fromCodePoint(q);
	            this.q = null;
	            this.state = S_DOCTYPE;
	        }
	    }
	    sDTD() {
	        const c = this.captureTo(DTD_TERMINATOR);
	        if (c === EOC) {
	            return;
	        }
	        this.text += String.fromCodePoint(c);
	        if (c === CLOSE_BRACKET) {
	            this.state = S_DOCTYPE;
	        }
	        else if (c === LESS) {
	            this.state = S_DTD_OPEN_WAKA;
	        }
	        else if (isQuote(c)) {
	            this.state = S_DTD_QUOTED;
	            this.q = c;
	        }
	    }
	    sDTDQuoted() {
	        const q = this.q;
	        if (this.captureToChar(q)) {
	            this.text += String.fromCodePoint(q);
	            this.state = S_DTD;
	            this.q = null;
	        }
	    }
	    sDTDOpenWaka() {
	        const c = this.getCodeNorm();
	        this.text += String.fromCodePoint(c);
	        switch (c) {
	            case BANG:
	                this.state = S_DTD_OPEN_WAKA_BANG;
	                this.openWakaBang = "";
	                break;
	            case QUESTION:
	                this.state = S_DTD_PI;
	                break;
	            default:
	                this.state = S_DTD;
	        }
	    }
	    sDTDOpenWakaBang() {
	        const char = String.fromCodePoint(this.getCodeNorm());
	        const owb = this.openWakaBang += char;
	        this.text += char;
	        if (owb !== "-") {
	            this.state = owb === "--" ? S_DTD_COMMENT : S_DTD;
	            this.openWakaBang = "";
	        }
	    }
	    sDTDComment() {
	        if (this.captureToChar(MINUS)) {
	            this.text += "-";
	            this.state = S_DTD_COMMENT_ENDING;
	        }
	    }
	    sDTDCommentEnding() {
	        const c = this.getCodeNorm();
	        this.text += String.fromCodePoint(c);
	        this.state = c === MINUS ? S_DTD_COMMENT_ENDED : S_DTD_COMMENT;
	    }
	    sDTDCommentEnded() {
	        const c = this.getCodeNorm();
	        this.text += String.fromCodePoint(c);
	        if (c === GREATER) {
	            this.state = S_DTD;
	        }
	        else {
	            this.fail("malformed comment.");
	            // <!-- blah -- bloo --> will be recorded as
	            // a comment of " blah -- bloo "
	            this.state = S_DTD_COMMENT;
	        }
	    }
	    sDTDPI() {
	        if (this.captureToChar(QUESTION)) {
	            this.text += "?";
	            this.state = S_DTD_PI_ENDING;
	        }
	    }
	    sDTDPIEnding() {
	        const c = this.getCodeNorm();
	        this.text += String.fromCodePoint(c);
	        if (c === GREATER) {
	            this.state = S_DTD;
	        }
	    }
	    sText() {
	        //
	        // We did try a version of saxes where the S_TEXT state was split in two
	        // states: one for text inside the root element, and one for text
	        // outside. This was avoiding having to test this.tags.length to decide
	        // what implementation to actually use.
	        //
	        // Peformance testing on gigabyte-size files did not show any advantage to
	        // using the two states solution instead of the current one. Conversely, it
	        // made the code a bit more complicated elsewhere. For instance, a comment
	        // can appear before the root element so when a comment ended it was
	        // necessary to determine whether to return to the S_TEXT state or to the
	        // new text-outside-root state.
	        //
	        if (this.tags.length !== 0) {
	            this.handleTextInRoot();
	        }
	        else {
	            this.handleTextOutsideRoot();
	        }
	    }
	    sEntity() {
	        // This is essentially a specialized version of captureToChar(SEMICOLON...)
	        let { i: start } = this;
	        const { chunk } = this;
	        // eslint-disable-next-line no-labels, no-restricted-syntax
	        loop: 
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            switch (this.getCode()) {
	                case NL_LIKE:
	                    this.entity += `${chunk.slice(start, this.prevI)}\n`;
	                    start = this.i;
	                    break;
	                case SEMICOLON: {
	                    const { entityReturnState } = this;
	                    const entity = this.entity + chunk.slice(start, this.prevI);
	                    this.state = entityReturnState;
	                    let parsed;
	                    if (entity === "") {
	                        this.fail("empty entity name.");
	                        parsed = "&;";
	                    }
	                    else {
	                        parsed = this.parseEntity(entity);
	                        this.entity = "";
	                    }
	                    if (entityReturnState !== S_TEXT || this.textHandler !== undefined) {
	                        this.text += parsed;
	                    }
	                    // eslint-disable-next-line no-labels
	                    break loop;
	                }
	                case EOC:
	                    this.entity += chunk.slice(start);
	                    // eslint-disable-next-line no-labels
	                    break loop;
	            }
	        }
	    }
	    sOpenWaka() {
	        // Reminder: a state handler is called with at least one character
	        // available in the current chunk. So the first call to get code inside of
	        // a state handler cannot return ``EOC``. That's why we don't test
	        // for it.
	        const c = this.getCode();
	        // either a /, ?, !, or text is coming next.
	        if (isNameStartChar(c)) {
	            this.state = S_OPEN_TAG;
	            this.unget();
	            this.xmlDeclPossible = false;
	        }
	        else {
	            switch (c) {
	                case FORWARD_SLASH:
	                    this.state = S_CLOSE_TAG;
	                    this.xmlDeclPossible = false;
	                    break;
	                case BANG:
	                    this.state = S_OPEN_WAKA_BANG;
	                    this.openWakaBang = "";
	                    this.xmlDeclPossible = false;
	                    break;
	                case QUESTION:
	                    this.state = S_PI_FIRST_CHAR;
	                    break;
	                default:
	                    this.fail("disallowed character in tag name");
	                    this.state = S_TEXT;
	                    this.xmlDeclPossible = false;
	            }
	        }
	    }
	    sOpenWakaBang() {
	        this.openWakaBang += String.fromCodePoint(this.getCodeNorm());
	        switch (this.openWakaBang) {
	            case "[CDATA[":
	                if (!this.sawRoot && !this.reportedTextBeforeRoot) {
	                    this.fail("text data outside of root node.");
	                    this.reportedTextBeforeRoot = true;
	                }
	                if (this.closedRoot && !this.reportedTextAfterRoot) {
	                    this.fail("text data outside of root node.");
	                    this.reportedTextAfterRoot = true;
	                }
	                this.state = S_CDATA;
	                this.openWakaBang = "";
	                break;
	            case "--":
	                this.state = S_COMMENT;
	                this.openWakaBang = "";
	                break;
	            case "DOCTYPE":
	                this.state = S_DOCTYPE;
	                if (this.doctype || this.sawRoot) {
	                    this.fail("inappropriately located doctype declaration.");
	                }
	                this.openWakaBang = "";
	                break;
	            default:
	                // 7 happens to be the maximum length of the string that can possibly
	                // match one of the cases above.
	                if (this.openWakaBang.length >= 7) {
	                    this.fail("incorrect syntax.");
	                }
	        }
	    }
	    sComment() {
	        if (this.captureToChar(MINUS)) {
	            this.state = S_COMMENT_ENDING;
	        }
	    }
	    sCommentEnding() {
	        var _a;
	        const c = this.getCodeNorm();
	        if (c === MINUS) {
	            this.state = S_COMMENT_ENDED;
	            (_a = this.commentHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
	            this.text = "";
	        }
	        else {
	            this.text += `-${String.fromCodePoint(c)}`;
	            this.state = S_COMMENT;
	        }
	    }
	    sCommentEnded() {
	        const c = this.getCodeNorm();
	        if (c !== GREATER) {
	            this.fail("malformed comment.");
	            // <!-- blah -- bloo --> will be recorded as
	            // a comment of " blah -- bloo "
	            this.text += `--${String.fromCodePoint(c)}`;
	            this.state = S_COMMENT;
	        }
	        else {
	            this.state = S_TEXT;
	        }
	    }
	    sCData() {
	        if (this.captureToChar(CLOSE_BRACKET)) {
	            this.state = S_CDATA_ENDING;
	        }
	    }
	    sCDataEnding() {
	        const c = this.getCodeNorm();
	        if (c === CLOSE_BRACKET) {
	            this.state = S_CDATA_ENDING_2;
	        }
	        else {
	            this.text += `]${String.fromCodePoint(c)}`;
	            this.state = S_CDATA;
	        }
	    }
	    sCDataEnding2() {
	        var _a;
	        const c = this.getCodeNorm();
	        switch (c) {
	            case GREATER: {
	                (_a = this.cdataHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
	                this.text = "";
	                this.state = S_TEXT;
	                break;
	            }
	            case CLOSE_BRACKET:
	                this.text += "]";
	                break;
	            default:
	                this.text += `]]${String.fromCodePoint(c)}`;
	                this.state = S_CDATA;
	        }
	    }
	    // We need this separate state to check the first character fo the pi target
	    // with this.nameStartCheck which allows less characters than this.nameCheck.
	    sPIFirstChar() {
	        const c = this.getCodeNorm();
	        // This is first because in the case where the file is well-formed this is
	        // the branch taken. We optimize for well-formedness.
	        if (this.nameStartCheck(c)) {
	            this.piTarget += String.fromCodePoint(c);
	            this.state = S_PI_REST;
	        }
	        else if (c === QUESTION || isS(c)) {
	            this.fail("processing instruction without a target.");
	            this.state = c === QUESTION ? S_PI_ENDING : S_PI_BODY;
	        }
	        else {
	            this.fail("disallowed character in processing instruction name.");
	            this.piTarget += String.fromCodePoint(c);
	            this.state = S_PI_REST;
	        }
	    }
	    sPIRest() {
	        // Capture characters into a piTarget while ``this.nameCheck`` run on the
	        // character read returns true.
	        const { chunk, i: start } = this;
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            const c = this.getCodeNorm();
	            if (c === EOC) {
	                this.piTarget += chunk.slice(start);
	                return;
	            }
	            // NL cannot satisfy this.nameCheck so we don't have to test specifically
	            // for it.
	            if (!this.nameCheck(c)) {
	                this.piTarget += chunk.slice(start, this.prevI);
	                const isQuestion = c === QUESTION;
	                if (isQuestion || isS(c)) {
	                    if (this.piTarget === "xml") {
	                        if (!this.xmlDeclPossible) {
	                            this.fail("an XML declaration must be at the start of the document.");
	                        }
	                        this.state = isQuestion ? S_XML_DECL_ENDING : S_XML_DECL_NAME_START;
	                    }
	                    else {
	                        this.state = isQuestion ? S_PI_ENDING : S_PI_BODY;
	                    }
	                }
	                else {
	                    this.fail("disallowed character in processing instruction name.");
	                    this.piTarget += String.fromCodePoint(c);
	                }
	                break;
	            }
	        }
	    }
	    sPIBody() {
	        if (this.text.length === 0) {
	            const c = this.getCodeNorm();
	            if (c === QUESTION) {
	                this.state = S_PI_ENDING;
	            }
	            else if (!isS(c)) {
	                this.text = String.fromCodePoint(c);
	            }
	        }
	        // The question mark character is not valid inside any of the XML
	        // declaration name/value pairs.
	        else if (this.captureToChar(QUESTION)) {
	            this.state = S_PI_ENDING;
	        }
	    }
	    sPIEnding() {
	        var _a;
	        const c = this.getCodeNorm();
	        if (c === GREATER) {
	            const { piTarget } = this;
	            if (piTarget.toLowerCase() === "xml") {
	                this.fail("the XML declaration must appear at the start of the document.");
	            }
	            (_a = this.piHandler) === null || _a === void 0 ? void 0 : _a.call(this, {
	                target: piTarget,
	                body: this.text,
	            });
	            this.piTarget = this.text = "";
	            this.state = S_TEXT;
	        }
	        else if (c === QUESTION) {
	            // We ran into ?? as part of a processing instruction. We initially took
	            // the first ? as a sign that the PI was ending, but it is not. So we have
	            // to add it to the body but we take the new ? as a sign that the PI is
	            // ending.
	            this.text += "?";
	        }
	        else {
	            this.text += `?${String.fromCodePoint(c)}`;
	            this.state = S_PI_BODY;
	        }
	        this.xmlDeclPossible = false;
	    }
	    sXMLDeclNameStart() {
	        const c = this.skipSpaces();
	        // The question mark character is not valid inside any of the XML
	        // declaration name/value pairs.
	        if (c === QUESTION) {
	            // It is valid to go to S_XML_DECL_ENDING from this state.
	            this.state = S_XML_DECL_ENDING;
	            return;
	        }
	        if (c !== EOC) {
	            this.state = S_XML_DECL_NAME;
	            this.name = String.fromCodePoint(c);
	        }
	    }
	    sXMLDeclName() {
	        const c = this.captureTo(XML_DECL_NAME_TERMINATOR);
	        // The question mark character is not valid inside any of the XML
	        // declaration name/value pairs.
	        if (c === QUESTION) {
	            this.state = S_XML_DECL_ENDING;
	            this.name += this.text;
	            this.text = "";
	            this.fail("XML declaration is incomplete.");
	            return;
	        }
	        if (!(isS(c) || c === EQUAL)) {
	            return;
	        }
	        this.name += this.text;
	        this.text = "";
	        if (!this.xmlDeclExpects.includes(this.name)) {
	            switch (this.name.length) {
	                case 0:
	                    this.fail("did not expect any more name/value pairs.");
	                    break;
	                case 1:
	                    this.fail(`expected the name ${this.xmlDeclExpects[0]}.`);
	                    break;
	                default:
	                    this.fail(`expected one of ${this.xmlDeclExpects.join(", ")}`);
	            }
	        }
	        this.state = c === EQUAL ? S_XML_DECL_VALUE_START : S_XML_DECL_EQ;
	    }
	    sXMLDeclEq() {
	        const c = this.getCodeNorm();
	        // The question mark character is not valid inside any of the XML
	        // declaration name/value pairs.
	        if (c === QUESTION) {
	            this.state = S_XML_DECL_ENDING;
	            this.fail("XML declaration is incomplete.");
	            return;
	        }
	        if (isS(c)) {
	            return;
	        }
	        if (c !== EQUAL) {
	            this.fail("value required.");
	        }
	        this.state = S_XML_DECL_VALUE_START;
	    }
	    sXMLDeclValueStart() {
	        const c = this.getCodeNorm();
	        // The question mark character is not valid inside any of the XML
	        // declaration name/value pairs.
	        if (c === QUESTION) {
	            this.state = S_XML_DECL_ENDING;
	            this.fail("XML declaration is incomplete.");
	            return;
	        }
	        if (isS(c)) {
	            return;
	        }
	        if (!isQuote(c)) {
	            this.fail("value must be quoted.");
	            this.q = SPACE;
	        }
	        else {
	            this.q = c;
	        }
	        this.state = S_XML_DECL_VALUE;
	    }
	    sXMLDeclValue() {
	        const c = this.captureTo([this.q, QUESTION]);
	        // The question mark character is not valid inside any of the XML
	        // declaration name/value pairs.
	        if (c === QUESTION) {
	            this.state = S_XML_DECL_ENDING;
	            this.text = "";
	            this.fail("XML declaration is incomplete.");
	            return;
	        }
	        if (c === EOC) {
	            return;
	        }
	        const value = this.text;
	        this.text = "";
	        switch (this.name) {
	            case "version": {
	                this.xmlDeclExpects = ["encoding", "standalone"];
	                const version = value;
	                this.xmlDecl.version = version;
	                // This is the test specified by XML 1.0 but it is fine for XML 1.1.
	                if (!/^1\.[0-9]+$/.test(version)) {
	                    this.fail("version number must match /^1\\.[0-9]+$/.");
	                }
	                // When forceXMLVersion is set, the XML declaration is ignored.
	                else if (!this.opt.forceXMLVersion) {
	                    this.setXMLVersion(version);
	                }
	                break;
	            }
	            case "encoding":
	                if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(value)) {
	                    this.fail("encoding value must match \
	/^[A-Za-z0-9][A-Za-z0-9._-]*$/.");
	                }
	                this.xmlDeclExpects = ["standalone"];
	                this.xmlDecl.encoding = value;
	                break;
	            case "standalone":
	                if (value !== "yes" && value !== "no") {
	                    this.fail("standalone value must match \"yes\" or \"no\".");
	                }
	                this.xmlDeclExpects = [];
	                this.xmlDecl.standalone = value;
	                break;
	            // We don't need to raise an error here since we've already raised one
	            // when checking what name was expected.
	        }
	        this.name = "";
	        this.state = S_XML_DECL_SEPARATOR;
	    }
	    sXMLDeclSeparator() {
	        const c = this.getCodeNorm();
	        // The question mark character is not valid inside any of the XML
	        // declaration name/value pairs.
	        if (c === QUESTION) {
	            // It is valid to go to S_XML_DECL_ENDING from this state.
	            this.state = S_XML_DECL_ENDING;
	            return;
	        }
	        if (!isS(c)) {
	            this.fail("whitespace required.");
	            this.unget();
	        }
	        this.state = S_XML_DECL_NAME_START;
	    }
	    sXMLDeclEnding() {
	        var _a;
	        const c = this.getCodeNorm();
	        if (c === GREATER) {
	            if (this.piTarget !== "xml") {
	                this.fail("processing instructions are not allowed before root.");
	            }
	            else if (this.name !== "version" &&
	                this.xmlDeclExpects.includes("version")) {
	                this.fail("XML declaration must contain a version.");
	            }
	            (_a = this.xmldeclHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.xmlDecl);
	            this.name = "";
	            this.piTarget = this.text = "";
	            this.state = S_TEXT;
	        }
	        else {
	            // We got here because the previous character was a ?, but the question
	            // mark character is not valid inside any of the XML declaration
	            // name/value pairs.
	            this.fail("The character ? is disallowed anywhere in XML declarations.");
	        }
	        this.xmlDeclPossible = false;
	    }
	    sOpenTag() {
	        var _a;
	        const c = this.captureNameChars();
	        if (c === EOC) {
	            return;
	        }
	        const tag = this.tag = {
	            name: this.name,
	            attributes: Object.create(null),
	        };
	        this.name = "";
	        if (this.xmlnsOpt) {
	            this.topNS = tag.ns = Object.create(null);
	        }
	        (_a = this.openTagStartHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
	        this.sawRoot = true;
	        if (!this.fragmentOpt && this.closedRoot) {
	            this.fail("documents may contain only one root.");
	        }
	        switch (c) {
	            case GREATER:
	                this.openTag();
	                break;
	            case FORWARD_SLASH:
	                this.state = S_OPEN_TAG_SLASH;
	                break;
	            default:
	                if (!isS(c)) {
	                    this.fail("disallowed character in tag name.");
	                }
	                this.state = S_ATTRIB;
	        }
	    }
	    sOpenTagSlash() {
	        if (this.getCode() === GREATER) {
	            this.openSelfClosingTag();
	        }
	        else {
	            this.fail("forward-slash in opening tag not followed by >.");
	            this.state = S_ATTRIB;
	        }
	    }
	    sAttrib() {
	        const c = this.skipSpaces();
	        if (c === EOC) {
	            return;
	        }
	        if (isNameStartChar(c)) {
	            this.unget();
	            this.state = S_ATTRIB_NAME;
	        }
	        else if (c === GREATER) {
	            this.openTag();
	        }
	        else if (c === FORWARD_SLASH) {
	            this.state = S_OPEN_TAG_SLASH;
	        }
	        else {
	            this.fail("disallowed character in attribute name.");
	        }
	    }
	    sAttribName() {
	        const c = this.captureNameChars();
	        if (c === EQUAL) {
	            this.state = S_ATTRIB_VALUE;
	        }
	        else if (isS(c)) {
	            this.state = S_ATTRIB_NAME_SAW_WHITE;
	        }
	        else if (c === GREATER) {
	            this.fail("attribute without value.");
	            this.pushAttrib(this.name, this.name);
	            this.name = this.text = "";
	            this.openTag();
	        }
	        else if (c !== EOC) {
	            this.fail("disallowed character in attribute name.");
	        }
	    }
	    sAttribNameSawWhite() {
	        const c = this.skipSpaces();
	        switch (c) {
	            case EOC:
	                return;
	            case EQUAL:
	                this.state = S_ATTRIB_VALUE;
	                break;
	            default:
	                this.fail("attribute without value.");
	                // Should we do this???
	                // this.tag.attributes[this.name] = "";
	                this.text = "";
	                this.name = "";
	                if (c === GREATER) {
	                    this.openTag();
	                }
	                else if (isNameStartChar(c)) {
	                    this.unget();
	                    this.state = S_ATTRIB_NAME;
	                }
	                else {
	                    this.fail("disallowed character in attribute name.");
	                    this.state = S_ATTRIB;
	                }
	        }
	    }
	    sAttribValue() {
	        const c = this.getCodeNorm();
	        if (isQuote(c)) {
	            this.q = c;
	            this.state = S_ATTRIB_VALUE_QUOTED;
	        }
	        else if (!isS(c)) {
	            this.fail("unquoted attribute value.");
	            this.state = S_ATTRIB_VALUE_UNQUOTED;
	            this.unget();
	        }
	    }
	    sAttribValueQuoted() {
	        // We deliberately do not use captureTo here. The specialized code we use
	        // here is faster than using captureTo.
	        const { q, chunk } = this;
	        let { i: start } = this;
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            switch (this.getCode()) {
	                case q:
	                    this.pushAttrib(this.name, this.text + chunk.slice(start, this.prevI));
	                    this.name = this.text = "";
	                    this.q = null;
	                    this.state = S_ATTRIB_VALUE_CLOSED;
	                    return;
	                case AMP:
	                    this.text += chunk.slice(start, this.prevI);
	                    this.state = S_ENTITY;
	                    this.entityReturnState = S_ATTRIB_VALUE_QUOTED;
	                    return;
	                case NL:
	                case NL_LIKE:
	                case TAB:
	                    this.text += `${chunk.slice(start, this.prevI)} `;
	                    start = this.i;
	                    break;
	                case LESS:
	                    this.text += chunk.slice(start, this.prevI);
	                    this.fail("disallowed character.");
	                    return;
	                case EOC:
	                    this.text += chunk.slice(start);
	                    return;
	            }
	        }
	    }
	    sAttribValueClosed() {
	        const c = this.getCodeNorm();
	        if (isS(c)) {
	            this.state = S_ATTRIB;
	        }
	        else if (c === GREATER) {
	            this.openTag();
	        }
	        else if (c === FORWARD_SLASH) {
	            this.state = S_OPEN_TAG_SLASH;
	        }
	        else if (isNameStartChar(c)) {
	            this.fail("no whitespace between attributes.");
	            this.unget();
	            this.state = S_ATTRIB_NAME;
	        }
	        else {
	            this.fail("disallowed character in attribute name.");
	        }
	    }
	    sAttribValueUnquoted() {
	        // We don't do anything regarding EOL or space handling for unquoted
	        // attributes. We already have failed by the time we get here, and the
	        // contract that saxes upholds states that upon failure, it is not safe to
	        // rely on the data passed to event handlers (other than
	        // ``onerror``). Passing "bad" data is not a problem.
	        const c = this.captureTo(ATTRIB_VALUE_UNQUOTED_TERMINATOR);
	        switch (c) {
	            case AMP:
	                this.state = S_ENTITY;
	                this.entityReturnState = S_ATTRIB_VALUE_UNQUOTED;
	                break;
	            case LESS:
	                this.fail("disallowed character.");
	                break;
	            case EOC:
	                break;
	            default:
	                if (this.text.includes("]]>")) {
	                    this.fail("the string \"]]>\" is disallowed in char data.");
	                }
	                this.pushAttrib(this.name, this.text);
	                this.name = this.text = "";
	                if (c === GREATER) {
	                    this.openTag();
	                }
	                else {
	                    this.state = S_ATTRIB;
	                }
	        }
	    }
	    sCloseTag() {
	        const c = this.captureNameChars();
	        if (c === GREATER) {
	            this.closeTag();
	        }
	        else if (isS(c)) {
	            this.state = S_CLOSE_TAG_SAW_WHITE;
	        }
	        else if (c !== EOC) {
	            this.fail("disallowed character in closing tag.");
	        }
	    }
	    sCloseTagSawWhite() {
	        switch (this.skipSpaces()) {
	            case GREATER:
	                this.closeTag();
	                break;
	            case EOC:
	                break;
	            default:
	                this.fail("disallowed character in closing tag.");
	        }
	    }
	    // END OF STATE ENGINE METHODS
	    handleTextInRoot() {
	        // This is essentially a specialized version of captureTo which is optimized
	        // for performing the ]]> check. A previous version of this code, checked
	        // ``this.text`` for the presence of ]]>. It simplified the code but was
	        // very costly when character data contained a lot of entities to be parsed.
	        //
	        // Since we are using a specialized loop, we also keep track of the presence
	        // of ]]> in text data. The sequence ]]> is forbidden to appear as-is.
	        //
	        let { i: start, forbiddenState } = this;
	        const { chunk, textHandler: handler } = this;
	        // eslint-disable-next-line no-labels, no-restricted-syntax
	        scanLoop: 
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            switch (this.getCode()) {
	                case LESS: {
	                    this.state = S_OPEN_WAKA;
	                    if (handler !== undefined) {
	                        const { text } = this;
	                        const slice = chunk.slice(start, this.prevI);
	                        if (text.length !== 0) {
	                            handler(text + slice);
	                            this.text = "";
	                        }
	                        else if (slice.length !== 0) {
	                            handler(slice);
	                        }
	                    }
	                    forbiddenState = FORBIDDEN_START;
	                    // eslint-disable-next-line no-labels
	                    break scanLoop;
	                }
	                case AMP:
	                    this.state = S_ENTITY;
	                    this.entityReturnState = S_TEXT;
	                    if (handler !== undefined) {
	                        this.text += chunk.slice(start, this.prevI);
	                    }
	                    forbiddenState = FORBIDDEN_START;
	                    // eslint-disable-next-line no-labels
	                    break scanLoop;
	                case CLOSE_BRACKET:
	                    switch (forbiddenState) {
	                        case FORBIDDEN_START:
	                            forbiddenState = FORBIDDEN_BRACKET;
	                            break;
	                        case FORBIDDEN_BRACKET:
	                            forbiddenState = FORBIDDEN_BRACKET_BRACKET;
	                            break;
	                        case FORBIDDEN_BRACKET_BRACKET:
	                            break;
	                        default:
	                            throw new Error("impossible state");
	                    }
	                    break;
	                case GREATER:
	                    if (forbiddenState === FORBIDDEN_BRACKET_BRACKET) {
	                        this.fail("the string \"]]>\" is disallowed in char data.");
	                    }
	                    forbiddenState = FORBIDDEN_START;
	                    break;
	                case NL_LIKE:
	                    if (handler !== undefined) {
	                        this.text += `${chunk.slice(start, this.prevI)}\n`;
	                    }
	                    start = this.i;
	                    forbiddenState = FORBIDDEN_START;
	                    break;
	                case EOC:
	                    if (handler !== undefined) {
	                        this.text += chunk.slice(start);
	                    }
	                    // eslint-disable-next-line no-labels
	                    break scanLoop;
	                default:
	                    forbiddenState = FORBIDDEN_START;
	            }
	        }
	        this.forbiddenState = forbiddenState;
	    }
	    handleTextOutsideRoot() {
	        // This is essentially a specialized version of captureTo which is optimized
	        // for a specialized task. We keep track of the presence of non-space
	        // characters in the text since these are errors when appearing outside the
	        // document root element.
	        let { i: start } = this;
	        const { chunk, textHandler: handler } = this;
	        let nonSpace = false;
	        // eslint-disable-next-line no-labels, no-restricted-syntax
	        outRootLoop: 
	        // eslint-disable-next-line no-constant-condition
	        while (true) {
	            const code = this.getCode();
	            switch (code) {
	                case LESS: {
	                    this.state = S_OPEN_WAKA;
	                    if (handler !== undefined) {
	                        const { text } = this;
	                        const slice = chunk.slice(start, this.prevI);
	                        if (text.length !== 0) {
	                            handler(text + slice);
	                            this.text = "";
	                        }
	                        else if (slice.length !== 0) {
	                            handler(slice);
	                        }
	                    }
	                    // eslint-disable-next-line no-labels
	                    break outRootLoop;
	                }
	                case AMP:
	                    this.state = S_ENTITY;
	                    this.entityReturnState = S_TEXT;
	                    if (handler !== undefined) {
	                        this.text += chunk.slice(start, this.prevI);
	                    }
	                    nonSpace = true;
	                    // eslint-disable-next-line no-labels
	                    break outRootLoop;
	                case NL_LIKE:
	                    if (handler !== undefined) {
	                        this.text += `${chunk.slice(start, this.prevI)}\n`;
	                    }
	                    start = this.i;
	                    break;
	                case EOC:
	                    if (handler !== undefined) {
	                        this.text += chunk.slice(start);
	                    }
	                    // eslint-disable-next-line no-labels
	                    break outRootLoop;
	                default:
	                    if (!isS(code)) {
	                        nonSpace = true;
	                    }
	            }
	        }
	        if (!nonSpace) {
	            return;
	        }
	        // We use the reportedTextBeforeRoot and reportedTextAfterRoot flags
	        // to avoid reporting errors for every single character that is out of
	        // place.
	        if (!this.sawRoot && !this.reportedTextBeforeRoot) {
	            this.fail("text data outside of root node.");
	            this.reportedTextBeforeRoot = true;
	        }
	        if (this.closedRoot && !this.reportedTextAfterRoot) {
	            this.fail("text data outside of root node.");
	            this.reportedTextAfterRoot = true;
	        }
	    }
	    pushAttribNS(name, value) {
	        var _a;
	        const { prefix, local } = this.qname(name);
	        const attr = { name, prefix, local, value };
	        this.attribList.push(attr);
	        (_a = this.attributeHandler) === null || _a === void 0 ? void 0 : _a.call(this, attr);
	        if (prefix === "xmlns") {
	            const trimmed = value.trim();
	            if (this.currentXMLVersion === "1.0" && trimmed === "") {
	                this.fail("invalid attempt to undefine prefix in XML 1.0");
	            }
	            this.topNS[local] = trimmed;
	            nsPairCheck(this, local, trimmed);
	        }
	        else if (name === "xmlns") {
	            const trimmed = value.trim();
	            this.topNS[""] = trimmed;
	            nsPairCheck(this, "", trimmed);
	        }
	    }
	    pushAttribPlain(name, value) {
	        var _a;
	        const attr = { name, value };
	        this.attribList.push(attr);
	        (_a = this.attributeHandler) === null || _a === void 0 ? void 0 : _a.call(this, attr);
	    }
	    /**
	     * End parsing. This performs final well-formedness checks and resets the
	     * parser to a clean state.
	     *
	     * @returns this
	     */
	    end() {
	        var _a, _b;
	        if (!this.sawRoot) {
	            this.fail("document must contain a root element.");
	        }
	        const { tags } = this;
	        while (tags.length > 0) {
	            const tag = tags.pop();
	            this.fail(`unclosed tag: ${tag.name}`);
	        }
	        if ((this.state !== S_BEGIN) && (this.state !== S_TEXT)) {
	            this.fail("unexpected end.");
	        }
	        const { text } = this;
	        if (text.length !== 0) {
	            (_a = this.textHandler) === null || _a === void 0 ? void 0 : _a.call(this, text);
	            this.text = "";
	        }
	        this._closed = true;
	        (_b = this.endHandler) === null || _b === void 0 ? void 0 : _b.call(this);
	        this._init();
	        return this;
	    }
	    /**
	     * Resolve a namespace prefix.
	     *
	     * @param prefix The prefix to resolve.
	     *
	     * @returns The namespace URI or ``undefined`` if the prefix is not defined.
	     */
	    resolve(prefix) {
	        var _a, _b;
	        let uri = this.topNS[prefix];
	        if (uri !== undefined) {
	            return uri;
	        }
	        const { tags } = this;
	        for (let index = tags.length - 1; index >= 0; index--) {
	            uri = tags[index].ns[prefix];
	            if (uri !== undefined) {
	                return uri;
	            }
	        }
	        uri = this.ns[prefix];
	        if (uri !== undefined) {
	            return uri;
	        }
	        return (_b = (_a = this.opt).resolvePrefix) === null || _b === void 0 ? void 0 : _b.call(_a, prefix);
	    }
	    /**
	     * Parse a qname into its prefix and local name parts.
	     *
	     * @param name The name to parse
	     *
	     * @returns
	     */
	    qname(name) {
	        // This is faster than using name.split(":").
	        const colon = name.indexOf(":");
	        if (colon === -1) {
	            return { prefix: "", local: name };
	        }
	        const local = name.slice(colon + 1);
	        const prefix = name.slice(0, colon);
	        if (prefix === "" || local === "" || local.includes(":")) {
	            this.fail(`malformed name: ${name}.`);
	        }
	        return { prefix, local };
	    }
	    processAttribsNS() {
	        var _a;
	        const { attribList } = this;
	        const tag = this.tag;
	        {
	            // add namespace info to tag
	            const { prefix, local } = this.qname(tag.name);
	            tag.prefix = prefix;
	            tag.local = local;
	            const uri = tag.uri = (_a = this.resolve(prefix)) !== null && _a !== void 0 ? _a : "";
	            if (prefix !== "") {
	                if (prefix === "xmlns") {
	                    this.fail("tags may not have \"xmlns\" as prefix.");
	                }
	                if (uri === "") {
	                    this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
	                    tag.uri = prefix;
	                }
	            }
	        }
	        if (attribList.length === 0) {
	            return;
	        }
	        const { attributes } = tag;
	        const seen = new Set();
	        // Note: do not apply default ns to attributes:
	        //   http://www.w3.org/TR/REC-xml-names/#defaulting
	        for (const attr of attribList) {
	            const { name, prefix, local } = attr;
	            let uri;
	            let eqname;
	            if (prefix === "") {
	                uri = name === "xmlns" ? XMLNS_NAMESPACE : "";
	                eqname = name;
	            }
	            else {
	                uri = this.resolve(prefix);
	                // if there's any attributes with an undefined namespace,
	                // then fail on them now.
	                if (uri === undefined) {
	                    this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
	                    uri = prefix;
	                }
	                eqname = `{${uri}}${local}`;
	            }
	            if (seen.has(eqname)) {
	                this.fail(`duplicate attribute: ${eqname}.`);
	            }
	            seen.add(eqname);
	            attr.uri = uri;
	            attributes[name] = attr;
	        }
	        this.attribList = [];
	    }
	    processAttribsPlain() {
	        const { attribList } = this;
	        // eslint-disable-next-line prefer-destructuring
	        const attributes = this.tag.attributes;
	        for (const { name, value } of attribList) {
	            if (attributes[name] !== undefined) {
	                this.fail(`duplicate attribute: ${name}.`);
	            }
	            attributes[name] = value;
	        }
	        this.attribList = [];
	    }
	    /**
	     * Handle a complete open tag. This parser code calls this once it has seen
	     * the whole tag. This method checks for well-formeness and then emits
	     * ``onopentag``.
	     */
	    openTag() {
	        var _a;
	        this.processAttribs();
	        const { tags } = this;
	        const tag = this.tag;
	        tag.isSelfClosing = false;
	        // There cannot be any pending text here due to the onopentagstart that was
	        // necessarily emitted before we get here. So we do not check text.
	        (_a = this.openTagHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
	        tags.push(tag);
	        this.state = S_TEXT;
	        this.name = "";
	    }
	    /**
	     * Handle a complete self-closing tag. This parser code calls this once it has
	     * seen the whole tag. This method checks for well-formeness and then emits
	     * ``onopentag`` and ``onclosetag``.
	     */
	    openSelfClosingTag() {
	        var _a, _b, _c;
	        this.processAttribs();
	        const { tags } = this;
	        const tag = this.tag;
	        tag.isSelfClosing = true;
	        // There cannot be any pending text here due to the onopentagstart that was
	        // necessarily emitted before we get here. So we do not check text.
	        (_a = this.openTagHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
	        (_b = this.closeTagHandler) === null || _b === void 0 ? void 0 : _b.call(this, tag);
	        const top = this.tag = (_c = tags[tags.length - 1]) !== null && _c !== void 0 ? _c : null;
	        if (top === null) {
	            this.closedRoot = true;
	        }
	        this.state = S_TEXT;
	        this.name = "";
	    }
	    /**
	     * Handle a complete close tag. This parser code calls this once it has seen
	     * the whole tag. This method checks for well-formeness and then emits
	     * ``onclosetag``.
	     */
	    closeTag() {
	        const { tags, name } = this;
	        // Our state after this will be S_TEXT, no matter what, and we can clear
	        // tagName now.
	        this.state = S_TEXT;
	        this.name = "";
	        if (name === "") {
	            this.fail("weird empty close tag.");
	            this.text += "</>";
	            return;
	        }
	        const handler = this.closeTagHandler;
	        let l = tags.length;
	        while (l-- > 0) {
	            const tag = this.tag = tags.pop();
	            this.topNS = tag.ns;
	            handler === null || handler === void 0 ? void 0 : handler(tag);
	            if (tag.name === name) {
	                break;
	            }
	            this.fail("unexpected close tag.");
	        }
	        if (l === 0) {
	            this.closedRoot = true;
	        }
	        else if (l < 0) {
	            this.fail(`unmatched closing tag: ${name}.`);
	            this.text += `</${name}>`;
	        }
	    }
	    /**
	     * Resolves an entity. Makes any necessary well-formedness checks.
	     *
	     * @param entity The entity to resolve.
	     *
	     * @returns The parsed entity.
	     */
	    parseEntity(entity) {
	        // startsWith would be significantly slower for this test.
	        if (entity[0] !== "#") {
	            const defined = this.ENTITIES[entity];
	            if (defined !== undefined) {
	                return defined;
	            }
	            this.fail(this.isName(entity) ? "undefined entity." :
	                "disallowed character in entity name.");
	            return `&${entity};`;
	        }
	        let num = NaN;
	        if (entity[1] === "x" && /^#x[0-9a-f]+$/i.test(entity)) {
	            num = parseInt(entity.slice(2), 16);
	        }
	        else if (/^#[0-9]+$/.test(entity)) {
	            num = parseInt(entity.slice(1), 10);
	        }
	        // The character reference is required to match the CHAR production.
	        if (!this.isChar(num)) {
	            this.fail("malformed character entity.");
	            return `&${entity};`;
	        }
	        return String.fromCodePoint(num);
	    }
	}
	saxes.SaxesParser = SaxesParser;
	
	return saxes;
}

var saxesExports = requireSaxes();

const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
function openXml(visitor) {
  const parser = new saxesExports.SaxesParser({ xmlns: false, position: false });
  let skippedLines = 0;
  let isBlank = true;
  let isEnding = false;
  let depth = 0;
  let attributeCount = 0;
  let wantedDepth = 0;
  let text = "";
  const toLine = () => parser.line + skippedLines;
  const fail = (reason) => {
    throw new ReportProblem(reason, toLine());
  };
  const addText = (more) => {
    if (text.length < limits.maxXmlTextCharacters) text += more.slice(0, limits.maxXmlTextCharacters - text.length);
  };
  parser.on("error", ({ message }) => {
    if (isEnding) fail(explainEnd(message));
    if (message !== "malformed character entity.") fail(`the XML is broken: ${explainError(message)}`);
  });
  parser.on("doctype", (doctype) => {
    if (doctype.includes("<!ENTITY")) fail("the DOCTYPE declares entities, which are refused: write the report without");
  });
  parser.on("attribute", (attribute) => {
    if (attribute.value.length > limits.maxXmlTextCharacters) attribute.value = attribute.value.slice(0, limits.maxXmlTextCharacters);
    if (++attributeCount > limits.maxXmlAttributes) fail(`an element has more than ${limits.maxXmlAttributes} attributes`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    attributeCount = 0;
    if (++depth > limits.maxXmlDepth) fail(`elements are nested deeper than ${limits.maxXmlDepth} levels`);
    const isWanted = visitor.open(toLocal(name), attributes, toLine());
    if (!isWanted || wantedDepth > 0) return;
    wantedDepth = depth;
    text = "";
    parser.on("text", addText);
    parser.on("cdata", addText);
  });
  parser.on("closetag", ({ name }) => {
    const isWanted = depth-- === wantedDepth;
    if (isWanted) {
      wantedDepth = 0;
      parser.off("text");
      parser.off("cdata");
    }
    visitor.close(toLocal(name), isWanted ? text : "", toLine());
  });
  const gathered = parser;
  const dropRest = () => {
    if (gathered.text.length > limits.maxXmlTextCharacters) gathered.text = gathered.text.slice(0, limits.maxXmlTextCharacters);
  };
  return {
    write(whole) {
      let start = 0;
      if (isBlank) {
        start = whole.search(/[^\s]/);
        const blank = start < 0 ? whole : whole.slice(0, start);
        skippedLines += blank.split("\n").length - 1;
        if (start < 0) return;
        isBlank = false;
      }
      for (; start < whole.length; start += limits.xmlPieceCharacters) {
        parser.write(whole.slice(start, start + limits.xmlPieceCharacters).replace(forbidden, "\uFFFD"));
        dropRest();
      }
    },
    end() {
      if (isBlank) throw new ReportProblem("the file is empty: the tool was stopped before it wrote its report");
      isEnding = true;
      parser.close();
    }
  };
}
function readXmlRoot(head) {
  if (!/^\s*</.test(head)) return void 0;
  let root;
  const isFound = new Error("the outermost element is found");
  const parser = openXml({
    open(name, attributes) {
      root = { name, attributes };
      throw isFound;
    },
    close() {
    }
  });
  try {
    parser.write(head);
  } catch (error) {
    if (error !== isFound && !(error instanceof ReportProblem)) throw error;
  }
  return root;
}
const toLocal = (name) => name.slice(name.indexOf(":") + 1);
function explainEnd(message) {
  const [, name] = /^unclosed tag: (.+)/.exec(message) ?? [];
  const where = name === void 0 ? "within a tag" : `before </${name}>`;
  return `the file ends ${where}: the tool was stopped while it wrote its report, or only a part was kept`;
}
function explainError(message) {
  return explanations[message] ?? message.replace(/\.$/, "");
}
const explanations = {
  "documents may contain only one root.": "a second outermost element begins. Where several reports were joined into one file, list them one by one",
  "text data outside of root node.": "there is text outside the outermost element. Is anything else written to the file?",
  "undefined entity.": "it uses an entity that XML does not define; write & as &amp;",
  "disallowed character in entity name.": "an & is not followed by an entity; write it as &amp;",
  "disallowed character.": "there is a character that cannot stand here; write < as &lt;",
  "unexpected close tag.": "an end tag closes another element than the one that is open"
};

class Hits {
  #marks = [];
  /** `key` is a whole number below 2^52. */
  add(key, isHit2) {
    this.#marks.push(key * 2 + (isHit2 ? 1 : 0));
  }
  get isEmpty() {
    return this.#marks.length === 0;
  }
  count() {
    const marks = Float64Array.from(this.#marks).sort();
    let covered = 0;
    let total = 0;
    for (const [index, mark] of marks.entries()) {
      const next = marks[index + 1];
      if (next !== void 0 && Math.floor(next / 2) === Math.floor(mark / 2)) continue;
      total++;
      covered += mark % 2;
    }
    return { covered, total };
  }
}
class FileHits {
  lines;
  branches;
  functions;
  of(part) {
    this[part] ??= new Hits();
    return this[part];
  }
  toCoverage(file) {
    return {
      file,
      ...this.lines && { lines: this.lines.count() },
      ...this.branches && { branches: this.branches.count() },
      ...this.functions && { functions: this.functions.count() }
    };
  }
}
class Ids {
  #ids = /* @__PURE__ */ new Map();
  of(text, line) {
    const known = this.#ids.get(text);
    if (known !== void 0) return known;
    if (this.#ids.size === maxIds)
      throw new ReportProblem(`more than ${maxIds} branches or functions have names of their own`, line);
    this.#ids.set(text, this.#ids.size);
    return this.#ids.size - 1;
  }
}
const maxIds = 2 ** 20;
function toLine(text, line) {
  if (!/^\d{1,9}$/.test(text)) throw new ReportProblem(`${quote(text)} is not the number of a line`, line);
  return Number(text);
}
function isHit(count, line) {
  if (!/^-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/.test(count)) throw new ReportProblem(`${quote(count)} is not a count`, line);
  return Number(count) > 0;
}
function quote(text) {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}\u2026` : text);
}

const clover = {
  name: "Clover",
  recognizes(head) {
    const root = readXmlRoot(head);
    if (root?.name !== "coverage" || root.attributes["line-rate"] !== void 0) return false;
    return root.attributes.clover !== void 0 || root.attributes.generated !== void 0 || /<project\b/.test(head);
  },
  open(emit) {
    const open = [];
    let file = {};
    return openXml({
      open(name, attributes, line) {
        if (name === "file") file = { file: attributes.path ?? attributes.name ?? "" };
        else if (name === "metrics" && open.at(-1) === "file") file = { ...file, ...toCoverage$3(attributes, line) };
        open.push(name);
        return false;
      },
      close(name) {
        open.pop();
        if (name === "file" && !open.includes("testproject")) emit(file);
      }
    });
  }
};
function toCoverage$3(metrics, line) {
  return {
    ...toPart$2("lines", metrics.statements, metrics.coveredstatements, line),
    ...toPart$2("branches", metrics.conditionals, metrics.coveredconditionals, line),
    ...toPart$2("functions", metrics.methods, metrics.coveredmethods, line)
  };
}
function toPart$2(part, total = "0", covered = "0", line) {
  for (const text of [total, covered]) {
    if (!/^\d+$/.test(text)) throw new ReportProblem(`${quote(text)} is not a count`, line);
  }
  return Number(total) === 0 ? {} : { [part]: { covered: Number(covered), total: Number(total) } };
}

const cobertura = {
  name: "Cobertura",
  recognizes(head) {
    const root = readXmlRoot(head);
    if (root?.name !== "coverage") return false;
    return root.attributes["line-rate"] !== void 0 || /<(?:sources|packages)\b/.test(head);
  },
  open(emit) {
    const report = new Report();
    const xml = openXml({
      open: (name, attributes, line) => {
        report.open(name, attributes, line);
        return false;
      },
      close: (name) => report.close(name)
    });
    return {
      write: (text) => xml.write(text),
      end() {
        xml.end();
        for (const coverage of report.files()) emit(coverage);
      }
    };
  }
};
class Report {
  #files = /* @__PURE__ */ new Map();
  #ids = new Ids();
  #root = {};
  #classes = 0;
  #file = new FileHits();
  #fileName = "";
  /** The method that is open, and whether its lines, or Istanbul's `hits`, say that it was called. */
  #method;
  open(name, attributes, line) {
    if (name === "coverage") this.#root = attributes;
    else if (name === "class") this.#openClass(attributes);
    else if (name === "method") {
      const { name: method = "", signature = "", hits } = attributes;
      const key = `${attributes.line ?? ""} ${this.#classes} ${method} ${signature}`;
      this.#method = { key, hits: hits === void 0 ? [] : [isHit(hits, line)] };
    } else if (name === "line") this.#readLine(attributes, line);
  }
  close(name) {
    if (name !== "method" || this.#method === void 0) return;
    const { key, hits } = this.#method;
    const isCovered = this.#fileName.endsWith(".php") ? !hits.includes(false) : hits.includes(true);
    if (hits.length > 0) this.#file.of("functions").add(this.#ids.of(key, 0), isCovered);
    this.#method = void 0;
  }
  #openClass({ filename, name = "" }) {
    this.#classes++;
    this.#fileName = filename ?? name;
    this.#file = this.#files.get(this.#fileName) ?? new FileHits();
    this.#files.set(this.#fileName, this.#file);
  }
  #readLine({ number = "", hits = "", "condition-coverage": condition }, line) {
    const at = toLine(number, line);
    const wasHit = isHit(hits, line);
    if (this.#method !== void 0) {
      if (this.#method.hits.length === 0 || this.#fileName.endsWith(".php")) this.#method.hits.push(wasHit);
      return;
    }
    this.#file.of("lines").add(at, wasHit);
    if (condition === void 0) return;
    const [, covered, total] = /\((\d{1,6})\/(\d{1,6})\)/.exec(condition) ?? [];
    if (covered === void 0)
      throw new ReportProblem(`condition-coverage ${quote(condition)} is not like "50% (1/2)"`, line);
    for (let branch = 0; branch < Number(total); branch++) {
      this.#file.of("branches").add(at * maxIds + branch, branch < Number(covered));
    }
  }
  *files() {
    const sum = { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 } };
    for (const [file, hits] of this.#files) {
      const coverage = hits.toCoverage(file);
      for (const part of ["lines", "branches"]) {
        sum[part].covered += coverage[part]?.covered ?? 0;
        sum[part].total += coverage[part]?.total ?? 0;
      }
      yield coverage;
    }
    if (this.#classes > this.#files.size) return;
    const lines = this.#rest("lines", sum.lines);
    const branches = this.#rest("branches", sum.branches);
    if (lines !== void 0 || branches !== void 0) yield { ...lines && { lines }, ...branches && { branches } };
  }
  /** What the root counts and no line says. */
  #rest(part, sum) {
    const covered = Number(this.#root[`${part}-covered`]) - sum.covered;
    const total = Number(this.#root[`${part}-valid`]) - sum.total;
    return total > 0 && covered >= 0 && covered <= total ? { covered, total } : void 0;
  }
}

const summary$2 = index.object({
  covered_lines: index.number(),
  num_statements: index.number(),
  covered_branches: index.optional(index.number()),
  num_branches: index.optional(index.number())
});
const fileReport = index.object({
  summary: summary$2,
  functions: index.optional(index.record(index.string(), index.object({ summary: index.object({ covered_lines: index.number() }) })))
});
const coveragePy = jsonFormat({
  name: "coverage.py's JSON",
  matches: (sample) => shared.isObject(sample) && (shared.isObject(sample.meta) && "branch_coverage" in sample.meta || shared.isObject(sample.totals) && "num_statements" in sample.totals),
  schema: index.object({ files: index.record(index.string(), fileReport) }),
  read: ({ files }) => Object.entries(files).map(([file, report]) => ({ file, ...toCoverage$2(report) }))
});
function toCoverage$2({ summary: summary2, functions = {} }) {
  const { covered_lines, num_statements, covered_branches = 0, num_branches } = summary2;
  const named = Object.entries(functions).filter(([name]) => name !== "");
  const called = named.filter(([, { summary: summary3 }]) => summary3.covered_lines > 0);
  return {
    lines: { covered: covered_lines, total: num_statements },
    ...num_branches === void 0 ? {} : { branches: { covered: covered_branches, total: num_branches } },
    ...named.length === 0 ? {} : { functions: { covered: called.length, total: named.length } }
  };
}

const counts = index.object({
  filename: index.string(),
  line_total: index.number(),
  line_covered: index.number(),
  branch_total: index.number(),
  branch_covered: index.number(),
  function_total: index.optional(index.number()),
  function_covered: index.optional(index.number())
});
const gcovrSummary = jsonFormat({
  name: "gcovr's summary",
  matches: (sample) => shared.isObject(sample) && "gcovr/summary_format_version" in sample,
  schema: index.object({ files: index.array(counts) }),
  read: ({ files }) => files.map(toCoverage$1)
});
function toCoverage$1(file) {
  const { function_total, function_covered = 0 } = file;
  return {
    file: file.filename,
    lines: { covered: file.line_covered, total: file.line_total },
    branches: { covered: file.branch_covered, total: file.branch_total },
    ...function_total === void 0 ? {} : { functions: { covered: function_covered, total: function_total } }
  };
}

function readLines(take, finish) {
  let begun = [];
  let number = 0;
  const handOver = (end) => {
    const line = begun.length === 0 ? end : begun.join("") + end;
    begun = [];
    take(line.endsWith("\r") ? line.slice(0, -1) : line, ++number);
  };
  return {
    write(text) {
      let from = 0;
      for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
        handOver(text.slice(from, to));
        from = to + 1;
      }
      if (from < text.length) begun.push(text.slice(from));
    },
    end() {
      if (begun.length > 0) handOver("");
      finish();
    }
  };
}

const goProfile = {
  name: "Go's cover profile",
  recognizes: (head) => /^\s*mode: (?:set|count|atomic)\s/.test(head),
  open(emit) {
    const files = /* @__PURE__ */ new Map();
    return readLines(
      (text, line) => {
        if (text.trim() === "" || text.startsWith("mode: ")) return;
        const [, file, block, statements, count] = /^(.+):(\d+\.\d+,\d+\.\d+) (\d{1,9}) (\d+)$/.exec(text.trim()) ?? [];
        if (file === void 0 || block === void 0) {
          throw new ReportProblem(`${quote(text)} is not a block like "file.go:1.2,3.4 5 6"`, line);
        }
        const blocks = files.get(file) ?? /* @__PURE__ */ new Map();
        files.set(file, blocks);
        const known = blocks.get(block) ?? { statements: Number(statements), isCovered: false };
        known.isCovered ||= Number(count) > 0;
        blocks.set(block, known);
      },
      () => {
        for (const [file, blocks] of files) {
          const lines = { covered: 0, total: 0 };
          for (const { statements, isCovered } of blocks.values()) {
            lines.total += statements;
            if (isCovered) lines.covered += statements;
          }
          emit({ file, lines });
        }
      }
    );
  }
};

const fileCoverage = index.object({
  path: index.optional(index.string()),
  statementMap: index.record(index.string(), index.object({ start: index.object({ line: index.number() }) })),
  s: index.record(index.string(), index.number()),
  f: index.record(index.string(), index.number()),
  b: index.record(index.string(), index.array(index.number()))
});
const istanbulFiles = jsonFormat({
  name: "Istanbul's JSON",
  matches: (sample) => shared.isObject(sample) && Object.values(sample).some((file) => shared.isObject(file) && "statementMap" in file),
  schema: index.record(index.string(), fileCoverage),
  read: (report) => Object.entries(report).map(([file, coverage]) => toCoverage(file, coverage))
});
function toCoverage(file, { path, statementMap, s, f, b }) {
  const lines = /* @__PURE__ */ new Map();
  for (const [id, { start }] of Object.entries(statementMap)) {
    lines.set(start.line, Math.max(lines.get(start.line) ?? 0, s[id] ?? 0));
  }
  return {
    file: path ?? file,
    lines: toCount$1([...lines.values()]),
    branches: toCount$1(Object.values(b).flat()),
    functions: toCount$1(Object.values(f))
  };
}
const toCount$1 = (hits) => ({
  covered: hits.filter((count) => count > 0).length,
  total: hits.length
});

const count$1 = index.object({ total: index.number(), covered: index.number() });
const summary$1 = index.object({ lines: index.optional(count$1), branches: index.optional(count$1), functions: index.optional(count$1) });
const istanbulSummary = jsonFormat({
  name: "Istanbul's summary",
  matches: (sample) => shared.isObject(sample) && shared.isObject(sample.total) && ["lines", "statements", "branches", "functions"].some((part) => {
    const total = shared.isObject(sample.total) ? sample.total[part] : void 0;
    return shared.isObject(total) && "covered" in total;
  }),
  schema: index.record(index.string(), summary$1),
  read: function* (report) {
    const files = Object.entries(report).filter(([file]) => file !== "total");
    if (files.length === 0) yield toParts$1(report.total ?? {});
    for (const [file, parts] of files) yield { file, ...toParts$1(parts) };
  }
});
function toParts$1({ lines, branches, functions }) {
  return { ...toPart$1("lines", lines), ...toPart$1("branches", branches), ...toPart$1("functions", functions) };
}
function toPart$1(name, part) {
  return part === void 0 ? {} : { [name]: { covered: part.covered, total: part.total } };
}

const parts$1 = {
  LINE: "lines",
  BRANCH: "branches",
  METHOD: "functions"
};
const jacoco = {
  name: "JaCoCo",
  recognizes(head) {
    return readXmlRoot(head)?.name === "report" && /<(?:sessioninfo|group|package|counter)\b/.test(head);
  },
  open(emit) {
    const open = [];
    let packageName = "";
    let coverage = {};
    return openXml({
      open(name, attributes, line) {
        const parent = open.at(-1);
        open.push({ name, attributes });
        if (name === "package") packageName = attributes.name ?? "";
        else if (isUnit(name, attributes)) coverage = {};
        const part = name === "counter" ? parts$1[attributes.type ?? ""] : void 0;
        if (part !== void 0 && parent !== void 0 && isUnit(parent.name, parent.attributes)) {
          coverage[part] = toCount(attributes, line);
        }
        return false;
      },
      close(name) {
        const attributes = open.pop()?.attributes ?? {};
        if (!isUnit(name, attributes)) return;
        const path = name === "class" || packageName === "" ? "" : `${packageName}/`;
        emit({ file: `${path}${attributes.name ?? ""}`, ...coverage });
      }
    });
  }
};
function isUnit(name, { sourcefilename }) {
  return name === "sourcefile" || name === "class" && sourcefilename === void 0;
}
function toCount({ missed = "", covered = "" }, line) {
  for (const text of [missed, covered]) {
    if (!/^\d+$/.test(text)) throw new ReportProblem(`${quote(text)} is not a count`, line);
  }
  return { covered: Number(covered), total: Number(missed) + Number(covered) };
}

const lcov = {
  name: "lcov",
  recognizes: (head) => /^(?:[^\S\n]*(?:(?:#|TN:|VER:)[^\n]*)?\n)*SF:/.test(head),
  open(emit) {
    const files = /* @__PURE__ */ new Map();
    const ids = new Ids();
    let section;
    let last = 0;
    return readLines(
      (text, line) => {
        last = line;
        const [, kind = "", value = ""] = /^\s*([A-Za-z_]+):?(.*)$/s.exec(text) ?? [];
        if (kind === "SF") {
          if (section !== void 0)
            throw new ReportProblem("a file begins before the one above has ended (end_of_record)", line);
          const hits = files.get(value) ?? new FileHits();
          files.set(value, hits);
          section = { hits, ids, seen: /* @__PURE__ */ new Map(), aliases: /* @__PURE__ */ new Map() };
        } else if (kind === "end_of_record") section = void 0;
        else if (section !== void 0 && Object.hasOwn(readers, kind)) readers[kind]?.(value, section, line);
      },
      () => {
        if (section !== void 0)
          throw new ReportProblem("it ends within a file: the tool that writes it did not finish", last);
        for (const [file, hits] of files) emit(hits.toCoverage(file));
      }
    );
  }
};
const readers = {
  DA(value, { hits }, line) {
    const [at = "", count = ""] = split(value, /^([^,]*),([^,]*)/, line);
    hits.of("lines").add(toLine(at, line), isHit(count, line));
  },
  BRDA(value, { hits, ids }, line) {
    const [at = "", branch = "", taken = ""] = split(value, /^([^,]*),e?(.*),([^,]*)$/s, line);
    const isTaken = taken !== "-" && isHit(taken, line);
    hits.of("branches").add(toLine(at, line) * maxIds + ids.of(branch, line), isTaken);
  },
  FN(value, section, line) {
    const [name = ""] = split(value, /^\d+,(?:\d+,)?(.*)$/s, line);
    section.hits.of("functions").add(toFunction("FN", name, section, line), false);
  },
  FNDA(value, section, line) {
    const [count = "", name = ""] = split(value, /^([^,]*),(.*)$/s, line);
    section.hits.of("functions").add(toFunction("FNDA", name, section, line), isHit(count, line));
  },
  FNL(value, { aliases, ids }, line) {
    const [index = "", at = ""] = split(value, /^([^,]*),([^,]*)/, line);
    aliases.set(index, ids.of(`at ${at}`, line));
  },
  FNA(value, { hits, aliases }, line) {
    const [index = "", count = ""] = split(value, /^([^,]*),([^,]*)/, line);
    const alias = aliases.get(index);
    if (alias === void 0) throw new ReportProblem(`FNA:${quote(index)} has no FNL before it`, line);
    hits.of("functions").add(alias, isHit(count, line));
  },
  LF: (_, { hits }) => void hits.of("lines"),
  BRF: (_, { hits }) => void hits.of("branches"),
  FNF: (_, { hits }) => void hits.of("functions")
};
function split(value, pattern, line) {
  const found = pattern.exec(value);
  if (found === null) throw new ReportProblem(`${quote(value)} is not as lcov writes it`, line);
  return found.slice(1);
}
function toFunction(kind, name, { seen, ids }, line) {
  const count = (seen.get(`${kind} ${name}`) ?? 0) + 1;
  seen.set(`${kind} ${name}`, count);
  return ids.of(`${count} ${name}`, line);
}

const count = index.pipe(
  index.object({ count: index.number(), covered: index.number() }),
  index.transform(({ count: count2, covered }) => ({ covered, total: count2 }))
);
const summary = index.object({ lines: count, branches: index.optional(count), functions: count });
const llvmCov = jsonFormat({
  name: "llvm-cov's JSON",
  matches(sample) {
    if (!shared.isObject(sample) || !Array.isArray(sample.data)) return false;
    const [data] = sample.data;
    return shared.isObject(data) && (Array.isArray(data.files) || shared.isObject(data.totals));
  },
  schema: index.object({ data: index.array(index.object({ files: index.array(index.object({ filename: index.string(), summary })) })) }),
  read: ({ data }) => data.flatMap(({ files }) => files.map(({ filename, summary: summary2 }) => ({ file: filename, ...toParts(summary2) })))
});
function toParts({ lines, branches, functions }) {
  return { lines, ...branches === void 0 || branches.total === 0 ? {} : { branches }, functions };
}

const lines = index.array(index.nullable(index.union([index.number(), index.literal("ignored")])));
const coverage = index.record(index.string(), index.union([lines, index.object({ lines })]));
const result = index.object({ coverage });
const simplecov = jsonFormat({
  name: "SimpleCov",
  matches: (sample) => shared.isObject(sample) && (isResult(sample) || Object.values(sample).some(isResult)),
  schema: index.union([result, index.record(index.string(), result)]),
  *read(report) {
    const results = isSingle(report) ? [report] : Object.values(report);
    const files = /* @__PURE__ */ new Map();
    for (const { coverage: coverage2 } of results) {
      for (const [file, counts] of Object.entries(coverage2)) {
        const hits = files.get(file) ?? new FileHits();
        files.set(file, hits);
        for (const [index, count] of (Array.isArray(counts) ? counts : counts.lines).entries()) {
          if (typeof count === "number") hits.of("lines").add(index + 1, count > 0);
        }
      }
    }
    for (const [file, hits] of files) yield hits.toCoverage(file);
  }
});
const isSingle = (report) => index.is(result, report);
function isResult(json) {
  if (!shared.isObject(json) || !shared.isObject(json.coverage)) return false;
  return Object.values(json.coverage).some(
    (file) => Array.isArray(file) || shared.isObject(file) && Array.isArray(file.lines)
  );
}

const coverageFormats = [
  lcov,
  cobertura,
  jacoco,
  clover,
  goProfile,
  istanbulSummary,
  istanbulFiles,
  coveragePy,
  llvmCov,
  gcovrSummary,
  simplecov
];

var papaparse$1 = {exports: {}};

/* @license
Papa Parse
v5.7.1
https://github.com/mholt/PapaParse
License: MIT
*/
var papaparse = papaparse$1.exports;

var hasRequiredPapaparse;

function requirePapaparse () {
	if (hasRequiredPapaparse) return papaparse$1.exports;
	hasRequiredPapaparse = 1;
	(function (module, exports) {
		(function(root, factory)
		{
			/* globals define */
			{
				// Node. Does not work with strict CommonJS, but
				// only CommonJS-like environments that support module.exports,
				// like Node.
				module.exports = factory();
			}
			// in strict mode we cannot access arguments.callee, so we need a named reference to
			// stringify the factory method for the blob worker
			// eslint-disable-next-line func-name
		}(papaparse, function moduleFactory()
		{

			var global = (function() {
				// alternative method, similar to `Function('return this')()`
				// but without using `eval` (which is disabled when
				// using Content Security Policy).

				if (typeof self !== 'undefined') { return self; }
				if (typeof window !== 'undefined') { return window; }
				if (typeof global !== 'undefined') { return global; }

				// When running tests none of the above have been defined
				return {};
			})();


			function getWorkerBlob() {
				var URL = global.URL || global.webkitURL || null;
				var code = moduleFactory.toString();
				return Papa.BLOB_URL || (Papa.BLOB_URL = URL.createObjectURL(new Blob(["var global = (function() { if (typeof self !== 'undefined') { return self; } if (typeof window !== 'undefined') { return window; } if (typeof global !== 'undefined') { return global; } return {}; })(); global.IS_PAPA_WORKER=true; ", '(', code, ')();'], {type: 'text/javascript'})));
			}

			var IS_WORKER = !global.document && !!global.postMessage,
				IS_PAPA_WORKER = global.IS_PAPA_WORKER || false;

			var workers = {}, workerIdCounter = 0;

			var Papa = {};

			Papa.parse = CsvToJson;
			Papa.unparse = JsonToCsv;

			Papa.RECORD_SEP = String.fromCharCode(30);
			Papa.UNIT_SEP = String.fromCharCode(31);
			Papa.BYTE_ORDER_MARK = '\ufeff';
			Papa.BAD_DELIMITERS = ['\r', '\n', '"', Papa.BYTE_ORDER_MARK];
			Papa.WORKERS_SUPPORTED = !IS_WORKER && !!global.Worker;
			Papa.NODE_STREAM_INPUT = 1;

			// Configurable chunk sizes for local and remote files, respectively
			Papa.LocalChunkSize = 1024 * 1024 * 10;	// 10 MB
			Papa.RemoteChunkSize = 1024 * 1024 * 5;	// 5 MB
			Papa.DefaultDelimiter = ',';			// Used if not specified and detection fails

			// Exposed for testing and development only
			Papa.Parser = Parser;
			Papa.ParserHandle = ParserHandle;
			Papa.NetworkStreamer = NetworkStreamer;
			Papa.FileStreamer = FileStreamer;
			Papa.StringStreamer = StringStreamer;
			Papa.ReadableStreamStreamer = ReadableStreamStreamer;
			if (typeof PAPA_BROWSER_CONTEXT === 'undefined') {
				Papa.DuplexStreamStreamer = DuplexStreamStreamer;
			}

			if (IS_PAPA_WORKER)
			{
				global.onmessage = workerThreadReceivedMessage;
			}

			// Strip character from UTF-8 BOM encoded files that cause issue parsing the file
			function stripBom(string) {
				if (string.charCodeAt(0) === 0xfeff) {
					return string.slice(1);
				}
				return string;
			}

			function CsvToJson(_input, _config)
			{
				_config = _config || {};
				var dynamicTyping = _config.dynamicTyping || false;
				if (isFunction(dynamicTyping)) {
					_config.dynamicTypingFunction = dynamicTyping;
					// Will be filled on first row call
					dynamicTyping = {};
				}
				_config.dynamicTyping = dynamicTyping;

				_config.transform = isFunction(_config.transform) ? _config.transform : false;

				if (_config.downloadTimeout !== undefined)
				{
					var downloadTimeout = parseInt(_config.downloadTimeout);
					if (isNaN(downloadTimeout))
					{
						throw new Error('Config downloadTimeout value (' + _config.downloadTimeout + ') not parsable by parseInt(val).');
					}
					_config.downloadTimeout = downloadTimeout;
				}

				if (_config.worker && Papa.WORKERS_SUPPORTED)
				{
					var w = newWorker();

					w.userStep = _config.step;
					w.userChunk = _config.chunk;
					w.userComplete = _config.complete;
					w.userError = _config.error;

					_config.step = isFunction(_config.step);
					_config.chunk = isFunction(_config.chunk);
					_config.complete = isFunction(_config.complete);
					_config.error = isFunction(_config.error);
					delete _config.worker;	// prevent infinite loop

					w.postMessage({
						input: _input,
						config: _config,
						workerId: w.id
					});

					return;
				}

				var streamer = null;
				if (_input === Papa.NODE_STREAM_INPUT && typeof PAPA_BROWSER_CONTEXT === 'undefined')
				{
					// create a node Duplex stream for use
					// with .pipe
					streamer = new DuplexStreamStreamer(_config);
					return streamer.getStream();
				}
				else if (typeof _input === 'string')
				{
					_input = stripBom(_input);
					if (_config.download)
						streamer = new NetworkStreamer(_config);
					else
						streamer = new StringStreamer(_config);
				}
				else if (_input.readable === true && isFunction(_input.read) && isFunction(_input.on))
				{
					streamer = new ReadableStreamStreamer(_config);
				}
				else if ((global.File && _input instanceof File) || _input instanceof Object)	// ...Safari. (see issue #106)
					streamer = new FileStreamer(_config);

				return streamer.stream(_input);
			}






			function JsonToCsv(_input, _config)
			{
				// Default configuration

				/** whether to surround every datum with quotes */
				var _quotes = false;

				/** whether to write headers */
				var _writeHeader = true;

				/** delimiting character(s) */
				var _delimiter = ',';

				/** newline character(s) */
				var _newline = '\r\n';

				/** quote character */
				var _quoteChar = '"';

				/** escaped quote character, either "" or <config.escapeChar>" */
				var _escapedQuote = _quoteChar + _quoteChar;

				/** whether to skip empty lines */
				var _skipEmptyLines = false;

				/** the columns (keys) we expect when we unparse objects */
				var _columns = null;

				/** whether to prevent outputting cells that can be parsed as formulae by spreadsheet software (Excel and LibreOffice) */
				var _escapeFormulae = false;

				unpackConfig();

				var quoteCharRegex = new RegExp(escapeRegExp(_quoteChar), 'g');

				if (typeof _input === 'string')
					_input = JSON.parse(_input);

				if (Array.isArray(_input))
				{
					if (!_input.length)
						return serialize(_columns, _input, _skipEmptyLines);
					else if (Array.isArray(_input[0]))
						return serialize(null, _input, _skipEmptyLines);
					else if (typeof _input[0] === 'object')
						return serialize(_columns || Object.keys(_input[0]), _input, _skipEmptyLines);
				}
				else if (typeof _input === 'object')
				{
					if (typeof _input.data === 'string')
						_input.data = JSON.parse(_input.data);

					if (Array.isArray(_input.data))
					{
						if (!_input.fields)
							_input.fields = _input.meta && _input.meta.fields || _columns;

						if (!_input.fields)
							_input.fields =  Array.isArray(_input.data[0])
								? _input.fields
								: typeof _input.data[0] === 'object'
									? Object.keys(_input.data[0])
									: [];

						if (!(Array.isArray(_input.data[0])) && typeof _input.data[0] !== 'object')
							_input.data = [_input.data];	// handles input like [1,2,3] or ['asdf']
					}

					return serialize(_input.fields || [], _input.data || [], _skipEmptyLines);
				}

				// Default (any valid paths should return before this)
				throw new Error('Unable to serialize unrecognized input');


				function unpackConfig()
				{
					if (typeof _config !== 'object')
						return;

					if (typeof _config.delimiter === 'string'
		                && !Papa.BAD_DELIMITERS.filter(function(value) { return _config.delimiter.indexOf(value) !== -1; }).length)
					{
						_delimiter = _config.delimiter;
					}

					if (typeof _config.quotes === 'boolean'
						|| typeof _config.quotes === 'function'
						|| Array.isArray(_config.quotes))
						_quotes = _config.quotes;

					if (typeof _config.skipEmptyLines === 'boolean'
						|| typeof _config.skipEmptyLines === 'string')
						_skipEmptyLines = _config.skipEmptyLines;

					if (typeof _config.newline === 'string')
						_newline = _config.newline;

					if (typeof _config.quoteChar === 'string') {
						_quoteChar = _config.quoteChar;
						_escapedQuote = _quoteChar + _quoteChar;
					}

					if (typeof _config.header === 'boolean')
						_writeHeader = _config.header;

					if (Array.isArray(_config.columns)) {

						if (_config.columns.length === 0) throw new Error('Option columns is empty');

						_columns = _config.columns;
					}

					if (_config.escapeChar !== undefined) {
						_escapedQuote = _config.escapeChar + _quoteChar;
					}

					if (_config.escapeFormulae instanceof RegExp) {
						_escapeFormulae = _config.escapeFormulae;
					} else if (typeof _config.escapeFormulae === 'boolean' && _config.escapeFormulae) {
						_escapeFormulae =  /^[=+\-@\t\r].*$/;
					}
				}

				/** The double for loop that iterates the data and writes out a CSV string including header row */
				function serialize(fields, data, skipEmptyLines)
				{
					var csv = '';

					if (typeof fields === 'string')
						fields = JSON.parse(fields);
					if (typeof data === 'string')
						data = JSON.parse(data);

					var hasHeader = Array.isArray(fields) && fields.length > 0;
					var dataKeyedByField = !(Array.isArray(data[0]));

					// If there a header row, write it first
					if (hasHeader && _writeHeader)
					{
						for (var i = 0; i < fields.length; i++)
						{
							if (i > 0)
								csv += _delimiter;
							csv += safe(fields[i], i);
						}
						if (data.length > 0)
							csv += _newline;
					}

					// Then write out the data
					for (var row = 0; row < data.length; row++)
					{
						var maxCol = hasHeader ? fields.length : data[row].length;

						var emptyLine = false;
						var nullLine = hasHeader ? Object.keys(data[row]).length === 0 : data[row].length === 0;
						if (skipEmptyLines && !hasHeader)
						{
							emptyLine = skipEmptyLines === 'greedy' ? data[row].join('').trim() === '' : data[row].length === 1 && (data[row][0] === null || data[row][0] === undefined || data[row][0].length === 0);
						}
						if (skipEmptyLines === 'greedy' && hasHeader) {
							var line = [];
							for (var c = 0; c < maxCol; c++) {
								var cx = dataKeyedByField ? fields[c] : c;
								line.push(data[row][cx]);
							}
							emptyLine = line.join('').trim() === '';
						}
						if (!emptyLine)
						{
							for (var col = 0; col < maxCol; col++)
							{
								if (col > 0 && !nullLine)
									csv += _delimiter;
								var colIdx = hasHeader && dataKeyedByField ? fields[col] : col;
								csv += safe(data[row][colIdx], col);
							}
							if (row < data.length - 1 && (!skipEmptyLines || (maxCol > 0 && !nullLine)))
							{
								csv += _newline;
							}
						}
					}
					return csv;
				}

				/** Encloses a value around quotes if needed (makes a value safe for CSV insertion) */
				function safe(str, col)
				{
					if (typeof str === 'undefined' || str === null)
						return '';

					if (str.constructor === Date)
					{
						// Return empty string for invalid dates
						if (isNaN(str.getTime()))
							return '';
						return str.toISOString();
					}

					var needsQuotes = false;
					var strValue = str.toString();

					// Exclude numeric and boolean primitives, but check the serialized text of objects.
					if (_escapeFormulae && typeof str !== 'number' && typeof str !== 'bigint' // eslint-disable-line valid-typeof
						&& typeof str !== 'boolean' && _escapeFormulae.test(strValue)) {
						strValue = "'" + strValue;
						str = strValue;
						needsQuotes = true;
					}
					var escapedQuoteStr = strValue.replace(quoteCharRegex, _escapedQuote);

					needsQuotes = needsQuotes
									|| _quotes === true
									|| (typeof _quotes === 'function' && _quotes(str, col))
									|| (Array.isArray(_quotes) && _quotes[col])
									|| hasAny(escapedQuoteStr, Papa.BAD_DELIMITERS)
									|| escapedQuoteStr.indexOf(_delimiter) > -1
									|| strValue.indexOf(_quoteChar) > -1
									|| escapedQuoteStr.charAt(0) === ' '
									|| escapedQuoteStr.charAt(escapedQuoteStr.length - 1) === ' ';

					return needsQuotes ? _quoteChar + escapedQuoteStr + _quoteChar : escapedQuoteStr;
				}

				function hasAny(str, substrings)
				{
					for (var i = 0; i < substrings.length; i++)
						if (str.indexOf(substrings[i]) > -1)
							return true;
					return false;
				}
			}


			/** ChunkStreamer is the base prototype for various streamer implementations. */
			function ChunkStreamer(config)
			{
				this._handle = null;
				this._finished = false;
				this._completed = false;
				this._halted = false;
				this._input = null;
				this._baseIndex = 0;
				this._partialLine = '';
				this._rowCount = 0;
				this._start = 0;
				this._nextChunk = null;
				this.isFirstChunk = true;
				this._completeResults = {
					data: [],
					errors: [],
					meta: {}
				};
				replaceConfig.call(this, config);

				this.parseChunk = function(chunk, isFakeChunk)
				{
					// First chunk pre-processing
					const skipFirstNLines = parseInt(this._config.skipFirstNLines) || 0;
					if (this.isFirstChunk && skipFirstNLines > 0) {
						let _newline = this._config.newline;
						if (!_newline) {
							const quoteChar = this._config.quoteChar || '"';
							_newline = this._handle.guessLineEndings(chunk, quoteChar);
						}
						const splitChunk = chunk.split(_newline);
						chunk = [...splitChunk.slice(skipFirstNLines)].join(_newline);
					}
					if (this.isFirstChunk && isFunction(this._config.beforeFirstChunk))
					{
						var modifiedChunk = this._config.beforeFirstChunk(chunk);
						if (modifiedChunk !== undefined)
							chunk = modifiedChunk;
					}
					this.isFirstChunk = false;
					this._halted = false;

					// Rejoin the line we likely just split in two by chunking the file
					var aggregate = this._partialLine + chunk;
					this._partialLine = '';
					var results = this._handle.parse(aggregate, this._baseIndex, !this._finished);

					if (this._handle.paused() || this._handle.aborted()) {
						this._halted = true;
						return;
					}

					var lastIndex = results.meta.cursor;

					if (!this._finished)
					{
						this._partialLine = aggregate.substring(lastIndex - this._baseIndex);
						this._baseIndex = lastIndex;
					}

					if (results && results.data)
						this._rowCount += results.data.length;

					var finishedIncludingPreview = this._finished || (this._config.preview && this._rowCount >= this._config.preview);

					if (IS_PAPA_WORKER)
					{
						global.postMessage({
							results: results,
							workerId: Papa.WORKER_ID,
							finished: finishedIncludingPreview
						});
					}
					else if (isFunction(this._config.chunk) && !isFakeChunk)
					{
						this._config.chunk(results, this._handle);
						if (this._handle.paused() || this._handle.aborted()) {
							this._halted = true;
							return;
						}
						results = undefined;
						this._completeResults = undefined;
					}

					if (!this._config.step && !this._config.chunk) {
						this._completeResults.data = this._completeResults.data.concat(results.data);
						this._completeResults.errors = this._completeResults.errors.concat(results.errors);
						this._completeResults.meta = results.meta;
					}

					if (!this._completed && finishedIncludingPreview && isFunction(this._config.complete) && (!results || !results.meta.aborted)) {
						this._config.complete(this._completeResults, this._input);
						this._completed = true;
					}

					if (!finishedIncludingPreview && (!results || !results.meta.paused))
						this._nextChunk();

					return results;
				};

				this._sendError = function(error)
				{
					if (isFunction(this._config.error))
						this._config.error(error);
					else if (IS_PAPA_WORKER && this._config.error)
					{
						global.postMessage({
							workerId: Papa.WORKER_ID,
							error: error,
							finished: false
						});
					}
				};

				function replaceConfig(config)
				{
					// Deep-copy the config so we can edit it
					var configCopy = copy(config);
					configCopy.chunkSize = parseInt(configCopy.chunkSize);	// parseInt VERY important so we don't concatenate strings!
					if (!config.step && !config.chunk)
						configCopy.chunkSize = null;  // disable Range header if not streaming; bad values break IIS - see issue #196
					this._handle = new ParserHandle(configCopy);
					this._handle.streamer = this;
					this._config = configCopy;	// persist the copy to the caller
				}
			}


			function NetworkStreamer(config)
			{
				config = config || {};
				if (!config.chunkSize)
					config.chunkSize = Papa.RemoteChunkSize;
				ChunkStreamer.call(this, config);

				var xhr;

				if (IS_WORKER)
				{
					this._nextChunk = function()
					{
						this._readChunk();
						this._chunkLoaded();
					};
				}
				else
				{
					this._nextChunk = function()
					{
						this._readChunk();
					};
				}

				this.stream = function(url)
				{
					this._input = url;
					this._nextChunk();	// Starts streaming
				};

				this._readChunk = function()
				{
					if (this._finished)
					{
						this._chunkLoaded();
						return;
					}

					xhr = new XMLHttpRequest();

					if (this._config.withCredentials)
					{
						xhr.withCredentials = this._config.withCredentials;
					}

					if (!IS_WORKER)
					{
						xhr.onload = bindFunction(this._chunkLoaded, this);
						xhr.onerror = bindFunction(this._chunkError, this);
					}

					xhr.ontimeout = bindFunction(this._chunkTimeout, this);

					xhr.open(this._config.downloadRequestBody ? 'POST' : 'GET', this._input, !IS_WORKER);
					// Timeout is only supported for asynchronous requests
					if (this._config.downloadTimeout && !IS_WORKER)
					{
						xhr.timeout = this._config.downloadTimeout;
					}
					// Headers can only be set when once the request state is OPENED
					if (this._config.downloadRequestHeaders)
					{
						var headers = this._config.downloadRequestHeaders;

						for (var headerName in headers)
						{
							xhr.setRequestHeader(headerName, headers[headerName]);
						}
					}

					if (this._config.chunkSize)
					{
						var end = this._start + this._config.chunkSize - 1;	// minus one because byte range is inclusive
						xhr.setRequestHeader('Range', 'bytes=' + this._start + '-' + end);
					}

					try {
						xhr.send(this._config.downloadRequestBody);
					}
					catch (err) {
						this._chunkError(err.message);
					}

					if (IS_WORKER && xhr.status === 0)
						this._chunkError();
				};

				this._chunkLoaded = function()
				{
					if (xhr.readyState !== 4)
						return;

					if (xhr.status < 200 || xhr.status >= 400)
					{
						this._chunkError();
						return;
					}

					// Use chunckSize as it may be a diference on reponse lentgh due to characters with more than 1 byte
					this._start += this._config.chunkSize ? this._config.chunkSize : xhr.responseText.length;
					this._finished = !this._config.chunkSize || this._start >= getFileSize(xhr);
					this.parseChunk(xhr.responseText);
				};

				this._chunkError = function(errorMessage)
				{
					var errorText = xhr.statusText || errorMessage;
					this._sendError(new Error(errorText));
				};

				this._chunkTimeout = function()
				{
					this._chunkError('Request timed out after ' + this._config.downloadTimeout + 'ms');
				};

				function getFileSize(xhr)
				{
					var contentRange = xhr.getResponseHeader('Content-Range');
					if (contentRange === null) { // no content range, then finish!
						return -1;
					}
					return parseInt(contentRange.substring(contentRange.lastIndexOf('/') + 1));
				}
			}
			NetworkStreamer.prototype = Object.create(ChunkStreamer.prototype);
			NetworkStreamer.prototype.constructor = NetworkStreamer;


			function FileStreamer(config)
			{
				config = config || {};
				if (!config.chunkSize)
					config.chunkSize = Papa.LocalChunkSize;
				ChunkStreamer.call(this, config);

				var reader, slice;

				// FileReader is better than FileReaderSync (even in worker) - see http://stackoverflow.com/q/24708649/1048862
				// But Firefox is a pill, too - see issue #76: https://github.com/mholt/PapaParse/issues/76
				var usingAsyncReader = typeof FileReader !== 'undefined';	// Safari doesn't consider it a function - see issue #105

				this.stream = function(file)
				{
					this._input = file;
					slice = file.slice || file.webkitSlice || file.mozSlice;

					if (usingAsyncReader)
					{
						reader = new FileReader();		// Preferred method of reading files, even in workers
						reader.onload = bindFunction(this._chunkLoaded, this);
						reader.onerror = bindFunction(this._chunkError, this);
					}
					else
						reader = new FileReaderSync();	// Hack for running in a web worker in Firefox

					this._nextChunk();	// Starts streaming
				};

				this._nextChunk = function()
				{
					if (!this._finished && (!this._config.preview || this._rowCount < this._config.preview))
						this._readChunk();
				};

				this._readChunk = function()
				{
					var input = this._input;
					if (this._config.chunkSize)
					{
						var end = Math.min(this._start + this._config.chunkSize, this._input.size);
						input = slice.call(input, this._start, end);
					}
					var txt = reader.readAsText(input, this._config.encoding);
					if (!usingAsyncReader)
						this._chunkLoaded({ target: { result: txt } });	// mimic the async signature
				};

				this._chunkLoaded = function(event)
				{
					// Very important to increment start each time before handling results
					this._start += this._config.chunkSize;
					this._finished = !this._config.chunkSize || this._start >= this._input.size;
					this.parseChunk(event.target.result);
				};

				this._chunkError = function()
				{
					this._sendError(reader.error);
				};

			}
			FileStreamer.prototype = Object.create(ChunkStreamer.prototype);
			FileStreamer.prototype.constructor = FileStreamer;


			function StringStreamer(config)
			{
				config = config || {};
				ChunkStreamer.call(this, config);

				var remaining;
				this.stream = function(s)
				{
					remaining = s;
					return this._nextChunk();
				};
				this._nextChunk = function()
				{
					if (this._finished) return;
					var size = this._config.chunkSize;
					var chunk;
					if(size) {
						chunk = remaining.substring(0, size);
						remaining = remaining.substring(size);
					} else {
						chunk = remaining;
						remaining = '';
					}
					this._finished = !remaining;
					return this.parseChunk(chunk);
				};
			}
			StringStreamer.prototype = Object.create(StringStreamer.prototype);
			StringStreamer.prototype.constructor = StringStreamer;


			function ReadableStreamStreamer(config)
			{
				config = config || {};

				ChunkStreamer.call(this, config);

				var queue = [];
				var parseOnData = true;
				var streamHasEnded = false;

				this.pause = function()
				{
					ChunkStreamer.prototype.pause.apply(this, arguments);
					this._input.pause();
				};

				this.resume = function()
				{
					ChunkStreamer.prototype.resume.apply(this, arguments);
					this._input.resume();
				};

				this.stream = function(stream)
				{
					this._input = stream;

					this._input.on('data', this._streamData);
					this._input.on('end', this._streamEnd);
					this._input.on('error', this._streamError);
				};

				this._checkIsFinished = function()
				{
					if (streamHasEnded && queue.length === 1) {
						this._finished = true;
					}
				};

				this._nextChunk = function()
				{
					this._checkIsFinished();
					if (queue.length)
					{
						this.parseChunk(queue.shift());
					}
					else
					{
						parseOnData = true;
					}
				};

				this._streamData = bindFunction(function(chunk)
				{
					try
					{
						queue.push(typeof chunk === 'string' ? chunk : chunk.toString(this._config.encoding));

						if (parseOnData)
						{
							parseOnData = false;
							this._checkIsFinished();
							this.parseChunk(queue.shift());
						}
					}
					catch (error)
					{
						this._streamError(error);
					}
				}, this);

				this._streamError = bindFunction(function(error)
				{
					this._streamCleanUp();
					this._sendError(error);
				}, this);

				this._streamEnd = bindFunction(function()
				{
					this._streamCleanUp();
					streamHasEnded = true;
					this._streamData('');
				}, this);

				this._streamCleanUp = bindFunction(function()
				{
					this._input.removeListener('data', this._streamData);
					this._input.removeListener('end', this._streamEnd);
					this._input.removeListener('error', this._streamError);
				}, this);
			}
			ReadableStreamStreamer.prototype = Object.create(ChunkStreamer.prototype);
			ReadableStreamStreamer.prototype.constructor = ReadableStreamStreamer;


			function DuplexStreamStreamer(_config) {
				var Duplex = require$$0.Duplex;
				var config = copy(_config);
				var parseOnWrite = true;
				var writeStreamHasFinished = false;
				var parseCallbackQueue = [];
				var stream = null;

				this._onCsvData = function(results)
				{
					var data = results.data;
					if (!stream.push(data) && !this._handle.paused()) {
						// the writeable consumer buffer has filled up
						// so we need to pause until more items
						// can be processed
						this._handle.pause();
					}
				};

				this._onCsvComplete = function()
				{
					// node will finish the read stream when
					// null is pushed
					stream.push(null);
				};

				config.step = bindFunction(this._onCsvData, this);
				config.complete = bindFunction(this._onCsvComplete, this);
				ChunkStreamer.call(this, config);

				this._nextChunk = function()
				{
					if (writeStreamHasFinished && parseCallbackQueue.length === 1) {
						this._finished = true;
					}
					if (parseCallbackQueue.length) {
						parseCallbackQueue.shift()();
					} else {
						parseOnWrite = true;
					}
				};

				this._addToParseQueue = function(chunk, callback)
				{
					// add to queue so that we can indicate
					// completion via callback
					// node will automatically pause the incoming stream
					// when too many items have been added without their
					// callback being invoked
					parseCallbackQueue.push(bindFunction(function() {
						this.parseChunk(typeof chunk === 'string' ? chunk : chunk.toString(config.encoding));
						if (isFunction(callback)) {
							return callback();
						}
					}, this));
					if (parseOnWrite) {
						parseOnWrite = false;
						this._nextChunk();
					}
				};

				this._onRead = function()
				{
					if (this._handle.paused()) {
						// the writeable consumer can handle more data
						// so resume the chunk parsing
						this._handle.resume();
					}
				};

				this._onWrite = function(chunk, encoding, callback)
				{
					this._addToParseQueue(chunk, callback);
				};

				this._onWriteComplete = function()
				{
					writeStreamHasFinished = true;
					// have to write empty string
					// so parser knows its done
					this._addToParseQueue('');
				};

				this.getStream = function()
				{
					return stream;
				};
				stream = new Duplex({
					readableObjectMode: true,
					decodeStrings: false,
					read: bindFunction(this._onRead, this),
					write: bindFunction(this._onWrite, this)
				});
				stream.once('finish', bindFunction(this._onWriteComplete, this));
			}
			if (typeof PAPA_BROWSER_CONTEXT === 'undefined') {
				DuplexStreamStreamer.prototype = Object.create(ChunkStreamer.prototype);
				DuplexStreamStreamer.prototype.constructor = DuplexStreamStreamer;
			}


			// Use one ParserHandle per entire CSV file or string
			function ParserHandle(_config)
			{
				// One goal is to minimize the use of regular expressions...
				var MAX_FLOAT = Math.pow(2, 53);
				var MIN_FLOAT = -MAX_FLOAT;
				var FLOAT = /^\s*-?(\d+\.?|\.\d+|\d+\.\d+)([eE][-+]?\d+)?\s*$/;
				var ISO_DATE = /^((\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d+([+-][0-2]\d:[0-5]\d|Z))|(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d([+-][0-2]\d:[0-5]\d|Z))|(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d([+-][0-2]\d:[0-5]\d|Z)))$/;
				var self = this;
				var _stepCounter = 0;	// Number of times step was called (number of rows parsed)
				var _rowCounter = 0;	// Number of rows that have been parsed so far
				var _input;				// The input being parsed
				var _parser;			// The core parser being used
				var _paused = false;	// Whether we are paused or not
				var _aborted = false;	// Whether the parser has aborted or not
				var _delimiterError;	// Temporary state between delimiter detection and processing results
				var _fields = [];		// Fields are from the header row of the input, if there is one
				var _results = {		// The last results returned from the parser
					data: [],
					errors: [],
					meta: {}
				};

				if (isFunction(_config.step))
				{
					var userStep = _config.step;
					_config.step = function(results)
					{
						_results = results;

						if (needsHeaderRow())
							processResults();
						else	// only call user's step function after header row
						{
							processResults();

							// It's possbile that this line was empty and there's no row here after all
							if (_results.data.length === 0)
								return;

							_stepCounter += results.data.length;
							if (_config.preview && _stepCounter > _config.preview)
								_parser.abort();
							else {
								_results.data = _results.data[0];
								userStep(_results, self);
							}
						}
					};
				}

				/**
				 * Parses input. Most users won't need, and shouldn't mess with, the baseIndex
				 * and ignoreLastRow parameters. They are used by streamers (wrapper functions)
				 * when an input comes in multiple chunks, like from a file.
				 */
				this.parse = function(input, baseIndex, ignoreLastRow)
				{
					var quoteChar = _config.quoteChar || '"';
					if (!_config.newline)
						_config.newline = this.guessLineEndings(input, quoteChar);

					_delimiterError = false;
					if (!_config.delimiter)
					{
						var delimGuess = guessDelimiter(input, _config.newline, _config.skipEmptyLines, _config.comments, _config.delimitersToGuess);
						if (delimGuess.successful)
							_config.delimiter = delimGuess.bestDelimiter;
						else
						{
							_delimiterError = true;	// add error after parsing (otherwise it would be overwritten)
							_config.delimiter = Papa.DefaultDelimiter;
						}
						_results.meta.delimiter = _config.delimiter;
					}
					else if(isFunction(_config.delimiter))
					{
						_config.delimiter = _config.delimiter(input);
						_results.meta.delimiter = _config.delimiter;
					}

					var parserConfig = copy(_config);
					// Tell the parser the header instead of reguessing on each chunk
					parserConfig.header = needsHeaderRow();
					if (_config.preview && _config.header)
						parserConfig.preview++;	// to compensate for header row

					_input = input;
					_parser = new Parser(parserConfig);
					_results = _parser.parse(_input, baseIndex, ignoreLastRow);
					processResults();
					return _paused ? { meta: { paused: true } } : (_results || { meta: { paused: false } });
				};

				this.paused = function()
				{
					return _paused;
				};

				this.pause = function()
				{
					_paused = true;
					_parser.abort();

					// If it is streaming via "chunking", the reader will start appending correctly already so no need to substring,
					// otherwise we can get duplicate content within a row
					_input = isFunction(_config.chunk) ? "" : _input.substring(_parser.getCharIndex());
				};

				this.resume = function()
				{
					if(self.streamer._halted) {
						_paused = false;
						self.streamer.parseChunk(_input, true);
					} else {
						// Bugfix: #636 In case the processing hasn't halted yet
						// wait for it to halt in order to resume
						setTimeout(self.resume, 3);
					}
				};

				this.aborted = function()
				{
					return _aborted;
				};

				this.abort = function()
				{
					_aborted = true;
					_parser.abort();
					_results.meta.aborted = true;
					if (isFunction(_config.complete))
						_config.complete(_results);
					_input = '';
				};

				this.guessLineEndings = function(input, quoteChar)
				{
					input = input.substring(0, 1024 * 1024);	// max length 1 MB
					// Replace all the text inside quotes
					var re = new RegExp(escapeRegExp(quoteChar) + '([^]*?)' + escapeRegExp(quoteChar), 'gm');
					input = input.replace(re, '');

					var r = input.split('\r');

					var n = input.split('\n');

					var nAppearsFirst = (n.length > 1 && n[0].length < r[0].length);

					if (r.length === 1 || nAppearsFirst)
						return '\n';

					var numWithN = 0;
					for (var i = 0; i < r.length; i++)
					{
						if (r[i][0] === '\n')
							numWithN++;
					}

					return numWithN >= r.length / 2 ? '\r\n' : '\r';
				};

				function testEmptyLine(s) {
					return _config.skipEmptyLines === 'greedy' ? s.join('').trim() === '' : s.length === 1 && s[0].length === 0;
				}

				function testFloat(s) {
					if (FLOAT.test(s)) {
						var floatValue = parseFloat(s);
						if (floatValue > MIN_FLOAT && floatValue < MAX_FLOAT) {
							return true;
						}
					}
					return false;
				}

				function processResults()
				{
					if (_results && _delimiterError)
					{
						addError('Delimiter', 'UndetectableDelimiter', 'Unable to auto-detect delimiting character; defaulted to \'' + Papa.DefaultDelimiter + '\'');
						_delimiterError = false;
					}

					if (_config.skipEmptyLines)
					{
						_results.data = _results.data.filter(function(d) {
							return !testEmptyLine(d);
						});
					}

					if (needsHeaderRow())
						fillHeaderFields();

					return applyHeaderAndDynamicTypingAndTransformation();
				}

				function needsHeaderRow()
				{
					return _config.header && _fields.length === 0;
				}

				function fillHeaderFields()
				{
					if (!_results)
						return;

					function addHeader(header)
					{
						_fields.push(header);
					}

					if (Array.isArray(_results.data[0]))
					{
						for (var i = 0; needsHeaderRow() && i < _results.data.length; i++)
							_results.data[i].forEach(addHeader);

						_results.data.splice(0, 1);
					}
					// if _results.data[0] is not an array, we are in a step where _results.data is the row.
					else
						_results.data.forEach(addHeader);
				}

				function shouldApplyDynamicTyping(field) {
					// Cache function values to avoid calling it for each row
					if (_config.dynamicTypingFunction && _config.dynamicTyping[field] === undefined) {
						_config.dynamicTyping[field] = _config.dynamicTypingFunction(field);
					}
					return (_config.dynamicTyping[field] || _config.dynamicTyping) === true;
				}

				function parseDynamic(field, value)
				{
					if (shouldApplyDynamicTyping(field))
					{
						if (value === 'true' || value === 'TRUE')
							return true;
						else if (value === 'false' || value === 'FALSE')
							return false;
						else if (testFloat(value))
							return parseFloat(value);
						else if (ISO_DATE.test(value))
							return new Date(value);
						else
							return (value === '' ? null : value);
					}
					return value;
				}

				function applyHeaderAndDynamicTypingAndTransformation()
				{
					if (!_results || (!_config.header && !_config.dynamicTyping && !_config.transform))
						return _results;

					function processRow(rowSource, i)
					{
						var row = _config.header ? {} : [];

						var j;
						for (j = 0; j < rowSource.length; j++)
						{
							var field = j;
							var value = rowSource[j];

							if (_config.header)
								field = j >= _fields.length ? '__parsed_extra' : _fields[j];

							if (_config.transform)
								value = _config.transform(value,field);

							value = parseDynamic(field, value);

							if (field === '__parsed_extra')
							{
								row[field] = row[field] || [];
								row[field].push(value);
							}
							else
								row[field] = value;
						}


						if (_config.header)
						{
							if (j > _fields.length)
								addError('FieldMismatch', 'TooManyFields', 'Too many fields: expected ' + _fields.length + ' fields but parsed ' + j, _rowCounter + i);
							else if (j < _fields.length)
								addError('FieldMismatch', 'TooFewFields', 'Too few fields: expected ' + _fields.length + ' fields but parsed ' + j, _rowCounter + i);
						}

						return row;
					}

					var incrementBy = 1;
					if (!_results.data.length || Array.isArray(_results.data[0]))
					{
						_results.data = _results.data.map(processRow);
						incrementBy = _results.data.length;
					}
					else
						_results.data = processRow(_results.data, 0);


					if (_config.header && _results.meta)
						_results.meta.fields = _fields;

					_rowCounter += incrementBy;
					return _results;
				}

				function guessDelimiter(input, newline, skipEmptyLines, comments, delimitersToGuess) {
					var bestDelim, bestDelta, fieldCountPrevRow, maxFieldCount;

					delimitersToGuess = delimitersToGuess || [',', '\t', '|', ';', Papa.RECORD_SEP, Papa.UNIT_SEP];

					for (var i = 0; i < delimitersToGuess.length; i++) {
						var delim = delimitersToGuess[i];
						var delta = 0, avgFieldCount = 0, emptyLinesCount = 0;
						fieldCountPrevRow = undefined;

						var preview = new Parser({
							comments: comments,
							delimiter: delim,
							newline: newline,
							preview: 10
						}).parse(input);

						for (var j = 0; j < preview.data.length; j++) {
							if (skipEmptyLines && testEmptyLine(preview.data[j])) {
								emptyLinesCount++;
								continue;
							}
							var fieldCount = preview.data[j].length;
							avgFieldCount += fieldCount;

							if (typeof fieldCountPrevRow === 'undefined') {
								fieldCountPrevRow = fieldCount;
								continue;
							}
							else if (fieldCount > 0) {
								delta += Math.abs(fieldCount - fieldCountPrevRow);
								fieldCountPrevRow = fieldCount;
							}
						}

						if (preview.data.length > 0)
							avgFieldCount /= (preview.data.length - emptyLinesCount);

						// Lowest delta (most consistent field count across rows) wins; average
						// field count only breaks ties between equally consistent delimiters.
						if (avgFieldCount > 1.99 && (typeof bestDelta === 'undefined'
							|| delta < bestDelta
							|| (delta === bestDelta && avgFieldCount > maxFieldCount))) {
							bestDelta = delta;
							bestDelim = delim;
							maxFieldCount = avgFieldCount;
						}
					}

					_config.delimiter = bestDelim;

					return {
						successful: !!bestDelim,
						bestDelimiter: bestDelim
					};
				}

				function addError(type, code, msg, row)
				{
					var error = {
						type: type,
						code: code,
						message: msg
					};
					if(row !== undefined) {
						error.row = row;
					}
					_results.errors.push(error);
				}
			}

			/** https://developer.mozilla.org/en-US/docs/Web/JavaScript/Guide/Regular_Expressions */
			function escapeRegExp(string)
			{
				return string.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'); // $& means the whole matched string
			}

			/** The core parser implements speedy and correct CSV parsing */
			function Parser(config)
			{
				// Unpack the config object
				config = config || {};
				var delim = config.delimiter;
				var newline = config.newline;
				var comments = config.comments;
				var step = config.step;
				var preview = config.preview;
				var fastMode = config.fastMode;
				var quoteChar;
				var renamedHeaders = null;
				var headerParsed = false;

				if (config.quoteChar === undefined || config.quoteChar === null) {
					quoteChar = '"';
				} else {
					quoteChar = config.quoteChar;
				}
				var escapeChar = quoteChar;
				if (config.escapeChar !== undefined) {
					escapeChar = config.escapeChar;
				}

				// Delimiter must be valid
				if (typeof delim !== 'string'
					|| Papa.BAD_DELIMITERS.indexOf(delim) > -1)
					delim = ',';

				// Comment character must be valid
				if (comments === delim)
					throw new Error('Comment character same as delimiter');
				else if (comments === true)
					comments = '#';
				else if (typeof comments !== 'string'
					|| Papa.BAD_DELIMITERS.indexOf(comments) > -1)
					comments = false;

				// Newline must be valid: \r, \n, or \r\n
				if (newline !== '\n' && newline !== '\r' && newline !== '\r\n')
					newline = '\n';

				// We're gonna need these at the Parser scope
				var cursor = 0;
				var aborted = false;

				this.parse = function(input, baseIndex, ignoreLastRow)
				{
					// For some reason, in Chrome, this speeds things up (!?)
					if (typeof input !== 'string')
						throw new Error('Input must be a string');

					// We don't need to compute some of these every time parse() is called,
					// but having them in a more local scope seems to perform better
					var inputLen = input.length,
						delimLen = delim.length,
						newlineLen = newline.length,
						commentsLen = comments.length;
					var stepIsFunction = isFunction(step);

					// Establish starting state
					cursor = 0;
					var data = [], errors = [], row = [], lastCursor = 0;

					if (!input)
						return returnable();

					if (fastMode || (fastMode !== false && input.indexOf(quoteChar) === -1))
					{
						var rows = input.split(newline);
						for (var i = 0; i < rows.length; i++)
						{
							row = rows[i];
							cursor += row.length;

							if (i !== rows.length - 1)
								cursor += newline.length;
							else if (ignoreLastRow)
								return returnable();
							if (comments && row.substring(0, commentsLen) === comments)
								continue;
							if (stepIsFunction)
							{
								data = [];
								pushRow(row.split(delim));
								doStep();
								if (aborted)
									return returnable();
							}
							else
								pushRow(row.split(delim));
							if (preview && i >= preview)
							{
								data = data.slice(0, preview);
								return returnable(true);
							}
						}
						return returnable();
					}

					var nextDelim = input.indexOf(delim, cursor);
					var nextNewline = input.indexOf(newline, cursor);
					var quoteCharRegex = new RegExp(escapeRegExp(escapeChar) + escapeRegExp(quoteChar), 'g');
					var quoteSearch = input.indexOf(quoteChar, cursor);

					// Parser loop
					for (;;)
					{
						// Field has opening quote
						if (input[cursor] === quoteChar)
						{
							// Start our search for the closing quote where the cursor is
							quoteSearch = cursor;

							// Skip the opening quote
							cursor++;

							for (;;)
							{
								// Find closing quote
								quoteSearch = input.indexOf(quoteChar, quoteSearch + 1);

								//No other quotes are found - no other delimiters
								if (quoteSearch === -1)
								{
									if (!ignoreLastRow) {
										// No closing quote... what a pity
										errors.push({
											type: 'Quotes',
											code: 'MissingQuotes',
											message: 'Quoted field unterminated',
											row: data.length,	// row has yet to be inserted
											index: cursor
										});
									}
									return finish();
								}

								// Closing quote at EOF
								if (quoteSearch === inputLen - 1)
								{
									var value = input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar);
									return finish(value);
								}

								// If this quote is escaped, it's part of the data; skip it
								// If the quote character is the escape character, then check if the next character is the escape character
								if (quoteChar === escapeChar &&  input[quoteSearch + 1] === escapeChar)
								{
									quoteSearch++;
									continue;
								}

								// If the quote character is not the escape character, then check if the previous character was the escape character
								if (quoteChar !== escapeChar && quoteSearch !== 0 && input[quoteSearch - 1] === escapeChar)
								{
									continue;
								}

								if(nextDelim !== -1 && nextDelim < (quoteSearch + 1)) {
									nextDelim = input.indexOf(delim, (quoteSearch + 1));
								}
								if(nextNewline !== -1 && nextNewline < (quoteSearch + 1)) {
									nextNewline = input.indexOf(newline, (quoteSearch + 1));
								}
								// Check up to nextDelim or nextNewline, whichever is closest
								var checkUpTo = nextNewline === -1 ? nextDelim : Math.min(nextDelim, nextNewline);
								var spacesBetweenQuoteAndDelimiter = extraSpaces(checkUpTo);

								// Closing quote followed by delimiter or 'unnecessary spaces + delimiter'
								if (input.substr(quoteSearch + 1 + spacesBetweenQuoteAndDelimiter, delimLen) === delim)
								{
									row.push(input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar));
									cursor = quoteSearch + 1 + spacesBetweenQuoteAndDelimiter + delimLen;

									// If char after following delimiter is not quoteChar, we find next quote char position
									if (input[quoteSearch + 1 + spacesBetweenQuoteAndDelimiter + delimLen] !== quoteChar)
									{
										quoteSearch = input.indexOf(quoteChar, cursor);
									}
									if (nextDelim !== -1 && nextDelim < cursor)
										nextDelim = input.indexOf(delim, cursor);
									if (nextNewline !== -1 && nextNewline < cursor)
										nextNewline = input.indexOf(newline, cursor);
									break;
								}

								var spacesBetweenQuoteAndNewLine = extraSpaces(nextNewline);

								// Closing quote followed by newline or 'unnecessary spaces + newLine'
								if (input.substring(quoteSearch + 1 + spacesBetweenQuoteAndNewLine, quoteSearch + 1 + spacesBetweenQuoteAndNewLine + newlineLen) === newline)
								{
									row.push(input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar));
									saveRow(quoteSearch + 1 + spacesBetweenQuoteAndNewLine + newlineLen);
									// Only search again if we skipped a delimiter in the quoted field.
									if (nextDelim !== -1 && nextDelim < cursor)
										nextDelim = input.indexOf(delim, cursor);
									quoteSearch = input.indexOf(quoteChar, cursor);	// we search for first quote in next line

									if (stepIsFunction)
									{
										doStep();
										if (aborted)
											return returnable();
									}

									if (preview && data.length >= preview)
										return returnable(true);

									break;
								}


								// Checks for valid closing quotes are complete (escaped quotes or quote followed by EOF/delimiter/newline) -- assume these quotes are part of an invalid text string
								errors.push({
									type: 'Quotes',
									code: 'InvalidQuotes',
									message: 'Trailing quote on quoted field is malformed',
									row: data.length,	// row has yet to be inserted
									index: cursor
								});

								quoteSearch++;
								continue;

							}

							continue;
						}

						// Comment found at start of new line
						if (comments && row.length === 0 && input.substring(cursor, cursor + commentsLen) === comments)
						{
							if (nextNewline === -1)	// Comment ends at EOF
								return returnable();
							cursor = nextNewline + newlineLen;
							nextNewline = input.indexOf(newline, cursor);
							if (nextDelim !== -1 && nextDelim < cursor)
								nextDelim = input.indexOf(delim, cursor);
							continue;
						}

						// Next delimiter comes before next newline, so we've reached end of field
						if (nextDelim !== -1 && (nextDelim < nextNewline || nextNewline === -1))
						{
							row.push(input.substring(cursor, nextDelim));
							cursor = nextDelim + delimLen;
							// we look for next delimiter char
							nextDelim = input.indexOf(delim, cursor);
							continue;
						}

						// End of row
						if (nextNewline !== -1)
						{
							row.push(input.substring(cursor, nextNewline));
							saveRow(nextNewline + newlineLen);

							if (stepIsFunction)
							{
								doStep();
								if (aborted)
									return returnable();
							}

							if (preview && data.length >= preview)
								return returnable(true);

							continue;
						}

						break;
					}

					return finish();


					function pushRow(row)
					{
						data.push(row);
						lastCursor = cursor;
					}

					/**
		             * checks if there are extra spaces after closing quote and given index without any text
		             * if Yes, returns the number of spaces
		             */
					function extraSpaces(index) {
						var spaceLength = 0;
						if (index !== -1) {
							var textBetweenClosingQuoteAndIndex = input.substring(quoteSearch + 1, index);
							if (textBetweenClosingQuoteAndIndex && textBetweenClosingQuoteAndIndex.trim() === '') {
								spaceLength = textBetweenClosingQuoteAndIndex.length;
							}
						}
						return spaceLength;
					}

					/**
					 * Appends the remaining input from cursor to the end into
					 * row, saves the row, calls step, and returns the results.
					 */
					function finish(value)
					{
						if (ignoreLastRow)
							return returnable();
						if (typeof value === 'undefined')
							value = input.substring(cursor);
						row.push(value);
						cursor = inputLen;	// important in case parsing is paused
						pushRow(row);
						if (stepIsFunction)
							doStep();
						return returnable();
					}

					/**
					 * Appends the current row to the results. It sets the cursor
					 * to newCursor and finds the nextNewline. The caller should
					 * take care to execute user's step function and check for
					 * preview and end parsing if necessary.
					 */
					function saveRow(newCursor)
					{
						cursor = newCursor;
						pushRow(row);
						row = [];
						nextNewline = input.indexOf(newline, cursor);
					}

					/** Returns an object with the results, errors, and meta. */
					function returnable(stopped)
					{
						if (config.header && !baseIndex && data.length && !headerParsed)
						{
							const result = data[0];
							const headerCount = Object.create(null); // To track the count of each base header
							const usedHeaders = new Set(result); // To track used headers and avoid duplicates
							let duplicateHeaders = false;

							for (let i = 0; i < result.length; i++) {
								let header = stripBom(result[i]);
								if (isFunction(config.transformHeader))
									header = config.transformHeader(header, i);

								if (!headerCount[header]) {
									headerCount[header] = 1;
									result[i] = header;
								} else {
									let newHeader;
									let suffixCount = headerCount[header];

									// Find a unique new header
									do {
										newHeader = `${header}_${suffixCount}`;
										suffixCount++;
									} while (usedHeaders.has(newHeader));

									usedHeaders.add(newHeader); // Mark this new Header as used
									result[i] = newHeader;
									headerCount[header]++;
									duplicateHeaders = true;
									if (renamedHeaders === null) {
										renamedHeaders = {};
									}
									renamedHeaders[newHeader] = header;
								}

								usedHeaders.add(header); // Ensure the original header is marked as used
							}
							if (duplicateHeaders) {
								console.warn('Duplicate headers found and renamed.');
							}
							headerParsed = true;
						}
						return {
							data: data,
							errors: errors,
							meta: {
								delimiter: delim,
								linebreak: newline,
								aborted: aborted,
								truncated: !!stopped,
								cursor: lastCursor + (baseIndex || 0),
								renamedHeaders: renamedHeaders
							}
						};
					}

					/** Executes the user's step function and resets data & errors. */
					function doStep()
					{
						step(returnable());
						data = [];
						errors = [];
					}
				};

				/** Sets the abort flag */
				this.abort = function()
				{
					aborted = true;
				};

				/** Gets the cursor position */
				this.getCharIndex = function()
				{
					return cursor;
				};
			}


			function newWorker()
			{
				if (!Papa.WORKERS_SUPPORTED)
					return false;

				var workerUrl = getWorkerBlob();
				var w = new global.Worker(workerUrl);
				w.onmessage = mainThreadReceivedMessage;
				w.id = workerIdCounter++;
				workers[w.id] = w;
				return w;
			}

			/** Callback when main thread receives a message */
			function mainThreadReceivedMessage(e)
			{
				var msg = e.data;
				var worker = workers[msg.workerId];
				var aborted = false;

				if (msg.error)
					worker.userError(msg.error, msg.file);
				else if (msg.results && msg.results.data)
				{
					var abort = function() {
						aborted = true;
						completeWorker(msg.workerId, { data: [], errors: [], meta: { aborted: true } });
					};

					var handle = {
						abort: abort,
						pause: notImplemented,
						resume: notImplemented
					};

					if (isFunction(worker.userStep))
					{
						for (var i = 0; i < msg.results.data.length; i++)
						{
							worker.userStep({
								data: msg.results.data[i],
								errors: msg.results.errors,
								meta: msg.results.meta
							}, handle);
							if (aborted)
								break;
						}
						delete msg.results;	// free memory ASAP
					}
					else if (isFunction(worker.userChunk))
					{
						worker.userChunk(msg.results, handle, msg.file);
						delete msg.results;
					}
				}

				if (msg.finished && !aborted)
					completeWorker(msg.workerId, msg.results);
			}

			function completeWorker(workerId, results) {
				var worker = workers[workerId];
				if (isFunction(worker.userComplete))
					worker.userComplete(results);
				worker.terminate();
				delete workers[workerId];
			}

			function notImplemented() {
				throw new Error('Not implemented.');
			}

			/** Callback when worker thread receives a message */
			function workerThreadReceivedMessage(e)
			{
				var msg = e.data;

				if (typeof Papa.WORKER_ID === 'undefined' && msg)
					Papa.WORKER_ID = msg.workerId;

				if (typeof msg.input === 'string')
				{
					global.postMessage({
						workerId: Papa.WORKER_ID,
						results: Papa.parse(msg.input, msg.config),
						finished: true
					});
				}
				else if ((global.File && msg.input instanceof File) || msg.input instanceof Object)	// thank you, Safari (see issue #106)
				{
					var results = Papa.parse(msg.input, msg.config);
					if (results)
						global.postMessage({
							workerId: Papa.WORKER_ID,
							results: results,
							finished: true
						});
				}
			}

			/** Makes a deep copy of an array or object (mostly) */
			function copy(obj)
			{
				if (typeof obj !== 'object' || obj === null)
					return obj;
				var cpy = Array.isArray(obj) ? [] : {};
				for (var key in obj)
					cpy[key] = copy(obj[key]);
				return cpy;
			}

			function bindFunction(f, self)
			{
				return function() { f.apply(self, arguments); };
			}
			function isFunction(func)
			{
				return typeof func === 'function';
			}

			return Papa;
		})); 
	} (papaparse$1));
	return papaparse$1.exports;
}

var papaparseExports = requirePapaparse();
const Papa = /*@__PURE__*/artifactClient.getDefaultExportFromCjs(papaparseExports);

const csv = {
  name: "CSV",
  recognizes: (head) => findDelimiter(head) !== void 0,
  open(emit) {
    let pending = [];
    let length = 0;
    let delimiter;
    let header;
    let line = 1;
    const takeRow = (row) => {
      if (header === void 0) header = toNames(row);
      else if (!isBlank(row)) emit(toRecord(header, row, line));
      line += 1 + row.reduce((count, cell) => count + countBreaks(cell), 0);
    };
    const read = (isEnd) => {
      const text = pending.join("").replaceAll("\r\n", "\n");
      delimiter ??= findDelimiter(text.slice(0, headCharacters$1)) ?? ",";
      const { rows, end, isOpen } = parseRows(text, delimiter, isEnd);
      for (const row of rows) takeRow(row);
      if (isOpen) throw new ReportProblem("a quote is opened and never closed: write a quote within quotes twice", line);
      const rest = text.slice(end);
      if (rest.length > limits.maxLineCharacters) throw new ReportProblem("a row does not end: is a quote never closed?", line);
      pending = rest === "" ? [] : [rest];
      length = rest.length;
    };
    return {
      write(text) {
        pending.push(text);
        length += text.length;
        if (length >= headCharacters$1) read(false);
      },
      end: () => read(true)
    };
  }
};
const headCharacters$1 = 65536;
function parseRows(text, delimiter, isEnd) {
  const parser = new Papa.Parser({ delimiter });
  const { data, errors, meta } = parser.parse(text, 0, !isEnd);
  const open = isEnd ? errors.find(({ code }) => code === "MissingQuotes") : void 0;
  return { rows: data.slice(0, open?.row), end: isEnd ? text.length : meta.cursor, isOpen: open !== void 0 };
}
function findDelimiter(head) {
  if (/^\s*[[{<]/.test(head)) return void 0;
  const text = head.replaceAll("\r\n", "\n");
  const widths = [",", ";", "	", "|"].map((delimiter2) => [delimiter2, findWidth(text, delimiter2)]);
  const [delimiter, width] = widths.reduce((best, next) => next[1] > best[1] ? next : best);
  return width > 1 ? delimiter : void 0;
}
function findWidth(text, delimiter) {
  const isCut = text.length >= headCharacters$1 / 2;
  const { rows } = parseRows(text, delimiter, !isCut);
  const [header, first] = rows.filter((row) => !isBlank(row));
  return header?.every(isName$1) && header.length === first?.length ? header.length : 0;
}
const isName$1 = (cell) => cell.length <= limits.maxNameCharacters && !decimal.test(cell.trim());
const isBlank = (row) => row.length === 1 && row[0]?.trim() === "";
const countBreaks = (text) => text.split("\n").length - 1;
function toNames(row) {
  const seen = /* @__PURE__ */ new Map();
  return row.map((cell) => {
    const name = cell.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}
function toRecord(names, row, line) {
  if (row.length !== names.length) {
    const reason = `the row has ${row.length} values and the header ${names.length}`;
    throw new ReportProblem(`${reason}: quote values that hold the delimiter`, line);
  }
  const cells = names.flatMap(
    (name, index) => /^(_\d+)?$/.test(name) ? [] : [[name, toValue(row[index] ?? "")]]
  );
  return Object.fromEntries(cells);
}
const decimal = /^[+-]?(?:\d+(?:[eE][+-]\d+)?|(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;
const notFinite = /^(?:nan|[+-]?inf(?:inity)?)$/i;
function toValue(cell) {
  const text = cell.trim();
  if (text === "") return null;
  if (decimal.test(text)) return Number(text);
  if (notFinite.test(text)) return Number.NaN;
  return text === "true" || text === "false" ? text === "true" : cell;
}

const json = {
  name: "JSON",
  recognizes: (head) => /^\s*[[{]/.test(head) && !ndjson.recognizes(head),
  open: (emit) => readJson((value) => emitRecords(value, emit))
};
const ndjson = {
  name: "NDJSON",
  recognizes(head) {
    const sample = sampleJson(head);
    if (sample === void 0) return false;
    const first = head.slice(0, head.length - sample.rest.length).trim();
    return !first.includes("\n") && /^[^\S\n]*\r?\n\s*[[{]/.test(sample.rest);
  },
  open: (emit) => readLines(
    (line, number) => {
      if (line.trim() !== "") emitRecords(parseJson(line, number), emit, number);
    },
    () => {
    }
  )
};
function emitRecords(value, emit, line) {
  const records = Array.isArray(value) ? value : [value];
  for (const [index, record] of records.entries()) {
    if (shared.isObject(record)) emit(record);
    else throw new ReportProblem(`${explainRecord(record, Array.isArray(value) ? index : void 0)}`, line);
  }
}
function explainRecord(record, index) {
  const what = record === null ? "null" : Array.isArray(record) ? "a list" : `a ${typeof record}`;
  const where = index === void 0 ? "it holds" : `record ${index + 1} is`;
  return `${where} ${what}: write an object, or a list of objects`;
}

const jsonFormats = [ndjson, json, csv];

const plain = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;
const clock = /^(?:(\d+)\.)?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/;
function openSeconds() {
  let isCommaDecimal = true;
  return (text) => {
    if (text === void 0) return void 0;
    const trimmed = text.trim().replace(/ ?s$/, "");
    if (plain.test(trimmed)) {
      if (trimmed.includes(".")) isCommaDecimal = false;
      return Number(trimmed);
    }
    const [, days = "0", hours, minutes, seconds] = clock.exec(trimmed) ?? [];
    if (hours !== void 0) return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
    const comma = trimmed.lastIndexOf(",");
    if (comma < 0) return void 0;
    const isGroups = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(trimmed);
    if (isGroups && (trimmed.includes(".") || /,.*,/.test(trimmed))) isCommaDecimal = false;
    else if (!isGroups) isCommaDecimal = true;
    const number = isCommaDecimal ? `${trimmed.slice(0, comma).replace(/[.\s\u00a0\u202f']/g, "")}.${trimmed.slice(comma + 1)}` : trimmed.replaceAll(",", "");
    return plain.test(number) ? Number(number) : void 0;
  };
}

const junit = {
  name: "JUnit XML",
  recognizes: (head) => roots.has(readXmlRoot(head)?.name ?? ""),
  open: openJunit
};
const roots = /* @__PURE__ */ new Set(["testsuites", "testsuite"]);
const verdicts = {
  error: "error",
  failure: "failed",
  skipped: "skipped",
  disabled: "skipped",
  ignored: "skipped",
  flakyError: "flaky",
  flakyFailure: "flaky",
  // Beside a `failure` where no try passed.
  rerunError: "flaky",
  rerunFailure: "flaky"
};
const statuses = {
  disabled: "skipped",
  ignored: "skipped",
  notrun: "skipped",
  pending: "skipped",
  skipped: "skipped",
  suppressed: "skipped",
  undefined: "skipped",
  untested: "skipped",
  error: "error",
  fail: "failed",
  failed: "failed",
  failure: "failed"
};
function openJunit(emit) {
  const readSeconds = openSeconds();
  const suites = [];
  const cases = [];
  let verdict;
  let depth = 0;
  let caseCount = 0;
  let isClaimed = false;
  const emitCase = (item) => {
    caseCount++;
    emit(item);
  };
  const openSuite = ({ name, file, filepath, tests, time }) => {
    const outer = suites.at(-1);
    readSeconds(time);
    isClaimed ||= Number(tests) > 0;
    suites.push({ ...outer, ...toDefined({ name, file: file ?? filepath }) });
  };
  const closeVerdict = (text) => {
    if (verdict === void 0) return;
    const { kind, attributes } = verdict;
    verdict = void 0;
    const message = toMessage(attributes, text);
    const current = cases.at(-1);
    if (current === void 0) {
      const { name, file } = suites.at(-1) ?? {};
      if (kind !== "error" && kind !== "failed") return;
      emitCase({ name: name ?? kind, outcome: "error", ...toDefined({ suite: name, file, message }) });
    } else {
      current.found[kind] ??= { isTodo: attributes.type === "todo", ...toDefined({ message }) };
    }
  };
  const xml = openXml({
    open(name, attributes, line) {
      if (depth++ === 0 && !roots.has(name)) {
        throw new ReportProblem(`the outermost element is <${name}>, not <testsuites> or <testsuite>`, line);
      }
      if (name === "testcase") cases.push({ attributes, found: {} });
      else if (name === "testsuite") openSuite(attributes);
      else if (verdict === void 0 && Object.hasOwn(verdicts, name)) {
        const kind = verdicts[name];
        if (kind === void 0) return false;
        verdict = { kind, attributes };
        return true;
      }
      return false;
    },
    close(name, text) {
      depth--;
      if (name === "testcase") {
        const current = cases.pop();
        if (current !== void 0) emitCase(toTestCase(current, suites.at(-1) ?? {}, readSeconds));
      } else if (name === "testsuite") suites.pop();
      else if (Object.hasOwn(verdicts, name)) closeVerdict(text);
    }
  });
  return {
    write: xml.write,
    end() {
      xml.end();
      if (caseCount > 0 || !isClaimed) return;
      throw new ReportProblem("its suites count tests, but there is no <testcase>: have the tool write them");
    }
  };
}
function toTestCase({ attributes, found }, suite, readSeconds) {
  const outcome = toOutcome(attributes, found);
  const message = outcome === "error" || outcome === "failed" || outcome === "skipped" ? found[outcome]?.message : found.flaky?.message;
  return {
    name: attributes.name ?? "",
    outcome,
    ...outcome === "passed" && found.flaky !== void 0 && { flaky: true },
    ...toDefined({
      classname: attributes.classname,
      suite: suite.name,
      file: attributes.file ?? suite.file,
      duration: readSeconds(attributes.time),
      message
    })
  };
}
function toOutcome({ status, result }, found) {
  if (found.skipped?.isTodo === true) return "skipped";
  if (found.failed !== void 0) return "failed";
  if (found.error !== void 0) return "error";
  if (found.skipped !== void 0) return "skipped";
  return toStatus(result) ?? toStatus(status) ?? "passed";
}
function toStatus(text) {
  const status = text?.toLowerCase() ?? "";
  return Object.hasOwn(statuses, status) ? statuses[status] : void 0;
}
function toMessage({ message, type }, text) {
  const given = message?.trim() ?? "";
  if (given !== "" && !/^failed$/i.test(given)) return given;
  return text.trim() || given || type || void 0;
}
function toDefined(value) {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== void 0 && one !== "")
  );
}

const testFormats = [junit];

const formats = [
  ...testFormats.map((format) => ({ kind: "tests", format })),
  ...coverageFormats.map((format) => ({ kind: "coverage", format })),
  ...benchmarkFormats.map((format) => ({ kind: "benchmark", format })),
  ...jsonFormats.map((format) => ({ kind: "json", format }))
];
function findFormat(head, asked) {
  if (head.trim() === "") throw new ReportProblem("it is empty: the tool was stopped before it wrote its report");
  if (asked === void 0) {
    const known = formats.find(({ format }) => format.recognizes(head));
    if (known === void 0 && /^\s*</.test(head)) checkXml(head);
    return known;
  }
  const plain = formats.filter(({ kind }) => kind === "json");
  const isAsked = ({ format }) => format.name.toLowerCase() === asked;
  const candidates = asked === "json" ? plain.filter(({ format }) => /JSON$/.test(format.name)) : plain.filter(isAsked);
  return candidates.find(({ format }) => format.recognizes(head)) ?? plain.find(isAsked);
}
function checkXml(head) {
  const isFound = new Error("the outermost element is found");
  const open = () => {
    throw isFound;
  };
  try {
    openXml({ open, close() {
    } }).write(head);
  } catch (error) {
    if (error !== isFound) throw error;
  }
}

class TestCounter {
  bySuite;
  groups = /* @__PURE__ */ new Map();
  /** Whether there are more suites than are told apart; the rest is counted without a suite. */
  hasMoreSuites = false;
  constructor({ bySuite = false } = {}) {
    this.bySuite = bySuite;
  }
  add({ suite, outcome, flaky, duration }) {
    const isFailed = outcome === "failed" || outcome === "error";
    const counts = this.open(this.bySuite ? suite : void 0);
    counts.tests++;
    if (outcome === "passed") counts.passed++;
    if (isFailed) counts.failed++;
    if (outcome === "error") counts.errors++;
    if (outcome === "skipped") counts.skipped++;
    if (outcome === "passed" && flaky === true) counts.flaky++;
    if (duration !== void 0) counts.duration = (counts.duration ?? 0) + duration;
  }
  /** Adds what another one has counted, of another file. */
  merge(other) {
    for (const [suite, more] of other.groups) {
      const counts = this.open(this.bySuite ? suite : void 0);
      for (const key of keys) counts[key] += more[key];
      if (more.duration !== void 0) counts.duration = (counts.duration ?? 0) + more.duration;
    }
    this.hasMoreSuites ||= other.hasMoreSuites;
  }
  /** In the order in which the suites came. Empty where no case was counted: that is not a count of zero. */
  list() {
    return [...this.groups].map(([suite, counts]) => ({ ...suite !== void 0 && { suite }, counts: { ...counts } }));
  }
  open(suite) {
    const found = this.groups.get(suite);
    if (found !== void 0) return found;
    const isOver = suite !== void 0 && this.groups.size >= limits.maxSuites;
    if (isOver) {
      this.hasMoreSuites = true;
      return this.open(void 0);
    }
    const counts = { tests: 0, passed: 0, failed: 0, errors: 0, skipped: 0, flaky: 0 };
    this.groups.set(suite === void 0 ? void 0 : copyText(suite), counts);
    return counts;
  }
}
const keys = ["tests", "passed", "failed", "errors", "skipped", "flaky"];
function copyText(text) {
  return JSON.parse(JSON.stringify(text));
}

class CaseSelection {
  choice;
  limit;
  kept = [];
  /** Slowest: what is not slower than this is passed over. */
  least = -1;
  count = 0;
  constructor(choice, limit) {
    this.choice = choice;
    this.limit = limit;
  }
  add(item) {
    if (!this.isAsked(item)) return;
    this.count++;
    if (this.choice !== "slowest") {
      if (this.kept.length < this.limit) this.kept.push(copyCase(item));
      return;
    }
    if ((item.duration ?? 0) <= this.least) return;
    this.kept.push(copyCase(item));
    if (this.kept.length >= 2 * this.limit) this.dropFaster();
  }
  /** Adds what another one has kept, of another file. */
  merge(other) {
    const kept = other.list();
    for (const item of kept) this.add(item);
    this.count += other.count - kept.length;
  }
  /** Failed and all: as they came, the first of them; slowest: the slowest first. */
  list() {
    if (this.choice === "slowest") this.dropFaster();
    return this.kept;
  }
  /** How many the limit left out. */
  get omitted() {
    return this.count - Math.min(this.count, this.limit);
  }
  isAsked({ outcome, duration }) {
    if (this.choice === "failed") return outcome === "failed" || outcome === "error";
    return this.choice === "all" || duration !== void 0;
  }
  /** Sorting twice as many as are kept, once they are there, costs what a heap costs. Equals stay in their order. */
  dropFaster() {
    this.kept = this.kept.toSorted((a, b) => (b.duration ?? 0) - (a.duration ?? 0)).slice(0, this.limit);
    if (this.kept.length === this.limit) this.least = this.kept.at(-1)?.duration ?? -1;
  }
}
function copyCase(item) {
  const entries = Object.entries(item).map(([key, value]) => {
    if (typeof value !== "string") return [key, value];
    return [key, copyText(value.slice(0, limits.maxCaseMessageCharacters))];
  });
  return Object.fromEntries(entries);
}

const maxAlternatives = 100;
function parseGlob(text, isWindows = process.platform === "win32") {
  const isExclusion = text.startsWith("!");
  const given = isExclusion ? text.slice(1) : text;
  return expandBraces(isWindows ? given.replaceAll("\\", "/") : given).map((path) => {
    const { root, names } = splitPath(path);
    const parts = names.filter((name, index) => name !== "**" || names[index - 1] !== "**").map(toPart);
    return { text, parts: root === "" ? parts : [{ name: root }, ...parts], isExclusion };
  });
}
function splitPath(path) {
  const root = /^(?:[a-z]:)?\/+/i.exec(path)?.[0] ?? "";
  const names = path.slice(root.length).split("/");
  return { root, names: names.filter((name) => name !== "" && name !== ".") };
}
function toPart(name) {
  if (name === "**") return name;
  return /[*?[]/.test(name) ? { pattern: name } : { name };
}
function expandBraces(text) {
  const pieces = text.split(/\{([^{}]*,[^{}]*)\}/);
  return pieces.reduce(
    (starts, piece, index) => {
      const ends = index % 2 === 0 ? [piece] : piece.split(",");
      return starts.flatMap((start) => ends.map((end) => start + end)).slice(0, maxAlternatives);
    },
    [""]
  );
}
function matchesGlob({ parts }, path) {
  let states = /* @__PURE__ */ new Set([0]);
  for (const name of path) states = new Set([...states].flatMap((at) => step(parts, at, name)));
  return [...states].some((at) => parts.slice(at).every((part) => part === "**"));
}
function step(parts, at, name) {
  const part = parts[at];
  if (part === void 0) return [];
  if (part === "**") return [at, ...step(parts, at + 1, name)];
  return matchesPart(part, name) ? [at + 1] : [];
}
function matchesPart(part, name) {
  return "name" in part ? part.name === name : matchesPattern(part.pattern, name);
}
function matchesPattern(pattern, name) {
  let [at, from] = [0, 0];
  let star;
  while (from < name.length) {
    const end = pattern[at] === "*" ? void 0 : matchesOne(pattern, at, name[from] ?? "");
    if (pattern[at] === "*") {
      star = { at: at + 1, from };
      at++;
    } else if (end !== void 0) {
      at = end;
      from++;
    } else if (star === void 0) {
      return false;
    } else {
      star.from++;
      at = star.at;
      from = star.from;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
function matchesOne(pattern, at, character) {
  const end = pattern[at] === "[" ? pattern.indexOf("]", at + 2) : -1;
  if (end < 0) return pattern[at] === "?" || pattern[at] === character ? at + 1 : void 0;
  const set = pattern.slice(at + 1, end);
  const isNegated = /^[!^]/.test(set);
  const ranges = (isNegated ? set.slice(1) : set).matchAll(/(.)-(.)|(.)/gsu);
  const isIn = [...ranges].some(
    ([, first, last, single]) => first === void 0 || last === void 0 ? single === character : first <= character && character <= last
  );
  return isIn === isNegated ? void 0 : end + 1;
}

const slow$1 = "searching for them took too long; name the folder that they are in";
const skippedNames = ["node_modules", ".git"];
async function findReports(patterns, { workspace: givenWorkspace, temp: givenTemp }, signal) {
  const files = /* @__PURE__ */ new Map();
  const refused = /* @__PURE__ */ new Map();
  const folders = /* @__PURE__ */ new Set();
  const leaving = /* @__PURE__ */ new Set();
  const skipped = /* @__PURE__ */ new Set();
  let cut;
  const workspace = await promises.realpath(givenWorkspace);
  const temp = givenTemp ? await promises.realpath(givenTemp).catch(() => void 0) : void 0;
  const roots = [workspace, ...temp === void 0 ? [] : [temp]];
  const places = [...roots];
  const inPlaces = (path) => places.some((root) => isWithin(root, path));
  const isInside = (path) => roots.some((root) => isWithin(root, path));
  const visited = /* @__PURE__ */ new Map();
  async function visit(folder, path, { name, kind }, states) {
    const next = states.flatMap(({ glob, at }) => step(glob.parts, at, name).map((end) => ({ glob, at: end })));
    if (next.length === 0) return;
    if (skippedNames.includes(name)) {
      skipped.add(name);
      return;
    }
    const here = [...path, name];
    const isNamed = states.some(({ glob, at }) => isName(glob, at, name));
    const ended = next.filter(({ glob, at }) => glob.parts.slice(at).every((part) => part === "**"));
    try {
      if (kind === "other" && ended.length === 0) return;
      const real = kind === "link" ? await follow(node_path.join(folder, name), here.join("/"), isNamed) : node_path.join(folder, name);
      if (real === void 0) return;
      const stats = kind === "folder" ? void 0 : await promises.stat(real);
      if (stats === void 0 || stats.isDirectory()) {
        for (const { glob } of ended) if (glob.parts.at(-1) !== "**") folders.add(glob.text);
        await walk(real, here, next);
      } else if (ended.length > 0) add(real, here, stats, ended);
    } catch {
    }
  }
  async function follow(link, path, isNamed) {
    const real = await promises.realpath(link);
    if (!isInside(real)) {
      if (!isNamed) {
        leaving.add(path);
        return void 0;
      }
      roots.push(real);
    }
    const root = roots.find((one) => isWithin(one, real)) ?? real;
    const through = node_path.relative(root, real).split(node_path.sep).find((part) => skippedNames.includes(part));
    if (through !== void 0) skipped.add(through);
    return through === void 0 ? real : void 0;
  }
  function add(realPath, path, stats, states) {
    const known = files.get(realPath);
    const globs2 = known?.globs ?? /* @__PURE__ */ new Set();
    for (const { glob } of states) globs2.add(glob.text);
    if (known !== void 0) return;
    if (files.size >= limits.maxReports) cut = `there are more than ${limits.maxReports} files`;
    else {
      const file = { path: path.join("/"), realPath, mtimeMs: stats.mtimeMs, isOutside: !inPlaces(realPath), globs: globs2 };
      files.set(realPath, { file, globs: globs2 });
    }
  }
  async function walk(folder, path, states) {
    if (signal.aborted) cut ??= slow$1;
    const fresh = states.filter(({ glob, at }) => {
      const seen = visited.get(glob) ?? /* @__PURE__ */ new Set();
      visited.set(glob, seen);
      const isNew = !seen.has(`${at} ${folder}`);
      seen.add(`${at} ${folder}`);
      return isNew;
    });
    if (fresh.length === 0 || cut !== void 0) return;
    for (const entry of await listEntries(folder, fresh)) await visit(folder, path, entry, fresh);
  }
  const globs = [...new Set(patterns)].flatMap((pattern) => parseGlob(pattern)).filter((glob) => !glob.isExclusion);
  const starts = /* @__PURE__ */ new Map();
  for (const glob of globs) {
    const start = toStart(glob, workspace, temp, { workspace: givenWorkspace, temp: givenTemp });
    if (start === void 0) refused.set(glob.text, "leads out of the workspace and RUNNER_TEMP");
    else starts.set(start.folder, [...starts.get(start.folder) ?? [], { glob: start.glob, at: 0 }]);
  }
  const walking = async () => {
    for (const [folder, states] of starts) await walk(folder, folder === workspace ? [] : [folder], states);
  };
  await Promise.race([walking().catch(() => void 0), toEnd$1(signal)]);
  if (signal.aborted) cut ??= slow$1;
  const found = [...files.values()].map(({ file }) => file);
  return { files: found, refused, folders, leaving: [...leaving], skipped, cut };
}
function createExclusion(patterns) {
  const globs = patterns.filter((pattern) => pattern.startsWith("!")).flatMap((pattern) => parseGlob(pattern));
  return (path) => {
    const { root, names } = splitPath(path);
    return globs.some((glob) => matchesGlob(glob, root === "" ? names : [root, ...names]));
  };
}
function toStart(glob, workspace, temp, { workspace: given, temp: givenTemp }) {
  const [root, ...rest] = glob.parts;
  const isRooted = root !== void 0 && root !== "**" && "name" in root && node_path.isAbsolute(root.name);
  if (!isRooted) return { folder: workspace, glob: { ...glob, parts: withoutDots(glob) } };
  const parts = withoutDots({ ...glob, parts: rest });
  const places = [workspace, given, temp, givenTemp].filter((place) => place !== void 0);
  for (const [index, place] of places.entries()) {
    const names = place.split(/[/\\]/).filter((name) => name !== "" && !/^[a-z]:$/i.test(name));
    const isThere = names.every((name, at) => isName({ ...glob, parts }, at, name));
    const folder = index < 2 ? workspace : temp;
    if (isThere && folder !== void 0) return { folder, glob: { ...glob, parts: parts.slice(names.length) } };
  }
  return void 0;
}
function withoutDots({ parts }) {
  const kept = [];
  for (const part of parts) {
    if (part !== "**" && "name" in part && part.name === "..") kept.pop();
    else kept.push(part);
  }
  return kept;
}
function isName({ parts }, at, name) {
  const part = parts[at];
  return part !== void 0 && part !== "**" && "name" in part && part.name === name;
}
async function listEntries(folder, states) {
  const names = /* @__PURE__ */ new Set();
  for (const { glob, at } of states) {
    const part = glob.parts[at];
    if (part === void 0) continue;
    if (part === "**" || !("name" in part))
      return (await promises.readdir(folder, { withFileTypes: true })).map((entry) => ({
        name: entry.name,
        kind: toKind(entry)
      }));
    names.add(part.name);
  }
  const entries = [...names].map(async (name) => {
    const stats = await promises.lstat(node_path.join(folder, name)).catch(() => void 0);
    return stats === void 0 ? [] : [{ name, kind: toKind(stats) }];
  });
  return (await Promise.all(entries)).flat();
}
function toKind(entry) {
  return entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? "link" : "other";
}
async function toEnd$1(signal) {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
function isWithin(root, path) {
  const way = node_path.relative(root, path);
  return way === "" || way.split(node_path.sep)[0] !== ".." && !node_path.isAbsolute(way);
}

function openTracked() {
  const repositories = /* @__PURE__ */ new Map();
  const find = (folder) => {
    const known = repositories.get(folder);
    if (known !== void 0) return known;
    const parent = node_path.dirname(folder);
    const found = readRepository(folder).then((own) => own ?? (parent === folder ? void 0 : find(parent)));
    repositories.set(folder, found);
    return found;
  };
  return async (path) => {
    const repository = await find(node_path.dirname(path));
    return repository?.tracked.has(node_path.relative(repository.root, path).split(node_path.sep).join("/")) ?? false;
  };
}
async function readRepository(root) {
  const path = node_path.join(root, ".git");
  const stats = await promises.stat(path).catch(() => void 0);
  if (stats === void 0) return void 0;
  const text = stats.isDirectory() ? void 0 : (await readFile$1(path))?.toString();
  const folder = text === void 0 ? path : /^gitdir: (.+)/.exec(text)?.[1]?.trim();
  const index = folder === void 0 ? void 0 : await readFile$1(node_path.resolve(root, folder, "index"));
  return { root, tracked: new Set(index === void 0 ? [] : readIndexPaths(index)) };
}
async function readFile$1(path) {
  const file = await promises.open(path, node_fs.constants.O_RDONLY | (node_fs.constants.O_NONBLOCK ?? 0)).catch(() => void 0);
  try {
    const stats = await file?.stat();
    return file === void 0 || !stats?.isFile() || stats.size > limits.maxIndexBytes ? void 0 : await file.readFile();
  } catch {
    return void 0;
  } finally {
    await file?.close();
  }
}
function readIndexPaths(index) {
  if (index.length < 12 || index.toString("latin1", 0, 4) !== "DIRC") return [];
  return readEntries(index, 20) ?? readEntries(index, 32) ?? [];
}
function readEntries(index, hashBytes) {
  const version = index.readUInt32BE(4);
  const count = index.readUInt32BE(8);
  const paths = [];
  let previous = Buffer.alloc(0);
  let at = 12;
  while (paths.length < count) {
    const start = at;
    at += 40 + hashBytes;
    if (at + 2 > index.length) return void 0;
    const flags = index.readUInt16BE(at);
    at += (flags & 16384) !== 0 && version >= 3 ? 4 : 2;
    let kept = 0;
    if (version === 4) {
      const stripped = readOffset(index, at);
      at = stripped.end;
      kept = previous.length - stripped.value;
    }
    const end = index.indexOf(0, at);
    if (end < 0 || kept < 0) return void 0;
    const path = Buffer.concat([previous.subarray(0, kept), index.subarray(at, end)]);
    const length = flags & 4095;
    if (length !== 4095 ? path.length !== length : path.length < length) return void 0;
    paths.push(path.toString());
    previous = path;
    at = version === 4 ? end + 1 : start + (end - start + 8 & -8);
  }
  return paths;
}
function readOffset(index, start) {
  let at = start;
  let value = (index[at] ?? 0) & 127;
  while (((index[at] ?? 0) & 128) !== 0 && at - start < 5) {
    at++;
    value = (value + 1) * 128 + ((index[at] ?? 0) & 127);
  }
  return { value, end: at + 1 };
}

async function* readReport(path, signal) {
  const file = await openReport(path);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new ReportProblem("it is not a file, but a pipe, a device or a folder");
    if (stats.size === 0) throw new ReportProblem("it is empty: the tool was stopped before it wrote its report");
    if (stats.size > limits.maxReportBytes) throw new ReportProblem(explainSize(stats.size));
    let decoder;
    for (let at = 0; at < stats.size; ) {
      const buffer = Buffer.allocUnsafe(Math.min(limits.readBytes, stats.size - at));
      const { bytesRead } = await readPiece(file, buffer, at);
      if (signal.aborted) throw new ReportProblem("reading reports took too long");
      if (bytesRead === 0) throw new ReportProblem("it became shorter while it was read");
      const bytes = buffer.subarray(0, bytesRead);
      decoder ??= openDecoder(bytes);
      at += bytesRead;
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder?.decode() ?? "";
  } finally {
    await file.close();
  }
}
async function openReport(path) {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = node_fs.constants;
  try {
    return await promises.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  } catch (error) {
    throw new ReportProblem(explainOpen(error));
  }
}
function explainOpen({ code, message }) {
  switch (code) {
    case "ENOENT":
      return "it is gone";
    case "EACCES":
    case "EPERM":
      return `it may not be read by this runner (${code})`;
    // A socket, or a device that is not there.
    case "ENXIO":
    case "ENODEV":
    case "ELOOP":
      return "it is not a file any more";
    default:
      return `it cannot be opened: ${message}`;
  }
}
async function readPiece(file, buffer, at) {
  try {
    return await file.read(buffer, 0, buffer.length, at);
  } catch (error) {
    throw new ReportProblem(`it cannot be read: ${error.message}`);
  }
}
function explainSize(bytes) {
  const toMib = (count) => `${Math.round(count / 2 ** 20)} MiB`;
  return `it has ${toMib(bytes)}, and ${toMib(limits.maxReportBytes)} are the most that is read`;
}
function openDecoder(start) {
  const [first, second] = start;
  if (first === 255 && second === 254) return new TextDecoder("utf-16le");
  if (first === 254 && second === 255) return new TextDecoder("utf-16be");
  if (first !== void 0 && first !== 0 && second === 0) return new TextDecoder("utf-16le");
  if (first === 0 && second !== 0) return new TextDecoder("utf-16be");
  const declared = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["']/.exec(start.toString("latin1", 0, 1e3))?.[1];
  if (declared === void 0 || /^utf-?16|^ucs-?2/i.test(declared)) return new TextDecoder();
  try {
    return new TextDecoder(declared);
  } catch {
    throw new ReportProblem(`its encoding ${JSON.stringify(declared.slice(0, 40))} is not known: write it in UTF-8`, 1);
  }
}

const parts = ["lines", "branches", "functions"];
function sumCoverage(by) {
  const sums = /* @__PURE__ */ new Map();
  return {
    add(coverage) {
      const key = by === "file" ? coverage.file : void 0;
      const sum = sums.get(key) ?? {};
      sums.set(key, sum);
      for (const part of parts) {
        const more = coverage[part];
        if (more === void 0) continue;
        const { covered, total } = sum[part] ?? { covered: 0, total: 0 };
        sum[part] = { covered: covered + more.covered, total: total + more.total };
      }
    },
    records: () => [...sums].map(([file, sum]) => ({
      ...file === void 0 ? {} : { file },
      ...Object.assign({}, ...parts.map((part) => toFields$1(part, sum[part])))
    }))
  };
}
function toFields$1(part, count) {
  if (count === void 0) return {};
  const percent = count.total > 0 ? { [`${part}_percent`]: count.covered / count.total * 100 } : {};
  return { ...percent, [`${part}_covered`]: count.covered, [`${part}_total`]: count.total };
}

function openCollection(kind, wanted) {
  switch (kind) {
    case "tests":
      return wanted.cases === void 0 ? collectCounts(wanted) : collectCases(wanted, wanted.cases);
    case "coverage":
      return collectCoverage(wanted);
    case "benchmark":
      return collectBenchmarks(wanted);
    case "json":
      return collectRecords(wanted);
  }
}
function collectCounts({ name = "tests", by }) {
  const bySuite = by === "suite";
  const [counter, total] = [new TestCounter({ bySuite }), new TestCounter()];
  return {
    kind: "tests",
    refusal: by === "file" ? 'it holds tests, which are told apart by suite only: write "by: suite"' : void 0,
    open() {
      const own = new TestCounter({ bySuite });
      return {
        add: (item) => own.add(item),
        keep() {
          counter.merge(own);
          total.merge(own);
        }
      };
    },
    records: (redact) => counter.list().map(({ suite, counts }) => ({
      name,
      tags: suite === void 0 ? [] : [["suite", redact(suite)]],
      fields: toFields(counts)
    })),
    omitted: () => counter.hasMoreSuites ? [`There are more than ${limits.maxReportSeries} suites: the others are counted without a suite`] : [],
    digest() {
      const [sum] = total.list();
      return sum && { kind: "tests", counts: sum.counts };
    },
    isMissed: () => true
  };
}
function collectCases({ name = "test_case", limit = limits.defaultCases }, choice) {
  const cases = new CaseSelection(choice, limit);
  return {
    kind: "tests",
    open() {
      const own = new CaseSelection(choice, limit);
      return { add: (item) => own.add(item), keep: () => cases.merge(own) };
    },
    records: (redact) => cases.list().map((item) => toCaseRecord(name, item, redact)),
    omitted: () => cases.omitted > 0 ? [`${cases.omitted} more cases are left out: the limit is ${limit}`] : [],
    digest: () => ({ kind: "cases", count: cases.list().length }),
    isMissed: () => choice !== "failed"
  };
}
function toCaseRecord(name, item, redact) {
  const { classname, file, message, duration, outcome } = item;
  const fields = {
    name: redact(item.name),
    classname: classname && redact(classname),
    file: file && redact(file),
    // A part of a secret would stay of one that is cut.
    message: message && shared.cutText(redact(message), limits.maxMessageCharacters),
    duration
  };
  return { name, tags: [["outcome", outcome]], fields: toFields(fields) };
}
function collectCoverage({ name = "coverage", by, cases }) {
  const [sum, total] = [sumCoverage(by === "file" ? "file" : void 0), sumCoverage()];
  const files = /* @__PURE__ */ new Set();
  let hasMore = false;
  const add = (item) => {
    total.add(item);
    const { file, ...counts } = item;
    const isOver = by === "file" && file !== void 0 && !files.has(file) && files.size >= limits.maxReportSeries;
    hasMore ||= isOver;
    if (file !== void 0 && !isOver) files.add(file);
    sum.add(isOver ? counts : item);
  };
  return {
    kind: "coverage",
    refusal: refuse("coverage", by === "suite" ? "suite" : void 0, cases, "by: file"),
    open: () => stage(add, Number.POSITIVE_INFINITY),
    records: (redact) => sum.records().flatMap(({ file, ...counts }) => {
      const fields = toFields(counts);
      if (fields.length === 0) return [];
      return [{ name, tags: file === void 0 ? [] : [["file", redact(String(file))]], fields }];
    }),
    omitted: () => hasMore ? [`There are more than ${limits.maxReportSeries} files: the others are one record without a file`] : [],
    digest() {
      const [record] = total.records();
      return record && { kind: "coverage", record };
    },
    isMissed: () => true
  };
}
function collectBenchmarks({ name = "benchmark", by, cases }) {
  const benchmarks = [];
  let more = 0;
  const add = (item) => {
    if (benchmarks.length < limits.maxReportSeries) benchmarks.push(item);
    else more++;
  };
  return {
    kind: "benchmark",
    refusal: refuse("benchmarks", by, cases),
    open: () => stage(add, limits.maxReportSeries, (count) => more += count),
    records: (redact) => benchmarks.map(({ name: benchmark, unit, ...values }) => ({
      name,
      tags: [["benchmark", redact(benchmark)], ...unit === void 0 ? [] : [["unit", redact(unit)]]],
      fields: toFields(values)
    })),
    omitted: () => more > 0 ? [`${more} more benchmarks are left out: each is a series, and ${limits.maxReportSeries} are the most`] : [],
    digest: () => ({ kind: "benchmark", benchmarks }),
    isMissed: () => true
  };
}
function collectRecords({ name, by, cases }) {
  const records = [];
  let more = 0;
  const add = (item) => {
    if (records.length < limits.maxReportRecords) records.push(item);
    else more++;
  };
  return {
    kind: "json",
    refusal: name === void 0 ? 'it is no report of a tool that is known: give the rule a "name" to store it as it is' : refuse("plain records", by, cases),
    open: () => stage(add, limits.maxReportRecords, (count) => more += count),
    // Fields are made of it where those of all data are.
    records: () => records.map((json) => ({ name: name ?? "", tags: [], fields: [], json })),
    omitted: () => more > 0 ? [`${more} more records are left out: ${limits.maxReportRecords} are the most; append them to $BUILD_STATS instead`] : [],
    digest: () => ({ kind: "records", count: records.length }),
    isMissed: () => true
  };
}
function refuse(what, by, cases, instead) {
  if (cases !== void 0) return `it holds ${what}, which have no cases: leave "cases" out`;
  if (by === void 0) return void 0;
  return `it holds ${what}, which are not told apart by ${by}: ${instead === void 0 ? 'leave "by" out' : `write "${instead}"`}`;
}
function stage(add, most, onMore = () => {
}) {
  const items = [];
  let more = 0;
  return {
    add(item) {
      if (items.length < most) items.push(item);
      else more++;
    },
    keep() {
      for (const item of items) add(item);
      onMore(more);
    }
  };
}
function toFields(values) {
  const entries = Object.entries(values);
  return entries.flatMap(([key, value]) => value === void 0 ? [] : [[key, value]]);
}

const unknownFormat = "in no known format";
const defaultNames = { tests: "tests", cases: "test_case", coverage: "coverage", benchmark: "benchmark", records: "" };
const maxNamed = 3;
class RuleReading {
  rule;
  files;
  collections = /* @__PURE__ */ new Map();
  /** Globs of which a file was read, or is to blame for itself. */
  answered = /* @__PURE__ */ new Set();
  passed = /* @__PURE__ */ new Map();
  broken = [];
  constructor(rule, found) {
    this.rule = rule;
    const isExcluded = createExclusion(rule.files);
    const isOwn = ({ globs, path }) => rule.files.some((glob) => globs.has(glob)) && !isExcluded(path);
    this.files = new Set(found.filter(isOwn));
  }
  wants(file) {
    return this.files.has(file);
  }
  passOver(file, why) {
    this.passed.set(file, why);
  }
  /** A file that cannot be read is reported, whatever the rule says of missing ones. */
  blame(file, reason, line) {
    this.answer(file);
    const place = line === void 0 ? file.path : `${file.path}, line ${line}`;
    this.broken.push({ reason: `${place}: ${reason}`, cause: reason });
  }
  /** Where the items of a report go; undefined where the rule has no use for one of this format. */
  open(file, known) {
    const collection = known && this.openCollection(known);
    if (collection !== void 0 && collection.refusal === void 0) {
      this.answer(file);
      return collection.open();
    }
    const isMeant = this.rule.files.some((glob) => file.globs.has(glob) && !/[*?[{]/.test(glob));
    const mayBeAny = known === void 0 || known.kind === "json" && this.rule.format === void 0;
    if (mayBeAny && !isMeant) this.passOver(file, unknownFormat);
    else this.blame(file, collection?.refusal ?? `it is ${unknownFormat}`);
    return void 0;
  }
  result(found, redact) {
    const { rule } = this;
    const collections = [...this.collections.values()].filter(({ refusal }) => refusal === void 0);
    const wrong = [];
    const captured = collections.flatMap((one) => one.records(redact)).flatMap((record) => {
      const one = finish.captureReport(rule, record);
      if (typeof one === "string") wrong.push(one);
      return typeof one === "string" ? [] : [one];
    });
    const isPart = captured.length > 0;
    const level = rule.onMissing === "error" ? "error" : "warn";
    const lost = (reason, cause = reason) => ({ rule, reason, cause, level, isPart });
    const isEmpty = captured.length === 0 && this.broken.length === 0 && collections.some((one) => one.isMissed());
    return {
      captured,
      misses: [
        ...this.broken.map(({ reason, cause }) => lost(reason, cause)),
        ...wrong.map((reason) => lost(`a record ${reason}`)),
        ...found.cut === void 0 ? [] : [lost(`not every file was found: ${found.cut}`)],
        ...[...this.explainUnanswered(found), ...isEmpty ? ["its files hold nothing to count"] : []].map(
          (reason) => ({
            ...{ rule, reason, level: rule.onMissing },
            isPart
          })
        )
      ],
      notes: [
        ...this.answered.size > 0 && this.passed.size > 0 ? [`Passed over for ${settings.nameRule(rule)}: ${listPassed([...this.passed])}.`] : [],
        ...collections.flatMap((one) => one.omitted()).map((text) => `${text} (${settings.nameRule(rule)}).`)
      ],
      digests: collections.flatMap((one) => {
        const digest = one.digest();
        return digest === void 0 ? [] : [{ name: rule.name ?? rule.measurement ?? defaultNames[digest.kind], digest }];
      })
    };
  }
  answer({ globs }) {
    for (const glob of this.rule.files) if (globs.has(glob)) this.answered.add(glob);
  }
  openCollection({ kind }) {
    const { rule } = this;
    const known = this.collections.get(kind);
    if (known !== void 0) return known;
    const name = rule.name ?? (kind === "json" ? rule.measurement : void 0);
    const opened = openCollection(kind, { name, by: rule.by, cases: rule.cases, limit: rule.limit });
    this.collections.set(kind, opened);
    return opened;
  }
  /** Globs of which nothing was read, and why: clauses. */
  explainUnanswered({ refused, folders, skipped, leaving }) {
    const globs = this.rule.files.filter((glob) => !glob.startsWith("!") && !this.answered.has(glob));
    return globs.map((glob) => {
      const why = refused.get(glob);
      if (why !== void 0) return `${glob} ${why}`;
      const passed = [...this.passed].filter(([{ globs: globs2 }]) => globs2.has(glob));
      if (passed.length > 0) return `all that ${glob} finds is passed over: ${listPassed(passed)}`;
      if (folders.has(glob))
        return `${glob} is a folder: name the files in it, such as ${glob.replace(/\/$/, "")}/**/*.xml`;
      const hints = [
        ...skipped.size > 0 ? [`${[...skipped].join(" and ")} is not searched`] : [],
        ...leaving.length > 0 ? [`${leaving[0]} is a link that leads out of the workspace and is not followed`] : []
      ];
      return `no file matches ${glob}${hints.map((hint) => `; ${hint}`).join("")}`;
    });
  }
}
function listPassed(passed) {
  const groups = Map.groupBy(passed, ([, why]) => why);
  return [...groups].map(([why, files]) => {
    const names = files.slice(0, maxNamed).map(([{ path }]) => path);
    const rest = files.length - names.length;
    return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""} (${why})`;
  }).join(", ");
}

const slow = "reading reports took too long";
const headCharacters = 65536;
const shownSlowest = 5;
const sameClockMs = 2e3;
const tickMs = 20;
async function readReports(rules, sources) {
  const end = AbortSignal.any([AbortSignal.timeout(sources.budgetMs), sources.cancel]);
  const searchEnd = AbortSignal.any([AbortSignal.timeout(sources.budgetMs * limits.reportSearchPart), sources.cancel]);
  const patterns = rules.flatMap(({ files }) => files);
  const found = await findReports(patterns, sources, searchEnd).catch(toNothing);
  const readings = rules.map((rule) => new RuleReading(rule, found.files));
  const shown = openShown();
  const pending = new Set(found.files);
  const readAll = async () => {
    const explainPassing = createJudge(sources);
    for (const file of found.files.toSorted((a, b) => a.path < b.path ? -1 : 1)) {
      const wanting = readings.filter((reading) => reading.wants(file));
      const why = wanting.length === 0 ? void 0 : await explainPassing(file);
      if (why !== void 0) for (const reading of wanting) reading.passOver(file, why);
      else
        for (const group of Map.groupBy(wanting, ({ rule }) => rule.format).values())
          await readFile(file, group, shown, end);
      if (end.aborted) return;
      pending.delete(file);
    }
  };
  await Promise.race([readAll(), toEnd(end)]);
  for (const file of pending) for (const reading of readings) if (reading.wants(file)) reading.blame(file, slow);
  const results = new Map(readings.map((reading) => [reading.rule, reading.result(found, sources.redact)]));
  return { results, failed: toShown(shown.failed), slowest: toShown(shown.slowest) };
}
function toNothing(error) {
  const cut = `the workspace cannot be read: ${error.message}`;
  return { files: [], refused: /* @__PURE__ */ new Map(), folders: /* @__PURE__ */ new Set(), leaving: [], skipped: /* @__PURE__ */ new Set(), cut };
}
async function toEnd(signal) {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
function openShown() {
  return { failed: new CaseSelection("failed", limits.maxAlike), slowest: new CaseSelection("slowest", shownSlowest) };
}
function toShown(cases) {
  return { cases: cases.list(), omitted: cases.omitted };
}
function createJudge({ workspace, temp, startMs }) {
  const isTracked = openTracked();
  const aheadMs = findClockDifference(workspace, temp);
  return async ({ path, realPath, mtimeMs }) => {
    const isInTemp = temp !== void 0 && path.startsWith(temp);
    const grainMs = mtimeMs % 1e3 === 0 ? 1e3 : tickMs;
    const isOld = startMs !== void 0 && mtimeMs + grainMs < startMs + (isInTemp ? 0 : aheadMs);
    if (isOld) return "older than this job";
    return await isTracked(realPath) ? "tracked by git" : void 0;
  };
}
function findClockDifference(workspace, temp) {
  if (temp === void 0) return 0;
  try {
    const aheadMs = ends.readFolderTime(workspace) - ends.readFolderTime(temp);
    return Math.abs(aheadMs) > sameClockMs ? aheadMs : 0;
  } catch {
    return 0;
  }
}
async function readFile(file, readings, shown, end) {
  const stages = [];
  const open = (known) => {
    stages.push(...readings.flatMap((reading) => reading.open(file, known) ?? []));
    if (stages.length > 0 && known?.kind === "tests") stages.push(stageShown(shown));
    return stages.length > 0;
  };
  const emit = (item) => {
    for (const stage of stages) stage.add(item);
  };
  try {
    await parseReport(file, readings[0]?.rule.format, end, open, emit);
    for (const stage of stages) stage.keep();
  } catch (error) {
    const { message, line = void 0 } = error;
    const isReason = error instanceof ReportProblem && !file.isOutside;
    const reason = isReason ? message : file.isOutside ? "it cannot be read as a report" : `it cannot be read: ${message}`;
    for (const reading of readings) reading.blame(file, reason, line);
  }
}
function stageShown(shown) {
  const own = openShown();
  return {
    add(item) {
      own.failed.add(item);
      own.slowest.add(item);
    },
    keep() {
      shown.failed.merge(own.failed);
      shown.slowest.merge(own.slowest);
    }
  };
}
async function parseReport({ path, realPath }, asked, end, open, emit) {
  let head = "";
  let parser;
  const begin = () => {
    const known = findFormat(head.slice(0, headCharacters), asked);
    if (!open(known) || known === void 0) return false;
    parser = known.format.open(emit, path);
    parser.write(head);
    head = "";
    return true;
  };
  for await (const text of readReport(realPath, end)) {
    if (parser !== void 0) parser.write(text);
    else {
      head += text;
      if (head.length >= headCharacters && !begin()) return;
    }
  }
  if (parser === void 0 && !begin()) return;
  parser?.end();
}

exports.readReports = readReports;
