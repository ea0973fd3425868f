'use strict';

const shared = require('./shared.js');
const settings = require('./settings.js');
const limits = require('./limits.js');
const node_fs = require('node:fs');
const node_path = require('node:path');
const node_buffer = require('node:buffer');
const node_os = require('node:os');

function appliesTo(rule, builder) {
  return rule.builder === void 0 || rule.builder.some((pattern) => matchesWildcard(pattern, builder));
}
function matchesWildcard(pattern, text) {
  const [head = "", ...pieces] = pattern.split("*");
  if (pieces.length === 0) return pattern === text;
  const tail = pieces.pop() ?? "";
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
const nothingKnown = /* @__PURE__ */ new Map();
function matchesName(match, name, known = nothingKnown) {
  if ("name" in match) return match.name === name;
  return match.regex.test(name) ?? known.get(match.regex)?.get(name) ?? false;
}
function looksSecret(name) {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2").toLowerCase().split(/[^a-z]+/);
  return words.some((word) => ["token", "secret", "password", "key"].includes(word));
}

const ruleTypes = {
  float: "float",
  integer: "int",
  string: "string",
  boolean: "boolean"
};
function explainConflicts(storages) {
  return storages.flatMap(
    ({ name, conflicts = [], origin }) => merge(conflicts.filter(({ isConverted }) => !isConverted)).map((conflict) => {
      const { measurement, field, given, existing, points } = conflict;
      const is = existing === void 0 ? "as another type" : `as ${existing}`;
      const from = origin === void 0 ? "" : ` ${explainOrigin(conflict, origin)}.`;
      return `The field "${field}" was left out of ${points} ${points === 1 ? "point" : "points"} of "${measurement}" in ${name}: it is ${given} here, and ${name} has it ${is}.${from}`;
    })
  );
}
function explainConversions(storages) {
  return storages.flatMap(({ name, conflicts = [] }) => {
    const fields = merge(conflicts.filter(({ isConverted }) => isConverted)).map(
      ({ measurement, field, given, existing, points }) => `"${field}" of "${measurement}" from ${given} to ${existing} (${points} ${points === 1 ? "point" : "points"})`
    );
    return fields.length === 0 ? [] : [`Converted to the types that ${name} has: ${fields.join(", ")}.`];
  });
}
function merge(conflicts) {
  const merged = /* @__PURE__ */ new Map();
  for (const conflict of conflicts) {
    const key = JSON.stringify([conflict.measurement, conflict.field, conflict.given]);
    const earlier = merged.get(key);
    merged.set(key, { ...conflict, points: conflict.points + (earlier?.points ?? 0) });
  }
  return [...merged.values()];
}
function explainOrigin({ measurement, field, existing }, origin) {
  const rule = findColumnRule(measurement, field, origin);
  if (rule !== void 0) return `It comes from the rule ${settings.nameRule(rule)}; ${toRemedy(rule, existing, origin.layout)}`;
  const { layout } = origin;
  if (layout.kind === "native" && settings.toOwnMeasurements(layout.options).map((name) => shared.cleanName(name)).includes(measurement)) {
    return 'Build Stats writes this field itself; give these builds another "measurement", or another database';
  }
  const dataRule = findDataRule(measurement, origin);
  if (dataRule?.callback !== void 0)
    return `It comes from the rule ${settings.nameRule(dataRule)}; ${toCallbackRemedy(existing)}`;
  const remedy = existing === void 0 ? "yield it under another name" : `yield it as ${existing}, or under another name`;
  return `It comes from data that steps yield; ${remedy}`;
}
function findColumnRule(measurement, field, { layout, columns }) {
  const found = columns.find(({ key, kind, captured }) => {
    if (kind !== "field") return false;
    if (layout.kind === "native") return key === field && measurement === shared.cleanName(layout.options.measurement);
    return key === measurement && ("property" in captured || captured.rule.kind === field);
  });
  return found?.captured.rule;
}
function findDataRule(measurement, { builder, layout, rules }) {
  const prefix = layout.kind === "native" ? "" : shared.cleanMeasurement(`${builder}-x`).slice(0, -1);
  return rules.filter((rule) => rule.kind === "data").find(({ match, measurement: own }) => {
    const clean = (name) => layout.kind === "native" ? shared.cleanName(name) : shared.cleanMeasurement(prefix + name);
    if (own !== void 0) return clean(own) === measurement;
    return "name" in match ? clean(match.name) === measurement : matchesName(match, measurement.slice(prefix.length));
  });
}
function toRemedy(rule, existing, layout) {
  const type = ruleTypes[existing ?? ""];
  const ways = [
    ...rule.kind === "property" && type !== void 0 ? [`give the rule "type: ${type}"`] : [],
    ...rule.kind !== "property" && rule.callback !== void 0 ? [toCallbackRemedy(existing)] : [],
    // What Buildbot calls it is fixed.
    ...layout.kind === "native" ? [`another "field"`] : ["write to another database"]
  ];
  const [first = "", ...others] = ways;
  const start = first.startsWith("another") ? `give the rule ${first}` : first;
  return [start, ...others].join(", or ");
}
function toCallbackRemedy(existing) {
  return existing === void 0 ? "let its callback give another type" : `let its callback give ${existing}`;
}

function toPlainText(value, length) {
  const text = value.toWellFormed().replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  return shared.cutText(text, length);
}

const maxRows = 100;
function toTable(head, rows) {
  if (rows.length === 0) return "";
  const row = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  const left = rows.length - maxRows;
  const more = left > 0 ? [`<tr><td colspan="${rows[0]?.length ?? 1}">and ${left} more</td></tr>`] : [];
  return [
    "<table>",
    ...head.length === 0 ? [] : [row(head, "th")],
    ...rows.slice(0, maxRows).map((cells) => row(cells, "td")),
    ...more,
    "</table>"
  ].join("\n");
}
function toList(items) {
  return items.length === 0 ? "" : ["<ul>", ...items.map((item) => `<li>${item}</li>`), "</ul>"].join("\n");
}
function toHeading(html) {
  return `<h2>${html}</h2>`;
}
function toParagraph(html) {
  return html === "" ? "" : `<p>${html}</p>`;
}
const references = {
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "&": "&amp;"
};
function escapeText(value, length) {
  const text = toPlainText(value, length);
  if (!/[<>&]/.test(text)) return text;
  if (/\\["\\/bfnrtu]/.test(text)) return "not shown, since it holds both markup and escapes";
  return text.replace(/[<>"'&]/g, (character) => references[character] ?? character);
}

function captureBuild(build, rules, known) {
  let props;
  const source = {
    build,
    known,
    // All callbacks are given the same.
    get props() {
      props ??= toProps(build);
      return props;
    }
  };
  const captured = [];
  const steps = /* @__PURE__ */ new Set();
  const misses = [];
  const warnings = /* @__PURE__ */ new Set();
  const secretNames = /* @__PURE__ */ new Set();
  const { startMs } = build;
  const duration = shared.toDuration(build);
  const missStart = (rule) => {
    const isKnown = misses.some(({ reason }) => reason === unknownStart);
    misses.push({ rule, reason: unknownStart, level: isKnown ? "ignore" : "warn" });
  };
  for (const rule of rules) {
    if (!appliesTo(rule, build.builder)) continue;
    switch (rule.kind) {
      case "start-time":
        if (startMs === void 0) missStart(rule);
        else captured.push({ rule, timeMs: startMs, value: toIso(startMs), input: { start: toIso(startMs) } });
        break;
      case "end-time":
        captured.push({ rule, timeMs: build.endMs, value: toIso(build.endMs), input: { end: toIso(build.endMs) } });
        break;
      case "duration":
        if (startMs === void 0 || duration === void 0) {
          missStart(rule);
          break;
        }
        {
          const found = captureDuration(rule, startMs, build.endMs, duration);
          if ("reason" in found) misses.push({ rule, reason: found.reason, level: "warn" });
          else captured.push(found);
        }
        break;
      case "property":
        for (const found of findProperties(source, rule, secretNames)) {
          if ("reason" in found) {
            misses.push({ rule, reason: found.reason, level: rule.onMissing });
            continue;
          }
          const clash = explainClash(build.properties, found.name);
          if (clash !== void 0) warnings.add(clash);
          captured.push(found);
        }
        break;
      case "steps": {
        const found = findSteps(build, rule, known);
        if ("reason" in found) misses.push({ rule, reason: found.reason, level: "warn" });
        else {
          for (const step of found.steps) steps.add(step);
          for (const name of found.late) warnings.add(explainLate(name));
        }
        break;
      }
    }
  }
  return { captured, steps: [...steps], misses, warnings: [...warnings], secretNames: [...secretNames] };
}
function captureDuration(rule, startMs, endMs, seconds) {
  const input = { start: toIso(startMs), end: toIso(endMs), seconds };
  try {
    const type = rule.callback === void 0 ? rule.type : void 0;
    return { rule, value: settings.toFieldValue(seconds / settings.units[rule.reportIn], type), input };
  } catch (error) {
    if (!(error instanceof settings.ValueError)) throw error;
    return { reason: `the duration ${error.message}, or a callback such as $round(seconds)` };
  }
}
const unknownStart = "the start of the job is not known";
function listNames({ properties, steps }, rule) {
  if (rule.kind === "steps") return "ran" in steps ? [...steps.ran.map(({ name }) => name), ...steps.late] : [];
  if (rule.kind !== "property") return [];
  return properties.listed.flatMap(toNames);
}
function toNames({ shortName, path }) {
  return shortName === void 0 ? [path] : [shortName, path];
}
function toIso(ms) {
  return new Date(ms).toISOString();
}
function toProps(build) {
  const names = build.properties.listed.flatMap(({ path, shortName, value }) => [
    [path, value],
    ...shortName === void 0 ? [] : [[shortName, value]]
  ]);
  return Object.fromEntries(names);
}
function findProperties(source, rule, secretNames) {
  const { match, callback } = rule;
  const { build, known } = source;
  if ("name" in match) {
    const { name } = match;
    const property = build.properties.find(name);
    if (property !== void 0) return [toCaptured(rule, name, property, source)];
    const missing = explainMissing(name, build);
    if (callback === void 0) return [{ reason: missing }];
    return [
      { rule, name, property: { path: name, value: null }, value: "", input: { name }, props: source.props, missing }
    ];
  }
  return build.properties.listed.flatMap((property) => {
    const names = toNames(property);
    const name = names.find((candidate) => matchesName(match, candidate, known));
    if (name === void 0) return [];
    if (names.some(looksSecret)) {
      secretNames.add(name);
      return [];
    }
    return isEmpty(property.value) ? [] : [toCaptured(rule, name, property, source)];
  });
}
function toCaptured(rule, name, property, source) {
  if (rule.callback !== void 0) {
    return { rule, name, property, value: "", input: { value: property.value, name }, props: source.props };
  }
  if (rule.tag !== void 0 && isEmpty(property.value)) return { reason: `property "${name}" is empty` };
  try {
    const type = rule.tag === void 0 ? rule.type : "string";
    return { rule, name, property, value: settings.toFieldValue(property.value, type) };
  } catch (error) {
    if (error instanceof settings.ValueError) return { reason: `property "${name}" ${error.message}` };
    throw error;
  }
}
function findSteps({ steps }, { match }, known) {
  if ("reason" in steps) return { reason: `the steps of the job are not known: ${steps.reason}` };
  if (match === void 0) return { steps: steps.ran, late: steps.late };
  const found = steps.ran.filter(({ name }) => matchesName(match, name, known));
  if ("regex" in match || found.length > 0 || steps.others.includes(match.name)) {
    return { steps: found, late: steps.late.filter((name) => matchesName(match, name, known)) };
  }
  const nearest = settings.findNearest(match.name, [...steps.ran.map(({ name }) => name), ...steps.others]);
  const hint = nearest === void 0 ? 'a step without a name is called "Run " and its command' : `did you mean "${nearest}"`;
  return { reason: `the job has no step "${match.name}"; ${hint}` };
}
function explainLate(name) {
  return `GitHub does not know yet that the step "${name}" is over: there is no point of it.`;
}
function isEmpty(value) {
  return value === null || typeof value === "string" && value.trim() === "";
}
function explainMissing(name, build) {
  const what = `there is no property "${name}" in build ${build.number ?? "(no number)"} of ${build.builder}`;
  const isPath = name.includes(".");
  const names = build.properties.listed.map(({ path, shortName }) => isPath ? path : shortName ?? path);
  const nearest = settings.findNearest(name, names);
  if (nearest !== void 0) return `${what}; did you mean "${nearest}"`;
  if (isPath) return what;
  const hasOutputs = build.properties.listed.some(({ path }) => /^(steps|needs)\./.test(path));
  return hasOutputs ? `${what}; a step needs an id for its outputs to be properties` : `${what}; step outputs are seen only with the input steps: \${{ toJSON(steps) }}`;
}
function explainClash(properties, name) {
  const paths = properties.clashesOf(name);
  if (paths.length === 0) return void 0;
  return `"${name}" is set by ${paths.join(" and ")}; the last one counts. Capture it by its path to choose.`;
}
function explainMiss(miss) {
  return `${settings.nameRule(miss.rule)} was ${miss.isPart ? "captured only in part" : "not captured"}: ${explainReason(miss)}`;
}
function explainReason({ reason, more = 0 }) {
  return more === 0 ? reason : `${reason} (and ${more} more of this rule)`;
}

function findFaults(outcome, failOnError) {
  const { warnings, misses, data, storages, settingFaults, compared = [], spooled } = outcome;
  const lost = (text, failsJob = false) => ({ text, level: "lost", failsJob });
  const told = (text) => ({ text, level: "info", failsJob: false });
  return [
    ...compared.filter(({ verdict }) => verdict.level !== "info").map((one) => ({ ...told(explainVerdict(outcome, one)), failsJob: one.verdict.level === "fail" })),
    ...storages.flatMap((storage) => explainStorage(storage).map((text) => lost(text))),
    ...explainConflicts(storages).map((text) => lost(text)),
    ...cutFaults(
      misses.filter(({ level }) => level !== "ignore").map((miss) => lost(`${explainMiss(miss)}.`, miss.level === "error")),
      "rules did not capture what they should"
    ),
    ...data === void 0 ? [] : explainMalformed(data).map((text) => lost(text)),
    ...failOnError ? settingFaults.map((text) => lost(text)) : [],
    ...cutFaults(warnings.map(told), "warnings like these were left out"),
    ...spooled.losses.map(told),
    ...data === void 0 ? [] : [...data.renamed].map((name) => told(explainRenamed(name)))
  ];
}
function cutFaults(faults, what) {
  const [first] = faults;
  if (first === void 0 || faults.length <= limits.maxAlike + 1) return [...faults];
  const rest = faults.slice(limits.maxAlike);
  const failsJob = rest.some((fault) => fault.failsJob);
  return [...faults.slice(0, limits.maxAlike), { ...first, text: `${rest.length} more ${what}.`, failsJob }];
}
function listSome(names) {
  const rest = names.length - limits.maxAlike;
  return rest <= 1 ? names.join(", ") : `${names.slice(0, limits.maxAlike).join(", ")} and ${rest} more`;
}
function explainDataFaults({ data, spooled }) {
  if (data === void 0) return [...spooled.losses];
  return [...explainMalformed(data), ...spooled.losses, ...[...data.renamed].map(explainRenamed)];
}
function findNotes({ secretNames, data, unyielded, spooled, storages, reportNotes = [] }) {
  const ignored = [...data?.ignored ?? []];
  return [
    ...spooled.sent > 0 ? [
      `${countOf(spooled.sent, "point")} that earlier jobs had left in the spool ${spooled.sent === 1 ? "was" : "were"} sent.`
    ] : [],
    ...spooled.problems,
    ...explainConversions(storages),
    ...storages.flatMap(({ name, changes = [] }) => changes.map((change) => `${name}: ${change}.`)),
    ...secretNames.length > 0 ? [
      `Left out of regular expressions because they look like secrets: ${listSome(secretNames)}. Capture them by name.`
    ] : [],
    ...ignored.length > 0 ? [`Yielded, but captured by no rule: ${listSome(ignored.map(([name, count]) => `${name} (${count})`))}.`] : [],
    ...reportNotes,
    ...unyielded.length > 0 ? [
      `Nothing was yielded as ${listSome(unyielded)}: neither a step output (a step needs an id) nor a line in $BUILD_STATS.`
    ] : []
  ];
}
function explainVerdict({ build }, { verdict, change }) {
  const { text, step, limit } = verdict;
  const clause = step === void 0 ? "" : `; ${step.before}*${step.name}*${step.after}`;
  const since = change === void 0 ? "" : ` ${explainChange(change.sentence)}`;
  return `${build.builder}: ${text}${clause}.${limit === "" ? "" : ` ${limit}`}${since}`;
}
function explainChange(sentence) {
  return `${sentence.map((part) => typeof part === "string" ? part : `*${part.name}*`).join("")}.`;
}
function toHeadline({ build, storages }) {
  const places = storages.map(({ name, written }) => `${countOf(written, "point")} to ${name}`);
  const where = places.length > 0 ? ` ${places.join(", ")}.` : "";
  return `Build Stats: ${build.builder} ended with ${build.result}${explainDuration(build)}.${where}`;
}
function explainDuration(build) {
  const seconds = shared.toDuration(build);
  return seconds === void 0 ? "" : ` after ${shared.formatDuration(seconds)}`;
}
function countOf(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function explainStorage(outcome) {
  const { name, written, unsent, lost, gaveUp, kept, problems } = outcome;
  const why = problems.length > 0 ? `: ${problems.join("; ")}` : "";
  const rest = gaveUp ? ", at least, of data that was not read to its end," : "";
  const missing = unsent + lost;
  if (missing === 0 && !gaveUp) return problems.length > 0 ? [`${name}${why}.`] : [];
  const text = `${missing} of ${countOf(written + missing, "point")}${rest} could not be written to ${name}${why}.`;
  return [[text, ...explainKept(kept)].join(" ")];
}
function explainKept(kept) {
  if (kept === void 0) return [];
  const gone = `${kept.gone} ${kept.gone === 1 ? "is" : "are"} lost${kept.why === "" ? "" : `: ${kept.why}`}.`;
  return [
    ...kept.count > 0 ? [`${countOf(kept.count, "point")} ${kept.count === 1 ? "is" : "are"} ${kept.where}.`] : [],
    ...kept.gone > 0 ? [gone] : []
  ];
}
function explainMalformed({ malformed, malformedCount, failure }) {
  const texts = failure === void 0 ? [] : [`Data that steps yielded is missing: ${failure}.`];
  if (malformedCount === 0) return texts;
  const lines = malformed.map(({ line, problem }) => `line ${line}: ${problem}`).join("; ");
  const more = malformedCount > malformed.length ? `; and ${malformedCount - malformed.length} more` : "";
  const are = malformedCount === 1 ? "is" : "are";
  return [
    ...texts,
    `${countOf(malformedCount, "line")} of $BUILD_STATS ${are} no line protocol and left out: ${lines}${more}.`
  ];
}
function explainRenamed(name) {
  return `Data named "${name}" went to the measurement "data_${name}": "${name}" holds the builds themselves.`;
}

const maxLine = 1e4;
const maxReason = 500;
function printLostLines(storages, log) {
  const cut = (text, length) => log.redact(text).slice(0, length).toWellFormed();
  for (const { name, lost, lostLines = [] } of storages) {
    if (lostLines.length === 0) continue;
    const first = lostLines.length < lost ? `the first ${lostLines.length} of ` : "";
    const title = `Build Stats: ${first}${countOf(lost, "point")} that ${name} does not take, and why`;
    const lines = lostLines.map(
      ({ line, reason }) => `${cut(line, maxLine)}
# ${cut(reason.replace(/\s+/g, " "), maxReason)}
`
    );
    log.printGroup(title, lines.join(""));
  }
}

const mark = "# build-stats unsent ";
const endMark = "# build-stats end ";
const countWidth = 15;
function formatHeader({ name, destination, builder, run_id, attempt, tries = 0 }, lines = 0) {
  const isOld = typeof destination === "string";
  const json = JSON.stringify({
    version: isOld ? 1 : 2,
    ...name === void 0 ? {} : { name },
    ...isOld ? { target: destination } : { destination },
    builder,
    run_id,
    attempt,
    ...tries === 0 ? {} : { tries }
  });
  if (isOld) return `${mark}${json}
`;
  return `${mark}${json.slice(0, -1)},"lines":${String(lines).padStart(countWidth)}}
`;
}
function formatEnd(lines) {
  return `${endMark}{"lines":${lines}}
`;
}
function parseEnd(tail) {
  const found = /(?:^|\n)(# build-stats end \{"lines":(\d+)\}\n)$/.exec(tail);
  return found === null ? void 0 : { lines: Number(found[2]), length: found[1]?.length ?? 0 };
}
function parseHeader(line) {
  if (!line.startsWith(mark)) return void 0;
  try {
    const json = JSON.parse(line.slice(mark.length));
    const { version, name, builder, run_id, attempt, lines, tries } = json;
    const isText = (value) => typeof value === "string";
    const destination = version === 1 ? json.target : version === 2 ? settings.parseDestination(json.destination) : void 0;
    if (!isText(destination) && (version === 1 || destination === void 0)) return void 0;
    if (!isText(name ?? "") || !isText(builder) || !isText(run_id) || !isText(attempt)) return void 0;
    return {
      ...isText(name) ? { name } : {},
      destination,
      builder,
      run_id,
      attempt,
      ...version === 2 && isCount(lines) && lines > 0 ? { lines } : {},
      ...isCount(tries) && tries > 0 ? { tries } : {}
    };
  } catch {
    return void 0;
  }
}
function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}
function openKeptWriter(file, header) {
  let bytes = 0;
  let lines = 0;
  let isSealed = false;
  const append = (text) => {
    const data = typeof text === "string" ? Buffer.from(text) : text;
    try {
      writeAll(file, data, bytes);
      bytes += data.length;
    } catch (error) {
      cutBack(file, bytes);
      throw error;
    }
  };
  return {
    get bytes() {
      return bytes;
    },
    get lines() {
      return lines;
    },
    add(text, count) {
      if (bytes === 0) append(formatHeader(header));
      append(text);
      lines += count;
    },
    seal() {
      if (isSealed) return;
      if (bytes === 0) append(formatHeader(header));
      append(formatEnd(lines));
      writeAll(file, Buffer.from(formatHeader(header, lines)), 0);
      node_fs.fsyncSync(file);
      isSealed = true;
    }
  };
}
function writeAll(file, data, position) {
  for (let at = 0; at < data.length; ) at += node_fs.writeSync(file, data, at, data.length - at, position + at);
}
function cutBack(file, bytes) {
  try {
    node_fs.ftruncateSync(file, bytes);
  } catch {
  }
}

function readFolderTime(folder) {
  const path = node_path.join(folder, `build-stats-time-${shared.randomUUID()}`);
  const file = node_fs.openSync(path, "wx", 384);
  try {
    return node_fs.fstatSync(file).mtimeMs;
  } finally {
    node_fs.closeSync(file);
    node_fs.rmSync(path, { force: true });
  }
}

class LineProblem {
  reason;
  constructor(reason) {
    this.reason = reason;
  }
}
function problemWith(reason, text) {
  const clipped = shared.cutText(text, 50);
  return new LineProblem(`${reason}: "${clipped.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").toWellFormed()}"`);
}

const tab = 9;
const space = 32;
const quote = 34;
const comma = 44;
const equals = 61;
const backslash = 92;
const incomplete = /* @__PURE__ */ Symbol("incomplete");
class Cursor {
  text;
  /** No more text follows. */
  isFinal;
  /** Of a line, in UTF-16 units. */
  maxLength;
  start = 0;
  at = 0;
  /** Of the physical line of `at`, without its line break. */
  end = 0;
  /** Where the next line starts, if this is the last physical line of this one. */
  next = 0;
  /** How many line breaks were passed since `start`. */
  lineBreaks = 0;
  failure = incomplete;
  constructor(text, isFinal, maxLength) {
    this.text = text;
    this.isFinal = isFinal;
    this.maxLength = maxLength;
  }
  /** Goes to the line that starts there, and whose first physical line ends there: at a line break or the text's end. */
  moveTo(start, lineBreak) {
    this.start = start;
    this.at = start;
    this.lineBreaks = 0;
    this.setEnd(lineBreak);
  }
  /** Makes the physical line of `position`, which is behind this one's end, the one that is being read. */
  extendTo(position) {
    const { text } = this;
    for (let i = text.indexOf("\n", this.at); i !== -1 && i < position; i = text.indexOf("\n", i + 1)) this.lineBreaks++;
    const lineBreak = text.indexOf("\n", position);
    const end = lineBreak === -1 ? text.length : lineBreak;
    if (end - this.start > this.maxLength) return this.fail(new LineProblem("longer than 1 MiB"));
    if (lineBreak === -1 && !this.isFinal) return this.fail(incomplete);
    this.setEnd(end);
    return true;
  }
  setEnd(lineBreak) {
    this.next = lineBreak + 1;
    this.end = lineBreak > this.start && this.text[lineBreak - 1] === "\r" ? lineBreak - 1 : lineBreak;
  }
  skipBlanks() {
    for (; this.at < this.end; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== space && code !== tab) break;
    }
  }
  /** The character at `at` or a later place; a space behind the end, where a name or value ends as well. */
  codeAt(place) {
    return place < this.end ? this.text.charCodeAt(place) : space;
  }
  /** From `place` to the end of the physical line. */
  rest(place) {
    return this.text.slice(place, this.end);
  }
  fail(failure) {
    this.failure = failure;
    return void 0;
  }
  failWith(reason, text) {
    return this.fail(problemWith(reason, text));
  }
  failWithoutFields() {
    const line = this.rest(this.start);
    const hasTabs = line.includes("	") && !line.includes(" ");
    return this.failWith(hasTabs ? "no fields: a tab is no space" : "no fields", line);
  }
}

const maxLinear = 16;
class Pairs {
  list = [];
  index;
  /** -1: there is none. */
  indexOf(key) {
    const { list } = this;
    if (list.length > maxLinear) {
      this.index ??= new Map(list.map(([known], i) => [known, i]));
      return this.index.get(key) ?? -1;
    }
    for (let i = 0; i < list.length; i++) if (list[i]?.[0] === key) return i;
    return -1;
  }
  /** The key must be new. */
  push(key, value) {
    this.index?.set(key, this.list.length);
    this.list.push([key, value]);
  }
}

class Unsigned {
  value;
  constructor(value) {
    this.value = value;
  }
}

const maxInt64 = 2n ** 63n - 1n;
const minInt64 = -(2n ** 63n);
const maxTime = maxInt64 - 1n;
const minTime = minInt64 + 2n;
const zero = 48;
const letterI = 105;
const booleans = new Map([
  ...["t", "T", "true", "True", "TRUE"].map((text) => [text, true]),
  ...["f", "F", "false", "False", "FALSE"].map((text) => [text, false])
]);
const float = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const integer = /^-?\d+$/;
const digits = /^\d+$/;
function parseFieldValue(text) {
  const whole = toShortWhole(text);
  if (whole !== void 0) return text.endsWith("i") ? BigInt(whole) : whole;
  if (float.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? number : problemWith("number out of range", text);
  }
  const boolean = booleans.get(text);
  if (boolean !== void 0) return boolean;
  const body = text.slice(0, -1);
  if (text.endsWith("i") && integer.test(body)) {
    return toInteger(body, minInt64, maxInt64) ?? problemWith("integer out of range", text);
  }
  if (text.endsWith("u") && digits.test(body)) {
    const value = toInteger(body, 0n, maxInt64);
    return value === void 0 ? problemWith("unsigned integer over 2^63 - 1", text) : new Unsigned(value);
  }
  return /^[-+.\d]/.test(text) ? problemWith("not a number", text) : problemWith("neither number nor boolean, and text needs double quotes", text);
}
function toShortWhole(text) {
  const { length } = text;
  const end = text.charCodeAt(length - 1) === letterI ? length - 1 : length;
  if (end === 0 || end > 15) return void 0;
  let value = 0;
  for (let i = 0; i < end; i++) {
    const digit = text.charCodeAt(i) - zero;
    if (digit < 0 || digit > 9) return void 0;
    value = value * 10 + digit;
  }
  return value;
}
function parseTimestamp(text) {
  if (!integer.test(text)) return problemWith("not a timestamp, a whole number of nanoseconds", text);
  return toInteger(text, minTime, maxTime) ?? problemWith("timestamp out of range", text);
}
function toInteger(text, min, max) {
  const short = text.length > 20 ? text.replace(/^(-?)0+(?=\d)/, "$1") : text;
  if (short.length > 20) return void 0;
  const value = BigInt(short);
  return value < min || value > max ? void 0 : value;
}

const maxKeyBytes = 65535;
function scanFields(cursor, seriesStart) {
  const { text, at: seriesEnd } = cursor;
  const fields = new Pairs();
  let seriesBytes;
  cursor.skipBlanks();
  for (; ; ) {
    const from = cursor.at;
    const rawKey = scanFieldKey(cursor);
    if (rawKey === void 0) return void 0;
    if ((seriesEnd - seriesStart + 4 + rawKey.length) * 3 > maxKeyBytes) {
      seriesBytes ??= countBytes(text.slice(seriesStart, seriesEnd));
      if (seriesBytes + 4 + countBytes(rawKey) > maxKeyBytes) {
        return cursor.fail(new LineProblem("measurement, tags and the name of a field have more than 65,531 bytes"));
      }
    }
    const key = rawKey.includes("\\") ? rawKey.replace(/\\([, ="])/g, "$1") : rawKey;
    if (key === "time") {
      return cursor.fail(new LineProblem('a field cannot be called "time": the time is a number behind the fields'));
    }
    const value = scanFieldValue(cursor, from);
    if (value === void 0) return void 0;
    const known = fields.indexOf(key);
    if (known === -1) fields.push(key, value);
    else if (typeof fields.list[known]?.[1] === typeof value) fields.list[known] = [key, value];
    else return cursor.failWith("a field is there twice, with two types", key);
    if (cursor.codeAt(cursor.at) === space) return fields.list;
    cursor.at++;
  }
}
function scanFieldKey(cursor) {
  const { text, at, end } = cursor;
  let i = at;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === equals || code === comma || code === space) break;
    if (code === backslash) i++;
  }
  if (i === at) {
    if (text.charCodeAt(at - 1) === comma) return cursor.failWith("no field behind a comma", cursor.rest(cursor.start));
    if (at === end) return cursor.failWithoutFields();
    return cursor.failWith("a field has no name", cursor.rest(at));
  }
  if (i >= end || text.charCodeAt(i) !== equals) {
    return cursor.failWith("a field has no value", text.slice(at, Math.min(i, end)));
  }
  const raw = text.slice(at, i);
  if (raw.endsWith("\\")) return cursor.failWith("the name of a field ends in a backslash", raw);
  cursor.at = i + 1;
  return raw;
}
function scanFieldValue(cursor, from) {
  const { text, at, end } = cursor;
  if (cursor.codeAt(at) === quote) return scanString(cursor);
  let i = at;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === comma || code === space) break;
  }
  if (i === at) return cursor.failWith("a field has no value", text.slice(from, at));
  const value = parseFieldValue(text.slice(at, i));
  if (value instanceof LineProblem) return cursor.fail(value);
  cursor.at = i;
  return value;
}
function scanString(cursor) {
  const { text, at } = cursor;
  const close = findClosingQuote(cursor);
  if (close === void 0) return void 0;
  if (close > cursor.end && !cursor.extendTo(close)) return void 0;
  const code = cursor.codeAt(close + 1);
  if (code !== comma && code !== space) {
    return cursor.failWith("text behind the closing quote of a string", cursor.rest(close));
  }
  cursor.at = close + 1;
  const raw = text.slice(at + 1, close);
  return raw.includes("\\") ? raw.replace(/\\([\\"])/g, "$1") : raw;
}
function findClosingQuote(cursor) {
  const { text, at, start, maxLength } = cursor;
  for (let i = text.indexOf('"', at + 1); i !== -1 && i - start <= maxLength; i = text.indexOf('"', i + 1)) {
    let before = i;
    while (text.charCodeAt(before - 1) === backslash) before--;
    if ((i - before) % 2 === 0) return i;
  }
  if (text.length - start > maxLength) return cursor.fail(new LineProblem("a string does not end within 1 MiB"));
  if (!cursor.isFinal) return cursor.fail(incomplete);
  return cursor.failWith("a string has no closing quote", cursor.rest(at));
}
function countBytes(text) {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 128 ? 1 : code < 2048 || code >= 55296 && code <= 57343 ? 2 : 3;
  }
  return bytes;
}

function scanMeasurement(cursor) {
  const { text, at, end } = cursor;
  if (cursor.codeAt(at) === comma) return cursor.failWith("the measurement is missing", cursor.rest(at));
  for (let i = at + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code !== comma && code !== space || text.charCodeAt(i - 1) === backslash) continue;
    cursor.at = i;
    const raw = text.slice(at, i);
    if (!raw.includes("\\")) return raw;
    if (/\\\\[, ="]/.test(raw)) return cursor.failWith("two backslashes before a sign in the measurement", raw);
    return raw.replace(/\\([, ="])/g, "$1");
  }
  return cursor.failWithoutFields();
}
function scanTags(cursor) {
  const { text, end } = cursor;
  const tags = new Pairs();
  while (cursor.codeAt(cursor.at) === comma) {
    const from = cursor.at + 1;
    if (isStop(cursor.codeAt(from))) return cursor.failWith("a tag has no name", cursor.rest(cursor.at));
    const middle = findStop(cursor, from + 1);
    if (middle === end || text.charCodeAt(middle) !== equals) {
      return cursor.failWith("a tag has no value", text.slice(from, middle));
    }
    const valueStart = middle + 1;
    const first = cursor.codeAt(valueStart);
    if (first === space || first === comma) return cursor.failWith("a tag has no value", text.slice(from, valueStart));
    const to = findStop(cursor, valueStart + 1);
    if (to === end) return cursor.failWithoutFields();
    if (text.charCodeAt(to) === equals)
      return cursor.failWith('"=" in a tag value needs a backslash', cursor.rest(from));
    const key = unescapeTag(text.slice(from, middle));
    if (key === "time") return cursor.fail(new LineProblem('a tag cannot be called "time"'));
    if (tags.indexOf(key) !== -1) return cursor.failWith("a tag is there twice", key);
    tags.push(key, unescapeTag(text.slice(valueStart, to)));
    cursor.at = to;
  }
  return tags.list;
}
function isStop(code) {
  return code === equals || code === comma || code === space;
}
function findStop(cursor, from) {
  const { text, end } = cursor;
  let i = from;
  while (i < end && !(isStop(text.charCodeAt(i)) && text.charCodeAt(i - 1) !== backslash)) i++;
  return Math.min(i, end);
}
function unescapeTag(raw) {
  return raw.includes("\\") ? raw.replace(/\\([, =])/g, "$1") : raw;
}

class LineScanner {
  cursor;
  nul;
  separator;
  /** `isFinal`: no more text follows. */
  constructor(text, isFinal, maxLength) {
    this.cursor = new Cursor(text, isFinal, maxLength);
    this.nul = new Occurrences(text, "\0");
    this.separator = new Occurrences(text, "#!~");
  }
  /** After a record: where the next line starts. */
  get next() {
    return this.cursor.next;
  }
  /** After a record: how many line breaks were in its strings. */
  get lineBreaks() {
    return this.cursor.lineBreaks;
  }
  /** The line from `start`, whose first physical line ends at `lineBreak`; nothing when it is blank or a comment. */
  scan(start, lineBreak) {
    const { cursor } = this;
    cursor.moveTo(start, lineBreak);
    cursor.skipBlanks();
    const { text, at, end } = cursor;
    if (at === end || text[at] === "#") return void 0;
    if (this.nul.isBetween(start, end)) return hasNul;
    const name = scanMeasurement(cursor);
    if (name === void 0) return cursor.failure;
    const tags = scanTags(cursor);
    if (tags === void 0) return cursor.failure;
    if (this.separator.isBetween(at, cursor.at)) {
      return problemWith('"#!~" in measurement or tags, which InfluxDB uses itself', cursor.rest(at));
    }
    const fields = scanFields(cursor, at);
    if (fields === void 0) return cursor.failure;
    if (cursor.lineBreaks > 0 && this.nul.isBetween(start, cursor.end)) return hasNul;
    cursor.skipBlanks();
    if (cursor.at === cursor.end) return { name, tags, fields };
    const timeNs = scanTime(cursor);
    return timeNs instanceof LineProblem ? timeNs : { name, tags, fields, timeNs };
  }
}
const hasNul = new LineProblem("a NUL character: the file has to be UTF-8");
function scanTime(cursor) {
  const { text, at, end } = cursor;
  let to = at;
  while (to < end && text.charCodeAt(to) !== space) to++;
  const time = parseTimestamp(text.slice(at, to));
  if (time instanceof LineProblem) return time;
  cursor.at = to;
  while (cursor.codeAt(cursor.at) === space && cursor.at < end) cursor.at++;
  return cursor.at === end ? time : problemWith("text behind the timestamp", cursor.rest(cursor.at));
}
class Occurrences {
  text;
  wanted;
  next;
  constructor(text, wanted) {
    this.text = text;
    this.wanted = wanted;
    this.next = text.indexOf(wanted);
  }
  /** Whether one starts there; `from` may not be less than at the call before. */
  isBetween(from, to) {
    if (this.next !== -1 && this.next < from) this.next = this.text.indexOf(this.wanted, from);
    return this.next !== -1 && this.next < to;
  }
}

class LineProtocolParser {
  buffer = "";
  line = 1;
  isAtStart = true;
  /** The text up to the next line break belongs to a line that is known to be too long. */
  isSkipping = false;
  /** The length that the buffer must have before another attempt is worthwhile: twice what was not enough. */
  wantedLength = 0;
  isSecret;
  /** @param isSecret whether a line must not be quoted: a part of a secret would not be known for one */
  constructor(isSecret = () => false) {
    this.isSecret = isSecret;
  }
  /** Returns the lines that are complete now, or known to be malformed; some of them may wait for a later call. */
  push(text) {
    this.buffer += text;
    if (this.buffer.length <= limits.maxLineCharacters) {
      const isWorthwhile = this.wantedLength === 0 ? text.includes("\n") : this.buffer.length >= this.wantedLength;
      if (!isWorthwhile) return [];
    }
    return this.drain(false);
  }
  /** Returns the lines that were still open. The parser is used up then. */
  end() {
    return this.drain(true);
  }
  drain(isFinal) {
    const text = this.buffer;
    const parsed = [];
    const scanner = new LineScanner(text, isFinal, limits.maxLineCharacters);
    let start = this.isAtStart && text.startsWith("\uFEFF") ? 1 : 0;
    if (text !== "") this.isAtStart = false;
    this.wantedLength = 0;
    while (start < text.length) {
      const lineBreak = text.indexOf("\n", start);
      const end = lineBreak === -1 ? text.length : lineBreak;
      if (this.isSkipping || end - start > limits.maxLineCharacters) {
        if (!this.isSkipping) parsed.push({ line: this.line, problem: "longer than 1 MiB" });
        this.isSkipping = lineBreak === -1;
        if (!this.isSkipping) this.line++;
        start = end + 1;
        continue;
      }
      if (lineBreak === -1 && !isFinal) break;
      const result = scanner.scan(start, end);
      if (result === incomplete) {
        this.wantedLength = 2 * (text.length - start);
        break;
      }
      const given = start;
      start = end + 1;
      if (result === void 0) ; else if (result instanceof LineProblem) {
        const isHidden = this.isSecret(text.slice(given, end));
        parsed.push({ line: this.line, problem: isHidden ? "not shown, since it holds a secret" : result.reason });
      } else {
        parsed.push({ line: this.line, record: result });
        start = scanner.next;
        this.line += scanner.lineBreaks;
      }
      this.line++;
    }
    this.buffer = text.slice(start);
    return parsed;
  }
}

const pieceSize$1 = 256 * 1024;
const headBytes = 16384;
const tailBytes = 100;
function readHeader(file) {
  const head = readAt(file, 0, headBytes);
  const end = head.indexOf(10);
  return end < 0 ? void 0 : parseHeader(head.toString("utf8", 0, end));
}
function openKeptReader(file) {
  const { size } = node_fs.fstatSync(file);
  const header = readHeader(file);
  if (header === void 0) throw new Error("it does not begin with a header that is known");
  const end = parseEnd(readAt(file, Math.max(0, size - tailBytes), tailBytes).toString("latin1"));
  const isNew = typeof header.destination !== "string";
  const isFinished = end !== void 0 && end.lines === (header.lines ?? 0);
  let endOfLines = isFinished ? size - end.length : size;
  const parser = new LineProtocolParser();
  const waiting = [];
  let at = 0;
  let open = new Uint8Array();
  let isRead = false;
  let hasOdd = false;
  let isCut = false;
  let given = 0;
  function readMore() {
    const piece = readAt(file, at, Math.min(pieceSize$1, endOfLines - at));
    at += piece.length;
    const bytes = open.length === 0 ? piece : Buffer.concat([open, piece]);
    const lineEnd = bytes.lastIndexOf(10) + 1;
    if (piece.length === 0) {
      isRead = true;
      isCut = bytes.length > 0;
      endOfLines = at - bytes.length;
      waiting.push(...parser.end());
      return;
    }
    const isTooLong = lineEnd === 0 && bytes.length > limits.maxLineBytes;
    open = isTooLong ? new Uint8Array() : bytes.subarray(lineEnd);
    const text = decode(isTooLong ? bytes : bytes.subarray(0, lineEnd));
    hasOdd ||= !text.isWellFormed();
    waiting.push(...parser.push(text));
  }
  function readAhead(count) {
    while (waiting.length <= count && !isRead) readMore();
  }
  if (!isFinished && size > 0) isCut = readAt(file, size - 1, 1)[0] !== 10;
  return {
    header,
    get isWhole() {
      return isNew ? isFinished : !isCut;
    },
    get left() {
      return header.lines === void 0 ? void 0 : Math.max(0, header.lines - given);
    },
    get missing() {
      if (isFinished) return 0;
      return header.lines === void 0 ? Number(isCut) : Math.max(0, header.lines - given);
    },
    get isAtEnd() {
      return isRead && waiting.length === 0;
    },
    read(maxLines, maxBytes) {
      const points = [];
      const bad = [];
      let bytes = 0;
      for (let count = 0; count < maxLines && bytes < maxBytes; count++) {
        readAhead(1);
        const parsed = waiting.shift();
        if (parsed === void 0) break;
        given++;
        const point = toPoint(parsed, hasOdd);
        if (typeof point === "string") bad.push({ line: parsed.line, problem: point });
        else points.push(point);
        bytes += "record" in parsed ? measure(parsed.record) : 20;
      }
      readAhead(1);
      return points.length + bad.length === 0 ? void 0 : { points, bad, bytes };
    },
    copyRest(write) {
      readAhead(1);
      const [next] = waiting;
      if (next === void 0) return;
      const from = findLine(file, next.line);
      if (!isFinished) while (!isRead) readMore();
      const lines = isFinished ? Math.max(1, (header.lines ?? 0) - given) : waiting.length;
      for (let position = from; position < endOfLines; ) {
        const piece = readAt(file, position, Math.min(pieceSize$1, endOfLines - position));
        if (piece.length === 0) return;
        write(piece, position === from ? lines : 0);
        position += piece.length;
      }
    }
  };
}
function toPoints(lines) {
  const parser = new LineProtocolParser();
  const parsed = [...parser.push(lines.map((line) => `${line}
`).join("")), ...parser.end()];
  return parsed.map((line) => toPoint(line, false)).filter((point) => typeof point !== "string");
}
function toPoint(parsed, hasOdd) {
  if ("problem" in parsed) return parsed.problem;
  const { name: measurement, tags, fields, timeNs } = parsed.record;
  if (timeNs === void 0) return "it has no time";
  if (hasOdd && !isWellFormed(parsed.record)) return "it is not UTF-8";
  return { measurement, tags, fields, timeNs };
}
function isWellFormed({ name, tags, fields }) {
  return [name, ...tags.flat(), ...fields.flat()].every((text) => typeof text !== "string" || text.isWellFormed());
}
function decode(bytes) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (node_buffer.isUtf8(buffer)) return buffer.toString("utf8");
  let text = "";
  for (let at = 0; at < buffer.length; ) {
    const lineEnd = buffer.indexOf(10, at);
    const end = lineEnd < 0 ? buffer.length : lineEnd + 1;
    const line = buffer.subarray(at, end);
    text += node_buffer.isUtf8(line) ? line.toString("utf8") : line.toString("utf8").replaceAll("\uFFFD", "\uD800");
    at = end;
  }
  return text;
}
function measure({ name, tags, fields }) {
  let bytes = name.length + 24;
  for (const [key, value] of tags) bytes += key.length + value.length + 2;
  for (const [key, value] of fields) bytes += key.length + (typeof value === "string" ? value.length : 16) + 2;
  return bytes;
}
function findLine(file, number) {
  let line = 1;
  for (let at = 0; line < number; ) {
    const piece = readAt(file, at, pieceSize$1);
    if (piece.length === 0) return at;
    for (let found = piece.indexOf(10); found >= 0; found = piece.indexOf(10, found + 1)) {
      line++;
      if (line === number) return at + found + 1;
    }
    at += piece.length;
  }
  return 0;
}
function readAt(file, position, length) {
  const buffer = Buffer.allocUnsafe(Math.max(0, length));
  let at = 0;
  while (at < buffer.length) {
    const count = node_fs.readSync(file, buffer, at, buffer.length - at, position + at);
    if (count === 0) break;
    at += count;
  }
  return buffer.subarray(0, at);
}

const maxSpoolBytes = 1e9;
const maxSpoolFiles = 2e3;
const names = /^(build-stats-unsent-[\w-]+(?:\.\d+)?\.lp)(?:\.[\w-]+\.(sending|part))?$/;
const staleMs = 36e5;
const skewMs = 6e4;
const isOwn = ({ uid }) => process.getuid === void 0 || uid === process.getuid();
function putIntoSpool(folder, stem, write, bytes) {
  settings.makeFolder(folder, 448);
  let files = 0;
  let total = bytes;
  for (const entry of node_fs.readdirSync(folder)) {
    if (!names.test(entry)) continue;
    files++;
    total += node_fs.lstatSync(node_path.join(folder, entry), { throwIfNoEntry: false })?.size ?? 0;
  }
  if (files >= maxSpoolFiles) throw new Error(`it is full: it holds ${files} files`);
  if (total > maxSpoolBytes)
    throw new Error(`it is full: with this file it would hold ${total} of ${maxSpoolBytes} bytes`);
  return createFile(folder, stem, write);
}
function createFile(folder, stem, write) {
  const name = `${stem}-${shared.randomUUID()}.lp`;
  const part = node_path.join(folder, `${name}.new.part`);
  const file = node_fs.openSync(part, "wx", 384);
  try {
    try {
      write(file);
    } finally {
      node_fs.closeSync(file);
    }
    moveTo(part, folder, name);
    return name;
  } catch (error) {
    node_fs.rmSync(part, { force: true });
    throw error;
  }
}
function moveTo(path, folder, name) {
  for (let wanted = name; ; wanted = `${toStem(name)}-${shared.randomUUID()}.lp`) {
    try {
      node_fs.linkSync(path, node_path.join(folder, wanted));
      node_fs.rmSync(path, { force: true });
      return;
    } catch (error) {
      const { code } = error;
      if (code === "EEXIST") continue;
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code ?? "")) throw error;
      node_fs.renameSync(path, node_path.join(folder, `${toStem(name)}-${shared.randomUUID()}.lp`));
      return;
    }
  }
}
function toStem(name) {
  return /^build-stats-unsent-[^-.]*-[^-.]*/.exec(name)?.[0] ?? "build-stats-unsent-0-0";
}
function lookIntoSpool(folder) {
  const passedOver = /* @__PURE__ */ new Map();
  const waiting = [];
  let claimed = 0;
  const passOver = (reason) => void passedOver.set(reason, (passedOver.get(reason) ?? 0) + 1);
  let nowMs;
  for (const entry of node_fs.readdirSync(folder)) {
    const [, name, state] = names.exec(entry) ?? [];
    if (name === void 0) continue;
    const path = node_path.join(folder, entry);
    try {
      const stats = node_fs.lstatSync(path);
      if (!stats.isFile()) {
        passOver("not a file");
        continue;
      }
      if (!isOwn(stats)) {
        passOver("of another user");
        continue;
      }
      if (state !== void 0) {
        nowMs ??= readFolderTime(folder);
        if (!isLeft(path, stats.mtimeMs, nowMs)) {
          if (state === "sending") claimed++;
          continue;
        }
      }
      const header = openAndRead(path);
      if (header === void 0) {
        if (state === "part" && stats.size < 100) node_fs.rmSync(path, { force: true });
        else passOver("without a header that is known");
        continue;
      }
      waiting.push({ name, header, bytes: stats.size, timeMs: stats.mtimeMs, path });
    } catch (error) {
      const { code } = error;
      if (code !== "ENOENT") passOver(code === "ELOOP" ? "not a file" : `unreadable (${code})`);
    }
  }
  waiting.sort((a, b) => a.timeMs - b.timeMs || (a.name < b.name ? -1 : 1));
  return { waiting, passedOver, claimed };
}
function isLeft(path, timeMs, nowMs) {
  if (timeMs > nowMs + skewMs) node_fs.lutimesSync(path, nowMs / 1e3, nowMs / 1e3);
  return nowMs - timeMs >= staleMs;
}
const readFlags = node_fs.constants.O_RDONLY | (node_fs.constants.O_NOFOLLOW ?? 0) | (node_fs.constants.O_NONBLOCK ?? 0);
function openAndRead(path) {
  const file = node_fs.openSync(path, readFlags);
  try {
    return readHeader(file);
  } finally {
    node_fs.closeSync(file);
  }
}
function claimFile(folder, { name, path, timeMs }) {
  const claim = node_path.join(folder, `${name}.${shared.randomUUID()}.sending`);
  try {
    const nowMs = readFolderTime(folder);
    node_fs.lutimesSync(path, nowMs / 1e3, nowMs / 1e3);
    node_fs.renameSync(path, claim);
  } catch (error) {
    if (error.code === "ENOENT") return void 0;
    throw error;
  }
  let file;
  try {
    file = node_fs.openSync(claim, readFlags);
  } catch {
    return void 0;
  }
  const opened = node_fs.fstatSync(file);
  const isOurs = () => {
    const stats = node_fs.lstatSync(claim, { throwIfNoEntry: false });
    return stats !== void 0 && stats.ino === opened.ino && stats.dev === opened.dev;
  };
  if (!opened.isFile() || !isOwn(opened) || !isOurs()) {
    node_fs.closeSync(file);
    return void 0;
  }
  let isOpen = true;
  const close = () => {
    if (isOpen) node_fs.closeSync(file);
    isOpen = false;
  };
  function settle(act) {
    try {
      if (!isOurs()) return "gone";
      act();
      return "done";
    } catch (error) {
      return { reason: error.message };
    } finally {
      close();
    }
  }
  const back = (isTried) => {
    const atMs = isTried ? readFolderTime(folder) : timeMs;
    node_fs.futimesSync(file, atMs / 1e3, atMs / 1e3);
    moveTo(claim, folder, name);
  };
  return {
    file,
    touch() {
      const nowMs = Date.now();
      if (nowMs > node_fs.fstatSync(file).mtimeMs) node_fs.futimesSync(file, nowMs / 1e3, nowMs / 1e3);
    },
    putBack: (isTried) => settle(() => back(isTried)),
    replace: (writes) => {
      let problem;
      const fate = settle(() => {
        const made = [];
        try {
          for (const write of writes) made.push(createFile(folder, toStem(name), write));
        } catch (error) {
          problem = error.message;
          for (const one of made) node_fs.rmSync(node_path.join(folder, one), { force: true });
          back(true);
          return;
        }
        node_fs.rmSync(claim, { force: true });
      });
      return problem === void 0 ? fate : { reason: problem };
    },
    remove: () => settle(() => node_fs.rmSync(claim, { force: true }))
  };
}

const maxArtifactBytes = 256 * 1024 * 1024;
async function keepUnsent(files, stem, { spool, upload, log }, signal) {
  const kept = /* @__PURE__ */ new Map();
  const failures = [];
  const left = () => files.filter(hasLines).filter((file) => !kept.has(file));
  const keep = (file, where, count = file.lines) => {
    const notShown = count < file.lines ? "the log would be too long" : "";
    const why = [notShown, file.failure?.reason ?? ""].filter((text) => text !== "").join("; ");
    kept.set(file, { count, where, gone: file.lines - count + (file.failure?.lines ?? 0), why });
  };
  if (spool !== void 0) {
    for (const file of left()) {
      try {
        putIntoSpool(spool, stem, (copy) => copyInto(copy, file), file.bytes);
        keep(file, `kept in the folder ${spool}, from which the next job on this runner sends them`);
      } catch (error) {
        failures.push(`The spool cannot be used: ${error.message}.`);
      }
    }
  }
  if (upload !== void 0 && left().length > 0) {
    const name = `${stem}-${shared.randomUUID().replaceAll("-", "").slice(0, 16)}`;
    const { whole, problems } = seal(left());
    failures.push(...problems.map((why2) => `The artifact ${name} could not be made: ${why2}.`));
    const why = whole.length === 0 ? void 0 : await tryUpload(whole, name, upload, signal);
    if (why === void 0)
      for (const file of whole) keep(file, `kept in the artifact ${name}, which the replay action sends`);
    else failures.push(`The artifact ${name} could not be made: ${why}.`);
  }
  for (const failure of failures) log.info(failure);
  for (const file of left()) {
    const title = `Build Stats: ${file.shown.lines} of ${file.lines} points that could not be written; save and send them with influx write`;
    try {
      const text = node_fs.readFileSync(file.path).subarray(0, file.shown.bytes).toString("utf8");
      log.printGroup(title, text);
      keep(file, logPlace, file.shown.lines);
    } catch (error) {
      kept.set(file, { count: 0, where: "", gone: file.lines, why: error.message });
    }
  }
  for (const file of files) if (file.failure !== void 0 && !kept.has(file)) keep(file, "", 0);
  for (const file of files) {
    const { held = [], failure } = file;
    const before = kept.get(file);
    if (held.length === 0 || failure === void 0 || before === void 0) continue;
    const title = `Build Stats: ${held.length} points that no disk had room for; save and send them with influx write`;
    log.printGroup(title, `${held.join("\n")}
`);
    const where = [before.where, logPlace].filter((text) => text !== "").join(", or ");
    const gone = before.gone - held.length;
    kept.set(file, { count: before.count + held.length, where, gone, why: gone > 0 ? before.why : "" });
  }
  return kept;
}
const logPlace = "in the log of this job, as line protocol for influx write";
function hasLines(file) {
  return file.path !== void 0 && file.lines > 0;
}
const pieceSize = 1024 * 1024;
function copyInto(copy, file) {
  const writer = openKeptWriter(copy, file.header);
  const source = node_fs.openSync(file.path, "r");
  try {
    const headBytes = Buffer.byteLength(formatHeader(file.header));
    for (let at = headBytes; at < file.bytes; ) {
      const piece = Buffer.allocUnsafe(Math.min(pieceSize, file.bytes - at));
      const length = node_fs.readSync(source, piece, 0, piece.length, at);
      if (length === 0) throw new Error(`${file.path} became shorter`);
      writer.add(piece.subarray(0, length), at === headBytes ? file.lines : 0);
      at += length;
    }
    writer.seal();
  } finally {
    node_fs.closeSync(source);
  }
}
function seal(files) {
  const whole = [];
  const problems = [];
  let bytes = 0;
  for (const file of files) {
    try {
      const withIt = bytes + file.bytes;
      if (withIt > maxArtifactBytes)
        throw new Error(`${withIt} bytes are more than the ${maxArtifactBytes} that a replay takes of one`);
      file.seal();
      whole.push(file);
      bytes = withIt;
    } catch (error) {
      problems.push(error.message);
    }
  }
  return { whole, problems };
}
async function tryUpload(files, name, upload, signal) {
  const isOver = new Promise((resolve) => {
    const end = () => resolve("its time was over");
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
  const [first] = files;
  if (first === void 0) return void 0;
  const paths = files.map(({ path }) => node_path.basename(path));
  const done = upload(name, node_path.dirname(first.path), paths, signal).then(
    () => void 0,
    (error) => String(error?.message ?? error).replace(/\.$/, "")
  );
  return await Promise.race([done, isOver]);
}

function makeTempFolder(env, prefix) {
  try {
    return node_fs.mkdtempSync(node_path.join(env.RUNNER_TEMP || node_os.tmpdir(), prefix));
  } catch (error) {
    try {
      return node_fs.mkdtempSync(node_path.join(node_os.tmpdir(), prefix));
    } catch {
      throw error;
    }
  }
}

const maxShownBytes = 2e6;
function openUnsentFile(toPath, header) {
  let path;
  let opened;
  let isFull = false;
  let shown = { bytes: 0, lines: 0 };
  let failure;
  const held = [];
  let heldBytes = 0;
  function hold(lines) {
    for (const line of lines) {
      heldBytes += Buffer.byteLength(line) + 1;
      if (heldBytes > maxShownBytes) return;
      held.push(line);
    }
  }
  function open() {
    if (opened === void 0) {
      path ??= toPath();
      const file = node_fs.openSync(path, "wx", 384);
      opened = { file, writer: openKeptWriter(file, header) };
    }
    return opened.writer;
  }
  return {
    header,
    get path() {
      return path;
    },
    get lines() {
      return opened?.writer.lines ?? 0;
    },
    get bytes() {
      return opened?.writer.bytes ?? 0;
    },
    get shown() {
      return shown;
    },
    get failure() {
      return failure;
    },
    held,
    add(lines) {
      if (lines.length === 0) return;
      try {
        open().add(lines.map((line) => `${line}
`).join(""), lines.length);
      } catch (error) {
        failure = { reason: error.message, lines: (failure?.lines ?? 0) + lines.length };
        hold(lines);
        return;
      }
      if (shown.bytes === 0) shown = { bytes: Buffer.byteLength(formatHeader(header)), lines: 0 };
      for (const line of isFull ? [] : lines) {
        const bytes = shown.bytes + Buffer.byteLength(line) + 1;
        isFull = bytes > maxShownBytes;
        if (isFull) break;
        shown = { bytes, lines: shown.lines + 1 };
      }
    },
    seal() {
      if (opened === void 0) return;
      opened.writer.seal();
      node_fs.closeSync(opened.file);
    }
  };
}

exports.LineProtocolParser = LineProtocolParser;
exports.Unsigned = Unsigned;
exports.appliesTo = appliesTo;
exports.captureBuild = captureBuild;
exports.claimFile = claimFile;
exports.countOf = countOf;
exports.escapeText = escapeText;
exports.explainChange = explainChange;
exports.explainClash = explainClash;
exports.explainConflicts = explainConflicts;
exports.explainConversions = explainConversions;
exports.explainDataFaults = explainDataFaults;
exports.explainDuration = explainDuration;
exports.explainKept = explainKept;
exports.explainMiss = explainMiss;
exports.explainReason = explainReason;
exports.explainStorage = explainStorage;
exports.explainVerdict = explainVerdict;
exports.findFaults = findFaults;
exports.findNotes = findNotes;
exports.keepUnsent = keepUnsent;
exports.listNames = listNames;
exports.lookIntoSpool = lookIntoSpool;
exports.makeTempFolder = makeTempFolder;
exports.matchesName = matchesName;
exports.matchesWildcard = matchesWildcard;
exports.openKeptReader = openKeptReader;
exports.openKeptWriter = openKeptWriter;
exports.openUnsentFile = openUnsentFile;
exports.printLostLines = printLostLines;
exports.readFolderTime = readFolderTime;
exports.toHeading = toHeading;
exports.toHeadline = toHeadline;
exports.toList = toList;
exports.toParagraph = toParagraph;
exports.toPlainText = toPlainText;
exports.toPoints = toPoints;
exports.toTable = toTable;
