"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const finish = require("./finish.js");
const shared = require("./shared.js");
function parseRecord(line) {
  const parser = new finish.L();
  const parsed = [...parser.push(line), ...parser.end()];
  return parsed.length === 1 && parsed[0] !== void 0 && "record" in parsed[0] ? parsed[0].record : void 0;
}
function formatRecord({ name: measurement, tags, fields, timeNs }, unsigned) {
  return shared.aM({ measurement, tags, fields, ...timeNs === void 0 ? {} : { timeNs } }, unsigned);
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
exports.findOldLines = findOldLines;
exports.flattenLine = flattenLine;
exports.formatRecord = formatRecord;
exports.parseRecord = parseRecord;
