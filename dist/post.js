'use strict';

const _undici = require('./shared.js');
const surroundings = require('./shared2.js');
const fs = require('node:fs');
const node_path = require('node:path');
const markdown = require('./shared4.js');
const os = require('node:os');

var _documentCurrentScript = typeof document !== 'undefined' ? document.currentScript : null;
const maxMs$1 = 1e3;
const maxStartMs = 5e3;
const maxHeapMb = 64;
function createCallbackRunner(script, signal) {
  const stopped = /* @__PURE__ */ new Set();
  return async (calls) => {
    const { fork } = await import('node:child_process');
    const answers = [];
    while (answers.length < calls.length) {
      const rest = calls.slice(answers.length);
      if (signal?.aborted) {
        answers.push(...rest.map(() => ({ failure: "it was not run: the timeout had passed" })));
        break;
      }
      if (rest[0] !== void 0 && stopped.has(rest[0].callback)) {
        answers.push({ failure: "it is not run again, since it did not end before" });
        continue;
      }
      const end = rest.findIndex(({ callback }) => stopped.has(callback));
      const batch = end < 0 ? rest : rest.slice(0, end);
      const child = fork(script, [`${process.pid}`], {
        env: process.platform === "win32" ? { SystemRoot: process.env.SystemRoot } : {},
        execArgv: [`--max-old-space-size=${maxHeapMb}`],
        stdio: ["ignore", "ignore", "ignore", "ipc"]
      });
      const { got, failure } = await collect(child, batch, signal);
      answers.push(...got);
      const culprit = batch[got.length];
      if (culprit !== void 0 && !signal?.aborted) {
        stopped.add(culprit.callback);
        answers.push({ failure: failure ?? "its process ended" });
      }
    }
    return answers;
  };
}
function collect(child, calls, signal) {
  return new Promise((resolve) => {
    const got = [];
    const expectStart = () => setTimeout(() => end(`its process did not begin with it within ${maxStartMs / 1e3} s`), maxStartMs);
    let timer = expectStart();
    const end = (failure) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stopLate);
      child.removeAllListeners();
      child.on("error", () => {
      });
      child.kill("SIGKILL");
      resolve(failure === void 0 ? { got } : { got, failure });
    };
    const stopLate = () => end("it was not done when the timeout had passed");
    signal?.addEventListener("abort", stopLate);
    const sendNext = () => {
      clearTimeout(timer);
      timer = expectStart();
      try {
        child.send(calls[got.length], (error) => error && end(error.message));
      } catch (error) {
        end(error.message);
      }
    };
    child.on("message", (message) => {
      if (message === "ready") sendNext();
      else if (message === "begun") {
        clearTimeout(timer);
        timer = setTimeout(() => end("it ran longer than a second"), maxMs$1);
      } else {
        got.push(message);
        if (got.length === calls.length || signal?.aborted) end();
        else sendNext();
      }
    });
    child.on("error", (error) => end(error.message));
    child.on("exit", () => end(`it took more than ${maxHeapMb} MB of memory, or ended its process`));
  });
}

async function captureFor(storages, build, runCallbacks) {
  const byRules = /* @__PURE__ */ new Map();
  for (const { rules, layout } of storages) {
    if (byRules.has(rules)) continue;
    const run = layout.redact === void 0 ? runCallbacks : surroundings.redactAnswers(runCallbacks, layout.redact);
    const captures = await surroundings.applyCallbacks(_undici.captureBuild(build, rules), run);
    byRules.set(rules, { captures, outputs: _undici.captureOutputs(build.builder, rules, build.properties) });
  }
  return storages.flatMap((storage) => {
    const found = byRules.get(storage.rules);
    return found === void 0 ? [] : [{ storage, ...found, laidOut: _undici.layOutBuild(build, found.captures, storage.layout) }];
  });
}

async function keepUnsent(files, name, { spool, upload, log }, signal) {
  const kept = /* @__PURE__ */ new Map();
  const failures = [];
  const left = () => files.filter(hasLines).filter((file) => !kept.has(file));
  const keep = (file, where, count = file.lines) => {
    const notShown = count < file.lines ? "the log would be too long" : "";
    const why = [notShown, file.failure?.reason ?? ""].filter((text) => text !== "").join("; ");
    kept.set(file, { kept: count, where, gone: file.lines - count + (file.failure?.lines ?? 0), why });
  };
  if (spool !== void 0) {
    for (const [index, file] of left().entries()) {
      try {
        markdown.putIntoSpool(file.path, spool, `${name}.${index + 1}.lp`);
        keep(file, `kept in the folder ${spool}, from which the next job on this runner sends them`);
      } catch (error) {
        failures.push(`The spool cannot be used: ${error.message}.`);
      }
    }
  }
  if (upload !== void 0 && left().length > 0) {
    const why = await tryUpload(left(), name, upload, signal);
    if (why === void 0)
      for (const file of left()) keep(file, `kept in the artifact ${name}, which the replay action sends`);
    else failures.push(`The artifact ${name} could not be made: ${why}.`);
  }
  for (const failure of failures) log.info(failure);
  for (const file of left()) {
    const title = `Build Stats: ${file.shown.lines} of ${file.lines} points that could not be written; save and send them with influx write`;
    try {
      const text = fs.readFileSync(file.path).subarray(0, file.shown.bytes).toString("utf8");
      log.printGroup(title, text);
      keep(file, `in the log of this job, as line protocol for influx write`, file.shown.lines);
    } catch (error) {
      kept.set(file, { kept: 0, where: "", gone: file.lines, why: error.message });
    }
  }
  for (const file of files) if (file.failure !== void 0 && !kept.has(file)) keep(file, "", 0);
  return kept;
}
function hasLines(file) {
  return file.path !== void 0 && file.lines > 0;
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
  const done = upload(name, node_path.dirname(first.path), paths).then(
    () => void 0,
    (error) => String(error?.message ?? error).replace(/\.$/, "")
  );
  return await Promise.race([done, isOver]);
}

