"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const finish = require("./finish.js");
const maxBenchmarks = 20;
const maxName = 200;
function presentReports({ digests, failed, slowest }, redact) {
  const text = (value) => finish.s(redact(value), maxName);
  const code = (value) => `<code>${text(value)}</code>`;
  return {
    rows: digests.flatMap(({ name, digest }) => toRows(name, digest, code, text)),
    sections: [toTests(failed, slowest, code, text)]
  };
}
function toTests(failed, slowest, code, text) {
  const count = failed.cases.length + failed.omitted;
  const timed = slowest.cases.filter(({ duration = 0 }) => duration > 0);
  const [first] = timed;
  const parts = [
    ...count > 0 ? [`${finish.j(count, "failed test")}`] : [],
    ...first === void 0 ? [] : [`slowest test: ${text(first.name)}, ${finish.f(first.duration ?? 0)}`]
  ];
  const lists = [
    finish.k(toFailed(failed, code, text)),
    finish.k(timed.map((one) => `${code(toName(one))} ${finish.f(one.duration ?? 0)}`))
  ];
  const head = parts.join(", ");
  return {
    title: "tests",
    markdown: finish.n(finish.o(head), lists.filter((list) => list !== "").join("\n"))
  };
}
function toRows(name, digest, code, text) {
  switch (digest.kind) {
    case "tests":
      return [{ name: code(name), value: explainCounts(digest.counts) }];
    case "cases":
      return [{ name: code(name), value: finish.j(digest.count, "case") }];
    case "records":
      return [{ name: code(name), value: finish.j(digest.count, "record") }];
    case "coverage": {
      const key = coverageKeys.find((one) => typeof digest.record[one] === "number");
      if (key === void 0) return [];
      const value = finish.q(Number(digest.record[key]), "%");
      return [{ name: code(name), value, statistic: `${name}.${key}`, unit: "%" }];
    }
    case "benchmark": {
      const { benchmarks } = digest;
      const rest = benchmarks.length - maxBenchmarks;
      const rows = benchmarks.slice(0, maxBenchmarks).map((one) => ({
        name: code(one.name),
        value: finish.q(one.value, text(one.unit ?? "")),
        statistic: `${name}.value (${one.name})`,
        unit: text(one.unit ?? "")
      }));
      return rest > 0 ? [...rows, { name: code(name), value: `${rest} more benchmarks` }] : rows;
    }
  }
}
const coverageKeys = ["lines_percent", "branches_percent", "functions_percent"];
function explainCounts({ passed, failed, skipped, flaky }) {
  return [
    finish.r(`${finish.b(passed)} passed`),
    ...failed > 0 ? [`<strong>${finish.r(`${finish.b(failed)} failed`)}</strong>`] : [],
    ...skipped > 0 ? [finish.r(`${finish.b(skipped)} skipped`)] : [],
    ...flaky > 0 ? [finish.r(`${finish.b(flaky)} flaky`)] : []
  ].join(", ");
}
function toFailed({ cases, omitted }, code, text) {
  const items = cases.map((one) => {
    const [line = ""] = (one.message ?? "").trim().split("\n", 1);
    return `${code(toName(one))}${line.trim() === "" ? "" : `: ${text(line.trim())}`}`;
  });
  return omitted > 0 ? [...items, `and ${finish.b(omitted)} more`] : items;
}
function toName({ name, classname }) {
  return classname === void 0 || classname === "" ? name : `${classname} \u203A ${name}`;
}
exports.presentReports = presentReports;
