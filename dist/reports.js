"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const formatValue = require("./common3.js");
const finish = require("./finish.js");
const maxBenchmarks = 20;
const maxName = 200;
function presentReports({ digests, failed, slowest }, redact) {
  const text = (value) => finish.a(redact(value), maxName);
  const code = (value) => `<code>${text(value)}</code>`;
  const failedCount = failed.cases.length + failed.omitted;
  const times = slowest.cases.map(({ duration = 0 }) => duration);
  return {
    rows: digests.flatMap(({ name, digest }) => toRows(name, digest, code, text)),
    sections: [
      fold(
        "Failed tests",
        failedCount === 0 ? "" : `${count(failedCount, "failed test")}`,
        toFailed(failed, code, text)
      ),
      fold(
        "Slowest tests",
        times.every((time) => time === 0) ? "" : `Slowest tests, up to ${formatTime(times[0] ?? 0)}`,
        slowest.cases.map((one) => `${code(toName(one))} ${formatTime(one.duration ?? 0)}`)
      )
    ]
  };
}
function toRows(name, digest, code, text) {
  switch (digest.kind) {
    case "tests":
      return [[code(name), explainCounts(digest.counts)]];
    case "cases":
      return [[code(name), count(digest.count, "case")]];
    case "records":
      return [[code(name), count(digest.count, "record")]];
    case "coverage": {
      const percent = digest.record.lines_percent ?? digest.record.branches_percent ?? digest.record.functions_percent;
      return typeof percent === "number" ? [[code(name), `${formatNumber(percent, 1)} %`]] : [];
    }
    case "benchmark": {
      const { benchmarks } = digest;
      const rest = benchmarks.length - maxBenchmarks;
      const rows = benchmarks.slice(0, maxBenchmarks).map((one) => [code(one.name), formatQuantity(one.value, one.unit, text)]);
      return rest > 0 ? [...rows, [code(name), `${rest} more benchmarks`]] : rows;
    }
  }
}
function explainCounts({ passed, failed, skipped, flaky }) {
  return [
    `${formatNumber(passed)} passed`,
    ...failed > 0 ? [`<strong>${formatNumber(failed)} failed</strong>`] : [],
    ...skipped > 0 ? [`${formatNumber(skipped)} skipped`] : [],
    ...flaky > 0 ? [`${formatNumber(flaky)} flaky`] : []
  ].join(", ");
}
function toFailed({ cases, omitted }, code, text) {
  const items = cases.map((one) => {
    const [line = ""] = (one.message ?? "").trim().split("\n", 1);
    return `${code(toName(one))}${line.trim() === "" ? "" : `: ${text(line.trim())}`}`;
  });
  return omitted > 0 ? [...items, `and ${formatNumber(omitted)} more`] : items;
}
function toName({ name, classname }) {
  return classname === void 0 || classname === "" ? name : `${classname} \u203A ${name}`;
}
function fold(title, head, items) {
  if (head === "") return { title, markdown: "" };
  return { title, markdown: `<details><summary>${head}</summary>
${finish.t(items)}
</details>` };
}
function count(number, noun) {
  return `${formatNumber(number)} ${noun}${number === 1 ? "" : "s"}`;
}
function formatQuantity(value, unit, text) {
  if (unit === "s" && value >= 0) return formatTime(value);
  return unit === void 0 ? formatNumber(value, 4) : `${formatNumber(value, 4)} ${text(unit)}`;
}
const timeUnits = [
  [1, "s"],
  [1e-3, "ms"],
  [1e-6, "\xB5s"],
  [1e-9, "ns"]
];
function formatTime(seconds) {
  if (seconds >= 10 || seconds === 0) return formatValue.f(seconds);
  const [factor, unit] = timeUnits.find(([least]) => seconds >= least) ?? timeUnits[3];
  return `${Number((seconds / factor).toPrecision(3))} ${unit}`;
}
function formatNumber(value, digits = 0) {
  const rounded = Math.abs(value) >= 1 || digits < 2 ? Number(value.toFixed(digits)) : Number(value.toPrecision(digits));
  const [whole = "", ...rest] = String(rounded).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}
exports.presentReports = presentReports;