const batchSize = 500;
const maxMalformed = 10;
const maxMisses = 20;
function createPointStream(sources) {
  const { build, rules } = sources;
  const layout = _undici.openDataLayout(build, sources.layout);
  const capture = _undici.createDataCapture(build.builder, rules);
  const hasCallbacks = surroundings.hasCallback(rules);
  const { redact = (text) => text } = sources.layout;
  const runCallbacks = surroundings.redactAnswers(sources.runCallbacks, redact);
  const points = /* @__PURE__ */ new Map();
  const ignored = /* @__PURE__ */ new Map();
  const names = /* @__PURE__ */ new Set();
  const malformed = [];
  const report = {
    points,
    ignored,
    names,
    malformed,
    malformedCount: 0,
    misses: [],
    renamed: layout.renamed,
    failure: void 0
  };
  const batch = [...sources.points];
  let index = sources.nextIndex;
  const redactCaptured = ({ rule, record }) => ({ rule, record: surroundings.redactRecord(record, redact) });
  async function addAll(found, isPlain) {
    const { captured, misses } = hasCallbacks ? await surroundings.applyDataCallbacks(found, runCallbacks) : { captured: found, misses: [] };
    for (const miss of misses) if (report.misses.length < maxMisses) report.misses.push(miss);
    for (const one of found) for (const { record } of one) names.add(record.name);
    for (const one of captured) {
      for (const point of layout.toPoints(isPlain && !hasCallbacks ? one : one.map(redactCaptured), index)) {
        batch.push(point);
        count(points, point.measurement);
        index++;
      }
    }
  }
  function captureLine(parsed) {
    if ("problem" in parsed) {
      report.malformedCount++;
      if (malformed.length < maxMalformed) malformed.push(parsed);
      return [];
    }
    const record = surroundings.redactRecord(parsed.record, redact);
    const captured = capture(record);
    if (captured.length === 0) count(ignored, record.name);
    return captured;
  }
  function* takeFull() {
    while (batch.length >= batchSize) yield batch.splice(0, batchSize);
  }
  async function* toBatches() {
    if (batch.length > 0) yield batch.splice(0);
    for (let at = 0; at < sources.outputs.length; at += batchSize) {
      await addAll(sources.outputs.slice(at, at + batchSize), false);
      yield* takeFull();
    }
    try {
      for await (const lines of sources.readData()) {
        for (let at = 0; at < lines.length; at += batchSize) {
          const found = lines.slice(at, at + batchSize).map(captureLine);
          await addAll(
            found.filter((captured) => captured.length > 0),
            true
          );
          yield* takeFull();
        }
      }
    } catch (error) {
      report.failure = error.message;
    }
    if (batch.length > 0) yield batch;
  }
  return { batches: toBatches(), report };
}
function count(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
function mergeReports(reports) {
  const [first] = reports;
  const points = /* @__PURE__ */ new Map();
  for (const report of reports) {
    for (const [name, count2] of report.points) points.set(name, Math.max(count2, points.get(name) ?? 0));
  }
  const ignored = [...first?.ignored ?? []].filter(([name]) => reports.every((report) => report.ignored.has(name)));
  return {
    points,
    ignored: new Map(ignored),
    names: new Set(reports.flatMap(({ names }) => [...names])),
    malformed: first?.malformed ?? [],
    malformedCount: first?.malformedCount ?? 0,
    misses: reports.flatMap(({ misses }) => misses),
    renamed: new Set(reports.flatMap(({ renamed }) => [...renamed])),
    failure: reports.find(({ failure }) => failure !== void 0)?.failure
  };
}

function toProperties(sources) {
  const all = [
    ...toOutputs("needs", sources.needs, ["result"]),
    ...toOutputs("steps", sources.steps, ["outcome"]),
    ...Object.entries(sources.own).map(([key, value]) => ({ path: key, shortName: key, value })),
    ...toKeys("matrix", sources.matrix),
    ...toKeys("job", sources.job).filter(({ path }) => path === "job.status"),
    ...toKeys("strategy", sources.strategy),
    ...toKeys("runner", sources.runner),
    ...toKeys("github", sources.github)
  ];
  const setters = /* @__PURE__ */ new Map();
  for (const property of all) {
    if (property.shortName === void 0) continue;
    const earlier = setters.get(property.shortName);
    if (earlier) earlier.push(property);
    else setters.set(property.shortName, [property]);
  }
  const listed = all.map(({ path, shortName, value }) => {
    const wins = shortName !== void 0 && setters.get(shortName)?.at(-1)?.path === path;
    return wins ? { path, shortName, value } : { path, value };
  });
  const byName = /* @__PURE__ */ new Map();
  for (const property of listed) byName.set(property.path, property);
  for (const property of listed) if (property.shortName !== void 0) byName.set(property.shortName, property);
  const tree = {
    steps: sources.steps,
    needs: sources.needs,
    matrix: sources.matrix,
    job: sources.job,
    strategy: sources.strategy,
    runner: sources.runner,
    github: { ...sources.github, event: sources.event },
    env: sources.env
  };
  return {
    listed,
    clashesOf(shortName) {
      const all2 = setters.get(shortName) ?? [];
      const settled = all2.some(({ path }) => path === shortName);
      return all2.length > 1 && !settled ? all2.map(({ path }) => path) : [];
    },
    find(name) {
      const known = byName.get(name);
      if (known) return known;
      const value = name.includes(".") ? findValue(tree, name) : void 0;
      return value === void 0 ? void 0 : { path: name, value };
    }
  };
}
function toOutputs(root, context, keys) {
  return Object.entries(context).flatMap(([id, entry]) => {
    if (!_undici.isObject(entry)) return [];
    const outputs = _undici.isObject(entry.outputs) ? Object.entries(entry.outputs) : [];
    return [
      ...outputs.map(([name, value]) => ({ path: `${root}.${id}.outputs.${name}`, shortName: name, value })),
      ...keys.flatMap((key) => {
        const value = entry[key];
        return value === void 0 ? [] : [{ path: `${root}.${id}.${key}`, value }];
      })
    ];
  });
}
function toKeys(root, context) {
  return Object.entries(context).map(([key, value]) => ({ path: `${root}.${key}`, value }));
}
function findValue(tree, path) {
  let value = tree;
  let rest = path;
  for (; ; ) {
    if (typeof value !== "object" || value === null) return void 0;
    const whole = getOwn(value, rest);
    if (whole !== void 0) return whole;
    const dot = rest.indexOf(".");
    const inner = dot < 0 ? void 0 : getOwn(value, rest.slice(0, dot));
    if (inner === void 0) return void 0;
    value = inner;
    rest = rest.slice(dot + 1);
  }
}
function getOwn(value, key) {
  if (Array.isArray(value) && !/^\d+$/.test(key)) return void 0;
  return Object.hasOwn(value, key) ? value[key] : void 0;
}

const maxClockDifferenceMs = 2e3;
const graceMs = 500;
async function readBuild({ runner, http, cancel }, settings, state, event, endMs) {
  const { env } = runner;
  const { redact } = runner.log;
  const parsed = _undici.parseContexts(runner.readInput);
  const contexts = surroundings.redactData(parsed.contexts, redact);
  const { value: payload, isCut } = _undici.cutDeep(event);
  const warnings = [
    ...parsed.problems.map((problem) => `${_undici.formatProblem(problem)}. Its values are not known.`),
    ...parsed.warnings,
    ...isCut ? [_undici.explainCut("The event payload")] : []
  ];
  const early = surroundings.redactData(surroundings.toIdentity(env, event, contexts), redact);
  const {
    job,
    clockAheadMs = 0,
    reason
  } = await Promise.race([
    markdown.readJob({ ...early, token: settings.githubToken, apiUrl: markdown.toApiUrl(env) }, http),
    waitForCancel(cancel)
  ]);
  if (reason !== void 0) {
    warnings.push(
      `The job's exact start is not known: ${reason}. Its start is that of the Build Stats step, and queue_time is left out.`
    );
  }
  const correctionMs = Math.abs(clockAheadMs) > maxClockDifferenceMs ? Math.round(clockAheadMs) : 0;
  const trueEndMs = endMs + correctionMs;
  const startMs = job?.startMs ?? (state && state.startMs + correctionMs);
  if (startMs === void 0)
    warnings.push("The start of this job is not known: its main phase left no state. It counts as 0 s.");
  const identity = job === void 0 ? early : { ...early, jobId: job.id, url: surroundings.toRunUrl(env, job.id) };
  const build = {
    ...identity,
    result: typeof contexts.job.status === "string" ? contexts.job.status : "unknown",
    startMs: startMs ?? trueEndMs,
    endMs: trueEndMs,
    queueTime: job?.queueTime,
    jobName: job?.name === void 0 ? void 0 : redact(job.name),
    steps: job === void 0 ? { reason: reason ?? "GitHub was not asked" } : surroundings.redactData({ ran: job.steps, others: job.otherSteps, late: job.lateSteps }, redact),
    properties: toProperties({
      ...contexts,
      ...surroundings.redactData(
        {
          runner: surroundings.toRunnerProperties(env),
          github: surroundings.toGithubProperties(env),
          event: payload,
          env: surroundings.toEnvProperties(env),
          own: settings.properties
        },
        redact
      )
    })
  };
  return { build, early, warnings };
}
async function waitForCancel(cancel) {
  if (!cancel.aborted) await new Promise((resolve) => cancel.addEventListener("abort", resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve, graceMs));
  return { job: void 0, clockAheadMs: void 0, reason: "the job was cancelled before GitHub answered" };
}

const maxMs = 1e4;
const maxBytes = 2e7;
async function sendSpool(storages, settings, edges, deadlines) {
  const folder = settings.spool;
  if (folder === void 0 || settings.dryRun) return { sent: 0, problems: [] };
  const end = AbortSignal.any([deadlines.signal, AbortSignal.timeout(maxMs)]);
  const endMs = performance.now() + maxMs;
  const remainingMs = () => Math.max(0, Math.min(deadlines.remainingMs(), endMs - performance.now()));
  const problems = [];
  let sent = 0;
  let bytesLeft = maxBytes;
  for (const { settings: storageSettings, outcome } of storages) {
    if (outcome.unsent + outcome.lost > 0 || outcome.problems.length > 0) continue;
    const storage = _undici.openStorage(storageSettings, settings, edges);
    const name = edges.runner.log.redact(_undici.nameStorage(storageSettings.target));
    const isWanted = ({ target }, bytes) => !end.aborted && target === name && bytes <= bytesLeft;
    for (const file of markdown.claimSpooled(folder, isWanted, edges.runner.now())) {
      bytesLeft -= file.bytes;
      const { batches, report } = markdown.readUnsentPoints(file.path);
      const writing = { signal: end, readSignal: end, remainingMs, unsent() {
      } };
      const { written, unsent, lost, gaveUp, isDown, problems: found } = await _undici.writeTo(storage, batches, 0, writing);
      sent += written;
      const isDone = unsent + report.malformed === 0 && gaveUp !== true;
      if (isDone) file.remove();
      else file.release();
      const why = [...found, ...report.problem === void 0 ? [] : [report.problem]].join("; ");
      if (!isDone) problems.push(`Left in the spool: ${file.header.builder}, run ${file.header.run_id}: ${why}.`);
      else if (lost > 0)
        problems.push(
          `${lost} points of ${file.header.builder}, run ${file.header.run_id}, in the spool are lost: ${why}.`
        );
      if (isDown === true || end.aborted) break;
    }
  }
  return { sent, problems };
}

function escapeMermaid(text) {
  return text.replace(/[^A-Za-z0-9 \u0080-\u{10ffff}]|[ﬂ°¶ß]|^ | $/gu, (character) => `#${character.codePointAt(0)};`);
}
function toDiagram(settings, lines) {
  return ["```mermaid", `%%{init: ${JSON.stringify(settings)}}%%`, ...lines, "```"].join("\n");
}

const maxSteps = 50;
const maxName = 44;
const maxConclusion = 20;
const maxTimeMs = 864e13;
const failed = /* @__PURE__ */ new Set(["failure", "timed_out", "startup_failure"]);
const [width$1, fontSize$1] = [1e3, 12];
const columnWidth = 6.4;
const maxPadding = 560;
function toGantt(steps) {
  const sound = steps.filter(({ startMs, endMs }) => Number.isFinite(startMs) && Number.isFinite(endMs)).map((step) => ({
    ...step,
    startMs: toTime(step.startMs),
    endMs: Math.max(toTime(step.startMs), toTime(step.endMs))
  }));
  const longest = sound.reduce((most, step) => Math.max(most, lengthOf(step)), 0);
  if (longest === 0) return "";
  const shown = pickSteps(sound);
  const names = toUniqueNames(shown);
  const spanMs = Math.max(...shown.map(({ endMs }) => endMs)) - Math.min(...shown.map(({ startMs }) => startMs));
  const settings = {
    gantt: {
      useWidth: width$1,
      leftPadding: Math.min(25 + Math.ceil(Math.max(...names.map(countColumns)) * columnWidth), maxPadding),
      rightPadding: 20,
      titleTopMargin: 22,
      // Mermaid puts the axis 50 above the foot, so that less would lay it over the last row.
      topPadding: 50,
      gridLineStartPadding: 40,
      barHeight: 18,
      barGap: 4,
      fontSize: fontSize$1,
      sectionFontSize: fontSize$1,
      numberSectionStyles: 2
    },
    themeVariables: {
      taskBkgColor: "#8cb4e0",
      taskBorderColor: "#6f9bcb",
      activeTaskBkgColor: "#f2cc60",
      activeTaskBorderColor: "#c9a227",
      critBkgColor: "#f0837b",
      critBorderColor: "#d1242f",
      taskTextColor: "#1f2328"
    },
    themeCSS: ".titleText { font-size: 14px; } .grid .tick line { stroke-opacity: 0.15; }"
  };
  const marked = shown.find((step) => lengthOf(step) === longest);
  const chart = toDiagram(settings, [
    "gantt",
    "accTitle: Steps of the job",
    `title ${toTitle$1(shown, marked)}`,
    "dateFormat x",
    `axisFormat ${spanMs > 2 * 36e5 ? "%H:%M" : "%H:%M:%S"}`,
    // Ticks of less than a second would all read the same.
    ...spanMs <= 12e3 ? ["tickInterval 1second"] : [],
    "todayMarker off",
    ...shown.flatMap((step, index) => [
      `section ${escapeMermaid(names[index] ?? "")}`,
      `${toLabel(step)}:${[...toTags(step, step === marked), step.startMs, step.endMs].join(", ")}`
    ])
  ]);
  const left = sound.length - shown.length;
  return left === 0 ? chart : `${chart}

${left} shorter step${left === 1 ? " is" : "s are"} not shown.`;
}
function toTitle$1(steps, marked) {
  const colours = [
    ...marked === void 0 || failed.has(marked.conclusion) ? [] : ["the longest in yellow"],
    ...steps.some(({ conclusion }) => failed.has(conclusion)) ? ["failed in red"] : []
  ];
  return `Steps of the job${colours.length === 0 ? "" : escapeMermaid(`: ${colours.join(", ")}`)}`;
}
function toTime(timeMs) {
  return Math.round(Math.min(Math.max(timeMs, 0), maxTimeMs));
}
function lengthOf({ startMs, endMs }) {
  return endMs - startMs;
}
function pickSteps(steps) {
  const rank = (step) => failed.has(step.conclusion) ? 1 : 0;
  return [...steps].sort((one, other) => rank(other) - rank(one) || lengthOf(other) - lengthOf(one)).slice(0, maxSteps).sort((one, other) => one.startMs - other.startMs || one.number - other.number);
}
function toUniqueNames(steps) {
  const names = /* @__PURE__ */ new Set();
  for (const { name, number } of steps) {
    const text = markdown.toPlainText(name, maxName);
    let unique = `${/[^\p{C}\p{Z}]/u.test(text) ? text : `Step ${number}`}\u200B`;
    while (names.has(unique)) unique += "\u200B";
    names.add(unique);
  }
  return [...names];
}
function countColumns(text) {
  return [...text.replaceAll("\u200B", "")].reduce(
    (sum, character) => sum + (/[\u1100-\u{10ffff}MW@%]/u.test(character) ? 2 : 1),
    0
  );
}
function toLabel(step) {
  if (step.conclusion === "skipped") return "skipped";
  const conclusion = step.conclusion === "success" ? "" : markdown.toPlainText(step.conclusion, maxConclusion);
  return `${_undici.formatDuration(lengthOf(step) / 1e3)}${conclusion && escapeMermaid(`, ${conclusion}`)}`;
}
function toTags({ conclusion }, isMarked) {
  if (failed.has(conclusion)) return ["crit"];
  return isMarked ? ["active"] : [];
}

const words = ["", "thousand", "million", "billion"];
function isSeconds(unit) {
  return unit === "s" || unit === "seconds";
}
function findAxisUnit(unit, highest) {
  if (highest < 1e-300) return { name: unit, divisor: 1 };
  if (isSeconds(unit) && highest >= 1e-3 && highest < 1e5 * 3600) {
    if (highest >= 2 * 3600) return { name: "h", divisor: 3600 };
    if (highest >= 2 * 60) return { name: "min", divisor: 60 };
    return highest >= 0.1 ? { name: "s", divisor: 1 } : { name: "ms", divisor: 1e-3 };
  }
  if (highest >= 0.1 && highest < 1e5) return { name: unit, divisor: 1 };
  const thousands = Math.floor(Math.log10(highest) / 3);
  const word = words[thousands] ?? `\xD7 10^${3 * thousands}`;
  return { name: unit === "" ? word : `${word} ${unit}`, divisor: 10 ** (3 * thousands) };
}
function formatValue(value, { divisor }) {
  const text = (value / divisor).toFixed(3).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

const maxLabel = 40;
const maxUnit = 20;
const [width, height, fontSize] = [1e3, 320, 12];
const [plotWidth, digitWidth] = [900, 8];
const [others, ours, line] = ["#8cb4e0", "#e36209", "#6e7781"];
function toHistoryChart(history) {
  const builds = history.builds.filter(({ value }) => isDrawable(value)).slice(-100);
  if (builds.length === 0) return "";
  const median = isDrawable(history.median) ? history.median : void 0;
  const values = [...builds.map(({ value }) => value), ...median === void 0 ? [] : [median]];
  const unit = findAxisUnit(markdown.toPlainText(history.unit, maxUnit), Math.max(...values.map(Math.abs)));
  const scale = (value) => formatValue(value, unit);
  const [lowest, highest] = [Math.min(0, ...values), Math.max(0, ...values)];
  const span = highest - lowest >= 1e-300 ? highest - lowest : unit.divisor;
  const hidden = lowest - span / 50;
  const toBars = (isThis) => `bar [${builds.map((build) => scale(build.isThis === isThis ? build.value : hidden)).join(", ")}]`;
  const hasThis = builds.some(({ isThis }) => isThis);
  const hasOthers = builds.some(({ isThis }) => !isThis);
  const axis = { labelFontSize: fontSize, titleFontSize: fontSize + 1 };
  const settings = {
    xyChart: { width, height, showLegend: false, xAxis: axis, yAxis: axis },
    themeVariables: {
      xyChart: {
        // GitHub's dark theme would put a grey box behind it.
        backgroundColor: "transparent",
        plotColorPalette: [...hasThis ? [ours] : [], ...hasOthers ? [others] : [], line].join(", ")
      }
    }
  };
  return toDiagram(settings, [
    "xychart-beta",
    `accTitle: The last ${builds.length} builds`,
    // Not the title: Mermaid measures that with the entity codes, and puts it aside.
    `x-axis "${escapeMermaid(`${toTitle(history.label, unit)} ${explain$1(builds, median, history.unit)}`)}" [${toLabels(builds).join(", ")}]`,
    `y-axis ${scale(lowest)} --> ${scale(lowest + span * 1.05)}`,
    ...hasThis ? [toBars(true)] : [],
    ...hasOthers ? [toBars(false)] : [],
    ...median === void 0 || builds.length === 1 ? [] : [`line [${builds.map(() => scale(median)).join(", ")}]`]
  ]);
}
function isDrawable(value) {
  return value !== void 0 && Math.abs(value) <= 1e300;
}
function toTitle(label, { name }) {
  const text = markdown.toPlainText(label, maxLabel);
  return name === "" ? text : `${text} (${name})`;
}
function explain$1(builds, median, unit) {
  const current = builds.find(({ isThis }) => isThis);
  return [
    "by build number",
    ...current === void 0 ? [] : [`this one, ${current.number}, in orange`],
    ...median === void 0 ? [] : [`median${builds.length > 1 ? " (line)" : ""} ${toQuantity(median, unit)}`]
  ].join("; ");
}
function toQuantity(value, unit) {
  if (isSeconds(unit) && value >= 0) return _undici.formatDuration(value);
  const scaled = findAxisUnit(markdown.toPlainText(unit, maxUnit), Math.abs(value));
  return `${formatValue(value, scaled)} ${scaled.name}`;
}
function toLabels(builds) {
  const digits = Math.max(...builds.map(({ number }) => `${number}`.length));
  const every = Math.ceil(builds.length * (digits + 1) * digitWidth / plotWidth);
  const current = builds.findLastIndex(({ isThis }) => isThis);
  const from = current === -1 ? builds.length - 1 : current;
  const labels = /* @__PURE__ */ new Set();
  for (const [index, { number }] of builds.entries()) {
    let label = (from - index) % every === 0 ? escapeMermaid(`${number}`) : "\u200B";
    while (labels.has(label)) label += "\u200B";
    labels.add(label);
  }
  return [...labels].map((label) => `"${label}"`);
}

const maxSummaryBytes = 1024 * 1024;
function limitSummary(sections, maxBytes = maxSummaryBytes) {
  const wanted = sections.filter(({ markdown }) => markdown !== "");
  const sizes = wanted.map(({ markdown }) => countBytes(markdown) + countBytes("\n\n"));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let room = maxBytes - (total > maxBytes ? countBytes(explain(wanted)) : 0);
  const [shown, left] = [[], []];
  for (const [index, section] of wanted.entries()) {
    const size = sizes[index] ?? 0;
    if (size > room) left.push(section);
    else {
      shown.push(section);
      room -= size;
    }
  }
  return shown.map(({ markdown }) => `${markdown}

`).concat(left.length === 0 ? [] : [explain(left)]).join("").replace(/\n+$/, "\n");
}
function explain(sections) {
  return `Left out, as GitHub takes no more than 1 MiB: ${sections.map(({ title }) => title).join(", ")}.
`;
}
function countBytes(text) {
  return Buffer.byteLength(text);
}

const maxText = 200;
const maxSentence = 2e3;
function toSummary(outcome, notices, redact) {
  const { build, placed, misses, data, storages, warnings, steps = [], history } = outcome;
  const code = (value) => `<code>${markdown.escapeText(redact(String(value)), maxText)}</code>`;
  const text = (value) => markdown.escapeText(redact(value), maxSentence);
  const conflicts = markdown.explainConflicts(storages, placed);
  const captured = placed.filter(({ captured: captured2 }) => "name" in captured2);
  const changes = captured.map((one) => toChange(one, outcome));
  const hasChanges = changes.some((change) => change !== "");
  const head = [
    `## Build Stats: ${text(build.builder)}`,
    toVerdictText(outcome, text),
    markdown.toTable(
      ["", ""],
      [
        ["Result", text(build.result)],
        ["Start", new Date(build.startMs).toISOString()],
        ["End", new Date(build.endMs).toISOString()],
        ["Duration", _undici.formatDuration(_undici.toDuration(build))],
        ...build.queueTime === void 0 ? [] : [["Waited for a runner", _undici.formatDuration(build.queueTime)]]
      ]
    )
  ];
  return limitSummary([
    { title: "Build Stats", markdown: head.filter((part) => part !== "").join("\n\n") },
    section(
      "Captured",
      markdown.toTable(
        ["Statistic", "Value", ...hasChanges ? ["Change"] : [], "Property"],
        captured.map(({ captured: captured2, key, kind }, index) => [
          `${code(key)}${kind === "tag" ? " (tag)" : ""}`,
          "name" in captured2 ? code(captured2.value) : "",
          ...hasChanges ? [changes[index] ?? ""] : [],
          "name" in captured2 ? code(captured2.property.path) : ""
        ])
      )
    ),
    section("Steps", toGantt(steps.map((step) => ({ ...step, name: redact(step.name) })))),
    section("Earlier builds", history === void 0 ? "" : toChart(history, redact)),
    section(
      "Data",
      markdown.toTable(
        ["Measurement", "Points"],
        [...data?.points ?? []].map(([name, count]) => [code(name), `${count}`])
      )
    ),
    section(
      "Not captured",
      markdown.toTable(
        ["Rule", "Why"],
        misses.map((miss) => [code(_undici.nameRule(miss.rule)), text(miss.reason)])
      )
    ),
    section("Where the points went", markdown.toList(storages.map((storage) => text(explainStorage(storage))))),
    section("Good to know", markdown.toList([...notices, ...conflicts, ...warnings, ...markdown.findNotes(outcome)].map(text)))
  ]);
}
function toChart({ statistic, unit, builds, own, median }, redact) {
  const toBar = ({ number, value }, isThis) => ({ number: number ?? 0, value, isThis });
  return toHistoryChart({
    label: redact(statistic),
    unit: unit ?? "",
    builds: [...builds.map((one) => toBar(one, false)), toBar(own, true)],
    median
  });
}
function toVerdictLine(outcome, redact) {
  const { build } = outcome;
  const text = (value) => markdown.escapeText(redact(value), maxSentence);
  const verdict = toVerdictText(outcome, text);
  const ended = `ended with ${build.result} after ${_undici.formatDuration(_undici.toDuration(build))}`;
  return `**${text(build.builder)}**: ${verdict === "" ? text(ended) : verdict}

`;
}
function toVerdictText({ verdict }, text) {
  if (verdict === void 0) return "";
  const { step, limit } = verdict;
  const clause = step && `; ${text(step.before)} <em>${text(step.name)}</em>${/^\s/.test(step.after) ? " " : ""}${text(step.after)}`;
  const sentence = `${text(verdict.text)}${clause ?? ""}.`;
  return verdict.level === "told" ? sentence : `**${sentence}** ${text(limit)}`;
}
function toChange({ captured: { value }, key, kind }, { medians }) {
  const median = kind === "field" ? medians?.get(key) : void 0;
  if (median === void 0 || typeof value !== "number" && typeof value !== "bigint") return "";
  const difference = Number(value) - median;
  const sign = difference < 0 ? "\u2212" : "+";
  const rounded = (of) => `${Number(Math.abs(of).toPrecision(4))}`;
  const percent = Math.round(Math.abs(difference / median) * 1e3) / 10;
  const much = difference === 0 ? "none" : `${sign}${median === 0 ? rounded(difference) : `${percent} %`}`;
  return `${much} (median ${median < 0 ? "\u2212" : ""}${rounded(median)})`;
}
function section(title, body) {
  return { title, markdown: body === "" ? "" : `### ${title}

${body}` };
}
function explainStorage({ name, written, unsent, lost, problems, kept, hasStart }) {
  const start = hasStart ? ", and the start point when the job began" : "";
  const missing = `${unsent > 0 ? `, ${unsent} not written` : ""}${lost > 0 ? `, ${lost} lost` : ""}`;
  const why = problems.length > 0 ? `: ${problems.join("; ")}` : "";
  const places = markdown.explainKept(kept).map((text) => `. ${text.replace(/\.$/, "")}`);
  return `${name}: ${markdown.countOf(written, "point")}${start}${missing}${why}${places.join("")}`;
}

async function writeBuild(captured, { build, early, state, settings, runCallbacks }, edges, deadlines) {
  const { env, log } = edges.runner;
  let folder;
  const toPath = (index) => {
    folder ??= fs.mkdtempSync(node_path.join(env.RUNNER_TEMP || os.tmpdir(), "build-stats-unsent-"));
    return node_path.join(folder, `unsent-${index + 1}.lp`);
  };
  async function writeOne({ storage: one, outputs, laidOut }, index) {
    const storage = _undici.openStorage(one, settings, edges);
    const unsent = markdown.openUnsentFile(() => toPath(index), {
      ...one.name === void 0 ? {} : { name: log.redact(one.name) },
      target: log.redact(_undici.nameStorage(one.target)),
      builder: build.builder,
      run_id: `${build.runId ?? ""}`,
      attempt: `${build.attempt ?? ""}`
    });
    const hasStart = state?.startWritten.includes(log.redact(storage.name)) ?? false;
    const isLate = settings.startPoint && !hasStart;
    const late = isLate ? surroundings.toStartPointOf(one, early, state?.startMs ?? build.startMs) : void 0;
    const points = [...late === void 0 ? [] : [late], ...laidOut.points];
    const { batches, report } = createPointStream({
      build,
      rules: one.rules,
      layout: one.layout,
      points,
      nextIndex: laidOut.points.length,
      outputs: outputs.captured,
      readData: () => markdown.readDataFile(state?.dataFile ?? env.BUILD_STATS, deadlines.readSignal),
      runCallbacks
    });
    const outcome = await _undici.writeTo(storage, batches, points.length, { ...deadlines, unsent: unsent.add });
    return { settings: one, outcome, hasStart, data: report, unsent };
  }
  return await Promise.all(captured.map(writeOne));
}

const maxReserveMs = 5e3;
async function finish(edges, callbackScript) {
  const { runner } = edges;
  const { log } = runner;
  const endMs = runner.now();
  const state = surroundings.readState(runner);
  if (state === "failed") {
    log.info("Build Stats: nothing is written, since its inputs are not right.");
    return;
  }
  const event = surroundings.readEvent(runner.env);
  let settings;
  try {
    settings = await surroundings.parseSettings(runner.readInput, surroundings.toSurroundings(runner, "post", event));
  } catch (error) {
    if (!(error instanceof _undici.SettingsError)) throw error;
    const text = `No statistics of this job were written. ${error.message}`;
    if (runner.readInput("fail-on-error").toLowerCase() === "true") log.fail(text);
    else log.error(text);
    return;
  }
  const { build, early, warnings } = await readBuild(edges, settings, state, event, endMs);
  const reserveMs = edges.upload === void 0 || settings.dryRun ? 0 : Math.min(maxReserveMs, settings.timeoutMs / 4);
  const deadlines = surroundings.openDeadlines(settings.timeoutMs, reserveMs, edges.cancel);
  const runCallbacks = createCallbackRunner(callbackScript, deadlines.signal);
  const captured = await captureFor(settings.storages, build, runCallbacks);
  const sources = { build, early, state, settings, runCallbacks };
  const [compared, written] = await Promise.all([
    settings.compare && compare(build, captured, settings.compare, edges, deadlines),
    writeBuild(captured, sources, edges, deadlines)
  ]);
  const places = { spool: settings.spool, upload: edges.upload, log };
  const files = written.map(({ unsent }) => unsent);
  const kept = await keepUnsent(files, toUnsentName(build), places, deadlines.keepSignal);
  const spooled = await sendSpool(written, settings, edges, deadlines);
  const data = mergeReports(written.map((one) => one.data));
  const outcome = {
    build,
    placed: unique(
      captured.flatMap(({ laidOut }) => laidOut.placed),
      ({ key, kind }) => `${kind} ${key}`
    ),
    misses: unique(
      [
        ...captured.flatMap(({ captures, outputs, laidOut }) => [
          ...captures.misses,
          ...outputs.misses,
          ...laidOut.misses
        ]),
        ...data.misses
      ],
      _undici.explainMiss
    ),
    warnings: unique(
      [
        ...settings.warnings,
        ...warnings,
        ...captured.flatMap(({ captures, outputs }) => [...captures.warnings, ...outputs.warnings])
      ],
      (text) => text
    ),
    secretNames: unique(
      captured.flatMap(({ captures }) => captures.secretNames),
      (name) => name
    ),
    data,
    unyielded: findUnyielded(settings.storages, build.builder, data),
    storages: written.map(({ outcome: outcome2, hasStart, unsent }) => ({ ...outcome2, hasStart, kept: kept.get(unsent) })),
    spooled,
    mistakes: settings.mistakes,
    verdict: compared?.verdict,
    history: compared?.history,
    medians: compared?.medians,
    steps: "ran" in build.steps ? build.steps.ran : []
  };
  tell(outcome, settings, runner);
}
async function compare(...parameters) {
  try {
    const { compareBuild } = await Promise.resolve().then(() => require('./compare-build.js'));
    return await compareBuild(...parameters);
  } catch (error) {
    const [, , , { runner }] = parameters;
    const why = `by a defect of Build Stats: ${error.message}`;
    runner.log.warning(`This build was not compared with earlier ones, ${why}`);
    return void 0;
  }
}
function toUnsentName(build) {
  const hash = _undici.toOffsetNs(build).toString(16).padStart(5, "0");
  return `build-stats-unsent-${build.runId ?? 0}-${build.attempt ?? 1}-${hash}`;
}
function tell(outcome, settings, { log, writeSummary }) {
  for (const { text, failsJob, level } of markdown.findFaults(outcome, settings.failOnError)) {
    if (failsJob || settings.failOnError && level === "lost") log.fail(text);
    else log.warning(text);
  }
  const { verdict } = outcome;
  if (verdict?.level === "told") log.info(markdown.explainVerdict(outcome, verdict));
  for (const text of markdown.findNotes(outcome)) log.info(text);
  log.info(markdown.toHeadline(outcome));
  if (!settings.summary) return;
  try {
    if (settings.summary === "verdict") writeSummary(toVerdictLine(outcome, log.redact));
    else writeSummary(toSummary(outcome, settings.notices, log.redact));
  } catch (error) {
    log.warning(`The job summary could not be written: ${error.message}`);
  }
}
function unique(items, toKey) {
  return [...new Map(items.map((item) => [toKey(item), item])).values()];
}
function findUnyielded(storages, builder, data) {
  const names = storages.flatMap(
    ({ rules }) => rules.flatMap(
      (rule) => rule.kind === "data" && "name" in rule.match && _undici.appliesTo(rule, builder) ? [rule.match.name] : []
    )
  );
  return [...new Set(names)].filter((name) => !data.names.has(name));
}

const callbackScript = new URL("callback-worker.js", (typeof document === 'undefined' ? require('u' + 'rl').pathToFileURL(__filename).href : (_documentCurrentScript && _documentCurrentScript.tagName.toUpperCase() === 'SCRIPT' && _documentCurrentScript.src || new URL('post.js', document.baseURI).href)));
void _undici.runPhase((edges) => finish(edges, callbackScript));
