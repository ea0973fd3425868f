"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const finish = require("./finish.js");
const shared = require("./shared.js");
const reportMs = 5e3;
async function yieldReports(runner, tags, warn) {
  const { env, log, readInput } = runner;
  const files = readInput("report").split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const name = readInput("name").trim();
  const [{ parseRules }, { readReports }] = await Promise.all([
    Promise.resolve().then(() => require("./shared.js")).then((n) => n.bw),
    Promise.resolve().then(() => require("./read-reports.js"))
  ]);
  const parsed = parseRules([{ report: { files, ...name === "" ? {} : { name } } }], () => void 0);
  const [rule] = parsed.rules;
  if (rule?.kind !== "report") return { problem: (parsed.problems[0]?.text ?? "").replace(/^report: "files" /, "") };
  const { workspace, runnerTemp } = shared._(runner, "post", {});
  const startMs = shared.a7(env.BUILD_STATS ?? "");
  const sources = {
    workspace,
    temp: runnerTemp,
    startMs,
    budgetMs: reportMs,
    cancel: new AbortController().signal,
    redact: log.redact
  };
  const result = (await readReports([rule], sources)).results.get(rule);
  for (const miss of finish.m(result?.misses ?? [])) warn(`${finish.h(miss)}.`);
  for (const note of result?.notes ?? []) log.info(note);
  return (result?.captured ?? []).map(({ record }) => clean(record, tags));
}
function clean(record, tags) {
  const uncut = Number.POSITIVE_INFINITY;
  const cleaned = record.fields.map(
    ([key, value]) => [shared.D(key, uncut), typeof value === "string" ? shared.aO(value) : value]
  );
  const all = new Map([...tags, ...record.tags].map(([key, value]) => [shared.D(key, uncut), shared.E(value, uncut)]));
  return {
    ...record.timeNs === void 0 ? {} : { timeNs: record.timeNs },
    name: shared.s(record.name, uncut),
    tags: [...all].filter(([, value]) => value !== ""),
    fields: cleaned.filter(([key]) => !all.has(key))
  };
}
exports.yieldReports = yieldReports;
