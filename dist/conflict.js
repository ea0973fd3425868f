"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const finish = require("./finish.js");
const goQuote = require("./common2.js");
const record = require("./record.js");
const maxInt64 = 2n ** 63n - 1n;
const minInt64 = -(2n ** 63n);
function convertValue(value, type) {
  switch (type) {
    case "float":
      return toFloat(value);
    case "integer": {
      const whole = toWhole(value);
      return whole !== void 0 && whole >= minInt64 && whole <= maxInt64 ? whole : void 0;
    }
    case "unsigned": {
      const whole = toWhole(value);
      return whole !== void 0 && whole >= 0n && whole <= maxInt64 ? new finish.U(whole) : void 0;
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
const maxReadings = 4;
const maxLength = 8e3;
function readConflicts({ text, rejected }, measurementOf) {
  const unquoted = goQuote.u(text);
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
  for (let count = 0; at >= 0 && count < maxReadings; count++) {
    const part = text.slice(0, at);
    for (const rest of readParts(text.slice(at + next.length), others)) readings.push([part, ...rest]);
    at = text.indexOf(next, at + 1);
  }
  return readings;
}
const types = {
  uinteger: "unsigned",
  // The types of QuestDB.
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
function mendLines(lines, answer, unsigned, converted) {
  const records = lines.map(record.parseRecord);
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
  const mended = records.flatMap((record$1, index) => {
    const line = lines[index] ?? "";
    if (record$1 === void 0) return [line];
    const fields = record$1.fields.flatMap(([field, value]) => {
      const other = convert(record$1.name, field, value);
      return other === void 0 ? [] : [[field, other]];
    });
    if (fields.length === 0) {
      emptied.push({ line, reason: "the database stores all its fields with other types" });
      return [];
    }
    const isSame = fields.length === record$1.fields.length && fields.every(([, value], at) => value === record$1.fields[at]?.[1]);
    return [isSame ? line : record.formatRecord({ ...record$1, fields }, unsigned)];
  });
  return found.size === 0 ? void 0 : { conflicts: [...found.values()], lines: mended, emptied };
}
function indexConflicts(named) {
  const types2 = /* @__PURE__ */ new Map();
  for (const { measurement, field, given, existing } of named) {
    types2.set(JSON.stringify([measurement, field, given]), existing);
  }
  return (measurement, field, given) => {
    for (const place of [measurement, anywhere]) {
      const type = types2.get(JSON.stringify([place, field, given])) ?? types2.get(JSON.stringify([place, field, ""]));
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
exports.mendLines = mendLines;
