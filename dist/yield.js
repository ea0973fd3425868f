'use strict';

const shared = require('./shared.js');
const node_fs = require('node:fs');
const node_os = require('node:os');
const settings = require('./settings.js');

const uncut = Number.POSITIVE_INFINITY;
async function yieldData({ runner }) {
  const { env, log, readInput } = runner;
  const dataFile = env.BUILD_STATS ?? "";
  const found = dataFile === "" || dataFile === node_os.devNull ? { reason: "is not there" } : openData(dataFile);
  const opened = "file" in found ? found : void 0;
  if ("reason" in found && dataFile !== node_os.devNull) {
    const file = `the file of $BUILD_STATS, ${dataFile}, ${found.reason}`;
    const wrong = dataFile === "" ? "$BUILD_STATS is not set" : file;
    const remedy = "add the step `- uses: build-stats/build-stats@v1` before this one (see README)";
    log.warning(`No data can be yielded, since ${wrong}: ${remedy}. Where it is there already, see why it failed.`);
  }
  let records;
  try {
    const lost = [];
    records = await parseRecords(readInput, lost);
    for (const problem of lost) log.warning(`${shared.formatProblem(problem)}. It is left out.`);
  } catch (error) {
    if (!(error instanceof shared.SettingsError)) throw error;
    log.fail(error.message);
    return;
  }
  if (opened === void 0) {
    if (dataFile === node_os.devNull)
      log.warning(`The data ${JSON.stringify(readInput("name"))} is lost: there is no place for $BUILD_STATS.`);
    return;
  }
  const name = JSON.stringify(shared.cleanName(readInput("name")));
  try {
    if (records.length > 0) node_fs.appendFileSync(opened.file, (opened.size > 0 ? "\n" : "") + toLines(records));
    log.info(`Build Stats: ${records.length} ${records.length === 1 ? "record" : "records"} of ${name} yielded.`);
  } catch (error) {
    log.warning(`The data ${name} is lost, since $BUILD_STATS cannot be written: ${error.message}`);
  }
}
function openData(path) {
  try {
    return settings.openRegular(path, "never", "append") ?? { reason: "is not there" };
  } catch (error) {
    const { code, message } = error;
    return { reason: code === "ENOENT" || code === "EISDIR" ? "is not there" : `cannot be opened: ${message}` };
  }
}
function toLines(records) {
  return records.map(({ name, tags, fields }) => `${settings.toLine({ measurement: name, tags, fields })}
`).join("");
}
async function parseRecords(read, lost = []) {
  const problems = [];
  const name = read("name").trim();
  if (name === "") problems.push({ input: "name", text: "is empty; say what the data is called, such as tests" });
  const { map, lineOf } = await settings.parseMap("tags", read("tags"), problems, lost, "text");
  const tags = cleanTags(settings.parseTags(map, (key) => ({ input: "tags", line: lineOf([key]) }), problems));
  const all = (await parseData(read("data"), problems)).map((record) => cleanFields(record, tags, problems));
  if (problems.length > 0) throw new shared.SettingsError(problems);
  return all.map((fields) => ({ name: shared.cleanName(name, uncut), tags, fields }));
}
async function parseData(text, problems) {
  if (text.trim() === "") {
    const hint = "where a step output should be, check the id of the step and that it sets the output";
    problems.push({ input: "data", text: `is empty; it takes values such as passed: 10 (${hint})` });
    return [];
  }
  const { value, lineOf } = parseJson(text) ?? await settings.parseYaml("data", text, problems) ?? {};
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
  if (!shared.isObject(value)) {
    problem(`must be a map of values${label === "" ? ", or a list of such maps" : ""}, but is ${show(value)}`);
    return [];
  }
  const fields = /* @__PURE__ */ new Map();
  try {
    for (const [key, field] of settings.toFields(value)) {
      if (shared.isOwnName(key)) problem(`holds "${key}", which is InfluxDB's own name; choose another`, key);
      fields.set(shared.cleanKey(key, uncut), typeof field === "string" ? shared.cleanText(field) : field);
    }
    if (fields.size === 0) problem("has no values; nulls do not count");
  } catch (error) {
    problem(`cannot be stored: it ${error.message}`);
  }
  for (const [key] of tags) if (fields.has(key)) problem(`holds "${key}", which is in tags, too; leave one out`, key);
  return [...fields];
}
function cleanTags(given) {
  const tags = given.map(([key, value]) => [shared.cleanKey(key, uncut), shared.cleanTag(value, uncut)]);
  return [...new Map(tags.filter(([, value]) => value !== ""))];
}
function show(value) {
  if (shared.isDeep(value)) return "a list that is nested too deep";
  const text = JSON.stringify(value) ?? String(value);
  return shared.cutText(text, 60);
}

void shared.runPhase(yieldData);
