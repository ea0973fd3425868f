"use strict";
const shared = require("./shared.js");
const node_fs = require("node:fs");
const node_path = require("node:path");
const finish = require("./finish.js");
const github = require("./github.js");
const maxJsonFileBytes = 67108864;
const readBytes = 262144;
class JsonFileError extends Error {
}
function* readJsonFile(path) {
  const { file, size } = open(path);
  try {
    yield* readValues(readPieces(file), size);
  } finally {
    node_fs.closeSync(file);
  }
}
function open(path) {
  try {
    const opened = shared.a9(path);
    if (opened !== void 0) return opened;
  } catch (error) {
    const { code, message } = error;
    if (code === "ENOENT")
      throw new JsonFileError("does not exist: check the path, and that an earlier step has written the file");
    if (code !== "EISDIR") throw new JsonFileError(`cannot be opened: ${message}`);
  }
  throw new JsonFileError("is not a file");
}
function* readPieces(file) {
  const buffer = Buffer.allocUnsafe(readBytes);
  let decoder;
  for (; ; ) {
    const bytes = buffer.subarray(0, node_fs.readSync(file, buffer));
    decoder ??= new TextDecoder(github.k(bytes));
    if (bytes.length === 0) break;
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}
function* readValues(pieces, size) {
  let isLines;
  let number = 0;
  let pending = [];
  let length = 0;
  for (const piece of pieces) {
    pending.push(piece);
    length += piece.length;
    if (isLines !== false && piece.includes("\n")) {
      const lines = pending.join("").split("\n");
      const rest = lines.pop() ?? "";
      const first = lines.find((line) => line.trim() !== "");
      if (first !== void 0) isLines ??= github.h(first);
      if (isLines) {
        for (const line of lines) {
          number++;
          if (line.trim() !== "") yield parseLine(line, number);
        }
        pending = [rest];
        length = rest.length;
      }
    }
    if (length > maxJsonFileBytes) {
      throw new JsonFileError(
        isLines ? `has a line of more than ${maxJsonFileBytes} characters` : `has ${size} bytes, and a single JSON value may have at most ${maxJsonFileBytes}: write one value per line, then the file may have any size`
      );
    }
  }
  const text = pending.join("");
  if (isLines) {
    if (text.trim() !== "") yield parseLine(text, number + 1);
    return;
  }
  if (text.trim() === "") throw new JsonFileError("is empty");
  try {
    yield { value: github.j(text) };
  } catch (error) {
    throw new JsonFileError(
      `is neither JSON nor one JSON value per line (as "jq -c" writes them): ${github.c(error)}`
    );
  }
}
function parseLine(text, line) {
  try {
    return { value: github.j(text), line };
  } catch (error) {
    return github.l(error, line);
  }
}
const maxDepth = 100;
const maxFieldBytes = 65535;
const maxLineCharacters = 1048576;
const uncut = Number.POSITIVE_INFINITY;
async function parseData(text, problems) {
  if (/^\uFEFF?\s*[{[]/.test(text)) {
    try {
      const { values, problems: wrong } = github.b(text);
      return [...values, ...wrong].flatMap((one) => toRecords(one, "data", problems));
    } catch {
    }
  }
  const yaml = await shared.aK("data", text, problems, "plain");
  if (yaml === void 0) return [];
  const value = github.m(yaml.value);
  const at = (...path) => yaml.lineOf(path.filter((part) => part !== void 0));
  if (!isList(value)) return [{ value, input: "data", label: "", lineOf: (key) => at(key) }];
  return value.map((one, index) => {
    return { value: one, input: "data", label: `record ${index + 1} `, lineOf: (key) => at(index, key) };
  });
}
function* readFileRecords(path, problems) {
  try {
    for (const one of readJsonFile(path)) yield* toRecords(one, "file", problems);
  } catch (error) {
    if (!(error instanceof JsonFileError)) throw error;
    problems.push({ input: "file", text: `${path} ${error.message}` });
  }
}
function toRecords(one, input, problems) {
  const { line } = one;
  const lineOf = () => line;
  if ("reason" in one) {
    problems.push({ input, line, text: `is not JSON: ${one.reason}` });
    return [];
  }
  const { value } = one;
  if (!isList(value)) return [{ value, input, label: "", lineOf }];
  return value.map((item, index) => ({ value: item, input, label: `record ${index + 1} `, lineOf }));
}
function isList(value) {
  return Array.isArray(value);
}
function toYieldLine(name, tags, { value, input, label, lineOf }, problems) {
  const problem = (text, key) => void problems.push({ input, line: lineOf(key), text: `${label}${text}` });
  if (!shared.m(value)) {
    problem(`must be a map of values${label === "" ? ", or a list of such maps" : ""}, but is ${shared.aH(value)}`);
    return void 0;
  }
  if (shared.B(value)) {
    problem(`cannot be stored: it is nested deeper than ${maxDepth} levels`);
    return void 0;
  }
  const read = finish.y(value);
  const fields = /* @__PURE__ */ new Map();
  const written = /* @__PURE__ */ new Map();
  for (const [key, field] of read.fields) {
    const clean = key === "time" ? key : shared.D(key, uncut);
    const text = read.written?.get(key);
    if (tags.some(([tag]) => tag === clean))
      problem(`contains "${key}", which is also in tags: only the tag is stored`, key);
    else if (typeof field === "number" && !Number.isFinite(field)) {
      problem(`contains "${key}", which is ${text ?? field}, not a finite 64-bit number: it is left out`, key);
    } else {
      fields.set(clean, typeof field === "string" ? shared.aO(field) : field);
      if (text === void 0) written.delete(clean);
      else written.set(clean, text);
    }
  }
  if (read.fields.length === 0) problem("has no values other than null");
  const point = { measurement: shared.s(name, uncut), tags };
  const line = shared.aM({ ...point, fields: [...fields] }, "u", written);
  if (line.length <= maxLineCharacters) return line === "" ? void 0 : line;
  for (const [key, field] of fields) {
    if (typeof field !== "string" || field.length <= maxFieldBytes) continue;
    const remedy = "if it is a list of records, yield the list itself";
    problem(`contains "${key}", which has ${field.length} characters: it is left out; ${remedy}`, key);
    fields.delete(key);
  }
  const rest = shared.aM({ ...point, fields: [...fields] }, "u", written);
  if (rest.length <= maxLineCharacters) return rest === "" ? void 0 : rest;
  problem(`is too long: its line may have at most ${maxLineCharacters} characters`);
  return void 0;
}
function cleanTags(given) {
  const tags = given.map(([key, value]) => [shared.D(key, uncut), shared.E(value, uncut)]);
  return [...new Map(tags.filter(([, value]) => value !== ""))];
}
const maxAlike = 10;
const batchLength = 1e3;
async function yieldData({ runner }) {
  const { env, log, readInput } = runner;
  const tell = shared.Z(readInput) ? log.fail : log.warning;
  const opened = openData(env.BUILD_STATS ?? "");
  if ("reason" in opened) tell(opened.reason);
  const problems = [];
  const name = readInput("name").trim();
  const isReport = readInput("report") !== "";
  if (name === "" && !isReport) {
    problems.push({ input: "name", text: "is empty; give the data a name, such as tests" });
  }
  const tags = await readTags(readInput, problems);
  let count = 0;
  try {
    let lines = [];
    const write = () => {
      if ("file" in opened && lines.length > 0) node_fs.appendFileSync(opened.file, `${lines.join("\n")}
`);
      count += lines.length;
      lines = [];
    };
    if ("file" in opened && opened.size > 0) lines.push("");
    const first = lines.length;
    const given = isReport ? readReportLines(runner, tags, problems, tell) : readDataLines(readInput, env, tags, problems);
    for await (const line of given) {
      lines.push(line);
      if (lines.length >= batchLength) write();
    }
    write();
    count -= first;
  } catch (error) {
    tell(`The data ${JSON.stringify(name)} is lost because $BUILD_STATS cannot be written: ${error.message}`);
    return;
  }
  if (problems.length > 0) tell(explainProblems(problems));
  if ("reason" in opened) return;
  const shown = isReport && name === "" ? "reports" : JSON.stringify(shared.s(name));
  log.info(`Build Stats: ${count} ${count === 1 ? "record" : "records"} of ${shown} yielded.`);
}
function explainProblems(problems) {
  const { message } = new shared.X(problems.slice(0, maxAlike));
  const more = problems.length - maxAlike;
  return more > 0 ? `${message}
  and ${more} more like these` : message;
}
function openData(path) {
  if (path === shared.a8) return { reason: "The data is lost because the file of $BUILD_STATS could not be created." };
  const explain = (wrong) => {
    const remedy = "add the step `- uses: build-stats/build-stats@v1` before this one (see README)";
    return {
      reason: `No data can be yielded because ${wrong}: ${remedy}. If the workflow has that step, check why it failed.`
    };
  };
  if (path === "") return explain("$BUILD_STATS is not set");
  const what = `the file of $BUILD_STATS, ${path}, `;
  try {
    return shared.a9(path, "never", "append") ?? explain(`${what}does not exist`);
  } catch (error) {
    const { code, message } = error;
    return explain(what + (code === "ENOENT" || code === "EISDIR" ? "does not exist" : `cannot be opened: ${message}`));
  }
}
async function readTags(read, problems) {
  const { map, lineOf } = await shared.aY("tags", read("tags"), problems, problems, "text");
  return cleanTags(shared.aZ(map, (key) => ({ input: "tags", line: lineOf([key]) }), problems));
}
async function* readDataLines(read, env, tags, problems) {
  const name = read("name").trim();
  for (const record of await readRecords(read, env, problems)) {
    const line = toYieldLine(name, tags, record, problems);
    if (line !== void 0 && name !== "") yield line;
  }
}
async function readRecords(read, env, problems) {
  const [data, file] = [read("data"), read("file")];
  const isEmpty = data.trim() === "";
  if (file !== "" && !isEmpty) problems.push({ input: "file", text: "cannot be combined with data: give one of them" });
  if (file !== "" && isEmpty) return readFileRecords(node_path.resolve(env.GITHUB_WORKSPACE || ".", file), problems);
  if (!isEmpty) return await parseData(data, problems);
  const hint = "if it should be a step output, check that its step ran, has this id, and sets the output";
  problems.push({ input: "data", text: `is empty; it takes values such as passed: 10 (${hint})` });
  return [];
}
async function* readReportLines(runner, tags, problems, warn) {
  for (const input of ["data", "file"]) {
    if (runner.readInput(input) === "") continue;
    problems.push({ input, text: "cannot be combined with report: leave one of them out" });
    return;
  }
  const { yieldReports } = await Promise.resolve().then(() => require("./yield-report.js"));
  const records = await yieldReports(runner, tags, warn);
  if ("problem" in records) problems.push({ input: "report", text: records.problem });
  else for (const record of records) yield* toRecordLines(record, problems);
}
function* toRecordLines({ name, fields, written, ...rest }, problems) {
  const finite = fields.filter(([key, value]) => {
    if (typeof value !== "number" || Number.isFinite(value)) return true;
    problems.push({ input: "report", text: `"${key}" of "${name}" is not a finite 64-bit number: it is left out` });
    return false;
  });
  if (finite.length > 0) yield shared.aM({ ...rest, measurement: name, fields: finite }, "u", written);
}
void shared.aL(yieldData);
