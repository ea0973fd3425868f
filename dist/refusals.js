"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const goQuote = require("./common2.js");
const record = require("./record.js");
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
  const rest = goQuote.u(text.slice(from + mark.length, end > from ? end : void 0));
  const index = lines.findIndex((line) => rest === line || rest.startsWith(`${line}
`));
  return index < 0 ? void 0 : { index, reason: end > from ? text.slice(end + 3).trim() : "" };
}
function findRefused(lines, { answer, fate, words }) {
  const { dropped = 0 } = answer;
  if (fate === "old" && !answer.text.includes("Upper Bound")) {
    return record.findOldLines(lines, dropped).map((index) => ({ index, reason: words }));
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
exports.findRefused = findRefused;
exports.isAboutLineBreaks = isAboutLineBreaks;
exports.isUnnamedConflict = isUnnamedConflict;
