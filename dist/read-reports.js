"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const shared = require("./shared.js");
const github = require("./github.js");
const goQuote = require("./common2.js");
const require$$0 = require("stream");
const promises = require("node:fs/promises");
const node_path = require("node:path");
const node_fs = require("node:fs");
const finish = require("./finish.js");
class ReportProblem extends Error {
  /** Counted from 1; undefined if the problem belongs to no line. */
  line;
  constructor(reason, line) {
    super(reason);
    this.name = "ReportProblem";
    this.line = line;
  }
}
const maxExactJsonCharacters = 4194304;
const maxJsonValueBytes = 48e6;
function readJson(read, isData = false) {
  const pieces = [];
  return {
    write: (text2) => void pieces.push(text2),
    end: () => read(parseReportJson(pieces.splice(0).join(""), 1, isData))
  };
}
function parseReportJson(text2, firstLine = 1, isData = false) {
  const json2 = text2.trimStart();
  if (json2 === "") throw new ReportProblem("it is empty: the tool wrote nothing");
  checkSize(json2);
  try {
    return isData && json2.length < maxExactJsonCharacters ? github.j(json2) : github.j(json2, JSON.parse);
  } catch (error) {
    throw toProblem(error, text2, firstLine);
  }
}
function checkSize(json2) {
  if (json2.length < maxJsonValueBytes / largestPerCharacter) return;
  const counts2 = new Map([...'[{,":'].map((character) => [character.charCodeAt(0), 0]));
  for (let at = 0; at < json2.length; at++) {
    const code = json2.charCodeAt(at);
    const count2 = counts2.get(code);
    if (count2 !== void 0) counts2.set(code, count2 + 1);
  }
  const [lists = 0, objects = 0, commas = 0, quotes = 0, keys2 = 0] = counts2.values();
  const perKey = keys2 > 1e3 * objects ? 80 : -24;
  if (32 * (lists + objects) + 8 * commas + 12 * quotes + perKey * keys2 <= maxJsonValueBytes) return;
  throw new ReportProblem("it contains too many values: leave out raw samples, or split the file");
}
const largestPerCharacter = 16;
function toProblem({ message: message2 }, text2, firstLine) {
  const position = Number(/ at position (\d+)/.exec(message2)?.[1] ?? Number.NaN) + (text2.length - text2.trimStart().length);
  const at = Number.isNaN(position) ? findUnexpected(text2) : position;
  const line = firstLine + countLines(text2, at);
  if (at >= text2.trimEnd().length)
    return new ReportProblem("its JSON is incomplete: the tool did not finish writing it", line);
  const reason = Number.isNaN(position) ? `unexpected ${JSON.stringify(text2.slice(at, at + 1))}` : toReason(message2);
  return new ReportProblem(`it is not valid JSON: ${reason}`, line);
}
function toReason(message2) {
  const reason = message2.replace(/(?: in JSON)? at position .*/s, "");
  return reason.slice(0, 1).toLowerCase() + reason.slice(1);
}
function countLines(text2, end) {
  let lines2 = 0;
  for (let at = text2.indexOf("\n"); at >= 0 && at < end; at = text2.indexOf("\n", at + 1)) lines2++;
  return lines2;
}
const token = /\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{},:])/sy;
const opens = /^$|[[,:]$/;
function findUnexpected(text2) {
  let before = "";
  token.lastIndex = 0;
  for (let at = 0; ; at = token.lastIndex) {
    const found = token.exec(text2)?.[0].trim();
    const start = at + (/\s*/y.exec(text2.slice(at, at + 1e3))?.[0].length ?? 0);
    if (found === void 0) return start;
    const isValue = !/^[\]},:]$/.test(found) || found === "]" && before === "[";
    if (opens.test(before) && !isValue) return start;
    before = found.slice(-1);
  }
}
function sampleJson(head) {
  if (head !== last.head) last = { head, sample: readSample(head) };
  return last.sample;
}
let last = { head: "", sample: void 0 };
function readSample(head) {
  if (!/^\s*[[{]/.test(head)) return void 0;
  const open = [];
  let end = 0;
  let depth = 0;
  structure.lastIndex = 0;
  for (let found = structure.exec(head); found !== null; found = structure.exec(head)) {
    const [character] = found;
    if (character.startsWith('"')) continue;
    if (character === "[" || character === "{") open.push(character === "[" ? "]" : "}");
    else if (character !== "," && open.pop() !== character) return void 0;
    end = character === "," ? found.index : structure.lastIndex;
    depth = open.length;
    if (depth === 0) break;
  }
  try {
    const closed = `${head.slice(0, end)}${open.slice(0, depth).reverse().join("")}`;
    return { value: parseReportJson(closed), rest: depth === 0 ? head.slice(end) : "" };
  } catch {
    return void 0;
  }
}
const structure = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|[[\]{},]/gs;
function jsonFormat(format) {
  return {
    name: format.name,
    recognizes(head) {
      const sample = sampleJson(head);
      return sample !== void 0 && sample.rest.trim() === "" && format.matches(sample.value);
    },
    open: (emit, path) => readJson((json2) => {
      for (const item of format.read(check(format.schema, json2), path)) emit(item);
    })
  };
}
function check(schema, json2) {
  const { success, output, issues } = shared.aI(schema, json2, { abortEarly: true });
  if (success) return output;
  const [issue] = issues;
  const path = shared.bn(issue);
  const expected = issue.type === "custom" ? issue.message : issue.expected;
  const received = issue.received === "undefined" ? "missing" : issue.received;
  throw new ReportProblem(`${path === null ? "the report" : `"${path}"`} is ${received}, not ${expected}`);
}
const anyNumber = shared.bo((value) => typeof value === "number", "a number");
const count = shared.bo((value) => Number.isSafeInteger(value) && Number(value) >= 0, "a count");
function summarize(values) {
  const value = values.reduce((sum, one) => sum + one, 0) / values.length;
  if (values.length < 2) return { value, runs: values.length };
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  return { value, ...findRange(values), stddev: Math.sqrt(squares / (values.length - 1)), runs: values.length };
}
function findRange(values) {
  return values.reduce(({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }), {
    min: Infinity,
    max: -Infinity
  });
}
function known(values) {
  const there = Object.entries(values).filter(([, value]) => typeof value === "number");
  return Object.fromEntries(there);
}
function inSeconds(benchmark) {
  const { unit = "", ...rest } = benchmark;
  if (unit.trim() === "") return rest;
  const divisor = divisors.get(unit.trim().toLowerCase());
  if (divisor === void 0) return benchmark;
  const { value, min, max, stddev } = rest;
  return {
    ...rest,
    unit: "s",
    // Divided, not multiplied: 88 / 10^9 equals the float 8.8e-8, 88 * 10^-9 does not.
    value: value / divisor,
    ...min === void 0 ? {} : { min: min / divisor },
    ...max === void 0 ? {} : { max: max / divisor },
    ...stddev === void 0 ? {} : { stddev: stddev / divisor }
  };
}
const names$1 = [
  [1, ["s", "sec", "secs", "second", "seconds"]],
  [1e3, ["ms", "msec", "millisecond", "milliseconds"]],
  // The micro sign and the Greek letter.
  [1e6, ["us", "\xB5s", "\u03BCs", "usec", "microsecond", "microseconds"]],
  [1e9, ["ns", "nsec", "nanosecond", "nanoseconds"]],
  [1e12, ["ps", "picosecond", "picoseconds"]]
];
const divisors = new Map(
  names$1.flatMap(
    ([divisor, units2]) => units2.flatMap((unit) => ["", "/op", "/iter", "/iteration"].map((suffix) => [`${unit}${suffix}`, divisor]))
  )
);
const metric$1 = shared.bp({ value: anyNumber, lower_value: shared.bq(anyNumber), upper_value: shared.bq(anyNumber) });
const units = {
  latency: "ns",
  throughput: "ops/s",
  "build-time": "s",
  "file-size": "B"
};
const bencher = jsonFormat({
  name: "Bencher Metric Format",
  matches(sample) {
    const benchmarks = shared.m(sample) ? Object.values(sample) : [];
    return benchmarks.length > 0 && benchmarks.every((one, index) => isBenchmark(one, index === benchmarks.length - 1));
  },
  schema: shared.aG(shared.ay(), shared.aG(shared.ay(), metric$1)),
  *read(report) {
    for (const [name, measures] of Object.entries(report)) {
      for (const [measure, { value, lower_value, upper_value }] of Object.entries(measures)) {
        const unit = units[measure.toLowerCase()] ?? measure;
        yield inSeconds({ name, unit, value, ...known({ min: lower_value, max: upper_value }) });
      }
    }
  }
});
function isBenchmark(json2, isLast) {
  if (!shared.m(json2)) return false;
  const measures = Object.values(json2);
  return (isLast || measures.length > 0) && measures.every((one, index) => isMetric(one, isLast && index === measures.length - 1));
}
function isMetric(json2, isLast) {
  if (!shared.m(json2)) return false;
  const isKnown = Object.keys(json2).every((key) => ["value", "lower_value", "upper_value"].includes(key));
  return isKnown && (isLast || typeof json2.value === "number");
}
const statistics$1 = shared.bp({
  N: shared.bq(anyNumber),
  Mean: anyNumber,
  Min: shared.bq(anyNumber),
  Max: shared.bq(anyNumber),
  StandardDeviation: shared.bq(anyNumber)
});
const names = {
  FullName: shared.bq(shared.ay()),
  Namespace: shared.bq(shared.ay()),
  Type: shared.bq(shared.ay()),
  Method: shared.bq(shared.ay()),
  Parameters: shared.bq(shared.ay())
};
const benchmarkDotNet = jsonFormat({
  name: "BenchmarkDotNet",
  matches(sample) {
    if (!shared.m(sample)) return false;
    const [first] = Array.isArray(sample.Benchmarks) ? sample.Benchmarks : [];
    return shared.m(sample.HostEnvironmentInfo) || shared.m(first) && ("FullName" in first || "Method" in first) && "Statistics" in first;
  },
  schema: shared.bp({
    Benchmarks: shared.at(
      shared.bp({
        ...names,
        Statistics: shared.bq(statistics$1),
        Memory: shared.bq(shared.bp({ BytesAllocatedPerOperation: shared.bq(anyNumber) }))
      })
    )
  }),
  *read({ Benchmarks }) {
    for (const { Statistics, Memory, ...names2 } of Benchmarks) {
      if (Statistics === null || Statistics === void 0) continue;
      const name = toName$2(names2);
      const { N: runs, Mean: value, Min: min, Max: max, StandardDeviation: stddev } = Statistics;
      yield inSeconds({ name, unit: "ns", value, ...known({ min, max, stddev, runs }) });
      const allocated = Memory?.BytesAllocatedPerOperation;
      if (typeof allocated === "number") yield { name, unit: "B/op", value: allocated };
    }
  }
});
function toName$2({
  FullName,
  Namespace,
  Type,
  Method,
  Parameters
}) {
  const method = [Namespace, Type, Method].filter((part) => typeof part === "string" && part !== "").join(".");
  return FullName ?? (Parameters ? `${method}(${Parameters.replaceAll("=", ": ")})` : method);
}
function readLines(take, finish2) {
  let begun = [];
  let number2 = 0;
  const handOver = (end) => {
    const line = begun.length === 0 ? end : begun.join("") + end;
    begun = [];
    take(line.endsWith("\r") ? line.slice(0, -1) : line, ++number2);
  };
  return {
    write(text2) {
      let from = 0;
      for (let to = text2.indexOf("\n"); to >= 0; to = text2.indexOf("\n", from)) {
        handOver(text2.slice(from, to));
        from = to + 1;
      }
      if (from < text2.length) begun.push(text2.slice(from));
    },
    end() {
      if (begun.length > 0) handOver("");
      finish2();
    }
  };
}
const estimate = shared.bp({
  point_estimate: anyNumber,
  confidence_interval: shared.bp({ lower_bound: anyNumber, upper_bound: anyNumber })
});
const criterionEstimates = jsonFormat({
  name: "criterion's estimates",
  matches: (sample) => shared.m(sample) && shared.m(sample.mean) && "point_estimate" in sample.mean && "confidence_interval" in sample.mean,
  schema: shared.bp({
    mean: estimate,
    slope: shared.bq(estimate),
    std_dev: shared.bq(shared.bp({ point_estimate: anyNumber }))
  }),
  read({ mean, slope, std_dev }, path = "") {
    const [, name] = /(?:^|\/)criterion\/(.+)\/[^/]+\/estimates\.json$/.exec(path.replaceAll("\\", "/")) ?? [];
    if (name === void 0) {
      throw new ReportProblem("it must be in the folder target/criterion/NAME/new/: NAME is the name of the benchmark");
    }
    const { point_estimate, confidence_interval } = slope ?? mean;
    return [
      inSeconds({
        name,
        unit: "ns",
        value: point_estimate,
        min: confidence_interval.lower_bound,
        max: confidence_interval.upper_bound,
        ...known({ stddev: std_dev?.point_estimate })
      })
    ];
  }
});
const bounds = shared.bp({ estimate: anyNumber, lower_bound: anyNumber, upper_bound: anyNumber, unit: shared.ay() });
const message = shared.bp({
  reason: shared.aE("benchmark-complete"),
  id: shared.ay(),
  typical: bounds,
  iteration_count: shared.as(shared.at(anyNumber))
});
const cargoCriterion = {
  name: "cargo-criterion",
  recognizes(head) {
    const value = sampleJson(head)?.value;
    return shared.m(value) && (value.reason === "benchmark-complete" || value.reason === "group-complete");
  },
  open: (emit) => readLines(
    (line, number2) => {
      if (line.trim() === "") return;
      const json2 = parseReportJson(line, number2);
      if (!shared.m(json2) || json2.reason !== "benchmark-complete") return;
      const { success, output } = shared.aI(message, json2);
      if (!success)
        throw new ReportProblem('the message benchmark-complete has no "id" or no "typical" value', number2);
      const { id, typical, iteration_count } = output;
      const { estimate: value, lower_bound: min, upper_bound: max, unit } = typical;
      emit(inSeconds({ name: id, unit, value, min, max, ...known({ runs: iteration_count?.length }) }));
    },
    () => {
    }
  )
};
const criterionText = {
  name: "criterion's output",
  recognizes: (head) => new RegExp(times.source, "m").test(head),
  open(emit) {
    let above = "";
    return readLines(
      (line) => {
        const [, name = "", ...groups] = times.exec(line) ?? [];
        if (groups.length > 0) {
          const [min, lowest, value, unit, max, highest] = groups;
          const toTime = (number2 = "", unit2 = "") => inSeconds({ name: "", unit: unit2, value: Number(number2) }).value;
          emit({
            name: name.trim() === "" ? above : name.trim(),
            unit: "s",
            value: toTime(value, unit),
            min: toTime(min, lowest),
            max: toTime(max, highest)
          });
        }
        if (line.trim() !== "") above = line.trim();
      },
      () => {
      }
    );
  }
};
const time$1 = /([\d.]+(?:e[+-]?\d+)?) (ps|ns|[\u00b5\u03bcu]s|ms|s)/.source;
const times = new RegExp(`^(.*?)\\s+time:\\s+\\[${time$1} ${time$1} ${time$1}\\]`);
const libtestBench = {
  name: "libtest's benchmarks",
  recognizes: (head) => new RegExp(libtest.source, "m").test(head),
  open: (emit) => readLines(
    (line) => {
      const [, name, value = "", unit] = libtest.exec(line) ?? [];
      if (name !== void 0)
        emit(inSeconds({ name, ...unit && { unit }, value: Number(value.replaceAll(",", "")) }));
    },
    () => {
    }
  )
};
const libtest = /^test (.+?)\s+\.\.\. bench:\s+([\d,.]+) (\S+)\/iter\b/;
const bench = shared.bp({
  name: shared.ay(),
  unit: shared.as(shared.ay()),
  value: anyNumber,
  range: shared.as(shared.aD([shared.ay(), shared.aC()]))
});
const githubActionBenchmark = jsonFormat({
  name: "github-action-benchmark",
  matches: (sample) => Array.isArray(sample) && sample.length > 0 && sample.every(isBench),
  schema: shared.at(bench),
  read: (report) => report.map(toBenchmark$2)
});
const isBench = (json2, index, all) => shared.m(json2) && (typeof json2.name === "string" && typeof json2.value === "number" || index > 0 && index === all.length - 1);
const history = shared.bp({ entries: shared.aG(shared.ay(), shared.at(shared.bp({ benches: shared.at(bench) }))) });
const githubActionBenchmarkHistory = {
  name: "github-action-benchmark's data.js",
  recognizes: (head) => assignment.test(head),
  open(emit) {
    const pieces = [];
    return {
      write: (text2) => void pieces.push(text2),
      end() {
        const json2 = parseReportJson(pieces.join("").replace(assignment, "").trimEnd().replace(/;$/, ""));
        const { success, output } = shared.aI(history, json2);
        if (!success) throw new ReportProblem('it has no "entries" with "benches"');
        for (const [suite, runs] of Object.entries(output.entries)) {
          for (const one of runs.at(-1)?.benches ?? []) {
            const benchmark = toBenchmark$2(one);
            emit(Object.keys(output.entries).length === 1 ? benchmark : { ...benchmark, name: `${suite}/${one.name}` });
          }
        }
      }
    };
  }
};
const assignment = /^\s*window\.BENCHMARK_DATA\s*=/;
function toBenchmark$2({ name, unit, value, range }) {
  return inSeconds({ name, ...unit === void 0 ? {} : { unit }, value, ...toSpread(value, String(range ?? "")) });
}
function toSpread(value, range) {
  const pattern2 = /^\s*(±|\+\/-|stddev:)\s*([\d.]+(?:[eE][+-]?\d+)?)\s*(%?)\s*$/;
  const [, kind, digits, percent] = pattern2.exec(range.replaceAll(",", "")) ?? [];
  const spread = Number(digits) * (percent === "%" ? Math.abs(value) / 100 : 1);
  if (!Number.isFinite(spread)) return {};
  return kind === "stddev:" ? { stddev: spread } : { min: value - spread, max: value + spread };
}
const maxReportRecords$1 = 5e4;
const goBench = {
  name: "go test -bench",
  recognizes: (head) => /^Benchmark\S*[ \t]+\d+[ \t]+[\d.eE+-]+[ \t]+\S*/m.test(head) || isHeader(head),
  open(emit) {
    const measurements = [];
    let current = "";
    let begun;
    return readLines(
      (line, number2) => {
        const [, path] = /^pkg: (\S+)/.exec(line) ?? [];
        if (path !== void 0) current = path;
        const [, name = begun, rest] = /^(?:(Benchmark\S*)|\s*)\s*(\d+\s+[\d.eE+-]+\s+\S.*)$/.exec(line) ?? [];
        if (name !== void 0 && rest !== void 0) {
          if (measurements.length === maxReportRecords$1) {
            throw new ReportProblem(
              `it holds more than ${maxReportRecords$1} results: split it into several files`,
              number2
            );
          }
          measurements.push({ name, package: current, values: toValues(rest) });
          begun = void 0;
        } else begun = /^(Benchmark\S*)[ \t]+/.exec(line)?.[1] ?? begun;
      },
      () => {
        for (const benchmark of toBenchmarks(measurements)) emit(benchmark);
      }
    );
  }
};
const isHeader = (head) => /^goos: \S+\r?\ngoarch: /m.test(head);
function toValues(rest) {
  const [, ...words] = rest.trim().split(/\s+/);
  const pairs = words.flatMap((word, index) => {
    const unit = words[index + 1];
    return index % 2 === 0 && unit !== void 0 ? [[Number(word), unit]] : [];
  });
  return pairs.filter(([value]) => !Number.isNaN(value));
}
function* toBenchmarks(measurements) {
  const toShort = findShortener(measurements);
  const packages = Map.groupBy(measurements, ({ name }) => toShort(name));
  const byName = Map.groupBy(measurements, (one) => {
    const name = toShort(one.name);
    const isAlone = new Set(packages.get(name)?.map((other) => other.package)).size === 1;
    return isAlone ? name : `${one.package}.${name}`;
  });
  for (const [name, repeated] of byName) {
    const values = repeated.flatMap((one) => one.values);
    for (const [unit, ofUnit] of Map.groupBy(values, ([, unit2]) => unit2)) {
      yield inSeconds({ name, unit, ...summarize(ofUnit.map(([value]) => value)) });
    }
  }
}
function findShortener(measurements) {
  const [suffix, ...others] = new Set(measurements.map(({ name }) => /-\d+$/.exec(name)?.[0]));
  return suffix === void 0 || others.length > 0 ? (name) => name : (name) => name.slice(0, -suffix.length);
}
const entry = shared.br({
  name: shared.ay(),
  run_name: shared.as(shared.ay()),
  run_type: shared.as(shared.ay()),
  aggregate_name: shared.as(shared.ay()),
  repetitions: shared.as(anyNumber),
  real_time: shared.as(anyNumber),
  time_unit: shared.as(shared.ay()),
  error_occurred: shared.as(shared.au()),
  skipped: shared.as(shared.au())
});
const googleBenchmark = jsonFormat({
  name: "Google Benchmark",
  matches(sample) {
    if (!shared.m(sample)) return false;
    const [first] = Array.isArray(sample.benchmarks) ? sample.benchmarks : [];
    return isContext(sample.context) || shared.m(first) && "real_time" in first;
  },
  schema: shared.bp({ benchmarks: shared.at(entry) }),
  *read({ benchmarks }) {
    const sound = benchmarks.filter(({ error_occurred, skipped }) => error_occurred !== true && skipped !== true);
    for (const [name, entries] of Map.groupBy(sound, toName$1)) {
      const runs = entries.filter((one) => one.run_type !== "aggregate" && one.real_time !== void 0);
      yield* runs.length > 0 ? readRuns(name, runs) : readAggregates(name, entries);
    }
  }
});
const isContext = (context) => shared.m(context) && "num_cpus" in context && "library_build_type" in context;
const toName$1 = ({ run_name, name }) => run_name ?? name.replace(/_(?:mean|median|stddev|cv)$/, "");
function* readRuns(name, runs) {
  yield inSeconds({ name, ...toUnit(runs[0]), ...summarize(runs.map(({ real_time = Number.NaN }) => real_time)) });
  for (const counter of findCounters(runs[0])) {
    const values = runs.map((run) => run[counter]).filter((value) => typeof value === "number");
    yield { name, unit: toCounterUnit(counter), ...summarize(values) };
  }
}
function* readAggregates(name, entries) {
  const find = (aggregate) => entries.find(({ aggregate_name }) => aggregate_name === aggregate);
  const mean = find("mean") ?? find("median");
  if (mean?.real_time === void 0) return;
  const stddev = find("stddev");
  yield inSeconds({
    name,
    ...toUnit(mean),
    value: mean.real_time,
    ...known({ stddev: stddev?.real_time, runs: mean.repetitions })
  });
  for (const counter of findCounters(mean)) {
    const deviation = stddev?.[counter];
    yield {
      name,
      unit: toCounterUnit(counter),
      value: Number(mean[counter]),
      ...known({ stddev: typeof deviation === "number" ? deviation : void 0, runs: mean.repetitions })
    };
  }
}
const toUnit = (run) => ({ unit: run?.time_unit ?? "ns" });
const ownKeys = /* @__PURE__ */ new Set([
  ...["family_index", "per_family_instance_index", "repetitions", "repetition_index", "threads", "iterations"],
  ...["real_time", "cpu_time", "real_coefficient", "cpu_coefficient", "rms"]
]);
function findCounters(run) {
  return Object.entries(run ?? {}).flatMap(
    ([key, value]) => typeof value === "number" && !ownKeys.has(key) ? [key] : []
  );
}
function toCounterUnit(counter) {
  if (counter === "bytes_per_second") return "B/s";
  return counter === "items_per_second" ? "items/s" : counter;
}
const hyperfine = jsonFormat({
  name: "hyperfine",
  matches(sample) {
    if (!shared.m(sample) || !Array.isArray(sample.results)) return false;
    const [first] = sample.results;
    return shared.m(first) && typeof first.command === "string" && "mean" in first;
  },
  schema: shared.bp({
    results: shared.at(
      shared.bp({
        command: shared.ay(),
        mean: anyNumber,
        min: shared.bq(anyNumber),
        max: shared.bq(anyNumber),
        stddev: shared.bq(anyNumber),
        times: shared.bq(shared.at(anyNumber))
      })
    )
  }),
  read: ({ results }) => results.map(({ command, mean, min, max, stddev, times: times2 }) => ({
    name: command,
    unit: "s",
    value: mean,
    ...known({ min, max, stddev, runs: times2?.length })
  }))
});
const metric = shared.bp({
  score: shared.aD([anyNumber, shared.aE("NaN")]),
  scorePercentiles: shared.bq(shared.aG(shared.ay(), shared.b2())),
  scoreUnit: shared.ay(),
  rawData: shared.bq(shared.at(shared.at(shared.b2())))
});
const result$1 = shared.bp({
  benchmark: shared.ay(),
  mode: shared.ay(),
  params: shared.bq(shared.aG(shared.ay(), shared.ay())),
  primaryMetric: metric,
  secondaryMetrics: shared.bq(shared.aG(shared.ay(), metric))
});
const jmh = jsonFormat({
  name: "JMH",
  matches(sample) {
    const [first] = Array.isArray(sample) ? sample : [];
    return shared.m(first) && ("jmhVersion" in first || shared.m(first.primaryMetric));
  },
  schema: shared.at(result$1),
  *read(results) {
    const modes = Map.groupBy(results, toName);
    for (const one of results) {
      const name = toName(one);
      const full = (modes.get(name)?.length ?? 0) > 1 ? `${name}:${one.mode}` : name;
      yield toBenchmark$1(full, one.primaryMetric);
      for (const [metricName, value] of Object.entries(one.secondaryMetrics ?? {})) {
        const own = metricName.replace(/^\u00b7/, "");
        if (!/^p[\d.]+$/.test(own)) yield toBenchmark$1(`${full}:${own}`, value);
      }
    }
  }
});
function toName({ benchmark, params }) {
  const values = Object.entries(params ?? {}).map(([key, value]) => `${key}=${value}`);
  return values.length === 0 ? benchmark : `${benchmark} (${values.join(", ")})`;
}
function toBenchmark$1(name, { score, scorePercentiles, scoreUnit, rawData }) {
  const raw = (rawData ?? []).flat().filter((value) => typeof value === "number");
  const { stddev, runs } = raw.length > 0 ? summarize(raw) : {};
  const [min, max] = [scorePercentiles?.["0.0"], scorePercentiles?.["100.0"]];
  const isMean = typeof min === "number" && typeof max === "number" && Number(score) >= min && Number(score) <= max;
  const spread = isMean ? known({ min, max, stddev }) : {};
  return inSeconds({ name, unit: scoreUnit, value: Number(score), ...spread, ...known({ runs }) });
}
const pytestBenchmark = jsonFormat({
  name: "pytest-benchmark",
  matches(sample) {
    if (!shared.m(sample)) return false;
    const [first] = Array.isArray(sample.benchmarks) ? sample.benchmarks : [];
    return shared.m(sample.machine_info) || shared.m(first) && shared.m(first.stats) && "fullname" in first;
  },
  schema: shared.bp({
    benchmarks: shared.at(
      shared.bp({
        fullname: shared.ay(),
        stats: shared.bp({
          mean: anyNumber,
          min: shared.bq(anyNumber),
          max: shared.bq(anyNumber),
          stddev: shared.bq(anyNumber),
          rounds: shared.bq(anyNumber)
        })
      })
    )
  }),
  read: ({ benchmarks }) => benchmarks.map(({ fullname, stats: { mean, min, max, stddev, rounds } }) => ({
    name: fullname,
    unit: "s",
    value: mean,
    ...known({ min, max, stddev, runs: rounds })
  }))
});
function hasBenchmarks(sample) {
  const files = shared.m(sample) ? asList(sample.testResults) : [];
  const tests = files.flatMap((file2) => shared.m(file2) ? asList(file2.assertionResults) : []);
  return tests.some((test2) => shared.m(test2) && asList(test2.benchmarks).length > 0);
}
const asList = (json2) => Array.isArray(json2) ? json2 : [];
const statistics = { mean: anyNumber, min: shared.bq(anyNumber), max: shared.bq(anyNumber), sd: shared.bq(anyNumber) };
const task = shared.bp({ name: shared.ay(), ...statistics, sampleCount: shared.bq(anyNumber) });
const vitestBench = jsonFormat({
  name: "Vitest bench",
  matches(sample) {
    const [file2] = shared.m(sample) && Array.isArray(sample.files) ? sample.files : [];
    return shared.m(file2) && Array.isArray(file2.groups);
  },
  schema: shared.bp({
    files: shared.at(
      shared.bp({ groups: shared.at(shared.bp({ fullName: shared.ay(), benchmarks: shared.at(shared.bs(task)) })) })
    )
  }),
  *read({ files }) {
    for (const { fullName, benchmarks } of files.flatMap(({ groups }) => groups)) {
      for (const { name = "", mean, min, max, sd, sampleCount } of benchmarks) {
        if (mean !== void 0) yield toBenchmark(`${fullName} > ${name}`, { mean, min, max, sd }, sampleCount);
      }
    }
  }
});
const latency = shared.bp({ ...statistics, samplesCount: shared.bq(anyNumber) });
const assertion$1 = shared.bp({
  benchmarks: shared.as(
    shared.at(shared.bp({ name: shared.ay(), tasks: shared.at(shared.bp({ name: shared.ay(), latency })) }))
  )
});
const vitestTests = jsonFormat({
  name: "Vitest's JSON with benchmarks",
  matches: hasBenchmarks,
  schema: shared.bp({ testResults: shared.at(shared.bp({ assertionResults: shared.at(assertion$1) })) }),
  *read({ testResults }) {
    const assertions = testResults.flatMap(({ assertionResults }) => assertionResults);
    for (const { name, tasks } of assertions.flatMap(({ benchmarks = [] }) => benchmarks)) {
      for (const task2 of tasks) yield toBenchmark(`${name} > ${task2.name}`, task2.latency, task2.latency.samplesCount);
    }
  }
});
function toBenchmark(name, { mean, min, max, sd }, runs) {
  return inSeconds({ name, unit: "ms", value: mean, ...known({ min, max, stddev: sd, runs }) });
}
const benchmarkFormats = [
  hyperfine,
  pytestBenchmark,
  googleBenchmark,
  goBench,
  criterionEstimates,
  cargoCriterion,
  criterionText,
  libtestBench,
  vitestBench,
  vitestTests,
  jmh,
  benchmarkDotNet,
  githubActionBenchmark,
  githubActionBenchmarkHistory,
  bencher
];
var saxes = {};
var ed5 = {};
var hasRequiredEd5;
function requireEd5() {
  if (hasRequiredEd5) return ed5;
  hasRequiredEd5 = 1;
  (function(exports2) {
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.CHAR = "	\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}";
    exports2.S = " 	\r\n";
    exports2.NAME_START_CHAR = ":A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}";
    exports2.NAME_CHAR = "-" + exports2.NAME_START_CHAR + ".0-9\xB7\u0300-\u036F\u203F-\u2040";
    exports2.CHAR_RE = new RegExp("^[" + exports2.CHAR + "]$", "u");
    exports2.S_RE = new RegExp("^[" + exports2.S + "]+$", "u");
    exports2.NAME_START_CHAR_RE = new RegExp("^[" + exports2.NAME_START_CHAR + "]$", "u");
    exports2.NAME_CHAR_RE = new RegExp("^[" + exports2.NAME_CHAR + "]$", "u");
    exports2.NAME_RE = new RegExp("^[" + exports2.NAME_START_CHAR + "][" + exports2.NAME_CHAR + "]*$", "u");
    exports2.NMTOKEN_RE = new RegExp("^[" + exports2.NAME_CHAR + "]+$", "u");
    var TAB = 9;
    var NL = 10;
    var CR = 13;
    var SPACE = 32;
    exports2.S_LIST = [SPACE, NL, CR, TAB];
    function isChar(c) {
      return c >= SPACE && c <= 55295 || c === NL || c === CR || c === TAB || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
    }
    exports2.isChar = isChar;
    function isS(c) {
      return c === SPACE || c === NL || c === CR || c === TAB;
    }
    exports2.isS = isS;
    function isNameStartChar(c) {
      return c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 58 || c === 95 || c === 8204 || c === 8205 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
    }
    exports2.isNameStartChar = isNameStartChar;
    function isNameChar(c) {
      return isNameStartChar(c) || c >= 48 && c <= 57 || c === 45 || c === 46 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
    }
    exports2.isNameChar = isNameChar;
  })(ed5);
  return ed5;
}
var ed2 = {};
var hasRequiredEd2;
function requireEd2() {
  if (hasRequiredEd2) return ed2;
  hasRequiredEd2 = 1;
  (function(exports2) {
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.CHAR = "-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}";
    exports2.RESTRICTED_CHAR = "-\b\v\f-\x7F-\x84\x86-\x9F";
    exports2.S = " 	\r\n";
    exports2.NAME_START_CHAR = ":A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}";
    exports2.NAME_CHAR = "-" + exports2.NAME_START_CHAR + ".0-9\xB7\u0300-\u036F\u203F-\u2040";
    exports2.CHAR_RE = new RegExp("^[" + exports2.CHAR + "]$", "u");
    exports2.RESTRICTED_CHAR_RE = new RegExp("^[" + exports2.RESTRICTED_CHAR + "]$", "u");
    exports2.S_RE = new RegExp("^[" + exports2.S + "]+$", "u");
    exports2.NAME_START_CHAR_RE = new RegExp("^[" + exports2.NAME_START_CHAR + "]$", "u");
    exports2.NAME_CHAR_RE = new RegExp("^[" + exports2.NAME_CHAR + "]$", "u");
    exports2.NAME_RE = new RegExp("^[" + exports2.NAME_START_CHAR + "][" + exports2.NAME_CHAR + "]*$", "u");
    exports2.NMTOKEN_RE = new RegExp("^[" + exports2.NAME_CHAR + "]+$", "u");
    var TAB = 9;
    var NL = 10;
    var CR = 13;
    var SPACE = 32;
    exports2.S_LIST = [SPACE, NL, CR, TAB];
    function isChar(c) {
      return c >= 1 && c <= 55295 || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
    }
    exports2.isChar = isChar;
    function isRestrictedChar(c) {
      return c >= 1 && c <= 8 || c === 11 || c === 12 || c >= 14 && c <= 31 || c >= 127 && c <= 132 || c >= 134 && c <= 159;
    }
    exports2.isRestrictedChar = isRestrictedChar;
    function isCharAndNotRestricted(c) {
      return c === 9 || c === 10 || c === 13 || c > 31 && c < 127 || c === 133 || c > 159 && c <= 55295 || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
    }
    exports2.isCharAndNotRestricted = isCharAndNotRestricted;
    function isS(c) {
      return c === SPACE || c === NL || c === CR || c === TAB;
    }
    exports2.isS = isS;
    function isNameStartChar(c) {
      return c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 58 || c === 95 || c === 8204 || c === 8205 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
    }
    exports2.isNameStartChar = isNameStartChar;
    function isNameChar(c) {
      return isNameStartChar(c) || c >= 48 && c <= 57 || c === 45 || c === 46 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
    }
    exports2.isNameChar = isNameChar;
  })(ed2);
  return ed2;
}
var ed3 = {};
var hasRequiredEd3;
function requireEd3() {
  if (hasRequiredEd3) return ed3;
  hasRequiredEd3 = 1;
  (function(exports2) {
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.NC_NAME_START_CHAR = "A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}";
    exports2.NC_NAME_CHAR = "-" + exports2.NC_NAME_START_CHAR + ".0-9\xB7\u0300-\u036F\u203F-\u2040";
    exports2.NC_NAME_START_CHAR_RE = new RegExp("^[" + exports2.NC_NAME_START_CHAR + "]$", "u");
    exports2.NC_NAME_CHAR_RE = new RegExp("^[" + exports2.NC_NAME_CHAR + "]$", "u");
    exports2.NC_NAME_RE = new RegExp("^[" + exports2.NC_NAME_START_CHAR + "][" + exports2.NC_NAME_CHAR + "]*$", "u");
    function isNCNameStartChar(c) {
      return c >= 65 && c <= 90 || c === 95 || c >= 97 && c <= 122 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8204 && c <= 8205 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
    }
    exports2.isNCNameStartChar = isNCNameStartChar;
    function isNCNameChar(c) {
      return isNCNameStartChar(c) || (c === 45 || c === 46 || c >= 48 && c <= 57 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256);
    }
    exports2.isNCNameChar = isNCNameChar;
  })(ed3);
  return ed3;
}
var hasRequiredSaxes;
function requireSaxes() {
  if (hasRequiredSaxes) return saxes;
  hasRequiredSaxes = 1;
  Object.defineProperty(saxes, "__esModule", { value: true });
  saxes.SaxesParser = saxes.EVENTS = void 0;
  const ed52 = requireEd5();
  const ed22 = requireEd2();
  const NSed3 = requireEd3();
  var isS = ed52.isS;
  var isChar10 = ed52.isChar;
  var isNameStartChar = ed52.isNameStartChar;
  var isNameChar = ed52.isNameChar;
  var S_LIST = ed52.S_LIST;
  var NAME_RE = ed52.NAME_RE;
  var isChar11 = ed22.isChar;
  var isNCNameStartChar = NSed3.isNCNameStartChar;
  var isNCNameChar = NSed3.isNCNameChar;
  var NC_NAME_RE = NSed3.NC_NAME_RE;
  const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
  const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
  const rootNS = {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment
    __proto__: null,
    xml: XML_NAMESPACE,
    xmlns: XMLNS_NAMESPACE
  };
  const XML_ENTITIES = {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment
    __proto__: null,
    amp: "&",
    gt: ">",
    lt: "<",
    quot: '"',
    apos: "'"
  };
  const EOC = -1;
  const NL_LIKE = -2;
  const S_BEGIN = 0;
  const S_BEGIN_WHITESPACE = 1;
  const S_DOCTYPE = 2;
  const S_DOCTYPE_QUOTE = 3;
  const S_DTD = 4;
  const S_DTD_QUOTED = 5;
  const S_DTD_OPEN_WAKA = 6;
  const S_DTD_OPEN_WAKA_BANG = 7;
  const S_DTD_COMMENT = 8;
  const S_DTD_COMMENT_ENDING = 9;
  const S_DTD_COMMENT_ENDED = 10;
  const S_DTD_PI = 11;
  const S_DTD_PI_ENDING = 12;
  const S_TEXT = 13;
  const S_ENTITY = 14;
  const S_OPEN_WAKA = 15;
  const S_OPEN_WAKA_BANG = 16;
  const S_COMMENT = 17;
  const S_COMMENT_ENDING = 18;
  const S_COMMENT_ENDED = 19;
  const S_CDATA = 20;
  const S_CDATA_ENDING = 21;
  const S_CDATA_ENDING_2 = 22;
  const S_PI_FIRST_CHAR = 23;
  const S_PI_REST = 24;
  const S_PI_BODY = 25;
  const S_PI_ENDING = 26;
  const S_XML_DECL_NAME_START = 27;
  const S_XML_DECL_NAME = 28;
  const S_XML_DECL_EQ = 29;
  const S_XML_DECL_VALUE_START = 30;
  const S_XML_DECL_VALUE = 31;
  const S_XML_DECL_SEPARATOR = 32;
  const S_XML_DECL_ENDING = 33;
  const S_OPEN_TAG = 34;
  const S_OPEN_TAG_SLASH = 35;
  const S_ATTRIB = 36;
  const S_ATTRIB_NAME = 37;
  const S_ATTRIB_NAME_SAW_WHITE = 38;
  const S_ATTRIB_VALUE = 39;
  const S_ATTRIB_VALUE_QUOTED = 40;
  const S_ATTRIB_VALUE_CLOSED = 41;
  const S_ATTRIB_VALUE_UNQUOTED = 42;
  const S_CLOSE_TAG = 43;
  const S_CLOSE_TAG_SAW_WHITE = 44;
  const TAB = 9;
  const NL = 10;
  const CR = 13;
  const SPACE = 32;
  const BANG = 33;
  const DQUOTE = 34;
  const AMP = 38;
  const SQUOTE = 39;
  const MINUS = 45;
  const FORWARD_SLASH = 47;
  const SEMICOLON = 59;
  const LESS = 60;
  const EQUAL = 61;
  const GREATER = 62;
  const QUESTION = 63;
  const OPEN_BRACKET = 91;
  const CLOSE_BRACKET = 93;
  const NEL = 133;
  const LS = 8232;
  const isQuote = (c) => c === DQUOTE || c === SQUOTE;
  const QUOTES = [DQUOTE, SQUOTE];
  const DOCTYPE_TERMINATOR = [...QUOTES, OPEN_BRACKET, GREATER];
  const DTD_TERMINATOR = [...QUOTES, LESS, CLOSE_BRACKET];
  const XML_DECL_NAME_TERMINATOR = [EQUAL, QUESTION, ...S_LIST];
  const ATTRIB_VALUE_UNQUOTED_TERMINATOR = [...S_LIST, GREATER, AMP, LESS];
  function nsPairCheck(parser, prefix, uri) {
    switch (prefix) {
      case "xml":
        if (uri !== XML_NAMESPACE) {
          parser.fail(`xml prefix must be bound to ${XML_NAMESPACE}.`);
        }
        break;
      case "xmlns":
        if (uri !== XMLNS_NAMESPACE) {
          parser.fail(`xmlns prefix must be bound to ${XMLNS_NAMESPACE}.`);
        }
        break;
    }
    switch (uri) {
      case XMLNS_NAMESPACE:
        parser.fail(prefix === "" ? `the default namespace may not be set to ${uri}.` : `may not assign a prefix (even "xmlns") to the URI ${XMLNS_NAMESPACE}.`);
        break;
      case XML_NAMESPACE:
        switch (prefix) {
          case "xml":
            break;
          case "":
            parser.fail(`the default namespace may not be set to ${uri}.`);
            break;
          default:
            parser.fail("may not assign the xml namespace to another prefix.");
        }
        break;
    }
  }
  function nsMappingCheck(parser, mapping) {
    for (const local of Object.keys(mapping)) {
      nsPairCheck(parser, local, mapping[local]);
    }
  }
  const isNCName = (name) => NC_NAME_RE.test(name);
  const isName2 = (name) => NAME_RE.test(name);
  const FORBIDDEN_START = 0;
  const FORBIDDEN_BRACKET = 1;
  const FORBIDDEN_BRACKET_BRACKET = 2;
  saxes.EVENTS = [
    "xmldecl",
    "text",
    "processinginstruction",
    "doctype",
    "comment",
    "opentagstart",
    "attribute",
    "opentag",
    "closetag",
    "cdata",
    "error",
    "end",
    "ready"
  ];
  const EVENT_NAME_TO_HANDLER_NAME = {
    xmldecl: "xmldeclHandler",
    text: "textHandler",
    processinginstruction: "piHandler",
    doctype: "doctypeHandler",
    comment: "commentHandler",
    opentagstart: "openTagStartHandler",
    attribute: "attributeHandler",
    opentag: "openTagHandler",
    closetag: "closeTagHandler",
    cdata: "cdataHandler",
    error: "errorHandler",
    end: "endHandler",
    ready: "readyHandler"
  };
  class SaxesParser {
    /**
     * @param opt The parser options.
     */
    constructor(opt) {
      this.opt = opt !== null && opt !== void 0 ? opt : {};
      this.fragmentOpt = !!this.opt.fragment;
      const xmlnsOpt = this.xmlnsOpt = !!this.opt.xmlns;
      this.trackPosition = this.opt.position !== false;
      this.fileName = this.opt.fileName;
      if (xmlnsOpt) {
        this.nameStartCheck = isNCNameStartChar;
        this.nameCheck = isNCNameChar;
        this.isName = isNCName;
        this.processAttribs = this.processAttribsNS;
        this.pushAttrib = this.pushAttribNS;
        this.ns = Object.assign({ __proto__: null }, rootNS);
        const additional = this.opt.additionalNamespaces;
        if (additional != null) {
          nsMappingCheck(this, additional);
          Object.assign(this.ns, additional);
        }
      } else {
        this.nameStartCheck = isNameStartChar;
        this.nameCheck = isNameChar;
        this.isName = isName2;
        this.processAttribs = this.processAttribsPlain;
        this.pushAttrib = this.pushAttribPlain;
      }
      this.stateTable = [
        /* eslint-disable @typescript-eslint/unbound-method */
        this.sBegin,
        this.sBeginWhitespace,
        this.sDoctype,
        this.sDoctypeQuote,
        this.sDTD,
        this.sDTDQuoted,
        this.sDTDOpenWaka,
        this.sDTDOpenWakaBang,
        this.sDTDComment,
        this.sDTDCommentEnding,
        this.sDTDCommentEnded,
        this.sDTDPI,
        this.sDTDPIEnding,
        this.sText,
        this.sEntity,
        this.sOpenWaka,
        this.sOpenWakaBang,
        this.sComment,
        this.sCommentEnding,
        this.sCommentEnded,
        this.sCData,
        this.sCDataEnding,
        this.sCDataEnding2,
        this.sPIFirstChar,
        this.sPIRest,
        this.sPIBody,
        this.sPIEnding,
        this.sXMLDeclNameStart,
        this.sXMLDeclName,
        this.sXMLDeclEq,
        this.sXMLDeclValueStart,
        this.sXMLDeclValue,
        this.sXMLDeclSeparator,
        this.sXMLDeclEnding,
        this.sOpenTag,
        this.sOpenTagSlash,
        this.sAttrib,
        this.sAttribName,
        this.sAttribNameSawWhite,
        this.sAttribValue,
        this.sAttribValueQuoted,
        this.sAttribValueClosed,
        this.sAttribValueUnquoted,
        this.sCloseTag,
        this.sCloseTagSawWhite
        /* eslint-enable @typescript-eslint/unbound-method */
      ];
      this._init();
    }
    /**
     * Indicates whether or not the parser is closed. If ``true``, wait for
     * the ``ready`` event to write again.
     */
    get closed() {
      return this._closed;
    }
    _init() {
      var _a;
      this.openWakaBang = "";
      this.text = "";
      this.name = "";
      this.piTarget = "";
      this.entity = "";
      this.q = null;
      this.tags = [];
      this.tag = null;
      this.topNS = null;
      this.chunk = "";
      this.chunkPosition = 0;
      this.i = 0;
      this.prevI = 0;
      this.carriedFromPrevious = void 0;
      this.forbiddenState = FORBIDDEN_START;
      this.attribList = [];
      const { fragmentOpt } = this;
      this.state = fragmentOpt ? S_TEXT : S_BEGIN;
      this.reportedTextBeforeRoot = this.reportedTextAfterRoot = this.closedRoot = this.sawRoot = fragmentOpt;
      this.xmlDeclPossible = !fragmentOpt;
      this.xmlDeclExpects = ["version"];
      this.entityReturnState = void 0;
      let { defaultXMLVersion } = this.opt;
      if (defaultXMLVersion === void 0) {
        if (this.opt.forceXMLVersion === true) {
          throw new Error("forceXMLVersion set but defaultXMLVersion is not set");
        }
        defaultXMLVersion = "1.0";
      }
      this.setXMLVersion(defaultXMLVersion);
      this.positionAtNewLine = 0;
      this.doctype = false;
      this._closed = false;
      this.xmlDecl = {
        version: void 0,
        encoding: void 0,
        standalone: void 0
      };
      this.line = 1;
      this.column = 0;
      this.ENTITIES = Object.create(XML_ENTITIES);
      (_a = this.readyHandler) === null || _a === void 0 ? void 0 : _a.call(this);
    }
    /**
     * The stream position the parser is currently looking at. This field is
     * zero-based.
     *
     * This field is not based on counting Unicode characters but is to be
     * interpreted as a plain index into a JavaScript string.
     */
    get position() {
      return this.chunkPosition + this.i;
    }
    /**
     * The column number of the next character to be read by the parser.  *
     * This field is zero-based. (The first column in a line is 0.)
     *
     * This field reports the index at which the next character would be in the
     * line if the line were represented as a JavaScript string.  Note that this
     * *can* be different to a count based on the number of *Unicode characters*
     * due to how JavaScript handles astral plane characters.
     *
     * See [[column]] for a number that corresponds to a count of Unicode
     * characters.
     */
    get columnIndex() {
      return this.position - this.positionAtNewLine;
    }
    /**
     * Set an event listener on an event. The parser supports one handler per
     * event type. If you try to set an event handler over an existing handler,
     * the old handler is silently overwritten.
     *
     * @param name The event to listen to.
     *
     * @param handler The handler to set.
     */
    on(name, handler) {
      this[EVENT_NAME_TO_HANDLER_NAME[name]] = handler;
    }
    /**
     * Unset an event handler.
     *
     * @parma name The event to stop listening to.
     */
    off(name) {
      this[EVENT_NAME_TO_HANDLER_NAME[name]] = void 0;
    }
    /**
     * Make an error object. The error object will have a message that contains
     * the ``fileName`` option passed at the creation of the parser. If position
     * tracking was turned on, it will also have line and column number
     * information.
     *
     * @param message The message describing the error to report.
     *
     * @returns An error object with a properly formatted message.
     */
    makeError(message2) {
      var _a;
      let msg = (_a = this.fileName) !== null && _a !== void 0 ? _a : "";
      if (this.trackPosition) {
        if (msg.length > 0) {
          msg += ":";
        }
        msg += `${this.line}:${this.column}`;
      }
      if (msg.length > 0) {
        msg += ": ";
      }
      return new Error(msg + message2);
    }
    /**
     * Report a parsing error. This method is made public so that client code may
     * check for issues that are outside the scope of this project and can report
     * errors.
     *
     * @param message The error to report.
     *
     * @returns this
     */
    fail(message2) {
      const err = this.makeError(message2);
      const handler = this.errorHandler;
      if (handler === void 0) {
        throw err;
      } else {
        handler(err);
      }
      return this;
    }
    /**
     * Write a XML data to the parser.
     *
     * @param chunk The XML data to write.
     *
     * @returns this
     */
    // We do need object for the type here. Yes, it often causes problems
    // but not in this case.
    write(chunk) {
      if (this.closed) {
        return this.fail("cannot write after close; assign an onready handler.");
      }
      let end = false;
      if (chunk === null) {
        end = true;
        chunk = "";
      } else if (typeof chunk === "object") {
        chunk = chunk.toString();
      }
      if (this.carriedFromPrevious !== void 0) {
        chunk = `${this.carriedFromPrevious}${chunk}`;
        this.carriedFromPrevious = void 0;
      }
      let limit = chunk.length;
      const lastCode = chunk.charCodeAt(limit - 1);
      if (!end && // A trailing CR or surrogate must be carried over to the next
      // chunk.
      (lastCode === CR || lastCode >= 55296 && lastCode <= 56319)) {
        this.carriedFromPrevious = chunk[limit - 1];
        limit--;
        chunk = chunk.slice(0, limit);
      }
      const { stateTable } = this;
      this.chunk = chunk;
      this.i = 0;
      while (this.i < limit) {
        stateTable[this.state].call(this);
      }
      this.chunkPosition += limit;
      return end ? this.end() : this;
    }
    /**
     * Close the current stream. Perform final well-formedness checks and reset
     * the parser tstate.
     *
     * @returns this
     */
    close() {
      return this.write(null);
    }
    /**
     * Get a single code point out of the current chunk. This updates the current
     * position if we do position tracking.
     *
     * This is the algorithm to use for XML 1.0.
     *
     * @returns The character read.
     */
    getCode10() {
      const { chunk, i } = this;
      this.prevI = i;
      this.i = i + 1;
      if (i >= chunk.length) {
        return EOC;
      }
      const code = chunk.charCodeAt(i);
      this.column++;
      if (code < 55296) {
        if (code >= SPACE || code === TAB) {
          return code;
        }
        switch (code) {
          case NL:
            this.line++;
            this.column = 0;
            this.positionAtNewLine = this.position;
            return NL;
          case CR:
            if (chunk.charCodeAt(i + 1) === NL) {
              this.i = i + 2;
            }
            this.line++;
            this.column = 0;
            this.positionAtNewLine = this.position;
            return NL_LIKE;
          default:
            this.fail("disallowed character.");
            return code;
        }
      }
      if (code > 56319) {
        if (!(code >= 57344 && code <= 65533)) {
          this.fail("disallowed character.");
        }
        return code;
      }
      const final = 65536 + (code - 55296) * 1024 + (chunk.charCodeAt(i + 1) - 56320);
      this.i = i + 2;
      if (final > 1114111) {
        this.fail("disallowed character.");
      }
      return final;
    }
    /**
     * Get a single code point out of the current chunk. This updates the current
     * position if we do position tracking.
     *
     * This is the algorithm to use for XML 1.1.
     *
     * @returns {number} The character read.
     */
    getCode11() {
      const { chunk, i } = this;
      this.prevI = i;
      this.i = i + 1;
      if (i >= chunk.length) {
        return EOC;
      }
      const code = chunk.charCodeAt(i);
      this.column++;
      if (code < 55296) {
        if (code > 31 && code < 127 || code > 159 && code !== LS || code === TAB) {
          return code;
        }
        switch (code) {
          case NL:
            this.line++;
            this.column = 0;
            this.positionAtNewLine = this.position;
            return NL;
          case CR: {
            const next = chunk.charCodeAt(i + 1);
            if (next === NL || next === NEL) {
              this.i = i + 2;
            }
          }
          /* yes, fall through */
          case NEL:
          // 0x85
          case LS:
            this.line++;
            this.column = 0;
            this.positionAtNewLine = this.position;
            return NL_LIKE;
          default:
            this.fail("disallowed character.");
            return code;
        }
      }
      if (code > 56319) {
        if (!(code >= 57344 && code <= 65533)) {
          this.fail("disallowed character.");
        }
        return code;
      }
      const final = 65536 + (code - 55296) * 1024 + (chunk.charCodeAt(i + 1) - 56320);
      this.i = i + 2;
      if (final > 1114111) {
        this.fail("disallowed character.");
      }
      return final;
    }
    /**
     * Like ``getCode`` but with the return value normalized so that ``NL`` is
     * returned for ``NL_LIKE``.
     */
    getCodeNorm() {
      const c = this.getCode();
      return c === NL_LIKE ? NL : c;
    }
    unget() {
      this.i = this.prevI;
      this.column--;
    }
    /**
     * Capture characters into a buffer until encountering one of a set of
     * characters.
     *
     * @param chars An array of codepoints. Encountering a character in the array
     * ends the capture. (``chars`` may safely contain ``NL``.)
     *
     * @return The character code that made the capture end, or ``EOC`` if we hit
     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
     * instead.
     */
    captureTo(chars) {
      let { i: start } = this;
      const { chunk } = this;
      while (true) {
        const c = this.getCode();
        const isNLLike = c === NL_LIKE;
        const final = isNLLike ? NL : c;
        if (final === EOC || chars.includes(final)) {
          this.text += chunk.slice(start, this.prevI);
          return final;
        }
        if (isNLLike) {
          this.text += `${chunk.slice(start, this.prevI)}
`;
          start = this.i;
        }
      }
    }
    /**
     * Capture characters into a buffer until encountering a character.
     *
     * @param char The codepoint that ends the capture. **NOTE ``char`` MAY NOT
     * CONTAIN ``NL``.** Passing ``NL`` will result in buggy behavior.
     *
     * @return ``true`` if we ran into the character. Otherwise, we ran into the
     * end of the current chunk.
     */
    captureToChar(char) {
      let { i: start } = this;
      const { chunk } = this;
      while (true) {
        let c = this.getCode();
        switch (c) {
          case NL_LIKE:
            this.text += `${chunk.slice(start, this.prevI)}
`;
            start = this.i;
            c = NL;
            break;
          case EOC:
            this.text += chunk.slice(start);
            return false;
        }
        if (c === char) {
          this.text += chunk.slice(start, this.prevI);
          return true;
        }
      }
    }
    /**
     * Capture characters that satisfy ``isNameChar`` into the ``name`` field of
     * this parser.
     *
     * @return The character code that made the test fail, or ``EOC`` if we hit
     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
     * instead.
     */
    captureNameChars() {
      const { chunk, i: start } = this;
      while (true) {
        const c = this.getCode();
        if (c === EOC) {
          this.name += chunk.slice(start);
          return EOC;
        }
        if (!isNameChar(c)) {
          this.name += chunk.slice(start, this.prevI);
          return c === NL_LIKE ? NL : c;
        }
      }
    }
    /**
     * Skip white spaces.
     *
     * @return The character that ended the skip, or ``EOC`` if we hit
     * the end of the chunk. The return value cannot be NL_LIKE: NL is returned
     * instead.
     */
    skipSpaces() {
      while (true) {
        const c = this.getCodeNorm();
        if (c === EOC || !isS(c)) {
          return c;
        }
      }
    }
    setXMLVersion(version) {
      this.currentXMLVersion = version;
      if (version === "1.0") {
        this.isChar = isChar10;
        this.getCode = this.getCode10;
      } else {
        this.isChar = isChar11;
        this.getCode = this.getCode11;
      }
    }
    // STATE ENGINE METHODS
    // This needs to be a state separate from S_BEGIN_WHITESPACE because we want
    // to be sure never to come back to this state later.
    sBegin() {
      if (this.chunk.charCodeAt(0) === 65279) {
        this.i++;
        this.column++;
      }
      this.state = S_BEGIN_WHITESPACE;
    }
    sBeginWhitespace() {
      const iBefore = this.i;
      const c = this.skipSpaces();
      if (this.prevI !== iBefore) {
        this.xmlDeclPossible = false;
      }
      switch (c) {
        case LESS:
          this.state = S_OPEN_WAKA;
          if (this.text.length !== 0) {
            throw new Error("no-empty text at start");
          }
          break;
        case EOC:
          break;
        default:
          this.unget();
          this.state = S_TEXT;
          this.xmlDeclPossible = false;
      }
    }
    sDoctype() {
      var _a;
      const c = this.captureTo(DOCTYPE_TERMINATOR);
      switch (c) {
        case GREATER: {
          (_a = this.doctypeHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
          this.text = "";
          this.state = S_TEXT;
          this.doctype = true;
          break;
        }
        case EOC:
          break;
        default:
          this.text += String.fromCodePoint(c);
          if (c === OPEN_BRACKET) {
            this.state = S_DTD;
          } else if (isQuote(c)) {
            this.state = S_DOCTYPE_QUOTE;
            this.q = c;
          }
      }
    }
    sDoctypeQuote() {
      const q = this.q;
      if (this.captureToChar(q)) {
        this.text += String.fromCodePoint(q);
        this.q = null;
        this.state = S_DOCTYPE;
      }
    }
    sDTD() {
      const c = this.captureTo(DTD_TERMINATOR);
      if (c === EOC) {
        return;
      }
      this.text += String.fromCodePoint(c);
      if (c === CLOSE_BRACKET) {
        this.state = S_DOCTYPE;
      } else if (c === LESS) {
        this.state = S_DTD_OPEN_WAKA;
      } else if (isQuote(c)) {
        this.state = S_DTD_QUOTED;
        this.q = c;
      }
    }
    sDTDQuoted() {
      const q = this.q;
      if (this.captureToChar(q)) {
        this.text += String.fromCodePoint(q);
        this.state = S_DTD;
        this.q = null;
      }
    }
    sDTDOpenWaka() {
      const c = this.getCodeNorm();
      this.text += String.fromCodePoint(c);
      switch (c) {
        case BANG:
          this.state = S_DTD_OPEN_WAKA_BANG;
          this.openWakaBang = "";
          break;
        case QUESTION:
          this.state = S_DTD_PI;
          break;
        default:
          this.state = S_DTD;
      }
    }
    sDTDOpenWakaBang() {
      const char = String.fromCodePoint(this.getCodeNorm());
      const owb = this.openWakaBang += char;
      this.text += char;
      if (owb !== "-") {
        this.state = owb === "--" ? S_DTD_COMMENT : S_DTD;
        this.openWakaBang = "";
      }
    }
    sDTDComment() {
      if (this.captureToChar(MINUS)) {
        this.text += "-";
        this.state = S_DTD_COMMENT_ENDING;
      }
    }
    sDTDCommentEnding() {
      const c = this.getCodeNorm();
      this.text += String.fromCodePoint(c);
      this.state = c === MINUS ? S_DTD_COMMENT_ENDED : S_DTD_COMMENT;
    }
    sDTDCommentEnded() {
      const c = this.getCodeNorm();
      this.text += String.fromCodePoint(c);
      if (c === GREATER) {
        this.state = S_DTD;
      } else {
        this.fail("malformed comment.");
        this.state = S_DTD_COMMENT;
      }
    }
    sDTDPI() {
      if (this.captureToChar(QUESTION)) {
        this.text += "?";
        this.state = S_DTD_PI_ENDING;
      }
    }
    sDTDPIEnding() {
      const c = this.getCodeNorm();
      this.text += String.fromCodePoint(c);
      if (c === GREATER) {
        this.state = S_DTD;
      }
    }
    sText() {
      if (this.tags.length !== 0) {
        this.handleTextInRoot();
      } else {
        this.handleTextOutsideRoot();
      }
    }
    sEntity() {
      let { i: start } = this;
      const { chunk } = this;
      loop:
        while (true) {
          switch (this.getCode()) {
            case NL_LIKE:
              this.entity += `${chunk.slice(start, this.prevI)}
`;
              start = this.i;
              break;
            case SEMICOLON: {
              const { entityReturnState } = this;
              const entity = this.entity + chunk.slice(start, this.prevI);
              this.state = entityReturnState;
              let parsed;
              if (entity === "") {
                this.fail("empty entity name.");
                parsed = "&;";
              } else {
                parsed = this.parseEntity(entity);
                this.entity = "";
              }
              if (entityReturnState !== S_TEXT || this.textHandler !== void 0) {
                this.text += parsed;
              }
              break loop;
            }
            case EOC:
              this.entity += chunk.slice(start);
              break loop;
          }
        }
    }
    sOpenWaka() {
      const c = this.getCode();
      if (isNameStartChar(c)) {
        this.state = S_OPEN_TAG;
        this.unget();
        this.xmlDeclPossible = false;
      } else {
        switch (c) {
          case FORWARD_SLASH:
            this.state = S_CLOSE_TAG;
            this.xmlDeclPossible = false;
            break;
          case BANG:
            this.state = S_OPEN_WAKA_BANG;
            this.openWakaBang = "";
            this.xmlDeclPossible = false;
            break;
          case QUESTION:
            this.state = S_PI_FIRST_CHAR;
            break;
          default:
            this.fail("disallowed character in tag name");
            this.state = S_TEXT;
            this.xmlDeclPossible = false;
        }
      }
    }
    sOpenWakaBang() {
      this.openWakaBang += String.fromCodePoint(this.getCodeNorm());
      switch (this.openWakaBang) {
        case "[CDATA[":
          if (!this.sawRoot && !this.reportedTextBeforeRoot) {
            this.fail("text data outside of root node.");
            this.reportedTextBeforeRoot = true;
          }
          if (this.closedRoot && !this.reportedTextAfterRoot) {
            this.fail("text data outside of root node.");
            this.reportedTextAfterRoot = true;
          }
          this.state = S_CDATA;
          this.openWakaBang = "";
          break;
        case "--":
          this.state = S_COMMENT;
          this.openWakaBang = "";
          break;
        case "DOCTYPE":
          this.state = S_DOCTYPE;
          if (this.doctype || this.sawRoot) {
            this.fail("inappropriately located doctype declaration.");
          }
          this.openWakaBang = "";
          break;
        default:
          if (this.openWakaBang.length >= 7) {
            this.fail("incorrect syntax.");
          }
      }
    }
    sComment() {
      if (this.captureToChar(MINUS)) {
        this.state = S_COMMENT_ENDING;
      }
    }
    sCommentEnding() {
      var _a;
      const c = this.getCodeNorm();
      if (c === MINUS) {
        this.state = S_COMMENT_ENDED;
        (_a = this.commentHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
        this.text = "";
      } else {
        this.text += `-${String.fromCodePoint(c)}`;
        this.state = S_COMMENT;
      }
    }
    sCommentEnded() {
      const c = this.getCodeNorm();
      if (c !== GREATER) {
        this.fail("malformed comment.");
        this.text += `--${String.fromCodePoint(c)}`;
        this.state = S_COMMENT;
      } else {
        this.state = S_TEXT;
      }
    }
    sCData() {
      if (this.captureToChar(CLOSE_BRACKET)) {
        this.state = S_CDATA_ENDING;
      }
    }
    sCDataEnding() {
      const c = this.getCodeNorm();
      if (c === CLOSE_BRACKET) {
        this.state = S_CDATA_ENDING_2;
      } else {
        this.text += `]${String.fromCodePoint(c)}`;
        this.state = S_CDATA;
      }
    }
    sCDataEnding2() {
      var _a;
      const c = this.getCodeNorm();
      switch (c) {
        case GREATER: {
          (_a = this.cdataHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.text);
          this.text = "";
          this.state = S_TEXT;
          break;
        }
        case CLOSE_BRACKET:
          this.text += "]";
          break;
        default:
          this.text += `]]${String.fromCodePoint(c)}`;
          this.state = S_CDATA;
      }
    }
    // We need this separate state to check the first character fo the pi target
    // with this.nameStartCheck which allows less characters than this.nameCheck.
    sPIFirstChar() {
      const c = this.getCodeNorm();
      if (this.nameStartCheck(c)) {
        this.piTarget += String.fromCodePoint(c);
        this.state = S_PI_REST;
      } else if (c === QUESTION || isS(c)) {
        this.fail("processing instruction without a target.");
        this.state = c === QUESTION ? S_PI_ENDING : S_PI_BODY;
      } else {
        this.fail("disallowed character in processing instruction name.");
        this.piTarget += String.fromCodePoint(c);
        this.state = S_PI_REST;
      }
    }
    sPIRest() {
      const { chunk, i: start } = this;
      while (true) {
        const c = this.getCodeNorm();
        if (c === EOC) {
          this.piTarget += chunk.slice(start);
          return;
        }
        if (!this.nameCheck(c)) {
          this.piTarget += chunk.slice(start, this.prevI);
          const isQuestion = c === QUESTION;
          if (isQuestion || isS(c)) {
            if (this.piTarget === "xml") {
              if (!this.xmlDeclPossible) {
                this.fail("an XML declaration must be at the start of the document.");
              }
              this.state = isQuestion ? S_XML_DECL_ENDING : S_XML_DECL_NAME_START;
            } else {
              this.state = isQuestion ? S_PI_ENDING : S_PI_BODY;
            }
          } else {
            this.fail("disallowed character in processing instruction name.");
            this.piTarget += String.fromCodePoint(c);
          }
          break;
        }
      }
    }
    sPIBody() {
      if (this.text.length === 0) {
        const c = this.getCodeNorm();
        if (c === QUESTION) {
          this.state = S_PI_ENDING;
        } else if (!isS(c)) {
          this.text = String.fromCodePoint(c);
        }
      } else if (this.captureToChar(QUESTION)) {
        this.state = S_PI_ENDING;
      }
    }
    sPIEnding() {
      var _a;
      const c = this.getCodeNorm();
      if (c === GREATER) {
        const { piTarget } = this;
        if (piTarget.toLowerCase() === "xml") {
          this.fail("the XML declaration must appear at the start of the document.");
        }
        (_a = this.piHandler) === null || _a === void 0 ? void 0 : _a.call(this, {
          target: piTarget,
          body: this.text
        });
        this.piTarget = this.text = "";
        this.state = S_TEXT;
      } else if (c === QUESTION) {
        this.text += "?";
      } else {
        this.text += `?${String.fromCodePoint(c)}`;
        this.state = S_PI_BODY;
      }
      this.xmlDeclPossible = false;
    }
    sXMLDeclNameStart() {
      const c = this.skipSpaces();
      if (c === QUESTION) {
        this.state = S_XML_DECL_ENDING;
        return;
      }
      if (c !== EOC) {
        this.state = S_XML_DECL_NAME;
        this.name = String.fromCodePoint(c);
      }
    }
    sXMLDeclName() {
      const c = this.captureTo(XML_DECL_NAME_TERMINATOR);
      if (c === QUESTION) {
        this.state = S_XML_DECL_ENDING;
        this.name += this.text;
        this.text = "";
        this.fail("XML declaration is incomplete.");
        return;
      }
      if (!(isS(c) || c === EQUAL)) {
        return;
      }
      this.name += this.text;
      this.text = "";
      if (!this.xmlDeclExpects.includes(this.name)) {
        switch (this.name.length) {
          case 0:
            this.fail("did not expect any more name/value pairs.");
            break;
          case 1:
            this.fail(`expected the name ${this.xmlDeclExpects[0]}.`);
            break;
          default:
            this.fail(`expected one of ${this.xmlDeclExpects.join(", ")}`);
        }
      }
      this.state = c === EQUAL ? S_XML_DECL_VALUE_START : S_XML_DECL_EQ;
    }
    sXMLDeclEq() {
      const c = this.getCodeNorm();
      if (c === QUESTION) {
        this.state = S_XML_DECL_ENDING;
        this.fail("XML declaration is incomplete.");
        return;
      }
      if (isS(c)) {
        return;
      }
      if (c !== EQUAL) {
        this.fail("value required.");
      }
      this.state = S_XML_DECL_VALUE_START;
    }
    sXMLDeclValueStart() {
      const c = this.getCodeNorm();
      if (c === QUESTION) {
        this.state = S_XML_DECL_ENDING;
        this.fail("XML declaration is incomplete.");
        return;
      }
      if (isS(c)) {
        return;
      }
      if (!isQuote(c)) {
        this.fail("value must be quoted.");
        this.q = SPACE;
      } else {
        this.q = c;
      }
      this.state = S_XML_DECL_VALUE;
    }
    sXMLDeclValue() {
      const c = this.captureTo([this.q, QUESTION]);
      if (c === QUESTION) {
        this.state = S_XML_DECL_ENDING;
        this.text = "";
        this.fail("XML declaration is incomplete.");
        return;
      }
      if (c === EOC) {
        return;
      }
      const value = this.text;
      this.text = "";
      switch (this.name) {
        case "version": {
          this.xmlDeclExpects = ["encoding", "standalone"];
          const version = value;
          this.xmlDecl.version = version;
          if (!/^1\.[0-9]+$/.test(version)) {
            this.fail("version number must match /^1\\.[0-9]+$/.");
          } else if (!this.opt.forceXMLVersion) {
            this.setXMLVersion(version);
          }
          break;
        }
        case "encoding":
          if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(value)) {
            this.fail("encoding value must match 	/^[A-Za-z0-9][A-Za-z0-9._-]*$/.");
          }
          this.xmlDeclExpects = ["standalone"];
          this.xmlDecl.encoding = value;
          break;
        case "standalone":
          if (value !== "yes" && value !== "no") {
            this.fail('standalone value must match "yes" or "no".');
          }
          this.xmlDeclExpects = [];
          this.xmlDecl.standalone = value;
          break;
      }
      this.name = "";
      this.state = S_XML_DECL_SEPARATOR;
    }
    sXMLDeclSeparator() {
      const c = this.getCodeNorm();
      if (c === QUESTION) {
        this.state = S_XML_DECL_ENDING;
        return;
      }
      if (!isS(c)) {
        this.fail("whitespace required.");
        this.unget();
      }
      this.state = S_XML_DECL_NAME_START;
    }
    sXMLDeclEnding() {
      var _a;
      const c = this.getCodeNorm();
      if (c === GREATER) {
        if (this.piTarget !== "xml") {
          this.fail("processing instructions are not allowed before root.");
        } else if (this.name !== "version" && this.xmlDeclExpects.includes("version")) {
          this.fail("XML declaration must contain a version.");
        }
        (_a = this.xmldeclHandler) === null || _a === void 0 ? void 0 : _a.call(this, this.xmlDecl);
        this.name = "";
        this.piTarget = this.text = "";
        this.state = S_TEXT;
      } else {
        this.fail("The character ? is disallowed anywhere in XML declarations.");
      }
      this.xmlDeclPossible = false;
    }
    sOpenTag() {
      var _a;
      const c = this.captureNameChars();
      if (c === EOC) {
        return;
      }
      const tag = this.tag = {
        name: this.name,
        attributes: /* @__PURE__ */ Object.create(null)
      };
      this.name = "";
      if (this.xmlnsOpt) {
        this.topNS = tag.ns = /* @__PURE__ */ Object.create(null);
      }
      (_a = this.openTagStartHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
      this.sawRoot = true;
      if (!this.fragmentOpt && this.closedRoot) {
        this.fail("documents may contain only one root.");
      }
      switch (c) {
        case GREATER:
          this.openTag();
          break;
        case FORWARD_SLASH:
          this.state = S_OPEN_TAG_SLASH;
          break;
        default:
          if (!isS(c)) {
            this.fail("disallowed character in tag name.");
          }
          this.state = S_ATTRIB;
      }
    }
    sOpenTagSlash() {
      if (this.getCode() === GREATER) {
        this.openSelfClosingTag();
      } else {
        this.fail("forward-slash in opening tag not followed by >.");
        this.state = S_ATTRIB;
      }
    }
    sAttrib() {
      const c = this.skipSpaces();
      if (c === EOC) {
        return;
      }
      if (isNameStartChar(c)) {
        this.unget();
        this.state = S_ATTRIB_NAME;
      } else if (c === GREATER) {
        this.openTag();
      } else if (c === FORWARD_SLASH) {
        this.state = S_OPEN_TAG_SLASH;
      } else {
        this.fail("disallowed character in attribute name.");
      }
    }
    sAttribName() {
      const c = this.captureNameChars();
      if (c === EQUAL) {
        this.state = S_ATTRIB_VALUE;
      } else if (isS(c)) {
        this.state = S_ATTRIB_NAME_SAW_WHITE;
      } else if (c === GREATER) {
        this.fail("attribute without value.");
        this.pushAttrib(this.name, this.name);
        this.name = this.text = "";
        this.openTag();
      } else if (c !== EOC) {
        this.fail("disallowed character in attribute name.");
      }
    }
    sAttribNameSawWhite() {
      const c = this.skipSpaces();
      switch (c) {
        case EOC:
          return;
        case EQUAL:
          this.state = S_ATTRIB_VALUE;
          break;
        default:
          this.fail("attribute without value.");
          this.text = "";
          this.name = "";
          if (c === GREATER) {
            this.openTag();
          } else if (isNameStartChar(c)) {
            this.unget();
            this.state = S_ATTRIB_NAME;
          } else {
            this.fail("disallowed character in attribute name.");
            this.state = S_ATTRIB;
          }
      }
    }
    sAttribValue() {
      const c = this.getCodeNorm();
      if (isQuote(c)) {
        this.q = c;
        this.state = S_ATTRIB_VALUE_QUOTED;
      } else if (!isS(c)) {
        this.fail("unquoted attribute value.");
        this.state = S_ATTRIB_VALUE_UNQUOTED;
        this.unget();
      }
    }
    sAttribValueQuoted() {
      const { q, chunk } = this;
      let { i: start } = this;
      while (true) {
        switch (this.getCode()) {
          case q:
            this.pushAttrib(this.name, this.text + chunk.slice(start, this.prevI));
            this.name = this.text = "";
            this.q = null;
            this.state = S_ATTRIB_VALUE_CLOSED;
            return;
          case AMP:
            this.text += chunk.slice(start, this.prevI);
            this.state = S_ENTITY;
            this.entityReturnState = S_ATTRIB_VALUE_QUOTED;
            return;
          case NL:
          case NL_LIKE:
          case TAB:
            this.text += `${chunk.slice(start, this.prevI)} `;
            start = this.i;
            break;
          case LESS:
            this.text += chunk.slice(start, this.prevI);
            this.fail("disallowed character.");
            return;
          case EOC:
            this.text += chunk.slice(start);
            return;
        }
      }
    }
    sAttribValueClosed() {
      const c = this.getCodeNorm();
      if (isS(c)) {
        this.state = S_ATTRIB;
      } else if (c === GREATER) {
        this.openTag();
      } else if (c === FORWARD_SLASH) {
        this.state = S_OPEN_TAG_SLASH;
      } else if (isNameStartChar(c)) {
        this.fail("no whitespace between attributes.");
        this.unget();
        this.state = S_ATTRIB_NAME;
      } else {
        this.fail("disallowed character in attribute name.");
      }
    }
    sAttribValueUnquoted() {
      const c = this.captureTo(ATTRIB_VALUE_UNQUOTED_TERMINATOR);
      switch (c) {
        case AMP:
          this.state = S_ENTITY;
          this.entityReturnState = S_ATTRIB_VALUE_UNQUOTED;
          break;
        case LESS:
          this.fail("disallowed character.");
          break;
        case EOC:
          break;
        default:
          if (this.text.includes("]]>")) {
            this.fail('the string "]]>" is disallowed in char data.');
          }
          this.pushAttrib(this.name, this.text);
          this.name = this.text = "";
          if (c === GREATER) {
            this.openTag();
          } else {
            this.state = S_ATTRIB;
          }
      }
    }
    sCloseTag() {
      const c = this.captureNameChars();
      if (c === GREATER) {
        this.closeTag();
      } else if (isS(c)) {
        this.state = S_CLOSE_TAG_SAW_WHITE;
      } else if (c !== EOC) {
        this.fail("disallowed character in closing tag.");
      }
    }
    sCloseTagSawWhite() {
      switch (this.skipSpaces()) {
        case GREATER:
          this.closeTag();
          break;
        case EOC:
          break;
        default:
          this.fail("disallowed character in closing tag.");
      }
    }
    // END OF STATE ENGINE METHODS
    handleTextInRoot() {
      let { i: start, forbiddenState } = this;
      const { chunk, textHandler: handler } = this;
      scanLoop:
        while (true) {
          switch (this.getCode()) {
            case LESS: {
              this.state = S_OPEN_WAKA;
              if (handler !== void 0) {
                const { text: text2 } = this;
                const slice = chunk.slice(start, this.prevI);
                if (text2.length !== 0) {
                  handler(text2 + slice);
                  this.text = "";
                } else if (slice.length !== 0) {
                  handler(slice);
                }
              }
              forbiddenState = FORBIDDEN_START;
              break scanLoop;
            }
            case AMP:
              this.state = S_ENTITY;
              this.entityReturnState = S_TEXT;
              if (handler !== void 0) {
                this.text += chunk.slice(start, this.prevI);
              }
              forbiddenState = FORBIDDEN_START;
              break scanLoop;
            case CLOSE_BRACKET:
              switch (forbiddenState) {
                case FORBIDDEN_START:
                  forbiddenState = FORBIDDEN_BRACKET;
                  break;
                case FORBIDDEN_BRACKET:
                  forbiddenState = FORBIDDEN_BRACKET_BRACKET;
                  break;
                case FORBIDDEN_BRACKET_BRACKET:
                  break;
                default:
                  throw new Error("impossible state");
              }
              break;
            case GREATER:
              if (forbiddenState === FORBIDDEN_BRACKET_BRACKET) {
                this.fail('the string "]]>" is disallowed in char data.');
              }
              forbiddenState = FORBIDDEN_START;
              break;
            case NL_LIKE:
              if (handler !== void 0) {
                this.text += `${chunk.slice(start, this.prevI)}
`;
              }
              start = this.i;
              forbiddenState = FORBIDDEN_START;
              break;
            case EOC:
              if (handler !== void 0) {
                this.text += chunk.slice(start);
              }
              break scanLoop;
            default:
              forbiddenState = FORBIDDEN_START;
          }
        }
      this.forbiddenState = forbiddenState;
    }
    handleTextOutsideRoot() {
      let { i: start } = this;
      const { chunk, textHandler: handler } = this;
      let nonSpace = false;
      outRootLoop:
        while (true) {
          const code = this.getCode();
          switch (code) {
            case LESS: {
              this.state = S_OPEN_WAKA;
              if (handler !== void 0) {
                const { text: text2 } = this;
                const slice = chunk.slice(start, this.prevI);
                if (text2.length !== 0) {
                  handler(text2 + slice);
                  this.text = "";
                } else if (slice.length !== 0) {
                  handler(slice);
                }
              }
              break outRootLoop;
            }
            case AMP:
              this.state = S_ENTITY;
              this.entityReturnState = S_TEXT;
              if (handler !== void 0) {
                this.text += chunk.slice(start, this.prevI);
              }
              nonSpace = true;
              break outRootLoop;
            case NL_LIKE:
              if (handler !== void 0) {
                this.text += `${chunk.slice(start, this.prevI)}
`;
              }
              start = this.i;
              break;
            case EOC:
              if (handler !== void 0) {
                this.text += chunk.slice(start);
              }
              break outRootLoop;
            default:
              if (!isS(code)) {
                nonSpace = true;
              }
          }
        }
      if (!nonSpace) {
        return;
      }
      if (!this.sawRoot && !this.reportedTextBeforeRoot) {
        this.fail("text data outside of root node.");
        this.reportedTextBeforeRoot = true;
      }
      if (this.closedRoot && !this.reportedTextAfterRoot) {
        this.fail("text data outside of root node.");
        this.reportedTextAfterRoot = true;
      }
    }
    pushAttribNS(name, value) {
      var _a;
      const { prefix, local } = this.qname(name);
      const attr = { name, prefix, local, value };
      this.attribList.push(attr);
      (_a = this.attributeHandler) === null || _a === void 0 ? void 0 : _a.call(this, attr);
      if (prefix === "xmlns") {
        const trimmed = value.trim();
        if (this.currentXMLVersion === "1.0" && trimmed === "") {
          this.fail("invalid attempt to undefine prefix in XML 1.0");
        }
        this.topNS[local] = trimmed;
        nsPairCheck(this, local, trimmed);
      } else if (name === "xmlns") {
        const trimmed = value.trim();
        this.topNS[""] = trimmed;
        nsPairCheck(this, "", trimmed);
      }
    }
    pushAttribPlain(name, value) {
      var _a;
      const attr = { name, value };
      this.attribList.push(attr);
      (_a = this.attributeHandler) === null || _a === void 0 ? void 0 : _a.call(this, attr);
    }
    /**
     * End parsing. This performs final well-formedness checks and resets the
     * parser to a clean state.
     *
     * @returns this
     */
    end() {
      var _a, _b;
      if (!this.sawRoot) {
        this.fail("document must contain a root element.");
      }
      const { tags } = this;
      while (tags.length > 0) {
        const tag = tags.pop();
        this.fail(`unclosed tag: ${tag.name}`);
      }
      if (this.state !== S_BEGIN && this.state !== S_TEXT) {
        this.fail("unexpected end.");
      }
      const { text: text2 } = this;
      if (text2.length !== 0) {
        (_a = this.textHandler) === null || _a === void 0 ? void 0 : _a.call(this, text2);
        this.text = "";
      }
      this._closed = true;
      (_b = this.endHandler) === null || _b === void 0 ? void 0 : _b.call(this);
      this._init();
      return this;
    }
    /**
     * Resolve a namespace prefix.
     *
     * @param prefix The prefix to resolve.
     *
     * @returns The namespace URI or ``undefined`` if the prefix is not defined.
     */
    resolve(prefix) {
      var _a, _b;
      let uri = this.topNS[prefix];
      if (uri !== void 0) {
        return uri;
      }
      const { tags } = this;
      for (let index = tags.length - 1; index >= 0; index--) {
        uri = tags[index].ns[prefix];
        if (uri !== void 0) {
          return uri;
        }
      }
      uri = this.ns[prefix];
      if (uri !== void 0) {
        return uri;
      }
      return (_b = (_a = this.opt).resolvePrefix) === null || _b === void 0 ? void 0 : _b.call(_a, prefix);
    }
    /**
     * Parse a qname into its prefix and local name parts.
     *
     * @param name The name to parse
     *
     * @returns
     */
    qname(name) {
      const colon = name.indexOf(":");
      if (colon === -1) {
        return { prefix: "", local: name };
      }
      const local = name.slice(colon + 1);
      const prefix = name.slice(0, colon);
      if (prefix === "" || local === "" || local.includes(":")) {
        this.fail(`malformed name: ${name}.`);
      }
      return { prefix, local };
    }
    processAttribsNS() {
      var _a;
      const { attribList } = this;
      const tag = this.tag;
      {
        const { prefix, local } = this.qname(tag.name);
        tag.prefix = prefix;
        tag.local = local;
        const uri = tag.uri = (_a = this.resolve(prefix)) !== null && _a !== void 0 ? _a : "";
        if (prefix !== "") {
          if (prefix === "xmlns") {
            this.fail('tags may not have "xmlns" as prefix.');
          }
          if (uri === "") {
            this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
            tag.uri = prefix;
          }
        }
      }
      if (attribList.length === 0) {
        return;
      }
      const { attributes } = tag;
      const seen = /* @__PURE__ */ new Set();
      for (const attr of attribList) {
        const { name, prefix, local } = attr;
        let uri;
        let eqname;
        if (prefix === "") {
          uri = name === "xmlns" ? XMLNS_NAMESPACE : "";
          eqname = name;
        } else {
          uri = this.resolve(prefix);
          if (uri === void 0) {
            this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
            uri = prefix;
          }
          eqname = `{${uri}}${local}`;
        }
        if (seen.has(eqname)) {
          this.fail(`duplicate attribute: ${eqname}.`);
        }
        seen.add(eqname);
        attr.uri = uri;
        attributes[name] = attr;
      }
      this.attribList = [];
    }
    processAttribsPlain() {
      const { attribList } = this;
      const attributes = this.tag.attributes;
      for (const { name, value } of attribList) {
        if (attributes[name] !== void 0) {
          this.fail(`duplicate attribute: ${name}.`);
        }
        attributes[name] = value;
      }
      this.attribList = [];
    }
    /**
     * Handle a complete open tag. This parser code calls this once it has seen
     * the whole tag. This method checks for well-formeness and then emits
     * ``onopentag``.
     */
    openTag() {
      var _a;
      this.processAttribs();
      const { tags } = this;
      const tag = this.tag;
      tag.isSelfClosing = false;
      (_a = this.openTagHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
      tags.push(tag);
      this.state = S_TEXT;
      this.name = "";
    }
    /**
     * Handle a complete self-closing tag. This parser code calls this once it has
     * seen the whole tag. This method checks for well-formeness and then emits
     * ``onopentag`` and ``onclosetag``.
     */
    openSelfClosingTag() {
      var _a, _b, _c;
      this.processAttribs();
      const { tags } = this;
      const tag = this.tag;
      tag.isSelfClosing = true;
      (_a = this.openTagHandler) === null || _a === void 0 ? void 0 : _a.call(this, tag);
      (_b = this.closeTagHandler) === null || _b === void 0 ? void 0 : _b.call(this, tag);
      const top = this.tag = (_c = tags[tags.length - 1]) !== null && _c !== void 0 ? _c : null;
      if (top === null) {
        this.closedRoot = true;
      }
      this.state = S_TEXT;
      this.name = "";
    }
    /**
     * Handle a complete close tag. This parser code calls this once it has seen
     * the whole tag. This method checks for well-formeness and then emits
     * ``onclosetag``.
     */
    closeTag() {
      const { tags, name } = this;
      this.state = S_TEXT;
      this.name = "";
      if (name === "") {
        this.fail("weird empty close tag.");
        this.text += "</>";
        return;
      }
      const handler = this.closeTagHandler;
      let l = tags.length;
      while (l-- > 0) {
        const tag = this.tag = tags.pop();
        this.topNS = tag.ns;
        handler === null || handler === void 0 ? void 0 : handler(tag);
        if (tag.name === name) {
          break;
        }
        this.fail("unexpected close tag.");
      }
      if (l === 0) {
        this.closedRoot = true;
      } else if (l < 0) {
        this.fail(`unmatched closing tag: ${name}.`);
        this.text += `</${name}>`;
      }
    }
    /**
     * Resolves an entity. Makes any necessary well-formedness checks.
     *
     * @param entity The entity to resolve.
     *
     * @returns The parsed entity.
     */
    parseEntity(entity) {
      if (entity[0] !== "#") {
        const defined = this.ENTITIES[entity];
        if (defined !== void 0) {
          return defined;
        }
        this.fail(this.isName(entity) ? "undefined entity." : "disallowed character in entity name.");
        return `&${entity};`;
      }
      let num = NaN;
      if (entity[1] === "x" && /^#x[0-9a-f]+$/i.test(entity)) {
        num = parseInt(entity.slice(2), 16);
      } else if (/^#[0-9]+$/.test(entity)) {
        num = parseInt(entity.slice(1), 10);
      }
      if (!this.isChar(num)) {
        this.fail("malformed character entity.");
        return `&${entity};`;
      }
      return String.fromCodePoint(num);
    }
  }
  saxes.SaxesParser = SaxesParser;
  return saxes;
}
var saxesExports = requireSaxes();
const maxXmlAttributes = 1e3;
const maxXmlDepth = 1e3;
const maxXmlTextCharacters = 1048576;
const xmlPieceCharacters = 65536;
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
function openXml(visitor) {
  const parser = new saxesExports.SaxesParser({ xmlns: false, position: false });
  let skippedLines = 0;
  let isBlank2 = true;
  let isEnding = false;
  let depth = 0;
  let attributeCount = 0;
  let wantedDepth = 0;
  let text2 = "";
  const toLine2 = () => parser.line + skippedLines;
  const fail = (reason) => {
    throw new ReportProblem(reason, toLine2());
  };
  const addText = (more) => {
    if (text2.length < maxXmlTextCharacters) text2 += more.slice(0, maxXmlTextCharacters - text2.length);
  };
  parser.on("error", ({ message: message2 }) => {
    if (isEnding) fail(explainEnd(message2));
    if (!harmless.has(message2)) fail(`it is not valid XML: ${explainError(message2)}`);
  });
  parser.on("doctype", (doctype) => {
    if (doctype.includes("<!ENTITY"))
      fail("the DOCTYPE declares entities, which are not allowed: write the report without them");
  });
  parser.on("attribute", (attribute) => {
    if (attribute.value.length > maxXmlTextCharacters) attribute.value = attribute.value.slice(0, maxXmlTextCharacters);
    if (++attributeCount > maxXmlAttributes) fail(`an element has more than ${maxXmlAttributes} attributes`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    attributeCount = 0;
    if (++depth > maxXmlDepth) fail(`elements are nested deeper than ${maxXmlDepth} levels`);
    const isWanted = visitor.open(toLocal(name), attributes, toLine2());
    if (!isWanted || wantedDepth > 0) return;
    wantedDepth = depth;
    text2 = "";
    parser.on("text", addText);
    parser.on("cdata", addText);
  });
  parser.on("closetag", ({ name }) => {
    const isWanted = depth-- === wantedDepth;
    if (isWanted) {
      wantedDepth = 0;
      parser.off("text");
      parser.off("cdata");
    }
    visitor.close(toLocal(name), isWanted ? text2 : "", toLine2());
  });
  const gathered = parser;
  const dropRest = () => {
    if (gathered.text.length > maxXmlTextCharacters) gathered.text = gathered.text.slice(0, maxXmlTextCharacters);
  };
  return {
    write(whole) {
      let start = 0;
      if (isBlank2) {
        start = whole.search(/[^\s]/);
        const blank = start < 0 ? whole : whole.slice(0, start);
        skippedLines += blank.split("\n").length - 1;
        if (start < 0) return;
        isBlank2 = false;
      }
      for (; start < whole.length; start += xmlPieceCharacters) {
        parser.write(whole.slice(start, start + xmlPieceCharacters).replace(forbidden, "\uFFFD"));
        dropRest();
      }
    },
    end() {
      if (isBlank2) throw new ReportProblem("the file is empty: the tool was stopped before it wrote its report");
      isEnding = true;
      parser.close();
    }
  };
}
function readXmlRoot(head) {
  if (!/^\s*</.test(head)) return void 0;
  let root;
  const isFound = new Error("the outermost element is found");
  const parser = openXml({
    open(name, attributes) {
      root = { name, attributes };
      throw isFound;
    },
    close() {
    }
  });
  try {
    parser.write(head);
  } catch (error) {
    if (error !== isFound && !(error instanceof ReportProblem)) throw error;
  }
  return root;
}
const harmless = /* @__PURE__ */ new Set(["malformed character entity.", 'the string "]]>" is disallowed in char data.']);
const toLocal = (name) => name.slice(name.indexOf(":") + 1);
function explainEnd(message2) {
  const [, name] = /^unclosed tag: (.+)/.exec(message2) ?? [];
  const where = name === void 0 ? "inside a tag" : `before </${name}>`;
  return `the file ends ${where}: the tool was stopped while it wrote its report, or the file was cut off`;
}
function explainError(message2) {
  return explanations[message2] ?? message2.replace(/\.$/, "");
}
const explanations = {
  "documents may contain only one root.": "a second outermost element begins. If several reports were joined into one file, keep them as separate files",
  "text data outside of root node.": "there is text outside the outermost element: make sure that only the tool writes to the file",
  "undefined entity.": "it uses an entity that XML does not define; write & as &amp;",
  "disallowed character in entity name.": "an & is not followed by an entity; write it as &amp;",
  "disallowed character.": "a character is not allowed here; write < as &lt;",
  "unexpected close tag.": "an end tag does not match the open element"
};
const maxCoveredFiles = 2e5;
function findFile(files, name, create, line) {
  const known2 = files.get(name);
  if (known2 !== void 0) return known2;
  if (files.size === maxCoveredFiles)
    throw new ReportProblem(`it covers more than ${maxCoveredFiles} files: split the report`, line);
  const file2 = create();
  files.set(name, file2);
  return file2;
}
class Hits {
  #marks = [];
  /** `key` is a whole number below 2^52. */
  add(key, isHit2) {
    this.#marks.push(key * 2 + (isHit2 ? 1 : 0));
  }
  addAll(others) {
    for (const mark of others.#marks) this.#marks.push(mark);
  }
  count() {
    const marks = Float64Array.from(this.#marks).sort();
    let covered = 0;
    let total = 0;
    for (const [index, mark] of marks.entries()) {
      const next = marks[index + 1];
      if (next !== void 0 && Math.floor(next / 2) === Math.floor(mark / 2)) continue;
      total++;
      covered += mark % 2;
    }
    return { covered, total };
  }
}
class FileHits {
  lines;
  branches;
  functions;
  of(part) {
    this[part] ??= new Hits();
    return this[part];
  }
  toCoverage(file2) {
    return {
      file: file2,
      ...this.lines && { lines: this.lines.count() },
      ...this.branches && { branches: this.branches.count() },
      ...this.functions && { functions: this.functions.count() }
    };
  }
}
class Ids {
  #ids = /* @__PURE__ */ new Map();
  of(text2, line) {
    const known2 = this.#ids.get(text2);
    if (known2 !== void 0) return known2;
    if (this.#ids.size === maxIds)
      throw new ReportProblem(
        `it has more than ${maxIds} different names of branches or functions: split the report`,
        line
      );
    this.#ids.set(text2, this.#ids.size);
    return this.#ids.size - 1;
  }
}
const maxIds = 2 ** 19;
function toLine(text2, line) {
  if (!/^\d{1,9}$/.test(text2)) throw new ReportProblem(`${quote(text2)} is not a line number`, line);
  return Number(text2);
}
function isHit(count2, line) {
  if (!/^-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/.test(count2)) throw new ReportProblem(`${quote(count2)} is not a count`, line);
  return Number(count2) > 0;
}
function quote(text2) {
  return JSON.stringify(text2.length > 60 ? `${text2.slice(0, 60)}\u2026` : text2);
}
const clover = {
  name: "Clover",
  recognizes(head) {
    const root = readXmlRoot(head);
    if (root?.name !== "coverage" || root.attributes["line-rate"] !== void 0) return false;
    return root.attributes.clover !== void 0 || root.attributes.generated !== void 0 || /<project\b/.test(head);
  },
  open(emit) {
    const open = [];
    let file2 = {};
    return openXml({
      open(name, attributes, line) {
        if (name === "file") file2 = { file: attributes.path ?? attributes.name ?? "" };
        else if (name === "metrics" && open.at(-1) === "file") file2 = { ...file2, ...toCoverage$3(attributes, line) };
        open.push(name);
        return false;
      },
      close(name) {
        open.pop();
        if (name === "file" && !open.includes("testproject")) emit(file2);
      }
    });
  }
};
function toCoverage$3(metrics, line) {
  return {
    ...toPart$2("lines", metrics.statements, metrics.coveredstatements, line),
    ...toPart$2("branches", metrics.conditionals, metrics.coveredconditionals, line),
    ...toPart$2("functions", metrics.methods, metrics.coveredmethods, line)
  };
}
function toPart$2(part, total = "0", covered = "0", line) {
  for (const text2 of [total, covered]) {
    if (!/^\d+$/.test(text2)) throw new ReportProblem(`${quote(text2)} is not a count`, line);
  }
  return Number(total) === 0 ? {} : { [part]: { covered: Number(covered), total: Number(total) } };
}
const cobertura = {
  name: "Cobertura",
  recognizes(head) {
    const root = readXmlRoot(head);
    if (root?.name !== "coverage") return false;
    return root.attributes["line-rate"] !== void 0 || /<(?:sources|packages)\b/.test(head);
  },
  open(emit) {
    const report = new Report();
    const xml = openXml({
      open: (name, attributes, line) => {
        report.open(name, attributes, line);
        return false;
      },
      close: (name) => report.close(name)
    });
    return {
      write: (text2) => xml.write(text2),
      end() {
        xml.end();
        for (const coverage2 of report.files()) emit(coverage2);
      }
    };
  }
};
const newFile = () => ({ hits: new FileHits(), conditions: /* @__PURE__ */ new Map() });
class Report {
  #files = /* @__PURE__ */ new Map();
  #ids = new Ids();
  #root = {};
  #classes = 0;
  #file = newFile();
  #fileName = "";
  #hasLines = false;
  #inMethods = newFile();
  /** The current method: whether it was called, by Istanbul's `hits` or else by its lines. */
  #method;
  open(name, attributes, line) {
    if (name === "coverage") this.#root = attributes;
    else if (name === "class") this.#openClass(attributes, line);
    else if (name === "method") {
      const { name: method = "", signature = "", hits: hits2 } = attributes;
      const key = `${attributes.line ?? ""} ${this.#classes} ${method} ${signature}`;
      this.#method = {
        key,
        called: hits2 === void 0 ? void 0 : isHit(hits2, line),
        lines: { covered: 0, total: 0 }
      };
    } else if (name === "line") this.#readLine(attributes, line);
  }
  close(name) {
    if (name === "class") this.#closeClass();
    if (name !== "method" || this.#method === void 0) return;
    const { key, called, lines: lines2 } = this.#method;
    const isCovered = called ?? (this.#fileName.endsWith(".php") ? lines2.covered === lines2.total : lines2.covered > 0);
    if (called !== void 0 || lines2.total > 0) this.#file.hits.of("functions").add(this.#ids.of(key, 0), isCovered);
    this.#method = void 0;
  }
  /** Lines are listed in their method, and again in the class. Some tools list them only in the class. */
  #closeClass() {
    if (this.#hasLines) return;
    const { hits: hits2, conditions } = this.#inMethods;
    if (hits2.lines !== void 0) this.#file.hits.of("lines").addAll(hits2.lines);
    for (const [at, condition] of conditions) addCondition(this.#file, at, condition);
  }
  #openClass({ filename, name = "" }, line) {
    this.#classes++;
    this.#hasLines = false;
    this.#inMethods = newFile();
    this.#fileName = filename ?? name;
    this.#file = findFile(this.#files, this.#fileName, newFile, line);
  }
  #readLine({ number: number2 = "", hits: hits2 = "", "condition-coverage": condition }, line) {
    const [at, wasHit] = [toLine(number2, line), isHit(hits2, line)];
    const to = this.#method === void 0 ? this.#file : this.#inMethods;
    to.hits.of("lines").add(at, wasHit);
    if (condition !== void 0) addCondition(to, at, toCount$2(condition, line));
    if (this.#method === void 0) this.#hasLines = true;
    else {
      const { covered, total } = this.#method.lines;
      this.#method.lines = { covered: covered + (wasHit ? 1 : 0), total: total + 1 };
    }
  }
  *files() {
    const sum = { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 } };
    for (const [file2, { hits: hits2, conditions }] of this.#files) {
      const branches2 = sumCounts(conditions.values());
      const coverage2 = { ...hits2.toCoverage(file2), ...branches2.total > 0 && { branches: branches2 } };
      for (const part of ["lines", "branches"]) {
        sum[part].covered += coverage2[part]?.covered ?? 0;
        sum[part].total += coverage2[part]?.total ?? 0;
      }
      yield coverage2;
    }
    if (this.#classes > this.#files.size) return;
    const lines2 = this.#rest("lines", sum.lines);
    const branches = this.#rest("branches", sum.branches);
    if (lines2 !== void 0 || branches !== void 0) yield { ...lines2 && { lines: lines2 }, ...branches && { branches } };
  }
  /** The branches that the root counts but no line lists. */
  #rest(part, sum) {
    const covered = Number(this.#root[`${part}-covered`]) - sum.covered;
    const total = Number(this.#root[`${part}-valid`]) - sum.total;
    return total > 0 && covered >= 0 && covered <= total ? { covered, total } : void 0;
  }
}
function addCondition({ conditions }, at, { covered, total }) {
  const known2 = conditions.get(at) ?? { covered: 0, total: 0 };
  conditions.set(at, { covered: Math.max(covered, known2.covered), total: Math.max(total, known2.total) });
}
function toCount$2(condition, line) {
  const [, covered, total] = /\((\d{1,6})\/(\d{1,6})\)/.exec(condition) ?? [];
  if (covered === void 0) {
    throw new ReportProblem(`condition-coverage ${quote(condition)} is not like "50% (1/2)"`, line);
  }
  return { covered: Number(covered), total: Number(total) };
}
function sumCounts(counts2) {
  const sum = { covered: 0, total: 0 };
  for (const { covered, total } of counts2) {
    sum.covered += covered;
    sum.total += total;
  }
  return sum;
}
const summary$2 = shared.bp({
  covered_lines: count,
  num_statements: count,
  covered_branches: shared.as(count),
  num_branches: shared.as(count)
});
const fileReport = shared.bp({
  summary: summary$2,
  functions: shared.as(shared.aG(shared.ay(), shared.bp({ summary: shared.bp({ covered_lines: count }) })))
});
const coveragePy = jsonFormat({
  name: "coverage.py's JSON",
  matches: (sample) => shared.m(sample) && (shared.m(sample.meta) && "branch_coverage" in sample.meta || shared.m(sample.totals) && "num_statements" in sample.totals),
  schema: shared.bp({ files: shared.aG(shared.ay(), fileReport) }),
  read: ({ files }) => Object.entries(files).map(([file2, report]) => ({ file: file2, ...toCoverage$2(report) }))
});
function toCoverage$2({ summary: summary2, functions = {} }) {
  const { covered_lines, num_statements, covered_branches = 0, num_branches } = summary2;
  const named = Object.entries(functions).filter(([name]) => name !== "");
  const called = named.filter(([, { summary: summary3 }]) => summary3.covered_lines > 0);
  return {
    lines: { covered: covered_lines, total: num_statements },
    ...num_branches === void 0 ? {} : { branches: { covered: covered_branches, total: num_branches } },
    ...named.length === 0 ? {} : { functions: { covered: called.length, total: named.length } }
  };
}
const counts$2 = shared.bp({
  filename: shared.ay(),
  line_total: count,
  line_covered: count,
  branch_total: count,
  branch_covered: count,
  function_total: shared.as(count),
  function_covered: shared.as(count)
});
const gcovrSummary = jsonFormat({
  name: "gcovr's summary",
  matches: (sample) => shared.m(sample) && "gcovr/summary_format_version" in sample,
  schema: shared.bp({ files: shared.at(counts$2) }),
  read: ({ files }) => files.map(toCoverage$1)
});
function toCoverage$1(file2) {
  const { function_total, function_covered = 0 } = file2;
  return {
    file: file2.filename,
    lines: { covered: file2.line_covered, total: file2.line_total },
    branches: { covered: file2.branch_covered, total: file2.branch_total },
    ...function_total === void 0 ? {} : { functions: { covered: function_covered, total: function_total } }
  };
}
const goProfile = {
  name: "Go's cover profile",
  recognizes: (head) => /^\s*mode: (?:set|count|atomic)\s/.test(head),
  open(emit) {
    const files = /* @__PURE__ */ new Map();
    return readLines(
      (text2, line) => {
        if (text2.trim() === "" || text2.startsWith("mode: ")) return;
        const [, file2 = "", block = "", statements, count2] = blockLine.exec(text2.trim()) ?? [];
        if (count2 === void 0)
          throw new ReportProblem(`${quote(text2)} is not a block like "file.go:1.2,3.4 5 6"`, line);
        const blocks = findFile(files, file2, () => /* @__PURE__ */ new Map(), line);
        const key = toKey(block);
        if (Number(count2) > 0) blocks.set(key, Number(statements));
        else if (!blocks.has(key)) blocks.set(key, -Number(statements));
      },
      () => {
        for (const [file2, blocks] of files) {
          const lines2 = { covered: 0, total: 0 };
          for (const statements of blocks.values()) {
            lines2.total += Math.abs(statements);
            lines2.covered += Math.max(statements, 0);
          }
          emit({ file: file2, lines: lines2 });
        }
      }
    );
  }
};
const blockLine = /^(.+):(\d+\.\d+,\d+\.\d+) (\d{1,9}) (\d+)$/;
function toKey(block) {
  const [line = 0, column = 0, endLine = 0, endColumn = 0] = block.split(/[.,]/).map(Number);
  const lines2 = endLine - line;
  if (line >= 2 ** 19 || column >= 2 ** 10 || lines2 < 0 || lines2 >= 2 ** 13 || endColumn >= 2 ** 10) return block;
  return ((line * 2 ** 10 + column) * 2 ** 13 + lines2) * 2 ** 10 + endColumn;
}
const hits = shared.b1(shared.aC());
const fileCoverage = shared.bp({
  path: shared.as(shared.ay()),
  statementMap: shared.aG(shared.ay(), shared.bp({ start: shared.bp({ line: shared.bq(shared.aC()) }) })),
  s: shared.aG(shared.ay(), hits),
  f: shared.aG(shared.ay(), hits),
  b: shared.aG(shared.ay(), shared.at(hits))
});
const istanbulFiles = jsonFormat({
  name: "Istanbul's JSON",
  matches: (sample) => shared.m(sample) && Object.values(sample).some((file2) => shared.m(file2) && "statementMap" in file2),
  schema: shared.aG(shared.ay(), fileCoverage),
  read: (report) => Object.entries(report).map(([file2, coverage2]) => toCoverage(file2, coverage2))
});
function toCoverage(file2, { path, statementMap, s, f, b }) {
  const lines2 = /* @__PURE__ */ new Map();
  for (const [id, { start }] of Object.entries(statementMap)) {
    const line = start.line ?? void 0;
    if (line !== void 0) lines2.set(line, Math.max(lines2.get(line) ?? 0, s[id] ?? 0));
  }
  return {
    file: path ?? file2,
    lines: toCount$1([...lines2.values()]),
    branches: toCount$1(Object.values(b).flat()),
    functions: toCount$1(Object.values(f))
  };
}
const toCount$1 = (hits2) => ({
  covered: hits2.filter((count2) => (count2 ?? 0) > 0).length,
  total: hits2.length
});
const counts$1 = shared.bp({ total: count, covered: count });
const summary$1 = shared.bp({ lines: shared.as(counts$1), branches: shared.as(counts$1), functions: shared.as(counts$1) });
const istanbulSummary = jsonFormat({
  name: "Istanbul's summary",
  matches: (sample) => shared.m(sample) && shared.m(sample.total) && ["lines", "statements", "branches", "functions"].some((part) => {
    const total = shared.m(sample.total) ? sample.total[part] : void 0;
    return shared.m(total) && "covered" in total;
  }),
  schema: shared.aG(shared.ay(), summary$1),
  read: function* (report) {
    const files = Object.entries(report).filter(([file2]) => file2 !== "total");
    if (files.length === 0) yield toParts$1(report.total ?? {});
    for (const [file2, parts2] of files) yield { file: file2, ...toParts$1(parts2) };
  }
});
function toParts$1({ lines: lines2, branches, functions }) {
  return { ...toPart$1("lines", lines2), ...toPart$1("branches", branches), ...toPart$1("functions", functions) };
}
function toPart$1(name, part) {
  return part === void 0 ? {} : { [name]: { covered: part.covered, total: part.total } };
}
const parts$1 = {
  LINE: "lines",
  BRANCH: "branches",
  METHOD: "functions"
};
const jacoco = {
  name: "JaCoCo",
  recognizes(head) {
    return readXmlRoot(head)?.name === "report" && /<(?:sessioninfo|group|package|counter)\b/.test(head);
  },
  open(emit) {
    const open = [];
    let packageName = "";
    let coverage2 = {};
    return openXml({
      open(name, attributes, line) {
        const parent = open.at(-1);
        open.push({ name, attributes });
        if (name === "package") packageName = attributes.name ?? "";
        else if (isUnit(name, attributes)) coverage2 = {};
        const part = name === "counter" ? parts$1[attributes.type ?? ""] : void 0;
        if (part !== void 0 && parent !== void 0 && isUnit(parent.name, parent.attributes)) {
          coverage2[part] = toCount(attributes, line);
        }
        return false;
      },
      close(name) {
        const attributes = open.pop()?.attributes ?? {};
        if (!isUnit(name, attributes)) return;
        const path = name === "class" || packageName === "" ? "" : `${packageName}/`;
        emit({ file: `${path}${attributes.name ?? ""}`, ...coverage2 });
      }
    });
  }
};
function isUnit(name, { sourcefilename }) {
  return name === "sourcefile" || name === "class" && sourcefilename === void 0;
}
function toCount({ missed = "", covered = "" }, line) {
  for (const text2 of [missed, covered]) {
    if (!/^\d+$/.test(text2)) throw new ReportProblem(`${quote(text2)} is not a count`, line);
  }
  return { covered: Number(covered), total: Number(missed) + Number(covered) };
}
const lcov = {
  name: "lcov",
  recognizes: (head) => /^(?:[^\S\n]*(?:(?:#|TN:|VER:)[^\n]*)?\n)*SF:/.test(head),
  open(emit) {
    const files = /* @__PURE__ */ new Map();
    const ids = new Ids();
    let section;
    let last2 = 0;
    return readLines(
      (text2, line) => {
        last2 = line;
        const [, kind = "", value = ""] = /^\s*([A-Za-z_]+):?(.*)$/s.exec(text2) ?? [];
        if (kind === "SF") {
          if (section !== void 0)
            throw new ReportProblem("SF begins a file, but the file before it has no end_of_record", line);
          const file2 = findFile(files, value, () => ({ hits: new FileHits(), sections: 0, functions: {} }), line);
          file2.sections++;
          section = { ...file2, ids, seen: /* @__PURE__ */ new Map(), aliases: /* @__PURE__ */ new Map() };
        } else if (kind === "end_of_record") section = void 0;
        else if (section !== void 0 && Object.hasOwn(readers, kind)) readers[kind]?.(value, section, line);
      },
      () => {
        if (section !== void 0)
          throw new ReportProblem("it ends without end_of_record: the tool did not finish writing it", last2);
        for (const [file2, { hits: hits2, sections, functions }] of files) {
          const { covered, total } = functions;
          const isKnown = sections === 1 && covered !== void 0 && total !== void 0 && covered <= total;
          emit({ ...hits2.toCoverage(file2), ...isKnown && { functions: { covered, total } } });
        }
      }
    );
  }
};
const readers = {
  DA(value, { hits: hits2 }, line) {
    const [at = "", count2 = ""] = split(value, /^([^,]*),([^,]*)/, line);
    hits2.of("lines").add(toLine(at, line), isHit(count2, line));
  },
  BRDA(value, { hits: hits2, ids }, line) {
    const [at = "", branch = "", taken = ""] = split(value, /^([^,]*),e?(.*),([^,]*)$/s, line);
    const isTaken = taken !== "-" && isHit(taken, line);
    hits2.of("branches").add(toLine(at, line) * maxIds + ids.of(branch, line), isTaken);
  },
  FN(value, section, line) {
    const [name = ""] = split(value, /^\d+,(?:\d+,)?(.*)$/s, line);
    section.hits.of("functions").add(toFunction("FN", name, section, line), false);
  },
  FNDA(value, section, line) {
    const [count2 = "", name = ""] = split(value, /^([^,]*),(.*)$/s, line);
    section.hits.of("functions").add(toFunction("FNDA", name, section, line), isHit(count2, line));
  },
  FNL(value, { aliases, ids }, line) {
    const [index = "", at = ""] = split(value, /^([^,]*),([^,]*)/, line);
    aliases.set(index, ids.of(`at ${at}`, line));
  },
  FNA(value, { hits: hits2, aliases }, line) {
    const [index = "", count2 = ""] = split(value, /^([^,]*),([^,]*)/, line);
    const alias = aliases.get(index);
    if (alias === void 0) throw new ReportProblem(`FNA:${quote(index)} has no FNL line before it`, line);
    hits2.of("functions").add(alias, isHit(count2, line));
  },
  LF: (_, { hits: hits2 }) => void hits2.of("lines"),
  BRF: (_, { hits: hits2 }) => void hits2.of("branches"),
  FNF(value, { hits: hits2, functions }) {
    hits2.of("functions");
    if (/^\d{1,9}$/.test(value)) functions.total = Number(value);
  },
  FNH(value, { functions }) {
    if (/^\d{1,9}$/.test(value)) functions.covered = Number(value);
  }
};
function split(value, pattern2, line) {
  const found = pattern2.exec(value);
  if (found === null) throw new ReportProblem(`${quote(value)} is not in the format of lcov`, line);
  return found.slice(1);
}
function toFunction(kind, name, { seen, ids }, line) {
  const count2 = (seen.get(`${kind} ${name}`) ?? 0) + 1;
  seen.set(`${kind} ${name}`, count2);
  return ids.of(`${count2} ${name}`, line);
}
const counts = shared.aw(
  shared.bp({ count, covered: count }),
  shared.bt(({ count: count2, covered }) => ({ covered, total: count2 }))
);
const summary = shared.bp({ lines: counts, branches: shared.as(counts), functions: counts });
const llvmCov = jsonFormat({
  name: "llvm-cov's JSON",
  matches(sample) {
    if (!shared.m(sample) || !Array.isArray(sample.data)) return false;
    const [data] = sample.data;
    return shared.m(data) && (Array.isArray(data.files) || shared.m(data.totals));
  },
  schema: shared.bp({ data: shared.at(shared.bp({ files: shared.at(shared.bp({ filename: shared.ay(), summary })) })) }),
  read: ({ data }) => data.flatMap(({ files }) => files.map(({ filename, summary: summary2 }) => ({ file: filename, ...toParts(summary2) })))
});
function toParts({ lines: lines2, branches, functions }) {
  return { lines: lines2, ...branches === void 0 || branches.total === 0 ? {} : { branches }, functions };
}
const lines = shared.at(shared.b1(shared.aD([shared.aC(), shared.aE("ignored")])));
const coverage = shared.aG(shared.ay(), shared.aD([lines, shared.bp({ lines })]));
const result = shared.bp({ coverage });
const simplecov = jsonFormat({
  name: "SimpleCov",
  matches: (sample) => shared.m(sample) && (isResult(sample) || Object.values(sample).some(isResult)),
  schema: shared.aD([result, shared.aG(shared.ay(), result)]),
  *read(report) {
    const results = isSingle(report) ? [report] : Object.values(report);
    const files = /* @__PURE__ */ new Map();
    for (const { coverage: coverage2 } of results) {
      for (const [file2, counts2] of Object.entries(coverage2)) {
        const hits2 = files.get(file2) ?? new FileHits();
        files.set(file2, hits2);
        for (const [index, count2] of (Array.isArray(counts2) ? counts2 : counts2.lines).entries()) {
          if (typeof count2 === "number") hits2.of("lines").add(index + 1, count2 > 0);
        }
      }
    }
    for (const [file2, hits2] of files) yield hits2.toCoverage(file2);
  }
});
const isSingle = (report) => shared.bu(result, report);
function isResult(json2) {
  if (!shared.m(json2) || !shared.m(json2.coverage)) return false;
  return Object.values(json2.coverage).some(
    (file2) => Array.isArray(file2) || shared.m(file2) && Array.isArray(file2.lines)
  );
}
const coverageFormats = [
  lcov,
  cobertura,
  jacoco,
  clover,
  goProfile,
  istanbulSummary,
  istanbulFiles,
  coveragePy,
  llvmCov,
  gcovrSummary,
  simplecov
];
var papaparse$1 = { exports: {} };
var papaparse = papaparse$1.exports;
var hasRequiredPapaparse;
function requirePapaparse() {
  if (hasRequiredPapaparse) return papaparse$1.exports;
  hasRequiredPapaparse = 1;
  (function(module, exports2) {
    (function(root, factory) {
      {
        module.exports = factory();
      }
    })(papaparse, function moduleFactory() {
      var global = (function() {
        if (typeof self !== "undefined") {
          return self;
        }
        if (typeof window !== "undefined") {
          return window;
        }
        if (typeof global !== "undefined") {
          return global;
        }
        return {};
      })();
      function getWorkerBlob() {
        var URL = global.URL || global.webkitURL || null;
        var code = moduleFactory.toString();
        return Papa2.BLOB_URL || (Papa2.BLOB_URL = URL.createObjectURL(new Blob(["var global = (function() { if (typeof self !== 'undefined') { return self; } if (typeof window !== 'undefined') { return window; } if (typeof global !== 'undefined') { return global; } return {}; })(); global.IS_PAPA_WORKER=true; ", "(", code, ")();"], { type: "text/javascript" })));
      }
      var IS_WORKER = !global.document && !!global.postMessage, IS_PAPA_WORKER = global.IS_PAPA_WORKER || false;
      var workers = {}, workerIdCounter = 0;
      var Papa2 = {};
      Papa2.parse = CsvToJson;
      Papa2.unparse = JsonToCsv;
      Papa2.RECORD_SEP = String.fromCharCode(30);
      Papa2.UNIT_SEP = String.fromCharCode(31);
      Papa2.BYTE_ORDER_MARK = "\uFEFF";
      Papa2.BAD_DELIMITERS = ["\r", "\n", '"', Papa2.BYTE_ORDER_MARK];
      Papa2.WORKERS_SUPPORTED = !IS_WORKER && !!global.Worker;
      Papa2.NODE_STREAM_INPUT = 1;
      Papa2.LocalChunkSize = 1024 * 1024 * 10;
      Papa2.RemoteChunkSize = 1024 * 1024 * 5;
      Papa2.DefaultDelimiter = ",";
      Papa2.Parser = Parser;
      Papa2.ParserHandle = ParserHandle;
      Papa2.NetworkStreamer = NetworkStreamer;
      Papa2.FileStreamer = FileStreamer;
      Papa2.StringStreamer = StringStreamer;
      Papa2.ReadableStreamStreamer = ReadableStreamStreamer;
      if (typeof PAPA_BROWSER_CONTEXT === "undefined") {
        Papa2.DuplexStreamStreamer = DuplexStreamStreamer;
      }
      if (IS_PAPA_WORKER) {
        global.onmessage = workerThreadReceivedMessage;
      }
      function stripBom(string) {
        if (string.charCodeAt(0) === 65279) {
          return string.slice(1);
        }
        return string;
      }
      function CsvToJson(_input, _config) {
        _config = _config || {};
        var dynamicTyping = _config.dynamicTyping || false;
        if (isFunction(dynamicTyping)) {
          _config.dynamicTypingFunction = dynamicTyping;
          dynamicTyping = {};
        }
        _config.dynamicTyping = dynamicTyping;
        _config.transform = isFunction(_config.transform) ? _config.transform : false;
        if (_config.downloadTimeout !== void 0) {
          var downloadTimeout = parseInt(_config.downloadTimeout);
          if (isNaN(downloadTimeout)) {
            throw new Error("Config downloadTimeout value (" + _config.downloadTimeout + ") not parsable by parseInt(val).");
          }
          _config.downloadTimeout = downloadTimeout;
        }
        if (_config.worker && Papa2.WORKERS_SUPPORTED) {
          var w = newWorker();
          w.userStep = _config.step;
          w.userChunk = _config.chunk;
          w.userComplete = _config.complete;
          w.userError = _config.error;
          _config.step = isFunction(_config.step);
          _config.chunk = isFunction(_config.chunk);
          _config.complete = isFunction(_config.complete);
          _config.error = isFunction(_config.error);
          delete _config.worker;
          w.postMessage({
            input: _input,
            config: _config,
            workerId: w.id
          });
          return;
        }
        var streamer = null;
        if (_input === Papa2.NODE_STREAM_INPUT && typeof PAPA_BROWSER_CONTEXT === "undefined") {
          streamer = new DuplexStreamStreamer(_config);
          return streamer.getStream();
        } else if (typeof _input === "string") {
          _input = stripBom(_input);
          if (_config.download)
            streamer = new NetworkStreamer(_config);
          else
            streamer = new StringStreamer(_config);
        } else if (_input.readable === true && isFunction(_input.read) && isFunction(_input.on)) {
          streamer = new ReadableStreamStreamer(_config);
        } else if (global.File && _input instanceof File || _input instanceof Object)
          streamer = new FileStreamer(_config);
        return streamer.stream(_input);
      }
      function JsonToCsv(_input, _config) {
        var _quotes = false;
        var _writeHeader = true;
        var _delimiter = ",";
        var _newline = "\r\n";
        var _quoteChar = '"';
        var _escapedQuote = _quoteChar + _quoteChar;
        var _skipEmptyLines = false;
        var _columns = null;
        var _escapeFormulae = false;
        unpackConfig();
        var quoteCharRegex = new RegExp(escapeRegExp(_quoteChar), "g");
        if (typeof _input === "string")
          _input = JSON.parse(_input);
        if (Array.isArray(_input)) {
          if (!_input.length)
            return serialize(_columns, _input, _skipEmptyLines);
          else if (Array.isArray(_input[0]))
            return serialize(null, _input, _skipEmptyLines);
          else if (typeof _input[0] === "object")
            return serialize(_columns || Object.keys(_input[0]), _input, _skipEmptyLines);
        } else if (typeof _input === "object") {
          if (typeof _input.data === "string")
            _input.data = JSON.parse(_input.data);
          if (Array.isArray(_input.data)) {
            if (!_input.fields)
              _input.fields = _input.meta && _input.meta.fields || _columns;
            if (!_input.fields)
              _input.fields = Array.isArray(_input.data[0]) ? _input.fields : typeof _input.data[0] === "object" ? Object.keys(_input.data[0]) : [];
            if (!Array.isArray(_input.data[0]) && typeof _input.data[0] !== "object")
              _input.data = [_input.data];
          }
          return serialize(_input.fields || [], _input.data || [], _skipEmptyLines);
        }
        throw new Error("Unable to serialize unrecognized input");
        function unpackConfig() {
          if (typeof _config !== "object")
            return;
          if (typeof _config.delimiter === "string" && !Papa2.BAD_DELIMITERS.filter(function(value) {
            return _config.delimiter.indexOf(value) !== -1;
          }).length) {
            _delimiter = _config.delimiter;
          }
          if (typeof _config.quotes === "boolean" || typeof _config.quotes === "function" || Array.isArray(_config.quotes))
            _quotes = _config.quotes;
          if (typeof _config.skipEmptyLines === "boolean" || typeof _config.skipEmptyLines === "string")
            _skipEmptyLines = _config.skipEmptyLines;
          if (typeof _config.newline === "string")
            _newline = _config.newline;
          if (typeof _config.quoteChar === "string") {
            _quoteChar = _config.quoteChar;
            _escapedQuote = _quoteChar + _quoteChar;
          }
          if (typeof _config.header === "boolean")
            _writeHeader = _config.header;
          if (Array.isArray(_config.columns)) {
            if (_config.columns.length === 0) throw new Error("Option columns is empty");
            _columns = _config.columns;
          }
          if (_config.escapeChar !== void 0) {
            _escapedQuote = _config.escapeChar + _quoteChar;
          }
          if (_config.escapeFormulae instanceof RegExp) {
            _escapeFormulae = _config.escapeFormulae;
          } else if (typeof _config.escapeFormulae === "boolean" && _config.escapeFormulae) {
            _escapeFormulae = /^[=+\-@\t\r].*$/;
          }
        }
        function serialize(fields, data, skipEmptyLines) {
          var csv2 = "";
          if (typeof fields === "string")
            fields = JSON.parse(fields);
          if (typeof data === "string")
            data = JSON.parse(data);
          var hasHeader = Array.isArray(fields) && fields.length > 0;
          var dataKeyedByField = !Array.isArray(data[0]);
          if (hasHeader && _writeHeader) {
            for (var i = 0; i < fields.length; i++) {
              if (i > 0)
                csv2 += _delimiter;
              csv2 += safe(fields[i], i);
            }
            if (data.length > 0)
              csv2 += _newline;
          }
          for (var row = 0; row < data.length; row++) {
            var maxCol = hasHeader ? fields.length : data[row].length;
            var emptyLine = false;
            var nullLine = hasHeader ? Object.keys(data[row]).length === 0 : data[row].length === 0;
            if (skipEmptyLines && !hasHeader) {
              emptyLine = skipEmptyLines === "greedy" ? data[row].join("").trim() === "" : data[row].length === 1 && (data[row][0] === null || data[row][0] === void 0 || data[row][0].length === 0);
            }
            if (skipEmptyLines === "greedy" && hasHeader) {
              var line = [];
              for (var c = 0; c < maxCol; c++) {
                var cx = dataKeyedByField ? fields[c] : c;
                line.push(data[row][cx]);
              }
              emptyLine = line.join("").trim() === "";
            }
            if (!emptyLine) {
              for (var col = 0; col < maxCol; col++) {
                if (col > 0 && !nullLine)
                  csv2 += _delimiter;
                var colIdx = hasHeader && dataKeyedByField ? fields[col] : col;
                csv2 += safe(data[row][colIdx], col);
              }
              if (row < data.length - 1 && (!skipEmptyLines || maxCol > 0 && !nullLine)) {
                csv2 += _newline;
              }
            }
          }
          return csv2;
        }
        function safe(str, col) {
          if (typeof str === "undefined" || str === null)
            return "";
          if (str.constructor === Date) {
            if (isNaN(str.getTime()))
              return "";
            return str.toISOString();
          }
          var needsQuotes = false;
          var strValue = str.toString();
          if (_escapeFormulae && typeof str !== "number" && typeof str !== "bigint" && typeof str !== "boolean" && _escapeFormulae.test(strValue)) {
            strValue = "'" + strValue;
            str = strValue;
            needsQuotes = true;
          }
          var escapedQuoteStr = strValue.replace(quoteCharRegex, _escapedQuote);
          needsQuotes = needsQuotes || _quotes === true || typeof _quotes === "function" && _quotes(str, col) || Array.isArray(_quotes) && _quotes[col] || hasAny(escapedQuoteStr, Papa2.BAD_DELIMITERS) || escapedQuoteStr.indexOf(_delimiter) > -1 || strValue.indexOf(_quoteChar) > -1 || escapedQuoteStr.charAt(0) === " " || escapedQuoteStr.charAt(escapedQuoteStr.length - 1) === " ";
          return needsQuotes ? _quoteChar + escapedQuoteStr + _quoteChar : escapedQuoteStr;
        }
        function hasAny(str, substrings) {
          for (var i = 0; i < substrings.length; i++)
            if (str.indexOf(substrings[i]) > -1)
              return true;
          return false;
        }
      }
      function ChunkStreamer(config) {
        this._handle = null;
        this._finished = false;
        this._completed = false;
        this._halted = false;
        this._input = null;
        this._baseIndex = 0;
        this._partialLine = "";
        this._rowCount = 0;
        this._start = 0;
        this._nextChunk = null;
        this.isFirstChunk = true;
        this._completeResults = {
          data: [],
          errors: [],
          meta: {}
        };
        replaceConfig.call(this, config);
        this.parseChunk = function(chunk, isFakeChunk) {
          const skipFirstNLines = parseInt(this._config.skipFirstNLines) || 0;
          if (this.isFirstChunk && skipFirstNLines > 0) {
            let _newline = this._config.newline;
            if (!_newline) {
              const quoteChar = this._config.quoteChar || '"';
              _newline = this._handle.guessLineEndings(chunk, quoteChar);
            }
            const splitChunk = chunk.split(_newline);
            chunk = [...splitChunk.slice(skipFirstNLines)].join(_newline);
          }
          if (this.isFirstChunk && isFunction(this._config.beforeFirstChunk)) {
            var modifiedChunk = this._config.beforeFirstChunk(chunk);
            if (modifiedChunk !== void 0)
              chunk = modifiedChunk;
          }
          this.isFirstChunk = false;
          this._halted = false;
          var aggregate = this._partialLine + chunk;
          this._partialLine = "";
          var results = this._handle.parse(aggregate, this._baseIndex, !this._finished);
          if (this._handle.paused() || this._handle.aborted()) {
            this._halted = true;
            return;
          }
          var lastIndex = results.meta.cursor;
          if (!this._finished) {
            this._partialLine = aggregate.substring(lastIndex - this._baseIndex);
            this._baseIndex = lastIndex;
          }
          if (results && results.data)
            this._rowCount += results.data.length;
          var finishedIncludingPreview = this._finished || this._config.preview && this._rowCount >= this._config.preview;
          if (IS_PAPA_WORKER) {
            global.postMessage({
              results,
              workerId: Papa2.WORKER_ID,
              finished: finishedIncludingPreview
            });
          } else if (isFunction(this._config.chunk) && !isFakeChunk) {
            this._config.chunk(results, this._handle);
            if (this._handle.paused() || this._handle.aborted()) {
              this._halted = true;
              return;
            }
            results = void 0;
            this._completeResults = void 0;
          }
          if (!this._config.step && !this._config.chunk) {
            this._completeResults.data = this._completeResults.data.concat(results.data);
            this._completeResults.errors = this._completeResults.errors.concat(results.errors);
            this._completeResults.meta = results.meta;
          }
          if (!this._completed && finishedIncludingPreview && isFunction(this._config.complete) && (!results || !results.meta.aborted)) {
            this._config.complete(this._completeResults, this._input);
            this._completed = true;
          }
          if (!finishedIncludingPreview && (!results || !results.meta.paused))
            this._nextChunk();
          return results;
        };
        this._sendError = function(error) {
          if (isFunction(this._config.error))
            this._config.error(error);
          else if (IS_PAPA_WORKER && this._config.error) {
            global.postMessage({
              workerId: Papa2.WORKER_ID,
              error,
              finished: false
            });
          }
        };
        function replaceConfig(config2) {
          var configCopy = copy(config2);
          configCopy.chunkSize = parseInt(configCopy.chunkSize);
          if (!config2.step && !config2.chunk)
            configCopy.chunkSize = null;
          this._handle = new ParserHandle(configCopy);
          this._handle.streamer = this;
          this._config = configCopy;
        }
      }
      function NetworkStreamer(config) {
        config = config || {};
        if (!config.chunkSize)
          config.chunkSize = Papa2.RemoteChunkSize;
        ChunkStreamer.call(this, config);
        var xhr;
        if (IS_WORKER) {
          this._nextChunk = function() {
            this._readChunk();
            this._chunkLoaded();
          };
        } else {
          this._nextChunk = function() {
            this._readChunk();
          };
        }
        this.stream = function(url) {
          this._input = url;
          this._nextChunk();
        };
        this._readChunk = function() {
          if (this._finished) {
            this._chunkLoaded();
            return;
          }
          xhr = new XMLHttpRequest();
          if (this._config.withCredentials) {
            xhr.withCredentials = this._config.withCredentials;
          }
          if (!IS_WORKER) {
            xhr.onload = bindFunction(this._chunkLoaded, this);
            xhr.onerror = bindFunction(this._chunkError, this);
          }
          xhr.ontimeout = bindFunction(this._chunkTimeout, this);
          xhr.open(this._config.downloadRequestBody ? "POST" : "GET", this._input, !IS_WORKER);
          if (this._config.downloadTimeout && !IS_WORKER) {
            xhr.timeout = this._config.downloadTimeout;
          }
          if (this._config.downloadRequestHeaders) {
            var headers = this._config.downloadRequestHeaders;
            for (var headerName in headers) {
              xhr.setRequestHeader(headerName, headers[headerName]);
            }
          }
          if (this._config.chunkSize) {
            var end = this._start + this._config.chunkSize - 1;
            xhr.setRequestHeader("Range", "bytes=" + this._start + "-" + end);
          }
          try {
            xhr.send(this._config.downloadRequestBody);
          } catch (err) {
            this._chunkError(err.message);
          }
          if (IS_WORKER && xhr.status === 0)
            this._chunkError();
        };
        this._chunkLoaded = function() {
          if (xhr.readyState !== 4)
            return;
          if (xhr.status < 200 || xhr.status >= 400) {
            this._chunkError();
            return;
          }
          this._start += this._config.chunkSize ? this._config.chunkSize : xhr.responseText.length;
          this._finished = !this._config.chunkSize || this._start >= getFileSize(xhr);
          this.parseChunk(xhr.responseText);
        };
        this._chunkError = function(errorMessage) {
          var errorText = xhr.statusText || errorMessage;
          this._sendError(new Error(errorText));
        };
        this._chunkTimeout = function() {
          this._chunkError("Request timed out after " + this._config.downloadTimeout + "ms");
        };
        function getFileSize(xhr2) {
          var contentRange = xhr2.getResponseHeader("Content-Range");
          if (contentRange === null) {
            return -1;
          }
          return parseInt(contentRange.substring(contentRange.lastIndexOf("/") + 1));
        }
      }
      NetworkStreamer.prototype = Object.create(ChunkStreamer.prototype);
      NetworkStreamer.prototype.constructor = NetworkStreamer;
      function FileStreamer(config) {
        config = config || {};
        if (!config.chunkSize)
          config.chunkSize = Papa2.LocalChunkSize;
        ChunkStreamer.call(this, config);
        var reader, slice;
        var usingAsyncReader = typeof FileReader !== "undefined";
        this.stream = function(file2) {
          this._input = file2;
          slice = file2.slice || file2.webkitSlice || file2.mozSlice;
          if (usingAsyncReader) {
            reader = new FileReader();
            reader.onload = bindFunction(this._chunkLoaded, this);
            reader.onerror = bindFunction(this._chunkError, this);
          } else
            reader = new FileReaderSync();
          this._nextChunk();
        };
        this._nextChunk = function() {
          if (!this._finished && (!this._config.preview || this._rowCount < this._config.preview))
            this._readChunk();
        };
        this._readChunk = function() {
          var input = this._input;
          if (this._config.chunkSize) {
            var end = Math.min(this._start + this._config.chunkSize, this._input.size);
            input = slice.call(input, this._start, end);
          }
          var txt = reader.readAsText(input, this._config.encoding);
          if (!usingAsyncReader)
            this._chunkLoaded({ target: { result: txt } });
        };
        this._chunkLoaded = function(event2) {
          this._start += this._config.chunkSize;
          this._finished = !this._config.chunkSize || this._start >= this._input.size;
          this.parseChunk(event2.target.result);
        };
        this._chunkError = function() {
          this._sendError(reader.error);
        };
      }
      FileStreamer.prototype = Object.create(ChunkStreamer.prototype);
      FileStreamer.prototype.constructor = FileStreamer;
      function StringStreamer(config) {
        config = config || {};
        ChunkStreamer.call(this, config);
        var remaining;
        this.stream = function(s) {
          remaining = s;
          return this._nextChunk();
        };
        this._nextChunk = function() {
          if (this._finished) return;
          var size = this._config.chunkSize;
          var chunk;
          if (size) {
            chunk = remaining.substring(0, size);
            remaining = remaining.substring(size);
          } else {
            chunk = remaining;
            remaining = "";
          }
          this._finished = !remaining;
          return this.parseChunk(chunk);
        };
      }
      StringStreamer.prototype = Object.create(StringStreamer.prototype);
      StringStreamer.prototype.constructor = StringStreamer;
      function ReadableStreamStreamer(config) {
        config = config || {};
        ChunkStreamer.call(this, config);
        var queue = [];
        var parseOnData = true;
        var streamHasEnded = false;
        this.pause = function() {
          ChunkStreamer.prototype.pause.apply(this, arguments);
          this._input.pause();
        };
        this.resume = function() {
          ChunkStreamer.prototype.resume.apply(this, arguments);
          this._input.resume();
        };
        this.stream = function(stream) {
          this._input = stream;
          this._input.on("data", this._streamData);
          this._input.on("end", this._streamEnd);
          this._input.on("error", this._streamError);
        };
        this._checkIsFinished = function() {
          if (streamHasEnded && queue.length === 1) {
            this._finished = true;
          }
        };
        this._nextChunk = function() {
          this._checkIsFinished();
          if (queue.length) {
            this.parseChunk(queue.shift());
          } else {
            parseOnData = true;
          }
        };
        this._streamData = bindFunction(function(chunk) {
          try {
            queue.push(typeof chunk === "string" ? chunk : chunk.toString(this._config.encoding));
            if (parseOnData) {
              parseOnData = false;
              this._checkIsFinished();
              this.parseChunk(queue.shift());
            }
          } catch (error) {
            this._streamError(error);
          }
        }, this);
        this._streamError = bindFunction(function(error) {
          this._streamCleanUp();
          this._sendError(error);
        }, this);
        this._streamEnd = bindFunction(function() {
          this._streamCleanUp();
          streamHasEnded = true;
          this._streamData("");
        }, this);
        this._streamCleanUp = bindFunction(function() {
          this._input.removeListener("data", this._streamData);
          this._input.removeListener("end", this._streamEnd);
          this._input.removeListener("error", this._streamError);
        }, this);
      }
      ReadableStreamStreamer.prototype = Object.create(ChunkStreamer.prototype);
      ReadableStreamStreamer.prototype.constructor = ReadableStreamStreamer;
      function DuplexStreamStreamer(_config) {
        var Duplex = require$$0.Duplex;
        var config = copy(_config);
        var parseOnWrite = true;
        var writeStreamHasFinished = false;
        var parseCallbackQueue = [];
        var stream = null;
        this._onCsvData = function(results) {
          var data = results.data;
          if (!stream.push(data) && !this._handle.paused()) {
            this._handle.pause();
          }
        };
        this._onCsvComplete = function() {
          stream.push(null);
        };
        config.step = bindFunction(this._onCsvData, this);
        config.complete = bindFunction(this._onCsvComplete, this);
        ChunkStreamer.call(this, config);
        this._nextChunk = function() {
          if (writeStreamHasFinished && parseCallbackQueue.length === 1) {
            this._finished = true;
          }
          if (parseCallbackQueue.length) {
            parseCallbackQueue.shift()();
          } else {
            parseOnWrite = true;
          }
        };
        this._addToParseQueue = function(chunk, callback) {
          parseCallbackQueue.push(bindFunction(function() {
            this.parseChunk(typeof chunk === "string" ? chunk : chunk.toString(config.encoding));
            if (isFunction(callback)) {
              return callback();
            }
          }, this));
          if (parseOnWrite) {
            parseOnWrite = false;
            this._nextChunk();
          }
        };
        this._onRead = function() {
          if (this._handle.paused()) {
            this._handle.resume();
          }
        };
        this._onWrite = function(chunk, encoding, callback) {
          this._addToParseQueue(chunk, callback);
        };
        this._onWriteComplete = function() {
          writeStreamHasFinished = true;
          this._addToParseQueue("");
        };
        this.getStream = function() {
          return stream;
        };
        stream = new Duplex({
          readableObjectMode: true,
          decodeStrings: false,
          read: bindFunction(this._onRead, this),
          write: bindFunction(this._onWrite, this)
        });
        stream.once("finish", bindFunction(this._onWriteComplete, this));
      }
      if (typeof PAPA_BROWSER_CONTEXT === "undefined") {
        DuplexStreamStreamer.prototype = Object.create(ChunkStreamer.prototype);
        DuplexStreamStreamer.prototype.constructor = DuplexStreamStreamer;
      }
      function ParserHandle(_config) {
        var MAX_FLOAT = Math.pow(2, 53);
        var MIN_FLOAT = -MAX_FLOAT;
        var FLOAT = /^\s*-?(\d+\.?|\.\d+|\d+\.\d+)([eE][-+]?\d+)?\s*$/;
        var ISO_DATE = /^((\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d+([+-][0-2]\d:[0-5]\d|Z))|(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d([+-][0-2]\d:[0-5]\d|Z))|(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d([+-][0-2]\d:[0-5]\d|Z)))$/;
        var self2 = this;
        var _stepCounter = 0;
        var _rowCounter = 0;
        var _input;
        var _parser;
        var _paused = false;
        var _aborted = false;
        var _delimiterError;
        var _fields = [];
        var _results = {
          // The last results returned from the parser
          data: [],
          errors: [],
          meta: {}
        };
        if (isFunction(_config.step)) {
          var userStep = _config.step;
          _config.step = function(results) {
            _results = results;
            if (needsHeaderRow())
              processResults();
            else {
              processResults();
              if (_results.data.length === 0)
                return;
              _stepCounter += results.data.length;
              if (_config.preview && _stepCounter > _config.preview)
                _parser.abort();
              else {
                _results.data = _results.data[0];
                userStep(_results, self2);
              }
            }
          };
        }
        this.parse = function(input, baseIndex, ignoreLastRow) {
          var quoteChar = _config.quoteChar || '"';
          if (!_config.newline)
            _config.newline = this.guessLineEndings(input, quoteChar);
          _delimiterError = false;
          if (!_config.delimiter) {
            var delimGuess = guessDelimiter(input, _config.newline, _config.skipEmptyLines, _config.comments, _config.delimitersToGuess);
            if (delimGuess.successful)
              _config.delimiter = delimGuess.bestDelimiter;
            else {
              _delimiterError = true;
              _config.delimiter = Papa2.DefaultDelimiter;
            }
            _results.meta.delimiter = _config.delimiter;
          } else if (isFunction(_config.delimiter)) {
            _config.delimiter = _config.delimiter(input);
            _results.meta.delimiter = _config.delimiter;
          }
          var parserConfig = copy(_config);
          parserConfig.header = needsHeaderRow();
          if (_config.preview && _config.header)
            parserConfig.preview++;
          _input = input;
          _parser = new Parser(parserConfig);
          _results = _parser.parse(_input, baseIndex, ignoreLastRow);
          processResults();
          return _paused ? { meta: { paused: true } } : _results || { meta: { paused: false } };
        };
        this.paused = function() {
          return _paused;
        };
        this.pause = function() {
          _paused = true;
          _parser.abort();
          _input = isFunction(_config.chunk) ? "" : _input.substring(_parser.getCharIndex());
        };
        this.resume = function() {
          if (self2.streamer._halted) {
            _paused = false;
            self2.streamer.parseChunk(_input, true);
          } else {
            setTimeout(self2.resume, 3);
          }
        };
        this.aborted = function() {
          return _aborted;
        };
        this.abort = function() {
          _aborted = true;
          _parser.abort();
          _results.meta.aborted = true;
          if (isFunction(_config.complete))
            _config.complete(_results);
          _input = "";
        };
        this.guessLineEndings = function(input, quoteChar) {
          input = input.substring(0, 1024 * 1024);
          var re = new RegExp(escapeRegExp(quoteChar) + "([^]*?)" + escapeRegExp(quoteChar), "gm");
          input = input.replace(re, "");
          var r = input.split("\r");
          var n = input.split("\n");
          var nAppearsFirst = n.length > 1 && n[0].length < r[0].length;
          if (r.length === 1 || nAppearsFirst)
            return "\n";
          var numWithN = 0;
          for (var i = 0; i < r.length; i++) {
            if (r[i][0] === "\n")
              numWithN++;
          }
          return numWithN >= r.length / 2 ? "\r\n" : "\r";
        };
        function testEmptyLine(s) {
          return _config.skipEmptyLines === "greedy" ? s.join("").trim() === "" : s.length === 1 && s[0].length === 0;
        }
        function testFloat(s) {
          if (FLOAT.test(s)) {
            var floatValue = parseFloat(s);
            if (floatValue > MIN_FLOAT && floatValue < MAX_FLOAT) {
              return true;
            }
          }
          return false;
        }
        function processResults() {
          if (_results && _delimiterError) {
            addError("Delimiter", "UndetectableDelimiter", "Unable to auto-detect delimiting character; defaulted to '" + Papa2.DefaultDelimiter + "'");
            _delimiterError = false;
          }
          if (_config.skipEmptyLines) {
            _results.data = _results.data.filter(function(d) {
              return !testEmptyLine(d);
            });
          }
          if (needsHeaderRow())
            fillHeaderFields();
          return applyHeaderAndDynamicTypingAndTransformation();
        }
        function needsHeaderRow() {
          return _config.header && _fields.length === 0;
        }
        function fillHeaderFields() {
          if (!_results)
            return;
          function addHeader(header) {
            _fields.push(header);
          }
          if (Array.isArray(_results.data[0])) {
            for (var i = 0; needsHeaderRow() && i < _results.data.length; i++)
              _results.data[i].forEach(addHeader);
            _results.data.splice(0, 1);
          } else
            _results.data.forEach(addHeader);
        }
        function shouldApplyDynamicTyping(field) {
          if (_config.dynamicTypingFunction && _config.dynamicTyping[field] === void 0) {
            _config.dynamicTyping[field] = _config.dynamicTypingFunction(field);
          }
          return (_config.dynamicTyping[field] || _config.dynamicTyping) === true;
        }
        function parseDynamic(field, value) {
          if (shouldApplyDynamicTyping(field)) {
            if (value === "true" || value === "TRUE")
              return true;
            else if (value === "false" || value === "FALSE")
              return false;
            else if (testFloat(value))
              return parseFloat(value);
            else if (ISO_DATE.test(value))
              return new Date(value);
            else
              return value === "" ? null : value;
          }
          return value;
        }
        function applyHeaderAndDynamicTypingAndTransformation() {
          if (!_results || !_config.header && !_config.dynamicTyping && !_config.transform)
            return _results;
          function processRow(rowSource, i) {
            var row = _config.header ? {} : [];
            var j;
            for (j = 0; j < rowSource.length; j++) {
              var field = j;
              var value = rowSource[j];
              if (_config.header)
                field = j >= _fields.length ? "__parsed_extra" : _fields[j];
              if (_config.transform)
                value = _config.transform(value, field);
              value = parseDynamic(field, value);
              if (field === "__parsed_extra") {
                row[field] = row[field] || [];
                row[field].push(value);
              } else
                row[field] = value;
            }
            if (_config.header) {
              if (j > _fields.length)
                addError("FieldMismatch", "TooManyFields", "Too many fields: expected " + _fields.length + " fields but parsed " + j, _rowCounter + i);
              else if (j < _fields.length)
                addError("FieldMismatch", "TooFewFields", "Too few fields: expected " + _fields.length + " fields but parsed " + j, _rowCounter + i);
            }
            return row;
          }
          var incrementBy = 1;
          if (!_results.data.length || Array.isArray(_results.data[0])) {
            _results.data = _results.data.map(processRow);
            incrementBy = _results.data.length;
          } else
            _results.data = processRow(_results.data, 0);
          if (_config.header && _results.meta)
            _results.meta.fields = _fields;
          _rowCounter += incrementBy;
          return _results;
        }
        function guessDelimiter(input, newline, skipEmptyLines, comments, delimitersToGuess) {
          var bestDelim, bestDelta, fieldCountPrevRow, maxFieldCount;
          delimitersToGuess = delimitersToGuess || [",", "	", "|", ";", Papa2.RECORD_SEP, Papa2.UNIT_SEP];
          for (var i = 0; i < delimitersToGuess.length; i++) {
            var delim = delimitersToGuess[i];
            var delta = 0, avgFieldCount = 0, emptyLinesCount = 0;
            fieldCountPrevRow = void 0;
            var preview = new Parser({
              comments,
              delimiter: delim,
              newline,
              preview: 10
            }).parse(input);
            for (var j = 0; j < preview.data.length; j++) {
              if (skipEmptyLines && testEmptyLine(preview.data[j])) {
                emptyLinesCount++;
                continue;
              }
              var fieldCount = preview.data[j].length;
              avgFieldCount += fieldCount;
              if (typeof fieldCountPrevRow === "undefined") {
                fieldCountPrevRow = fieldCount;
                continue;
              } else if (fieldCount > 0) {
                delta += Math.abs(fieldCount - fieldCountPrevRow);
                fieldCountPrevRow = fieldCount;
              }
            }
            if (preview.data.length > 0)
              avgFieldCount /= preview.data.length - emptyLinesCount;
            if (avgFieldCount > 1.99 && (typeof bestDelta === "undefined" || delta < bestDelta || delta === bestDelta && avgFieldCount > maxFieldCount)) {
              bestDelta = delta;
              bestDelim = delim;
              maxFieldCount = avgFieldCount;
            }
          }
          _config.delimiter = bestDelim;
          return {
            successful: !!bestDelim,
            bestDelimiter: bestDelim
          };
        }
        function addError(type, code, msg, row) {
          var error = {
            type,
            code,
            message: msg
          };
          if (row !== void 0) {
            error.row = row;
          }
          _results.errors.push(error);
        }
      }
      function escapeRegExp(string) {
        return string.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      }
      function Parser(config) {
        config = config || {};
        var delim = config.delimiter;
        var newline = config.newline;
        var comments = config.comments;
        var step2 = config.step;
        var preview = config.preview;
        var fastMode = config.fastMode;
        var quoteChar;
        var renamedHeaders = null;
        var headerParsed = false;
        if (config.quoteChar === void 0 || config.quoteChar === null) {
          quoteChar = '"';
        } else {
          quoteChar = config.quoteChar;
        }
        var escapeChar = quoteChar;
        if (config.escapeChar !== void 0) {
          escapeChar = config.escapeChar;
        }
        if (typeof delim !== "string" || Papa2.BAD_DELIMITERS.indexOf(delim) > -1)
          delim = ",";
        if (comments === delim)
          throw new Error("Comment character same as delimiter");
        else if (comments === true)
          comments = "#";
        else if (typeof comments !== "string" || Papa2.BAD_DELIMITERS.indexOf(comments) > -1)
          comments = false;
        if (newline !== "\n" && newline !== "\r" && newline !== "\r\n")
          newline = "\n";
        var cursor = 0;
        var aborted = false;
        this.parse = function(input, baseIndex, ignoreLastRow) {
          if (typeof input !== "string")
            throw new Error("Input must be a string");
          var inputLen = input.length, delimLen = delim.length, newlineLen = newline.length, commentsLen = comments.length;
          var stepIsFunction = isFunction(step2);
          cursor = 0;
          var data = [], errors = [], row = [], lastCursor = 0;
          if (!input)
            return returnable();
          if (fastMode || fastMode !== false && input.indexOf(quoteChar) === -1) {
            var rows = input.split(newline);
            for (var i = 0; i < rows.length; i++) {
              row = rows[i];
              cursor += row.length;
              if (i !== rows.length - 1)
                cursor += newline.length;
              else if (ignoreLastRow)
                return returnable();
              if (comments && row.substring(0, commentsLen) === comments)
                continue;
              if (stepIsFunction) {
                data = [];
                pushRow(row.split(delim));
                doStep();
                if (aborted)
                  return returnable();
              } else
                pushRow(row.split(delim));
              if (preview && i >= preview) {
                data = data.slice(0, preview);
                return returnable(true);
              }
            }
            return returnable();
          }
          var nextDelim = input.indexOf(delim, cursor);
          var nextNewline = input.indexOf(newline, cursor);
          var quoteCharRegex = new RegExp(escapeRegExp(escapeChar) + escapeRegExp(quoteChar), "g");
          var quoteSearch = input.indexOf(quoteChar, cursor);
          for (; ; ) {
            if (input[cursor] === quoteChar) {
              quoteSearch = cursor;
              cursor++;
              for (; ; ) {
                quoteSearch = input.indexOf(quoteChar, quoteSearch + 1);
                if (quoteSearch === -1) {
                  if (!ignoreLastRow) {
                    errors.push({
                      type: "Quotes",
                      code: "MissingQuotes",
                      message: "Quoted field unterminated",
                      row: data.length,
                      // row has yet to be inserted
                      index: cursor
                    });
                  }
                  return finish2();
                }
                if (quoteSearch === inputLen - 1) {
                  var value = input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar);
                  return finish2(value);
                }
                if (quoteChar === escapeChar && input[quoteSearch + 1] === escapeChar) {
                  quoteSearch++;
                  continue;
                }
                if (quoteChar !== escapeChar && quoteSearch !== 0 && input[quoteSearch - 1] === escapeChar) {
                  continue;
                }
                if (nextDelim !== -1 && nextDelim < quoteSearch + 1) {
                  nextDelim = input.indexOf(delim, quoteSearch + 1);
                }
                if (nextNewline !== -1 && nextNewline < quoteSearch + 1) {
                  nextNewline = input.indexOf(newline, quoteSearch + 1);
                }
                var checkUpTo = nextNewline === -1 ? nextDelim : Math.min(nextDelim, nextNewline);
                var spacesBetweenQuoteAndDelimiter = extraSpaces(checkUpTo);
                if (input.substr(quoteSearch + 1 + spacesBetweenQuoteAndDelimiter, delimLen) === delim) {
                  row.push(input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar));
                  cursor = quoteSearch + 1 + spacesBetweenQuoteAndDelimiter + delimLen;
                  if (input[quoteSearch + 1 + spacesBetweenQuoteAndDelimiter + delimLen] !== quoteChar) {
                    quoteSearch = input.indexOf(quoteChar, cursor);
                  }
                  if (nextDelim !== -1 && nextDelim < cursor)
                    nextDelim = input.indexOf(delim, cursor);
                  if (nextNewline !== -1 && nextNewline < cursor)
                    nextNewline = input.indexOf(newline, cursor);
                  break;
                }
                var spacesBetweenQuoteAndNewLine = extraSpaces(nextNewline);
                if (input.substring(quoteSearch + 1 + spacesBetweenQuoteAndNewLine, quoteSearch + 1 + spacesBetweenQuoteAndNewLine + newlineLen) === newline) {
                  row.push(input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar));
                  saveRow(quoteSearch + 1 + spacesBetweenQuoteAndNewLine + newlineLen);
                  if (nextDelim !== -1 && nextDelim < cursor)
                    nextDelim = input.indexOf(delim, cursor);
                  quoteSearch = input.indexOf(quoteChar, cursor);
                  if (stepIsFunction) {
                    doStep();
                    if (aborted)
                      return returnable();
                  }
                  if (preview && data.length >= preview)
                    return returnable(true);
                  break;
                }
                errors.push({
                  type: "Quotes",
                  code: "InvalidQuotes",
                  message: "Trailing quote on quoted field is malformed",
                  row: data.length,
                  // row has yet to be inserted
                  index: cursor
                });
                quoteSearch++;
                continue;
              }
              continue;
            }
            if (comments && row.length === 0 && input.substring(cursor, cursor + commentsLen) === comments) {
              if (nextNewline === -1)
                return returnable();
              cursor = nextNewline + newlineLen;
              nextNewline = input.indexOf(newline, cursor);
              if (nextDelim !== -1 && nextDelim < cursor)
                nextDelim = input.indexOf(delim, cursor);
              continue;
            }
            if (nextDelim !== -1 && (nextDelim < nextNewline || nextNewline === -1)) {
              row.push(input.substring(cursor, nextDelim));
              cursor = nextDelim + delimLen;
              nextDelim = input.indexOf(delim, cursor);
              continue;
            }
            if (nextNewline !== -1) {
              row.push(input.substring(cursor, nextNewline));
              saveRow(nextNewline + newlineLen);
              if (stepIsFunction) {
                doStep();
                if (aborted)
                  return returnable();
              }
              if (preview && data.length >= preview)
                return returnable(true);
              continue;
            }
            break;
          }
          return finish2();
          function pushRow(row2) {
            data.push(row2);
            lastCursor = cursor;
          }
          function extraSpaces(index) {
            var spaceLength = 0;
            if (index !== -1) {
              var textBetweenClosingQuoteAndIndex = input.substring(quoteSearch + 1, index);
              if (textBetweenClosingQuoteAndIndex && textBetweenClosingQuoteAndIndex.trim() === "") {
                spaceLength = textBetweenClosingQuoteAndIndex.length;
              }
            }
            return spaceLength;
          }
          function finish2(value2) {
            if (ignoreLastRow)
              return returnable();
            if (typeof value2 === "undefined")
              value2 = input.substring(cursor);
            row.push(value2);
            cursor = inputLen;
            pushRow(row);
            if (stepIsFunction)
              doStep();
            return returnable();
          }
          function saveRow(newCursor) {
            cursor = newCursor;
            pushRow(row);
            row = [];
            nextNewline = input.indexOf(newline, cursor);
          }
          function returnable(stopped) {
            if (config.header && !baseIndex && data.length && !headerParsed) {
              const result2 = data[0];
              const headerCount = /* @__PURE__ */ Object.create(null);
              const usedHeaders = new Set(result2);
              let duplicateHeaders = false;
              for (let i2 = 0; i2 < result2.length; i2++) {
                let header = stripBom(result2[i2]);
                if (isFunction(config.transformHeader))
                  header = config.transformHeader(header, i2);
                if (!headerCount[header]) {
                  headerCount[header] = 1;
                  result2[i2] = header;
                } else {
                  let newHeader;
                  let suffixCount = headerCount[header];
                  do {
                    newHeader = `${header}_${suffixCount}`;
                    suffixCount++;
                  } while (usedHeaders.has(newHeader));
                  usedHeaders.add(newHeader);
                  result2[i2] = newHeader;
                  headerCount[header]++;
                  duplicateHeaders = true;
                  if (renamedHeaders === null) {
                    renamedHeaders = {};
                  }
                  renamedHeaders[newHeader] = header;
                }
                usedHeaders.add(header);
              }
              if (duplicateHeaders) {
                console.warn("Duplicate headers found and renamed.");
              }
              headerParsed = true;
            }
            return {
              data,
              errors,
              meta: {
                delimiter: delim,
                linebreak: newline,
                aborted,
                truncated: !!stopped,
                cursor: lastCursor + (baseIndex || 0),
                renamedHeaders
              }
            };
          }
          function doStep() {
            step2(returnable());
            data = [];
            errors = [];
          }
        };
        this.abort = function() {
          aborted = true;
        };
        this.getCharIndex = function() {
          return cursor;
        };
      }
      function newWorker() {
        if (!Papa2.WORKERS_SUPPORTED)
          return false;
        var workerUrl = getWorkerBlob();
        var w = new global.Worker(workerUrl);
        w.onmessage = mainThreadReceivedMessage;
        w.id = workerIdCounter++;
        workers[w.id] = w;
        return w;
      }
      function mainThreadReceivedMessage(e) {
        var msg = e.data;
        var worker = workers[msg.workerId];
        var aborted = false;
        if (msg.error)
          worker.userError(msg.error, msg.file);
        else if (msg.results && msg.results.data) {
          var abort = function() {
            aborted = true;
            completeWorker(msg.workerId, { data: [], errors: [], meta: { aborted: true } });
          };
          var handle = {
            abort,
            pause: notImplemented,
            resume: notImplemented
          };
          if (isFunction(worker.userStep)) {
            for (var i = 0; i < msg.results.data.length; i++) {
              worker.userStep({
                data: msg.results.data[i],
                errors: msg.results.errors,
                meta: msg.results.meta
              }, handle);
              if (aborted)
                break;
            }
            delete msg.results;
          } else if (isFunction(worker.userChunk)) {
            worker.userChunk(msg.results, handle, msg.file);
            delete msg.results;
          }
        }
        if (msg.finished && !aborted)
          completeWorker(msg.workerId, msg.results);
      }
      function completeWorker(workerId, results) {
        var worker = workers[workerId];
        if (isFunction(worker.userComplete))
          worker.userComplete(results);
        worker.terminate();
        delete workers[workerId];
      }
      function notImplemented() {
        throw new Error("Not implemented.");
      }
      function workerThreadReceivedMessage(e) {
        var msg = e.data;
        if (typeof Papa2.WORKER_ID === "undefined" && msg)
          Papa2.WORKER_ID = msg.workerId;
        if (typeof msg.input === "string") {
          global.postMessage({
            workerId: Papa2.WORKER_ID,
            results: Papa2.parse(msg.input, msg.config),
            finished: true
          });
        } else if (global.File && msg.input instanceof File || msg.input instanceof Object) {
          var results = Papa2.parse(msg.input, msg.config);
          if (results)
            global.postMessage({
              workerId: Papa2.WORKER_ID,
              results,
              finished: true
            });
        }
      }
      function copy(obj) {
        if (typeof obj !== "object" || obj === null)
          return obj;
        var cpy = Array.isArray(obj) ? [] : {};
        for (var key in obj)
          cpy[key] = copy(obj[key]);
        return cpy;
      }
      function bindFunction(f, self2) {
        return function() {
          f.apply(self2, arguments);
        };
      }
      function isFunction(func) {
        return typeof func === "function";
      }
      return Papa2;
    });
  })(papaparse$1);
  return papaparse$1.exports;
}
var papaparseExports = requirePapaparse();
const Papa = /* @__PURE__ */ goQuote.g(papaparseExports);
const maxLineCharacters = 1048576;
const maxNameCharacters = 256;
const csv = {
  name: "CSV",
  recognizes: (head) => findDelimiter(head) !== void 0,
  open(emit) {
    let pending = [];
    let length = 0;
    let delimiter;
    let header;
    let line = 1;
    const takeRow = (row) => {
      if (header === void 0) header = toNames(row);
      else if (!isBlank(row)) emit(toRecord(header, row, line));
      line += 1 + row.reduce((count2, cell) => count2 + countBreaks(cell), 0);
    };
    const read = (isEnd) => {
      const text2 = pending.join("").replaceAll("\r\n", "\n");
      delimiter ??= findDelimiter(text2.slice(0, headCharacters$1)) ?? ",";
      const { rows, end, isOpen } = parseRows(text2, delimiter, isEnd);
      for (const row of rows) takeRow(row);
      if (isOpen)
        throw new ReportProblem("a quoted value has no closing quote: double each quote inside a quoted value", line);
      const rest = text2.slice(end);
      if (rest.length > maxLineCharacters)
        throw new ReportProblem("a row does not end: look for a missing closing quote", line);
      pending = rest === "" ? [] : [rest];
      length = rest.length;
    };
    return {
      write(text2) {
        pending.push(text2);
        length += text2.length;
        if (length >= headCharacters$1) read(false);
      },
      end: () => read(true)
    };
  }
};
const headCharacters$1 = 65536;
function parseRows(text2, delimiter, isEnd) {
  const parser = new Papa.Parser({ delimiter });
  const { data, errors, meta } = parser.parse(text2, 0, !isEnd);
  const open = isEnd ? errors.find(({ code }) => code === "MissingQuotes") : void 0;
  return { rows: data.slice(0, open?.row), end: isEnd ? text2.length : meta.cursor, isOpen: open !== void 0 };
}
function findDelimiter(head) {
  if (/^\s*[[{<]/.test(head)) return void 0;
  const text2 = head.replaceAll("\r\n", "\n");
  const widths = [",", ";", "	", "|"].map((delimiter2) => [delimiter2, findWidth(text2, delimiter2)]);
  const [delimiter, width] = widths.reduce((best, next) => next[1] > best[1] ? next : best);
  return width > 1 ? delimiter : void 0;
}
function findWidth(text2, delimiter) {
  const isCut = text2.length >= headCharacters$1 / 2;
  const { rows } = parseRows(text2, delimiter, !isCut);
  const [header, first] = rows.filter((row) => !isBlank(row));
  return header?.every(isName$1) && header.length === first?.length ? header.length : 0;
}
const isName$1 = (cell) => cell.length <= maxNameCharacters && github.v(cell.trim()) === void 0;
const isBlank = (row) => row.length === 1 && row[0]?.trim() === "";
const countBreaks = (text2) => text2.split("\n").length - 1;
function toNames(row) {
  const seen = /* @__PURE__ */ new Map();
  return row.map((cell) => {
    const name = cell.trim();
    const count2 = (seen.get(name) ?? 0) + 1;
    seen.set(name, count2);
    return count2 === 1 ? name : `${name}_${count2}`;
  });
}
function toRecord(names2, row, line) {
  if (row.length !== names2.length) {
    const reason = `the row has ${row.length} values, but the header has ${names2.length}`;
    throw new ReportProblem(`${reason}: quote values that contain the delimiter`, line);
  }
  const record = {};
  for (const [index, name] of names2.entries()) {
    if (/^(_\d+)?$/.test(name)) continue;
    const text2 = row[index] ?? "";
    const value = github.p(text2);
    record[name] = value;
    if (typeof value === "number") shared.l(record, name, value, text2.trim());
  }
  return record;
}
const json = {
  name: "JSON",
  recognizes: (head) => /^\s*[[{]/.test(head) && !ndjson.recognizes(head),
  open: (emit) => readJson((value) => emitRecords(value, emit), true)
};
const ndjson = {
  name: "NDJSON",
  recognizes(head) {
    const sample = sampleJson(head);
    if (sample === void 0) return false;
    const first = head.slice(0, head.length - sample.rest.length).trim();
    return !first.includes("\n") && /^[^\S\n]*\r?\n\s*[[{]/.test(sample.rest);
  },
  open: (emit) => readLines(
    (line, number2) => {
      if (line.trim() !== "") emitRecords(parseReportJson(line, number2, true), emit, number2);
    },
    () => {
    }
  )
};
function emitRecords(value, emit, line) {
  const records = Array.isArray(value) ? value : [value];
  for (const [index, record] of records.entries()) {
    if (shared.m(record)) emit(record);
    else throw new ReportProblem(`${explainRecord(record, Array.isArray(value) ? index : void 0)}`, line);
  }
}
function explainRecord(record, index) {
  const what = record === null ? "null" : Array.isArray(record) ? "a list" : `a ${typeof record}`;
  const where = index === void 0 ? "it is" : `record ${index + 1} is`;
  return `${where} ${what}: it must be an object, or a list of objects`;
}
const jsonFormats = [ndjson, json, csv];
function toDefined(value) {
  const defined = {};
  for (const key in value) {
    const one = value[key];
    if (one !== void 0 && one !== "") defined[key] = one;
  }
  return defined;
}
const text = shared.bv(shared.as(shared.ay()), void 0);
const number = shared.bv(shared.as(shared.aC()), void 0);
const test = shared.bp({
  name: shared.ay(),
  status: shared.ay(),
  duration: number,
  message: text,
  trace: text,
  flaky: shared.bv(shared.as(shared.au()), void 0),
  // Text until 2025, since then a list of nested suites.
  suite: shared.bv(shared.as(shared.aD([shared.ay(), shared.at(shared.ay())])), void 0),
  filePath: text
});
const ctrf = jsonFormat({
  name: "CTRF",
  matches: (sample) => shared.m(sample) && (sample.reportFormat === "CTRF" || shared.m(sample.results) && ["tool", "summary", "tests"].some((key) => key in Object(sample.results))),
  schema: shared.bp({ results: shared.bp({ tests: shared.at(test) }) }),
  read: function* ({ results }) {
    for (const { name, status, duration, message: message2, trace, flaky, suite, filePath } of results.tests) {
      const outcome = toOutcome$1(status);
      yield {
        name,
        outcome,
        ...outcome === "passed" && flaky === true && { flaky },
        ...toDefined({
          suite: typeof suite === "string" ? suite : suite?.findLast((part) => part !== ""),
          file: filePath,
          duration: duration === void 0 ? void 0 : duration / 1e3,
          message: message2 ?? trace
        })
      };
    }
  }
});
function toOutcome$1(status) {
  return status === "passed" || status === "failed" ? status : "skipped";
}
const maxHeldCases$3 = 2e5;
const maxTestOutputCharacters$1 = 4e3;
const event = shared.bp({
  Action: shared.ay(),
  Package: shared.as(shared.ay()),
  Test: shared.as(shared.ay()),
  Elapsed: shared.as(shared.aC()),
  Output: shared.as(shared.ay()),
  ImportPath: shared.as(shared.ay()),
  FailedBuild: shared.as(shared.ay())
});
const goTest = {
  name: "go test -json",
  recognizes: (head) => {
    const line = head.split("\n").find((one) => one.startsWith("{"));
    const first = line === void 0 ? void 0 : parseEvent(line);
    return first !== void 0 && (first.Package !== void 0 || first.ImportPath !== void 0);
  },
  open: openGoTest
};
function openGoTest(emit) {
  const packages = /* @__PURE__ */ new Map();
  const failed = /* @__PURE__ */ new Set();
  const buildOutput = /* @__PURE__ */ new Map();
  const failedBuilds = /* @__PURE__ */ new Set();
  let lastLine = 0;
  let endedCount = 0;
  const openPackage = (name) => {
    const found = packages.get(name) ?? { tests: /* @__PURE__ */ new Map(), output: "", hasFailure: false };
    packages.set(name, found);
    return found;
  };
  const startTest = (name, suite) => {
    const { tests } = openPackage(suite);
    if (!name.startsWith("Benchmark") && tests.size < maxHeldCases$3) tests.set(name, { output: "", inner: 0 });
  };
  const endTest = (name, action, { Package: suite = "", Elapsed }) => {
    const running = openPackage(suite);
    const test2 = running.tests.get(name);
    running.tests.delete(name);
    const outer = running.tests.get(name.slice(0, Math.max(0, name.lastIndexOf("/"))));
    if (outer !== void 0) outer.inner += Elapsed ?? 0;
    const key = `${suite} ${name}`;
    if (action === "fail") {
      running.hasFailure = true;
      failed.add(key);
    }
    emit({
      name,
      suite,
      outcome: action === "pass" ? "passed" : action === "fail" ? "failed" : "skipped",
      // The test was run again, by gotestsum --rerun-fails or by -count.
      ...action === "pass" && failed.has(key) && { flaky: true },
      ...toDefined({
        duration: Elapsed === void 0 ? void 0 : Math.max(0, Elapsed - (test2?.inner ?? 0)),
        message: action === "pass" ? void 0 : toMessage$1(test2?.output ?? "")
      })
    });
  };
  const endPackage = (suite, { Action, FailedBuild }) => {
    const running = openPackage(suite);
    packages.delete(suite);
    endedCount++;
    if (FailedBuild !== void 0) failedBuilds.delete(FailedBuild);
    if (Action !== "fail") return;
    for (const [name, { output }] of running.tests) {
      emit({ name, suite, outcome: "error", ...toDefined({ message: toMessage$1(output) }) });
    }
    if (running.hasFailure || running.tests.size > 0) return;
    const message2 = toMessage$1((FailedBuild === void 0 ? void 0 : buildOutput.get(FailedBuild)) ?? running.output);
    const isUnbuilt = FailedBuild !== void 0 || /\[(?:build|setup) failed\]/.test(running.output);
    emit({ name: suite, suite, outcome: isUnbuilt ? "error" : "failed", ...toDefined({ message: message2 }) });
  };
  const takeOutput = ({ Package = "", Test, Output = "" }) => {
    const running = openPackage(Package);
    const owner = (Test === void 0 ? void 0 : running.tests.get(Test)) ?? running;
    if (owner.output.length < maxTestOutputCharacters$1) owner.output += Output;
  };
  const take = (line, number2) => {
    lastLine = number2;
    if (!line.startsWith("{")) return;
    const found = parseEvent(line);
    if (found === void 0) throw new ReportProblem("the line is not an event of go test -json", number2);
    const { Action, Package, Test, ImportPath, Output = "" } = found;
    if (ImportPath !== void 0 && Package === void 0) {
      const before = buildOutput.get(ImportPath) ?? "";
      if (before.length < maxTestOutputCharacters$1) buildOutput.set(ImportPath, before + Output);
      if (Action === "build-fail") failedBuilds.add(ImportPath);
    } else if (Package === void 0) return;
    else if (Action === "output") takeOutput(found);
    else if (Action === "start") openPackage(Package);
    else if (Action === "run" && Test !== void 0) startTest(Test, Package);
    else if (Action === "pass" || Action === "fail" || Action === "skip") {
      if (Test === void 0) endPackage(Package, found);
      else endTest(Test, Action, found);
    }
  };
  return readLines(take, () => {
    const [unended = endedCount === 0 ? "any package" : void 0] = [...packages.keys(), ...failedBuilds];
    if (unended === void 0) return;
    throw new ReportProblem(
      `the file ends before ${unended} has ended: go test was stopped, or the file was cut off`,
      lastLine || void 0
    );
  });
}
function parseEvent(line) {
  try {
    const { success, output } = shared.aI(event, JSON.parse(line));
    return success ? output : void 0;
  } catch {
    return void 0;
  }
}
function toMessage$1(output) {
  const lines2 = output.split("\n").filter((line) => !/^\s*(?:=== |--- |PASS$|FAIL\b.*\t|# )/.test(line));
  return lines2.join("\n").trim() || output.trim() || void 0;
}
const assertion = shared.bp({
  title: shared.ay(),
  fullName: shared.as(shared.ay()),
  ancestorTitles: shared.as(shared.at(shared.ay()), []),
  status: shared.ay(),
  duration: shared.bq(shared.aC()),
  // In Vitest, also for a test that passed in the end.
  failureMessages: shared.bq(shared.at(shared.b2()), []),
  // Jest with `jest.retryTimes`; it reports why earlier tries failed only with `logErrorsBeforeRetry`.
  invocations: shared.bq(shared.aC(), 1),
  retryReasons: shared.bq(shared.at(shared.b2()), [])
});
const file = shared.bp({
  name: shared.ay(),
  status: shared.as(shared.ay()),
  message: shared.bq(shared.b2()),
  assertionResults: shared.at(assertion)
});
const jestJson = jsonFormat({
  name: "JSON of Jest and Vitest",
  matches: (sample) => shared.m(sample) && ("numTotalTests" in sample || "numTotalTestSuites" in sample) && !hasBenchmarks(sample),
  schema: shared.bp({ testResults: shared.at(file) }),
  read: function* ({ testResults }) {
    for (const { name, status, message: message2, assertionResults } of testResults) {
      yield* assertionResults.map((result2) => toTestCase$1(result2, name));
      const isBroken = status === "failed" && !assertionResults.some((result2) => result2.status === "failed");
      if (isBroken)
        yield { name, suite: name, file: name, outcome: "error", ...toDefined({ message: toText$1(message2) }) };
    }
  }
});
function toTestCase$1(result2, file2) {
  const { title, fullName, ancestorTitles, status, duration, failureMessages, invocations, retryReasons } = result2;
  const outcome = status === "passed" || status === "failed" ? status : "skipped";
  return {
    name: fullName?.trim() || title,
    outcome,
    ...outcome === "passed" && ((invocations ?? 1) > 1 || failureMessages?.[0] !== void 0) && { flaky: true },
    ...toDefined({
      classname: ancestorTitles.join(" > "),
      suite: file2,
      file: file2,
      duration: typeof duration === "number" ? duration / 1e3 : void 0,
      message: toText$1(failureMessages?.[0] ?? retryReasons?.[0])
    })
  };
}
const toText$1 = (value) => typeof value === "string" ? value : void 0;
const verdicts = {
  error: "error",
  failure: "failed",
  skipped: "skipped",
  disabled: "skipped",
  ignored: "skipped",
  flakyError: "flaky",
  flakyFailure: "flaky",
  // Surefire also writes a `failure` if no try passed.
  rerunError: "flaky",
  rerunFailure: "flaky"
};
const statuses = {
  disabled: "skipped",
  ignored: "skipped",
  notrun: "skipped",
  pending: "skipped",
  skipped: "skipped",
  suppressed: "skipped",
  undefined: "skipped",
  untested: "skipped",
  error: "error",
  fail: "failed",
  failed: "failed",
  failure: "failed"
};
function toTestCase({ attributes, found }, suite, readSeconds) {
  const outcome = toOutcome(attributes, found);
  const { message: message2 } = found[outcome === "passed" ? "flaky" : outcome] ?? found.skipped ?? {};
  return {
    name: attributes.name || attributes.classname || "",
    outcome,
    ...outcome === "passed" && found.flaky !== void 0 && { flaky: true },
    ...toDefined({
      classname: attributes.classname,
      suite: suite.name,
      file: attributes.file ?? suite.file,
      duration: readSeconds(attributes.time),
      message: message2
    })
  };
}
const notStarted = /^(?:Unable to find executable|Required Files Missing|Fixture dependency failed|Insufficient resources|Missing Configuration|Failed to change working directory)/;
function toOutcome({ status, result: result2 }, found) {
  if (found.skipped?.isTodo === true) return "skipped";
  if (found.failed !== void 0) return "failed";
  if (found.error !== void 0) return "error";
  if (status === "notrun" && notStarted.test(found.skipped?.message ?? "")) return "error";
  if (found.skipped !== void 0) return "skipped";
  return toStatus(result2) ?? toStatus(status) ?? "passed";
}
function toStatus(text2) {
  const status = text2?.toLowerCase() ?? "";
  return Object.hasOwn(statuses, status) ? statuses[status] : void 0;
}
function toMessage({ message: message2, type }, text2) {
  const given = message2?.trim() ?? "";
  if (given !== "" && !/^failed$/i.test(given)) return given;
  return text2.trim() || given || type || void 0;
}
const plain = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;
const clock = /^(?:(\d+)\.)?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/;
function openSeconds() {
  let isCommaDecimal = true;
  return (text2) => {
    if (text2 === void 0) return void 0;
    const trimmed = plain.test(text2) ? text2 : text2.trim().replace(/ ?s$/, "");
    if (plain.test(trimmed)) {
      if (isCommaDecimal && trimmed.includes(".")) isCommaDecimal = false;
      return Number(trimmed);
    }
    const [, days = "0", hours, minutes, seconds] = clock.exec(trimmed) ?? [];
    if (hours !== void 0) return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
    const comma = trimmed.lastIndexOf(",");
    if (comma < 0) return void 0;
    const isGroups = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(trimmed);
    if (isGroups && (trimmed.includes(".") || /,.*,/.test(trimmed))) isCommaDecimal = false;
    else if (!isGroups) isCommaDecimal = true;
    const number2 = isCommaDecimal ? `${trimmed.slice(0, comma).replace(/[.\s\u00a0\u202f']/g, "")}.${trimmed.slice(comma + 1)}` : trimmed.replaceAll(",", "");
    return plain.test(number2) ? Number(number2) : void 0;
  };
}
const maxHeldCases$2 = 2e5;
const junit = {
  name: "JUnit XML",
  recognizes: (head) => roots.has(readXmlRoot(head)?.name ?? ""),
  open: openJunit
};
const roots = /* @__PURE__ */ new Set(["testsuites", "testsuite"]);
function openJunit(emit) {
  const readSeconds = openSeconds();
  const suites = [];
  const cases = [];
  let verdict;
  let depth = 0;
  let caseCount = 0;
  let isClaimed = false;
  const failed = /* @__PURE__ */ new Map();
  const emitCase = (item) => {
    caseCount++;
    const isFailed = item.outcome === "failed" || item.outcome === "error";
    if (isFailed && failed.size < maxHeldCases$2) {
      failed.set(item.name, (failed.get(item.name) ?? /* @__PURE__ */ new Set()).add(toPlace(item)));
    } else if (item.outcome === "passed" && failed.get(item.name)?.has(toPlace(item)))
      return emit({ ...item, flaky: true });
    emit(item);
  };
  const openSuite = ({ name, file: file2, filepath, tests, time: time2 }) => {
    const outer = suites.at(-1);
    readSeconds(time2);
    isClaimed ||= Number(tests) > 0;
    suites.push({ ...outer, ...toDefined({ name, file: file2 ?? filepath }) });
  };
  const closeVerdict = (text2) => {
    if (verdict === void 0) return;
    const { kind, attributes } = verdict;
    verdict = void 0;
    const message2 = toMessage(attributes, text2);
    const current = cases.at(-1);
    if (current === void 0) {
      const { name, file: file2 } = suites.at(-1) ?? {};
      if (kind !== "error" && kind !== "failed") return;
      emitCase({ name: name ?? kind, outcome: "error", ...toDefined({ suite: name, file: file2, message: message2 }) });
    } else {
      current.found[kind] ??= { isTodo: attributes.type === "todo", ...toDefined({ message: message2 }) };
    }
  };
  const xml = openXml({
    open(name, attributes, line) {
      if (depth++ === 0 && !roots.has(name)) {
        throw new ReportProblem(`the outermost element is <${name}>, not <testsuites> or <testsuite>`, line);
      }
      if (name === "testcase") cases.push({ attributes, found: {} });
      else if (name === "testsuite") openSuite(attributes);
      else if (verdict === void 0 && Object.hasOwn(verdicts, name)) {
        const kind = verdicts[name];
        if (kind === void 0 || attributes.type?.endsWith("RiskyTestError")) return false;
        verdict = { name, kind, attributes };
        return true;
      }
      return false;
    },
    close(name, text2) {
      depth--;
      if (name === "testcase") {
        const current = cases.pop();
        if (current !== void 0) emitCase(toTestCase(current, suites.at(-1) ?? {}, readSeconds));
      } else if (name === "testsuite") suites.pop();
      else if (verdict?.name === name) closeVerdict(text2);
    }
  });
  return {
    write: xml.write,
    end() {
      xml.end();
      if (caseCount > 0 || !isClaimed) return;
      throw new ReportProblem(
        "its suites report tests, but it has no <testcase> elements: configure the tool to write them"
      );
    }
  };
}
const toPlace = ({ suite, classname }) => `${suite}\0${classname}`;
const plan = /^1\.\.(\d+)\s*(?:#\s*(.*))?$/;
const directive = /(?:^|\s)#\s*(skip|todo)\w*[:\s]*(.*)$/i;
const pattern = /^(not )?ok\b(?: +(\d+))?(?:\s+-(?=\s|$))?\s*(.*)$/;
const time = /(?:^|\s)#\s*time=([\d.]+) ?(ms|s)?/;
function readPoint(body) {
  const [whole, failed, number2, rest = ""] = pattern.exec(body) ?? [];
  if (whole === void 0) return void 0;
  const hasBraces = /(?:^|\s)\{$/.test(rest);
  const described = hasBraces ? rest.slice(0, -1) : rest;
  const [said, kind, reason = ""] = directive.exec(described) ?? [];
  const [timed, value, unit] = time.exec(described) ?? [];
  let description = described;
  for (const part of [said, timed]) if (part !== void 0) description = description.replace(part, "");
  return {
    number: number2 === void 0 ? void 0 : Number(number2),
    name: description.trim().replace(/\\([#\\])/g, "$1") || (number2 ?? ""),
    outcome: kind !== void 0 ? "skipped" : failed === void 0 ? "passed" : "failed",
    hasBraces,
    ...value !== void 0 && { duration: Number(value) / (unit === "s" ? 1 : 1e3) },
    ...kind !== void 0 && reason.trim() !== "" && { message: reason.trim() }
  };
}
function readDetails(lines2) {
  const details = {};
  for (const [index, line] of lines2.entries()) {
    const [, indent = "", key, value = ""] = /^(\s*)(\w+):\s*(.*)$/.exec(line) ?? [];
    if (indent !== "" && key !== "message") continue;
    if (key === "duration_ms" && value !== "" && Number(value) >= 0) details.duration = Number(value) / 1e3;
    else if (key === "type") details.type = toText(value);
    else if (key === "location") details.file = toText(value).replace(/:\d+:\d+$/, "");
    else if (value !== "" && (key === "error" || key === "message"))
      details.message ??= /^[|>]/.test(value) ? readBlock(lines2, index) : toText(value);
  }
  return details;
}
function readBlock(lines2, index) {
  const end = lines2.findIndex((line, at) => at > index && /^\S/.test(line));
  return lines2.slice(index + 1, end < 0 ? void 0 : end).map((line) => line.slice(2)).join("\n").trim();
}
const toText = (value) => value.replace(/^(['"])(.*)\1$/s, "$2").replaceAll("''", "'");
const maxHeldCases$1 = 2e5;
const maxTestOutputCharacters = 4e3;
const tap = {
  name: "TAP",
  recognizes: (head) => {
    if (/^\s*[<{[]/.test(head)) return false;
    return /^TAP version \d+\s*$/m.test(head) || /^(?:not )?ok 1(?:\s|$)/m.test(head) || /^1\.\.0 *#/m.test(head);
  },
  open: openTap
};
const openLevel = () => ({
  planned: void 0,
  isClosed: false,
  count: 0,
  failed: 0,
  held: [],
  inner: void 0,
  name: void 0,
  point: void 0,
  isBraceOpen: false
});
function openTap(emit) {
  let levels = [openLevel()];
  let counted;
  let details;
  let hasBailedOut = false;
  let isFound = false;
  let lastLine = 0;
  const top = () => levels.at(-1) ?? openLevel();
  const handOver = (item, depth) => {
    if (depth === 0 || counted === "innermost") emit(item);
    else if (counted === void 0 && (levels[depth]?.held.length ?? 0) < maxHeldCases$1) levels[depth]?.held.push(item);
  };
  const endPoint = () => {
    const level = top();
    const { point, inner } = level;
    if (point === void 0) return;
    level.point = void 0;
    level.inner = void 0;
    const { duration, type, message: message2, file: file2 } = point;
    if (point.outcome === "failed") level.failed++;
    if (type !== void 0 || duration !== void 0) counted ??= "innermost";
    const depth = levels.length - 1;
    const suite = depth > 0 ? levels[depth - 1]?.name : void 0;
    const item = {
      name: point.name,
      outcome: point.outcome,
      ...toDefined({ suite, file: file2, duration, message: point.outcome === "passed" ? void 0 : message2 })
    };
    const isEmpty = inner === void 0 || inner.count === 0;
    if (isEmpty && type !== "suite") return handOver(item, depth);
    counted ??= "outermost";
    if (counted === "outermost") return handOver(item, depth);
    for (const held of inner?.held ?? []) handOver(held, depth);
    if (type === "test") handOver(withoutDuration(item), depth);
    else if (point.outcome === "failed" && (inner?.failed ?? 0) === 0) handOver({ ...item, outcome: "error" }, depth);
  };
  const moveTo = (depth) => {
    while (levels.length - 1 > depth) {
      endPoint();
      const inner = levels.pop();
      top().inner = inner;
    }
    while (levels.length - 1 < depth) {
      if (top().point?.hasBraces !== true) endPoint();
      levels.push(openLevel());
    }
  };
  const endDocument = (line) => {
    const isWithin2 = levels.some(({ isBraceOpen }) => isBraceOpen);
    moveTo(0);
    endPoint();
    const { planned, count: count2 } = top();
    levels = [openLevel()];
    if (hasBailedOut || planned === count2 && !isWithin2) return;
    const stopped = "the tool was stopped, or the file was cut off";
    if (planned === void 0) throw new ReportProblem(`it has no plan, such as 1..${count2}: ${stopped}`, line);
    if (isWithin2) throw new ReportProblem(`it ends inside the subtests of a test: ${stopped}`, line);
    const reason = count2 < planned ? `: ${stopped}` : "";
    throw new ReportProblem(
      `its plan is 1..${planned}, but it has ${count2} ${count2 === 1 ? "test" : "tests"}${reason}`,
      line
    );
  };
  const takePoint = (point, depth, line) => {
    const [{ planned, count: count2, isClosed } = openLevel()] = levels;
    const isComplete = depth === 0 && planned === count2;
    if (isComplete && point.number === void 0 && point.name === "") return;
    if (count2 > 0 && depth === 0 && (isClosed || isComplete && point.number === 1)) endDocument(line - 1);
    moveTo(depth);
    const level = top();
    if (level.point !== void 0) endPoint();
    level.count++;
    level.point = point;
    level.name = point.name;
    level.isBraceOpen = point.hasBraces;
    if (point.hasBraces) counted ??= "innermost";
  };
  const takePlan = (planned, note, depth, line) => {
    if (depth === 0 && levels[0]?.planned !== void 0) endDocument(line - 1);
    moveTo(depth);
    endPoint();
    const level = top();
    level.planned = planned;
    level.isClosed = level.count > 0;
    const [, , reason] = directive.exec(`# ${note}`) ?? [];
    if (depth === 0 && planned === 0 && reason !== void 0) {
      emit({ name: reason.trim() || "all tests", outcome: "skipped" });
    }
  };
  const take = (whole, line) => {
    lastLine = line;
    const body = whole.trimStart();
    const indent = whole.length - body.length;
    if (details !== void 0) {
      if (body !== "...") {
        if (details.length < maxTestOutputCharacters) details.lines.push(whole.slice(details.indent, 1e3));
        details.length += whole.length;
        return;
      }
      const { point } = top();
      if (point !== void 0) Object.assign(point, readDetails(details.lines));
      details = void 0;
      return;
    }
    const depth = Math.min(Math.floor(indent / 4), levels.length);
    const found = readPoint(body);
    const [, count2, note = ""] = plan.exec(body) ?? [];
    const isVersion = depth === 0 && body.startsWith("TAP version ");
    if (found !== void 0 || count2 !== void 0 || isVersion) isFound = true;
    if (found !== void 0) takePoint(found, depth, line);
    else if (count2 !== void 0) takePlan(Number(count2), note, depth, line);
    else if (isVersion && (top().count > 0 || top().planned !== void 0)) endDocument(line - 1);
    else if (body === "---") details = { indent, lines: [], length: 0 };
    else if (body.startsWith("# Subtest: ")) {
      moveTo(depth);
      endPoint();
      top().name = body.slice("# Subtest: ".length).replace(/\\([#\\])/g, "$1");
    } else if (body.startsWith("#")) addComment(top().point, body);
    else if (body === "}") {
      moveTo(depth);
      top().isBraceOpen = false;
    } else if (/^Bail out!/i.test(body) && !hasBailedOut) {
      moveTo(0);
      endPoint();
      hasBailedOut = true;
      emit({ name: "Bail out!", outcome: "error", ...toDefined({ message: body.slice("Bail out!".length).trim() }) });
    }
  };
  return readLines(take, () => {
    if (!isFound) throw new ReportProblem("the file has no TAP lines");
    endDocument(lastLine);
  });
}
function addComment(point, body) {
  if (point === void 0 || point.outcome === "passed") return;
  const message2 = point.message ?? "";
  if (message2.length < maxTestOutputCharacters) point.message = `${message2}
${body.replace(/^# ?/, "")}`.trim();
}
function withoutDuration({ duration: _, ...item }) {
  return item;
}
const maxHeldCases = 2e5;
const trx = {
  name: "TRX",
  recognizes: (head) => readXmlRoot(head)?.name === "TestRun",
  open: openTrx
};
const outcomes = {
  Passed: "passed",
  PassedButRunAborted: "passed",
  Completed: "passed",
  Warning: "passed",
  Failed: "failed",
  Timeout: "failed",
  Aborted: "error",
  Error: "error",
  Disconnected: "error"
};
function openTrx(emit) {
  const readSeconds = openSeconds();
  const results = [];
  const held = [];
  const classes = /* @__PURE__ */ new Map();
  let depth = 0;
  let definition;
  const closeResult = ({ attributes, hasInner, message: message2 }) => {
    if (hasInner) return;
    const { testName = "", testId, duration, outcome = "Failed" } = attributes;
    const item = {
      name: testName,
      outcome: outcomes[outcome] ?? "skipped",
      ...toDefined({ duration: readSeconds(duration), message: message2 })
    };
    if (testId === void 0 || held.length >= maxHeldCases) emit(item);
    else held.push({ id: testId, item });
  };
  const xml = openXml({
    open(name, attributes, line) {
      if (depth++ === 0 && name !== "TestRun") {
        throw new ReportProblem(`the outermost element is <${name}>, not <TestRun>`, line);
      }
      if (name === "UnitTestResult") {
        const outer = results.at(-1);
        if (outer !== void 0) outer.hasInner = true;
        results.push({ attributes, hasInner: false });
      } else if (name === "UnitTest") definition = attributes.id;
      else if (name === "TestMethod" && definition !== void 0 && attributes.className !== void 0) {
        classes.set(definition, attributes.className.replace(/,.*/, ""));
      }
      return name === "Message" && results.length > 0;
    },
    close(name, text2) {
      depth--;
      const result2 = results.at(-1);
      if (result2 === void 0) return;
      if (name === "Message") result2.message ??= text2.trim();
      else if (name === "UnitTestResult") closeResult(results.pop() ?? result2);
    }
  });
  return {
    write: xml.write,
    end() {
      xml.end();
      for (const { id, item } of held) {
        const classname = classes.get(id);
        emit(classname === void 0 ? item : { ...item, classname, suite: classname });
      }
    }
  };
}
const testFormats = [junit, ctrf, tap, trx, goTest, jestJson];
const formats = [
  ...testFormats.map((format) => ({ kind: "tests", format })),
  ...coverageFormats.map((format) => ({ kind: "coverage", format })),
  ...benchmarkFormats.map((format) => ({ kind: "benchmark", format })),
  ...jsonFormats.map((format) => ({ kind: "json", format }))
];
function findFormat(head, asked) {
  if (head.trim() === "") throw new ReportProblem("it is empty: the tool was stopped before it wrote its report");
  if (asked === void 0) {
    const known2 = formats.find(({ format }) => format.recognizes(head));
    if (known2 === void 0 && /^\s*</.test(head)) checkXml(head);
    return known2;
  }
  const plain2 = formats.filter(({ kind }) => kind === "json");
  const isAsked = ({ format }) => format.name.toLowerCase() === asked;
  const candidates = asked === "json" ? plain2.filter(({ format }) => /JSON$/.test(format.name)) : plain2.filter(isAsked);
  return candidates.find(({ format }) => format.recognizes(head)) ?? plain2.find(isAsked);
}
function checkXml(head) {
  const isFound = new Error("the outermost element is found");
  const open = () => {
    throw isFound;
  };
  try {
    openXml({ open, close() {
    } }).write(head);
  } catch (error) {
    if (error !== isFound) throw error;
  }
}
const maxSuites = 1e3;
class TestCounter {
  bySuite;
  groups = /* @__PURE__ */ new Map();
  /** Whether there are more suites than the limit; the cases of further suites are counted without a suite. */
  hasMoreSuites = false;
  constructor({ bySuite = false } = {}) {
    this.bySuite = bySuite;
  }
  add({ suite, outcome, flaky, duration }) {
    const isFailed = outcome === "failed" || outcome === "error";
    const counts2 = this.open(this.bySuite ? suite : void 0);
    counts2.tests++;
    if (outcome === "passed") counts2.passed++;
    if (isFailed) counts2.failed++;
    if (outcome === "error") counts2.errors++;
    if (outcome === "skipped") counts2.skipped++;
    if (outcome === "passed" && flaky === true) counts2.flaky++;
    if (duration !== void 0) counts2.duration = (counts2.duration ?? 0) + duration;
  }
  /** Adds the counts of another file. */
  merge(other) {
    for (const [suite, more] of other.groups) {
      const counts2 = this.open(this.bySuite ? suite : void 0);
      for (const key of keys) counts2[key] += more[key];
      if (more.duration !== void 0) counts2.duration = (counts2.duration ?? 0) + more.duration;
    }
    this.hasMoreSuites ||= other.hasMoreSuites;
  }
  /** In the order in which the suites appeared. Empty if no case was counted, which differs from a count of zero. */
  list() {
    return [...this.groups].map(([suite, counts2]) => ({ ...suite !== void 0 && { suite }, counts: { ...counts2 } }));
  }
  open(suite) {
    const found = this.groups.get(suite);
    if (found !== void 0) return found;
    const isOver = suite !== void 0 && this.groups.size >= maxSuites;
    if (isOver) {
      this.hasMoreSuites = true;
      return this.open(void 0);
    }
    const counts2 = { tests: 0, passed: 0, failed: 0, errors: 0, skipped: 0, flaky: 0 };
    this.groups.set(suite === void 0 ? void 0 : copyText(suite), counts2);
    return counts2;
  }
}
const keys = ["tests", "passed", "failed", "errors", "skipped", "flaky"];
function copyText(text2) {
  return JSON.parse(JSON.stringify(text2));
}
const maxCaseMessageCharacters = 1e4;
class CaseSelection {
  choice;
  limit;
  kept = [];
  /** For `slowest`: cases that are not slower than this are skipped. */
  least = -1;
  count = 0;
  constructor(choice, limit) {
    this.choice = choice;
    this.limit = limit;
  }
  add(item) {
    if (!this.isAsked(item)) return;
    this.count++;
    if (this.choice !== "slowest") {
      if (this.kept.length < this.limit) this.kept.push(copyCase(item));
      return;
    }
    if ((item.duration ?? 0) <= this.least) return;
    this.kept.push(copyCase(item));
    if (this.kept.length >= 2 * this.limit) this.dropFaster();
  }
  /** Adds the cases of another file. */
  merge(other) {
    const kept = other.list();
    for (const item of kept) this.add(item);
    this.count += other.count - kept.length;
  }
  /** For `failed` and `all`, the first ones in their order; for `slowest`, the slowest first. */
  list() {
    if (this.choice === "slowest") this.dropFaster();
    return this.kept;
  }
  /** The number of cases beyond the limit. */
  get omitted() {
    return this.count - Math.min(this.count, this.limit);
  }
  isAsked({ outcome, duration }) {
    if (this.choice === "failed") return outcome === "failed" || outcome === "error";
    return this.choice === "all" || duration !== void 0;
  }
  /** Sorting whenever there are twice as many as needed is as fast as a heap, and stable. */
  dropFaster() {
    this.kept = this.kept.toSorted((a, b) => (b.duration ?? 0) - (a.duration ?? 0)).slice(0, this.limit);
    if (this.kept.length === this.limit) this.least = this.kept.at(-1)?.duration ?? -1;
  }
}
function copyCase(item) {
  const entries = Object.entries(item).map(([key, value]) => {
    if (typeof value !== "string") return [key, value];
    return [key, copyText(value.slice(0, maxCaseMessageCharacters))];
  });
  return Object.fromEntries(entries);
}
const maxAlternatives = 100;
function parseGlob(text2, isWindows = process.platform === "win32") {
  const isExclusion = text2.startsWith("!");
  const given = isExclusion ? text2.slice(1) : text2;
  return expandBraces(isWindows ? given.replaceAll("\\", "/") : given).map((path) => {
    const { root, names: names2 } = splitPath(path);
    const parts2 = names2.filter((name, index) => name !== "**" || names2[index - 1] !== "**").map(toPart);
    return { text: text2, parts: root === "" ? parts2 : [{ name: root }, ...parts2], isExclusion };
  });
}
function splitPath(path) {
  const root = /^(?:[a-z]:)?\/+/i.exec(path)?.[0] ?? "";
  const names2 = path.slice(root.length).split("/");
  return { root, names: names2.filter((name) => name !== "" && name !== ".") };
}
function toPart(name) {
  if (name === "**") return name;
  return /[*?[]/.test(name) ? { pattern: name } : { name };
}
function expandBraces(text2) {
  let texts = [text2];
  for (; ; ) {
    const next = texts.flatMap(expandInnermost).slice(0, maxAlternatives);
    if (next.length === texts.length) return next;
    texts = next;
  }
}
function expandInnermost(text2) {
  const pieces = text2.split(/\{([^{}]*,[^{}]*)\}/);
  return pieces.reduce(
    (starts, piece, index) => {
      const ends = index % 2 === 0 ? [piece] : piece.split(",");
      return starts.flatMap((start) => ends.map((end) => start + end)).slice(0, maxAlternatives);
    },
    [""]
  );
}
function matchesGlob({ parts: parts2 }, path) {
  let states = /* @__PURE__ */ new Set([0]);
  for (const name of path) states = new Set([...states].flatMap((at) => step(parts2, at, name)));
  return [...states].some((at) => parts2.slice(at).every((part) => part === "**"));
}
function step(parts2, at, name) {
  const part = parts2[at];
  if (part === void 0) return [];
  if (part === "**") return [at, ...step(parts2, at + 1, name)];
  return matchesPart(part, name) ? [at + 1] : [];
}
function matchesPart(part, name) {
  return "name" in part ? part.name === name : matchesPattern(part.pattern, name);
}
function matchesPattern(pattern2, name) {
  let [at, from] = [0, 0];
  let star;
  while (from < name.length) {
    const end = pattern2[at] === "*" ? void 0 : matchesOne(pattern2, at, name[from] ?? "");
    if (pattern2[at] === "*") {
      star = { at: at + 1, from };
      at++;
    } else if (end !== void 0) {
      at = end;
      from++;
    } else if (star === void 0) {
      return false;
    } else {
      star.from++;
      at = star.at;
      from = star.from;
    }
  }
  return /^\**$/.test(pattern2.slice(at));
}
function matchesOne(pattern2, at, character) {
  const end = pattern2[at] === "[" ? pattern2.indexOf("]", at + 2) : -1;
  if (end < 0) return pattern2[at] === "?" || pattern2[at] === character ? at + 1 : void 0;
  const set = pattern2.slice(at + 1, end);
  const isNegated = /^[!^]/.test(set);
  const ranges = (isNegated ? set.slice(1) : set).matchAll(/(.)-(.)|(.)/gsu);
  const isIn = [...ranges].some(
    ([, first, last2, single]) => first === void 0 || last2 === void 0 ? single === character : first <= character && character <= last2
  );
  return isIn === isNegated ? void 0 : end + 1;
}
const maxReports = 1e4;
const slow$1 = "searching for reports took too long; name their folder in the rule";
const skippedNames = ["node_modules", ".git"];
async function findReports(patterns, { workspace: givenWorkspace, temp: givenTemp }, signal) {
  const files = /* @__PURE__ */ new Map();
  const refused = /* @__PURE__ */ new Map();
  const folders = /* @__PURE__ */ new Set();
  const leaving = /* @__PURE__ */ new Set();
  const skipped = /* @__PURE__ */ new Set();
  let cut;
  const workspace = await promises.realpath(givenWorkspace);
  const temp = givenTemp ? await promises.realpath(givenTemp).catch(() => void 0) : void 0;
  const places = [workspace, ...temp === void 0 ? [] : [temp]];
  const inPlaces = (path) => places.some((root) => isWithin(root, path));
  const named = /* @__PURE__ */ new Map();
  const rootsOf = (glob) => [...places, ...named.get(glob) ?? []];
  const visited = /* @__PURE__ */ new Map();
  async function visit(folder, path, { name, kind }, states) {
    const onwards = states.filter(({ glob, at }) => step(glob.parts, at, name).length > 0);
    if (onwards.length === 0) return;
    if (skippedNames.includes(name)) {
      skipped.add(name);
      return;
    }
    const here = [...path, name];
    try {
      const real = kind === "link" ? await promises.realpath(node_path.join(folder, name)) : node_path.join(folder, name);
      const followed = kind === "link" ? follow(real, here, onwards) : onwards;
      const next = followed.flatMap(({ glob, at }) => step(glob.parts, at, name).map((end) => ({ glob, at: end })));
      const ended = next.filter(({ glob, at }) => glob.parts.slice(at).every((part) => part === "**"));
      if (next.length === 0 || kind === "other" && ended.length === 0) return;
      const stats = kind === "folder" ? void 0 : await promises.stat(real);
      if (stats === void 0 || stats.isDirectory()) {
        for (const { glob } of ended) if (glob.parts.at(-1) !== "**") folders.add(glob.text);
        await walk(real, here, next);
      } else if (ended.length > 0) add(real, here, stats, ended);
    } catch {
    }
  }
  function follow(real, path, states) {
    const followed = states.filter(({ glob, at }) => {
      if (rootsOf(glob).some((root) => isWithin(root, real))) return true;
      if (!isName(glob, at, path.at(-1) ?? "")) return false;
      named.set(glob, [...named.get(glob) ?? [], real]);
      return true;
    });
    if (followed.length === 0) leaving.add(path.join("/"));
    return followed.filter(({ glob }) => {
      const root = rootsOf(glob).find((one) => isWithin(one, real)) ?? real;
      const through = skippedNames.find((name) => node_path.relative(root, real).split(node_path.sep).includes(name));
      if (through !== void 0) skipped.add(through);
      return through === void 0;
    });
  }
  function add(realPath, path, { mtimeMs }, states) {
    const known2 = files.get(realPath);
    const globs2 = known2?.globs ?? /* @__PURE__ */ new Set();
    for (const { glob } of states) globs2.add(glob.text);
    if (known2 !== void 0) return;
    if (files.size >= maxReports) cut = `more than ${maxReports} files match; name fewer files`;
    else {
      const isInTemp = temp !== void 0 && isWithin(temp, realPath);
      const file2 = { path: path.join("/"), realPath, mtimeMs, isInTemp, isOutside: !inPlaces(realPath), globs: globs2 };
      files.set(realPath, { file: file2, globs: globs2 });
    }
  }
  async function walk(folder, path, states) {
    if (signal.aborted) cut ??= slow$1;
    const fresh = states.filter(({ glob, at }) => {
      const seen = visited.get(glob) ?? /* @__PURE__ */ new Set();
      visited.set(glob, seen);
      const isNew = !seen.has(`${at} ${folder}`);
      seen.add(`${at} ${folder}`);
      return isNew;
    });
    if (fresh.length === 0 || cut !== void 0) return;
    for (const entry2 of await listEntries(folder, fresh)) await visit(folder, path, entry2, fresh);
  }
  const globs = [...new Set(patterns)].flatMap((pattern2) => parseGlob(pattern2)).filter((glob) => !glob.isExclusion);
  const starts = /* @__PURE__ */ new Map();
  for (const glob of globs) {
    const start = toStart(glob, workspace, temp, { workspace: givenWorkspace, temp: givenTemp });
    if (start === void 0) refused.set(glob.text, "is outside the workspace and RUNNER_TEMP");
    else starts.set(start.folder, [...starts.get(start.folder) ?? [], { glob: start.glob, at: 0 }]);
  }
  const walking = async () => {
    for (const [folder, states] of starts) await walk(folder, folder === workspace ? [] : [folder], states);
  };
  await Promise.race([walking().catch(() => void 0), toEnd$1(signal)]);
  if (signal.aborted) cut ??= slow$1;
  const found = [...files.values()].map(({ file: file2 }) => file2);
  return { files: found, refused, folders, leaving: [...leaving], skipped, cut };
}
function createExclusion(patterns, workspace) {
  const globs = patterns.filter((pattern2) => pattern2.startsWith("!")).flatMap((pattern2) => parseGlob(pattern2));
  const [rooted, relativeOnes] = [globs.filter(isRooted), globs.filter((glob) => !isRooted(glob))];
  const matches = (some, path) => {
    const { root, names: names2 } = splitPath(path.replaceAll(node_path.sep, "/"));
    return some.some((glob) => matchesGlob(glob, root === "" ? names2 : [root, ...names2]));
  };
  return ({ path, realPath }) => matches(relativeOnes, path) || matches(rooted, realPath) || matches(rooted, node_path.resolve(workspace, path));
}
function isRooted({ parts: [root] }) {
  return root !== void 0 && root !== "**" && "name" in root && node_path.isAbsolute(root.name);
}
function toStart(glob, workspace, temp, { workspace: given, temp: givenTemp }) {
  if (!isRooted(glob)) return { folder: workspace, glob: { ...glob, parts: withoutDots(glob) } };
  const parts2 = withoutDots({ ...glob, parts: glob.parts.slice(1) });
  const places = [workspace, given, temp, givenTemp].filter((place) => place !== void 0);
  for (const [index, place] of places.entries()) {
    const names2 = place.split(/[/\\]/).filter((name) => name !== "" && !/^[a-z]:$/i.test(name));
    const isThere = names2.every((name, at) => isName({ ...glob, parts: parts2 }, at, name));
    const folder = index < 2 ? workspace : temp;
    if (isThere && folder !== void 0) return { folder, glob: { ...glob, parts: parts2.slice(names2.length) } };
  }
  return void 0;
}
function withoutDots({ parts: parts2 }) {
  const kept = [];
  for (const part of parts2) {
    if (part !== "**" && "name" in part && part.name === "..") kept.pop();
    else kept.push(part);
  }
  return kept;
}
function isName({ parts: parts2 }, at, name) {
  const part = parts2[at];
  return part !== void 0 && part !== "**" && "name" in part && part.name === name;
}
async function listEntries(folder, states) {
  const names2 = /* @__PURE__ */ new Set();
  for (const { glob, at } of states) {
    const part = glob.parts[at];
    if (part === void 0) continue;
    if (part === "**" || !("name" in part))
      return (await promises.readdir(folder, { withFileTypes: true })).map((entry2) => ({
        name: entry2.name,
        kind: toKind(entry2)
      }));
    names2.add(part.name);
  }
  const entries = [...names2].map(async (name) => {
    const stats = await promises.lstat(node_path.join(folder, name)).catch(() => void 0);
    return stats === void 0 ? [] : [{ name, kind: toKind(stats) }];
  });
  return (await Promise.all(entries)).flat();
}
function toKind(entry2) {
  return entry2.isDirectory() ? "folder" : entry2.isSymbolicLink() ? "link" : "other";
}
async function toEnd$1(signal) {
  if (!signal.aborted) await new Promise((resolve2) => signal.addEventListener("abort", resolve2, { once: true }));
}
function isWithin(root, path) {
  const way = node_path.relative(root, path);
  return way === "" || way.split(node_path.sep)[0] !== ".." && !node_path.isAbsolute(way);
}
const maxIndexBytes = 67108864;
function openTracked() {
  const repositories = /* @__PURE__ */ new Map();
  const find = (folder) => {
    const known2 = repositories.get(folder);
    if (known2 !== void 0) return known2;
    const parent = node_path.dirname(folder);
    const found = readRepository(folder).then((own) => own ?? (parent === folder ? void 0 : find(parent)));
    repositories.set(folder, found);
    return found;
  };
  return async (path) => {
    const repository = await find(node_path.dirname(path));
    return repository?.tracked.has(node_path.relative(repository.root, path).split(node_path.sep).join("/")) ?? false;
  };
}
async function readRepository(root) {
  const path = node_path.join(root, ".git");
  const stats = await promises.stat(path).catch(() => void 0);
  if (stats === void 0) return void 0;
  const text2 = stats.isDirectory() ? void 0 : (await readFile$1(path))?.toString();
  const folder = text2 === void 0 ? path : /^gitdir: (.+)/.exec(text2)?.[1]?.trim();
  const index = folder === void 0 ? void 0 : await readFile$1(node_path.resolve(root, folder, "index"));
  return { root, tracked: new Set(index === void 0 ? [] : readIndexPaths(index)) };
}
async function readFile$1(path) {
  const file2 = await promises.open(path, node_fs.constants.O_RDONLY | (node_fs.constants.O_NONBLOCK ?? 0)).catch(() => void 0);
  try {
    const stats = await file2?.stat();
    return file2 === void 0 || !stats?.isFile() || stats.size > maxIndexBytes ? void 0 : await file2.readFile();
  } catch {
    return void 0;
  } finally {
    await file2?.close();
  }
}
function readIndexPaths(index) {
  if (index.length < 12 || index.toString("latin1", 0, 4) !== "DIRC") return [];
  return readEntries(index, 20) ?? readEntries(index, 32) ?? [];
}
function readEntries(index, hashBytes) {
  const version = index.readUInt32BE(4);
  const count2 = index.readUInt32BE(8);
  const paths = [];
  let previous = Buffer.alloc(0);
  let at = 12;
  while (paths.length < count2) {
    const start = at;
    at += 40 + hashBytes;
    if (at + 2 > index.length) return void 0;
    const flags = index.readUInt16BE(at);
    at += (flags & 16384) !== 0 && version >= 3 ? 4 : 2;
    let kept = 0;
    if (version === 4) {
      const stripped = readOffset(index, at);
      at = stripped.end;
      kept = previous.length - stripped.value;
    }
    const end = index.indexOf(0, at);
    if (end < 0 || kept < 0) return void 0;
    const path = Buffer.concat([previous.subarray(0, kept), index.subarray(at, end)]);
    const length = flags & 4095;
    if (length !== 4095 ? path.length !== length : path.length < length) return void 0;
    paths.push(path.toString());
    previous = path;
    at = version === 4 ? end + 1 : start + (end - start + 8 & -8);
  }
  return paths;
}
function readOffset(index, start) {
  let at = start;
  let value = (index[at] ?? 0) & 127;
  while (((index[at] ?? 0) & 128) !== 0 && at - start < 5) {
    at++;
    value = (value + 1) * 128 + ((index[at] ?? 0) & 127);
  }
  return { value, end: at + 1 };
}
const maxReportBytes = 67108864;
const readBytes = 262144;
async function* readReport(path, signal) {
  const file2 = await openReport(path);
  try {
    const stats = await file2.stat();
    if (!stats.isFile()) throw new ReportProblem("it is not a file, but a pipe, a device or a folder");
    if (stats.size === 0) throw new ReportProblem("it is empty: the tool was stopped before it wrote its report");
    if (stats.size > maxReportBytes) throw new ReportProblem(explainSize(stats.size));
    let decoder;
    for (let at = 0; at < stats.size; ) {
      const buffer = Buffer.allocUnsafe(Math.min(readBytes, stats.size - at));
      const { bytesRead } = await readPiece(file2, buffer, at);
      if (signal.aborted) throw new ReportProblem("reading reports took too long: name fewer or smaller files");
      if (bytesRead === 0) throw new ReportProblem("it became shorter while it was read");
      const bytes = buffer.subarray(0, bytesRead);
      decoder ??= openDecoder(bytes);
      at += bytesRead;
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder?.decode() ?? "";
  } finally {
    await file2.close();
  }
}
async function openReport(path) {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = node_fs.constants;
  try {
    return await promises.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  } catch (error) {
    throw new ReportProblem(explainOpen(error));
  }
}
function explainOpen({ code, message: message2 }) {
  switch (code) {
    case "ENOENT":
      return "it no longer exists";
    case "EACCES":
    case "EPERM":
      return `it may not be read by this runner (${code})`;
    // It is a socket, or a device that does not exist.
    case "ENXIO":
    case "ENODEV":
    case "ELOOP":
      return "it is no longer a file";
    default:
      return `it cannot be opened: ${message2}`;
  }
}
async function readPiece(file2, buffer, at) {
  try {
    return await file2.read(buffer, 0, buffer.length, at);
  } catch (error) {
    throw new ReportProblem(`it cannot be read: ${error.message}`);
  }
}
function explainSize(bytes) {
  const toMib = (count2) => `${Math.round(count2 / 2 ** 20)} MiB`;
  return `it has ${toMib(bytes)}, and a report may have at most ${toMib(maxReportBytes)}: split it`;
}
function openDecoder(start) {
  const [first, second] = start;
  if (first === 255 && second === 254) return new TextDecoder("utf-16le");
  if (first === 254 && second === 255) return new TextDecoder("utf-16be");
  if (first !== void 0 && first !== 0 && second === 0) return new TextDecoder("utf-16le");
  if (first === 0 && second !== 0) return new TextDecoder("utf-16be");
  const declared = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["']/.exec(start.toString("latin1", 0, 1e3))?.[1];
  if (declared === void 0 || /^utf-?16|^ucs-?2/i.test(declared)) return new TextDecoder();
  try {
    return new TextDecoder(declared);
  } catch {
    throw new ReportProblem(
      `its encoding ${JSON.stringify(declared.slice(0, 40))} is not supported: write the report in UTF-8`,
      1
    );
  }
}
const parts = ["lines", "branches", "functions"];
function sumCoverage(by) {
  const sums = /* @__PURE__ */ new Map();
  return {
    add(coverage2) {
      const key = void 0;
      const sum = sums.get(key) ?? {};
      sums.set(key, sum);
      for (const part of parts) {
        const more = coverage2[part];
        if (more === void 0) continue;
        const { covered, total } = sum[part] ?? { covered: 0, total: 0 };
        sum[part] = { covered: covered + more.covered, total: total + more.total };
      }
    },
    records: () => [...sums].map(([file2, sum]) => ({
      ...file2 === void 0 ? {} : { file: file2 },
      ...Object.assign({}, ...parts.map((part) => toFields$1(part, sum[part])))
    }))
  };
}
function toFields$1(part, count2) {
  if (count2 === void 0) return {};
  const percent = count2.total > 0 ? { [`${part}_percent`]: count2.covered / count2.total * 100 } : {};
  return { ...percent, [`${part}_covered`]: count2.covered, [`${part}_total`]: count2.total };
}
const maxReportSeries$1 = 1e3;
class CoverageGroups {
  hasMore = false;
  byFile;
  groups = /* @__PURE__ */ new Map();
  constructor(byFile) {
    this.byFile = byFile;
  }
  add({ file: file2, ...counts2 }) {
    const wanted = this.byFile ? file2 : void 0;
    const isOver = wanted !== void 0 && !this.groups.has(wanted) && this.groups.size >= maxReportSeries$1;
    this.hasMore ||= isOver;
    const key = isOver || wanted === void 0 ? void 0 : copyText(wanted);
    const known2 = this.groups.get(key);
    const sum = {
      lines: addCounts(known2?.lines, counts2.lines),
      branches: addCounts(known2?.branches, counts2.branches),
      functions: addCounts(known2?.functions, counts2.functions)
    };
    this.groups.set(key, { ...key === void 0 ? {} : { file: key }, ...toKnown(sum) });
  }
  merge(other) {
    for (const item of other.list()) this.add(item);
    this.hasMore ||= other.hasMore;
  }
  list() {
    return [...this.groups.values()];
  }
}
function addCounts(one, other) {
  if (one === void 0 || other === void 0) return one ?? other;
  return { covered: one.covered + other.covered, total: one.total + other.total };
}
function toKnown(counts2) {
  return Object.fromEntries(Object.entries(counts2).filter(([, count2]) => count2 !== void 0));
}
const defaultCases = 100;
const maxMessageCharacters = 200;
const maxReportRecords = 5e4;
const maxReportSeries = 1e3;
function openCollection(kind, wanted) {
  switch (kind) {
    case "tests":
      return wanted.cases === void 0 ? collectCounts(wanted) : collectCases(wanted, wanted.cases);
    case "coverage":
      return collectCoverage(wanted);
    case "benchmark":
      return collectBenchmarks(wanted);
    case "json":
      return collectRecords(wanted);
  }
}
function collectCounts({ name = "tests", by }) {
  const bySuite = by === "suite";
  const [counter, total] = [new TestCounter({ bySuite }), new TestCounter()];
  return {
    kind: "tests",
    refusal: by === "file" ? 'it holds tests, which can only be grouped by suite: write "by: suite"' : void 0,
    open() {
      const own = new TestCounter({ bySuite });
      return {
        add: (item) => own.add(item),
        keep() {
          counter.merge(own);
          total.merge(own);
        }
      };
    },
    records: (redact) => counter.list().map(({ suite, counts: counts2 }) => ({
      name,
      tags: suite === void 0 ? [] : [["suite", redact(suite)]],
      fields: toFields(counts2)
    })),
    omitted: () => counter.hasMoreSuites ? [
      `The reports have more than ${maxReportSeries} suites: the tests of the other suites are counted in one record without a suite`
    ] : [],
    digest() {
      const [sum] = total.list();
      return sum && { kind: "tests", counts: sum.counts };
    },
    isMissed: () => true
  };
}
function collectCases({ name = "test_case", limit = defaultCases }, choice) {
  const cases = new CaseSelection(choice, limit);
  let isRead = false;
  return {
    kind: "tests",
    open() {
      const own = new CaseSelection(choice, limit);
      return {
        add: (item) => own.add(item),
        keep() {
          isRead = true;
          cases.merge(own);
        }
      };
    },
    records: (redact) => cases.list().map((item) => toCaseRecord(name, item, redact)),
    omitted: () => cases.omitted > 0 ? [`${cases.omitted} more test cases are not stored: the limit is ${limit}`] : [],
    // Zero failed cases are shown, unless no report was read.
    digest: () => isRead ? { kind: "cases", count: cases.list().length } : void 0,
    isMissed: () => choice !== "failed"
  };
}
function toCaseRecord(name, item, redact) {
  const { classname, file: file2, message: message2, duration, outcome } = item;
  const fields = {
    name: redact(item.name),
    classname: classname && redact(classname),
    file: file2 && redact(file2),
    // Redacted before it is cut: a part of a secret would remain.
    message: message2 && shared.c(redact(message2), maxMessageCharacters),
    duration
  };
  return { name, tags: [["outcome", outcome]], fields: toFields(fields) };
}
function collectCoverage({ name = "coverage", by, cases }) {
  const byFile = by === "file";
  const sums = new CoverageGroups(byFile);
  return {
    kind: "coverage",
    refusal: refuse("coverage", by === "suite" ? "suite" : void 0, cases, "by: file"),
    open() {
      const own = new CoverageGroups(byFile);
      return { add: (item) => own.add(item), keep: () => sums.merge(own) };
    },
    records: (redact) => sums.list().flatMap((item) => {
      const sum = sumCoverage();
      sum.add(item);
      const fields = sum.records().flatMap((record) => toFields(record));
      const tags = item.file === void 0 ? [] : [["file", redact(item.file)]];
      return fields.length === 0 ? [] : [{ name, tags, fields }];
    }),
    omitted: () => sums.hasMore ? [
      `The reports cover more than ${maxReportSeries} files: the other files are added up in one record without a file`
    ] : [],
    digest() {
      const total = sumCoverage();
      for (const item of sums.list()) total.add(item);
      const [record] = total.records();
      return record && { kind: "coverage", record };
    },
    isMissed: () => true
  };
}
function collectBenchmarks({ name = "benchmark", by, cases }) {
  const benchmarks = [];
  let more = 0;
  const add = (item) => {
    if (benchmarks.length < maxReportSeries) benchmarks.push(item);
    else more++;
  };
  return {
    kind: "benchmark",
    refusal: refuse("benchmarks", by, cases),
    open: () => stage(add, maxReportSeries, (count2) => more += count2),
    records: (redact) => benchmarks.map(({ name: benchmark, unit, ...values }) => ({
      name,
      tags: [["benchmark", redact(benchmark)], ...unit === void 0 ? [] : [["unit", redact(unit)]]],
      fields: toFields(values)
    })),
    omitted: () => more > 0 ? [`${more} more benchmarks are not stored: the limit is ${maxReportSeries}, because each is a series`] : [],
    digest: () => ({ kind: "benchmark", benchmarks }),
    isMissed: () => true
  };
}
function collectRecords({ name, by, cases }) {
  const records = [];
  let more = 0;
  const add = (item) => {
    if (records.length < maxReportRecords) records.push(item);
    else more++;
  };
  return {
    kind: "json",
    refusal: name === void 0 ? 'it is not in the format of a known tool: give the rule a "name" to store its records unchanged' : refuse("plain records", by, cases),
    open: () => stage(add, maxReportRecords, (count2) => more += count2),
    // The JSON becomes fields together with other data.
    records: () => records.map((json2) => ({ name: name ?? "", tags: [], fields: [], json: json2 })),
    omitted: () => more > 0 ? [`${more} more records are not stored: the limit is ${maxReportRecords}; append them to $BUILD_STATS instead`] : [],
    digest: () => records.length === 0 ? void 0 : { kind: "records", count: records.length },
    isMissed: () => true
  };
}
function refuse(what, by, cases, instead) {
  if (cases !== void 0) return `it holds ${what}, which have no cases: leave "cases" out`;
  if (by === void 0) return void 0;
  return `it holds ${what}, which cannot be grouped by ${by}: ${instead === void 0 ? 'leave "by" out' : `write "${instead}"`}`;
}
function stage(add, most, onMore = () => {
}) {
  const items = [];
  let more = 0;
  return {
    add(item) {
      if (items.length < most) items.push(item);
      else more++;
    },
    keep() {
      for (const item of items) add(item);
      onMore(more);
    }
  };
}
function toFields(values) {
  const entries = Object.entries(values);
  return entries.flatMap(([key, value]) => value === void 0 ? [] : [[key, value]]);
}
const unknownFormat = "not in a known format";
const defaultNames = { tests: "tests", cases: "test_case", coverage: "coverage", benchmark: "benchmark", records: "" };
const maxNamed = 3;
const maxListed = 20;
class RuleReading {
  rule;
  files;
  collections = /* @__PURE__ */ new Map();
  /** Globs for which a file was read, or for which a file's problem is already reported. */
  answered = /* @__PURE__ */ new Set();
  passed = /* @__PURE__ */ new Map();
  broken = [];
  constructor(rule, found, workspace) {
    this.rule = rule;
    const isExcluded = createExclusion(rule.files, workspace);
    const isOwn = (file2) => rule.files.some((glob) => file2.globs.has(glob)) && !isExcluded(file2);
    this.files = new Set(found.filter(isOwn));
  }
  wants(file2) {
    return this.files.has(file2);
  }
  passOver(file2, why) {
    this.passed.set(file2, why);
  }
  /** A file that cannot be read is reported, even if the rule ignores missing files. */
  blame(file2, reason, line) {
    this.answer(file2);
    const place = line === void 0 ? file2.path : `${file2.path}, line ${line}`;
    this.broken.push({ reason: `${place}: ${reason}`, cause: reason });
  }
  /** The collection for the items of a report; undefined if the rule does not use this format. */
  open(file2, known2) {
    const collection = known2 && this.openCollection(known2);
    if (collection !== void 0 && collection.refusal === void 0) {
      this.answer(file2);
      return collection.open();
    }
    const isMeant = this.rule.files.some((glob) => file2.globs.has(glob) && !/[*?[{]/.test(glob));
    const mayBeAny = known2 === void 0 || known2.kind === "json" && this.rule.format === void 0;
    if (mayBeAny && !isMeant) this.passOver(file2, unknownFormat);
    else this.blame(file2, collection?.refusal ?? `it is ${unknownFormat}`);
    return void 0;
  }
  result(found, redact) {
    const { rule } = this;
    const collections = [...this.collections.values()].filter(({ refusal }) => refusal === void 0);
    const wrong = [];
    const captured = collections.flatMap((one) => one.records(redact)).flatMap((record) => {
      const one = finish.O(rule, record);
      if (typeof one === "string") wrong.push(one);
      return typeof one === "string" ? [] : [one];
    });
    const isPart = captured.length > 0;
    const level = rule.onMissing === "error" ? "error" : "warn";
    const lost = (reason, cause = reason) => ({ rule, reason, cause, level, isPart });
    const isEmpty = captured.length === 0 && this.broken.length === 0 && collections.some((one) => one.isMissed());
    const misses = [
      ...this.broken.map(({ reason, cause }) => lost(reason, cause)),
      ...wrong.map((reason) => lost(`a record ${reason}`)),
      ...found.cut === void 0 ? [] : [lost(`not every file was found: ${found.cut}`)],
      ...[...this.explainUnanswered(found), ...isEmpty ? ["its files contain nothing to count"] : []].map(
        (reason) => ({
          ...{ rule, reason, level: rule.onMissing },
          isPart
        })
      )
    ];
    return {
      captured,
      misses,
      notes: [
        ...listHidden(rule, misses),
        ...this.answered.size > 0 && this.passed.size > 0 ? [`Skipped for ${shared.o(rule)}: ${listPassed([...this.passed])}.`] : [],
        ...collections.flatMap((one) => one.omitted()).map((text2) => `${text2} (${shared.o(rule)}).`)
      ],
      digests: collections.flatMap((one) => {
        const digest = one.digest();
        return digest === void 0 ? [] : [{ name: rule.name ?? rule.measurement ?? defaultNames[digest.kind], digest }];
      })
    };
  }
  answer({ globs }) {
    for (const glob of this.rule.files) if (globs.has(glob)) this.answered.add(glob);
  }
  openCollection({ kind }) {
    const { rule } = this;
    const known2 = this.collections.get(kind);
    if (known2 !== void 0) return known2;
    const name = rule.name ?? (kind === "json" ? rule.measurement : void 0);
    const opened = openCollection(kind, { name, by: rule.by, cases: rule.cases, limit: rule.limit });
    this.collections.set(kind, opened);
    return opened;
  }
  /** Clauses that say why nothing was read for a glob. */
  explainUnanswered({ refused, folders, skipped, leaving }) {
    const globs = this.rule.files.filter((glob) => !glob.startsWith("!") && !this.answered.has(glob));
    return globs.map((glob) => {
      const why = refused.get(glob);
      if (why !== void 0) return `${glob} ${why}`;
      const passed = [...this.passed].filter(([{ globs: globs2 }]) => globs2.has(glob));
      if (passed.length > 0) return `all files that match ${glob} were skipped: ${listPassed(passed)}`;
      if (folders.has(glob))
        return `${glob} is a folder: name the files in it, such as ${glob.replace(/\/$/, "")}/**/*.xml`;
      const hints = [
        ...skipped.size > 0 ? [`${[...skipped].join(" and ")} is not searched`] : [],
        ...leaving.length > 0 ? [`${leaving[0]} is a link that leads out of the workspace and is not followed`] : []
      ];
      return `no file matches ${glob}${hints.map((hint) => `; ${hint}`).join("")}`;
    });
  }
}
function listHidden(rule, misses) {
  const shown = new Set(finish.m(misses).map(({ reason }) => reason));
  const hidden = misses.filter(({ reason, level }) => level !== "ignore" && !shown.has(reason));
  if (hidden.length === 0) return [];
  const rest = hidden.length - maxListed;
  const causes = Map.groupBy(hidden.slice(0, maxListed), ({ reason, cause = reason }) => cause);
  const reasons = [...causes].map(([cause, some]) => {
    const places = some.flatMap(({ reason }) => reason === cause ? [] : [reason.slice(0, -`: ${cause}`.length)]);
    return places.length === 0 ? cause : `${places.join(", ")}: ${cause}`;
  });
  return [
    `Other files were not read for ${shared.o(rule)}: ${reasons.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}.`
  ];
}
function listPassed(passed) {
  const groups = Map.groupBy(passed, ([, why]) => why);
  return [...groups].map(([why, files]) => {
    const names2 = files.slice(0, maxNamed).map(([{ path }]) => path);
    const rest = files.length - names2.length;
    return `${names2.join(", ")}${rest > 0 ? ` and ${rest} more` : ""} (${why})`;
  }).join(", ");
}
const maxAlike = 10;
const reportSearchPart = 0.5;
const slow = "reading reports took too long: name fewer or smaller files";
const headCharacters = 65536;
const shownSlowest = 5;
async function readReports(rules, sources) {
  const end = AbortSignal.any([AbortSignal.timeout(sources.budgetMs), sources.cancel]);
  const searchEnd = AbortSignal.any([AbortSignal.timeout(sources.budgetMs * reportSearchPart), sources.cancel]);
  const patterns = rules.flatMap(({ files }) => files);
  const found = await findReports(patterns, sources, searchEnd).catch(toNothing);
  const readings = rules.map((rule) => new RuleReading(rule, found.files, sources.workspace));
  const shown = openShown();
  const pending = new Set(found.files);
  const readAll = async () => {
    const explainPassing = createJudge(sources);
    for (const file2 of found.files.toSorted((a, b) => a.path < b.path ? -1 : 1)) {
      const wanting = readings.filter((reading) => reading.wants(file2));
      const why = wanting.length === 0 ? void 0 : await explainPassing(file2);
      if (why !== void 0) for (const reading of wanting) reading.passOver(file2, why);
      else
        for (const group of Map.groupBy(wanting, ({ rule }) => rule.format).values())
          await readFile(file2, group, shown, end);
      pending.delete(file2);
      if (end.aborted) return;
    }
  };
  await Promise.race([readAll(), toEnd(end)]);
  for (const file2 of pending) for (const reading of readings) if (reading.wants(file2)) reading.blame(file2, slow);
  const results = new Map(readings.map((reading) => [reading.rule, reading.result(found, sources.redact)]));
  return { results, failed: toShown(shown.failed), slowest: toShown(shown.slowest) };
}
function toNothing(error) {
  const cut = `the workspace cannot be read: ${error.message}`;
  return { files: [], refused: /* @__PURE__ */ new Map(), folders: /* @__PURE__ */ new Set(), leaving: [], skipped: /* @__PURE__ */ new Set(), cut };
}
async function toEnd(signal) {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
function openShown() {
  return { failed: new CaseSelection("failed", maxAlike), slowest: new CaseSelection("slowest", shownSlowest) };
}
function toShown(cases) {
  return { cases: cases.list(), omitted: cases.omitted };
}
function createJudge({ workspace, temp, startMs }) {
  const isTracked = openTracked();
  const aheadMs = temp === void 0 ? 0 : goQuote.f(workspace, temp);
  return async ({ realPath, mtimeMs, isInTemp }) => {
    if (startMs !== void 0 && goQuote.i(mtimeMs, startMs + (isInTemp ? 0 : aheadMs))) return "older than this job";
    return await isTracked(realPath) ? "tracked by git" : void 0;
  };
}
async function readFile(file2, readings, shown, end) {
  const stages = [];
  const open = (known2) => {
    stages.push(...readings.flatMap((reading) => reading.open(file2, known2) ?? []));
    if (stages.length > 0 && known2?.kind === "tests") stages.push(stageShown(shown));
    return stages.length > 0;
  };
  const emit = (item) => {
    for (const stage2 of stages) stage2.add(item);
  };
  try {
    await parseReport(file2, readings[0]?.rule.format, end, open, emit);
    for (const stage2 of stages) stage2.keep();
  } catch (error) {
    const { message: message2, line = void 0 } = error;
    const isReason = error instanceof ReportProblem && !file2.isOutside;
    const reason = isReason ? message2 : file2.isOutside ? "it cannot be read as a report" : `it cannot be read: ${message2}`;
    for (const reading of readings) reading.blame(file2, reason, line);
  }
}
function stageShown(shown) {
  const own = openShown();
  return {
    add(item) {
      own.failed.add(item);
      own.slowest.add(item);
    },
    keep() {
      shown.failed.merge(own.failed);
      shown.slowest.merge(own.slowest);
    }
  };
}
async function parseReport({ path, realPath }, asked, end, open, emit) {
  let head = "";
  let parser;
  const begin = () => {
    const known2 = findFormat(head.slice(0, headCharacters), asked);
    if (!open(known2) || known2 === void 0) return false;
    parser = known2.format.open(emit, path);
    parser.write(head);
    head = "";
    return true;
  };
  for await (const text2 of readReport(realPath, end)) {
    if (parser !== void 0) parser.write(text2);
    else {
      head += text2;
      if (head.length >= headCharacters && !begin()) return;
    }
  }
  if (parser === void 0 && !begin()) return;
  parser?.end();
}
exports.readReports = readReports;
