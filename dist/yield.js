'use strict';

const _undici = require('./shared.js');
const fs = require('node:fs');

const uncut = Number.POSITIVE_INFINITY;
async function yieldData({ runner }) {
  const { env, log, readInput } = runner;
  const dataFile = env.BUILD_STATS ?? "";
  const stats = dataFile === "" ? void 0 : fs.statSync(dataFile, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    const wrong = dataFile === "" ? "$BUILD_STATS is not set" : `the file of $BUILD_STATS, ${dataFile}, is not there`;
    const remedy = "add the step `- uses: build-stats/build-stats@v1` before this one (see README)";
    log.fail(`No data can be yielded, since ${wrong}: ${remedy}. Where it is there already, see why it failed.`);
  }
  let records;
  try {
    records = await parseRecords(readInput);
  } catch (error) {
    if (!(error instanceof _undici.SettingsError)) throw error;
    log.fail(error.message);
    return;
  }
  if (!stats?.isFile()) return;
  const name = JSON.stringify(_undici.cleanName(readInput("name")));
  try {
    if (records.length > 0) fs.appendFileSync(dataFile, (stats.size > 0 ? "\n" : "") + toLines(records));
    log.info(`Build Stats: ${records.length} ${records.length === 1 ? "record" : "records"} of ${name} yielded.`);
  } catch (error) {
    log.warning(`The data ${name} is lost, since $BUILD_STATS cannot be written: ${error.message}`);
  }
}
function toLines(records) {
  return records.map(({ name, tags, fields }) => `${_undici.toLine({ measurement: name, tags, fields })}
`).join("");
}
async function parseRecords(read) {
  const problems = [];
  const name = read("name").trim();
  if (name === "") problems.push({ input: "name", text: "is empty; say what the data is called, such as tests" });
  const { map, lineOf } = await _undici.parseMap("tags", read("tags"), problems, "text");
  const tags = cleanTags(_undici.parseTags(map, (key) => ({ input: "tags", line: lineOf([key]) }), problems));
  const all = (await parseData(read("data"), problems)).map((record) => cleanFields(record, tags, problems));
  if (problems.length > 0) throw new _undici.SettingsError(problems);
  return all.map((fields) => ({ name: _undici.cleanName(name, uncut), tags, fields }));
}
async function parseData(text, problems) {
  if (text.trim() === "") {
    const hint = "where a step output should be, check the id of the step and that it sets the output";
    problems.push({ input: "data", text: `is empty; it takes values such as passed: 10 (${hint})` });
    return [];
  }
  const { value, lineOf } = parseJson(text) ?? await _undici.parseYaml("data", text, problems) ?? {};
  if (lineOf === void 0) return [];
  const at = (...path) => lineOf(path.filter((part) => part !== void 0));
  if (!Array.isArray(value)) return [{ value, label: "", lineOf: (key) => at(key) }];
  return value.map((one, index) => ({ value: one, label: `record ${index + 1} `, lineOf: (key) => at(index, key) }));
}
function parseJson(text) {
  if (!/^\s*[{[]/.test(text)) return void 0;
  try {
    return { value: JSON.parse(text), lineOf: () => void 0 };
  } catch {
    return void 0;
  }
}
function cleanFields({ value, label, lineOf }, tags, problems) {
  const problem = (text, key) => problems.push({ input: "data", line: lineOf(key), text: `${label}${text}` });
  if (!_undici.isObject(value)) {
    problem(`must be a map of values${label === "" ? ", or a list of such maps" : ""}, but is ${show(value)}`);
    return [];
  }
  const fields = /* @__PURE__ */ new Map();
  try {
    for (const [key, field] of _undici.toFields(value)) {
      if (key === "time") problem(`holds "time", which is InfluxDB's own name; choose another`, key);
      fields.set(_undici.cleanKey(key, uncut), typeof field === "string" ? _undici.cleanText(field) : field);
    }
    if (fields.size === 0) problem("has no values; nulls do not count");
  } catch (error) {
    problem(`cannot be stored: it ${error.message}`);
  }
  for (const [key] of tags) if (fields.has(key)) problem(`holds "${key}", which is in tags, too; leave one out`, key);
  return [...fields];
}
function cleanTags(given) {
  const tags = given.map(([key, value]) => [_undici.cleanKey(key, uncut), _undici.cleanTag(value, uncut)]);
  return [...new Map(tags.filter(([, value]) => value !== ""))];
}
function show(value) {
  if (_undici.isDeep(value)) return "a list that is nested too deep";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}\u2026` : text;
}

void _undici.runPhase(yieldData);
