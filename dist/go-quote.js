'use strict';

const lineProtocol = require('./common3.js');
const settings = require('./settings.js');

function parseRecord(line) {
  const parser = new lineProtocol.LineProtocolParser();
  const parsed = [...parser.push(line), ...parser.end()];
  return parsed.length === 1 && parsed[0] !== void 0 && "record" in parsed[0] ? parsed[0].record : void 0;
}
function formatRecord({ name: measurement, tags, fields, timeNs }, unsigned) {
  return settings.toLine({ measurement, tags, fields, ...timeNs === void 0 ? {} : { timeNs } }, unsigned);
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

const record = /*#__PURE__*/Object.freeze(/*#__PURE__*/Object.defineProperty({
  __proto__: null,
  findOldLines,
  flattenLine,
  formatRecord,
  parseRecord
}, Symbol.toStringTag, { value: 'Module' }));

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

exports.findOldLines = findOldLines;
exports.formatRecord = formatRecord;
exports.parseRecord = parseRecord;
exports.record = record;
exports.unquoteGo = unquoteGo;
