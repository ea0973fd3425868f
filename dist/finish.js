'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const shared = require('./shared.js');
const settings = require('./settings.js');
const limits = require('./limits.js');
const node_fs = require('node:fs');
const node_path = require('node:path');
const spoolFolder = require('./common4.js');
const job = require('./common.js');
const node_os = require('node:os');
const lineProtocol = require('./common3.js');
const node_buffer = require('node:buffer');

function mergeMisses(misses) {
  const merged = /* @__PURE__ */ new Map();
  for (const miss of misses) {
    const ofRule = merged.get(miss.rule) ?? /* @__PURE__ */ new Map();
    merged.set(miss.rule, ofRule);
    const own = miss.cause ?? miss.reason;
    const cause = ofRule.has(own) || ofRule.size < limits.maxReasonsPerRule ? own : [...ofRule.keys()].at(-1);
    const known = ofRule.get(cause ?? own);
    const more = (miss.more ?? 0) + (known === void 0 ? 0 : 1 + (known.more ?? 0));
    ofRule.set(cause ?? own, { ...known ?? miss, ...more > 0 ? { more } : {} });
  }
  return [...merged.values()].flatMap((ofRule) => [...ofRule.values()]);
}

const msPerTick = 10;
function readCpuMs(pid) {
  try {
    const fields = node_fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isNaN(ticks) ? void 0 : ticks * msPerTick;
  } catch {
    return void 0;
  }
}

const cpuEveryMs = 50;
const maxIdleMs = 500;
function createCallbackRunner(script, { signal, budgetMs } = {}) {
  const workers = createWorkers(script);
  const stopped = /* @__PURE__ */ new Set();
  let spentMs = 0;
  return async (calls) => {
    const answers = [];
    const startMs = performance.now();
    const over = budgetMs === void 0 ? void 0 : AbortSignal.timeout(Math.max(0, Math.floor(budgetMs - spentMs)));
    const signals = [signal, over].filter((one) => one !== void 0);
    const end = signals.length > 0 ? AbortSignal.any(signals) : void 0;
    const why = () => signal?.aborted ? "the timeout had passed" : `callbacks had had their part of it, ${formatSeconds(budgetMs)}`;
    while (answers.length < calls.length) {
      if (end?.aborted || budgetMs !== void 0 && spentMs >= budgetMs) {
        const failure2 = `it was not run: ${why()}`;
        while (answers.length < calls.length) answers.push({ failure: failure2 });
        break;
      }
      const next = calls[answers.length];
      if (next !== void 0 && stopped.has(toKey(next))) {
        answers.push({ failure: "it is not run again, since it did not end before" });
        continue;
      }
      const from = answers.length;
      let to = from;
      while (to < calls.length && !stopped.has(toKey(calls[to]))) to++;
      const worker = await workers.take();
      const { got, failure } = await collect(worker, calls.slice(from, to), end);
      for (const answer of got) answers.push(answer);
      if (got.length === to - from) workers.keep(worker);
      const culprit = calls[answers.length];
      if (answers.length < to && culprit !== void 0) {
        if (end?.aborted) answers.push({ failure: `it was not done when ${why()}` });
        else {
          stopped.add(toKey(culprit));
          answers.push({ failure: failure ?? "its process ended" });
        }
      }
    }
    spentMs += performance.now() - startMs;
    return answers;
  };
}
function toKey(call) {
  return "callback" in call ? call.callback : `regex ${call.javascript}`;
}
function formatSeconds(ms = 0) {
  return `${ms / 1e3} s of the timeout`;
}
function createWorkers(script) {
  const idle = /* @__PURE__ */ new Set();
  const stop = (worker) => {
    idle.delete(worker);
    worker.child.removeAllListeners();
    worker.child.on("error", () => {
    });
    worker.child.kill("SIGKILL");
  };
  return {
    async take() {
      const { fork } = await import('node:child_process');
      const [worker] = idle;
      if (worker !== void 0) {
        idle.delete(worker);
        worker.child.removeAllListeners();
        return worker;
      }
      const child = fork(script, [`${process.pid}`], {
        env: process.platform === "win32" ? { SystemRoot: process.env.SystemRoot } : {},
        execArgv: [`--max-old-space-size=${limits.callbackHeapMb}`],
        stdio: ["ignore", "ignore", "ignore", "ipc"]
      });
      return { child, isReady: false };
    },
    keep(worker) {
      idle.add(worker);
      worker.child.on("exit", () => idle.delete(worker));
      worker.child.unref();
      worker.child.channel?.unref();
      setTimeout(() => idle.has(worker) && stop(worker), maxIdleMs).unref();
    }
  };
}
function collect(worker, calls, signal) {
  const { child } = worker;
  return new Promise((resolve) => {
    const got = [];
    let sent = 0;
    const expectStart = () => setTimeout(() => end(`its process did not begin with it within ${limits.callbackStartMs / 1e3} s`), limits.callbackStartMs);
    let timer = expectStart();
    const end = (failure) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stopLate);
      child.removeAllListeners();
      child.on("error", () => {
      });
      if (got.length < calls.length) child.kill("SIGKILL");
      resolve(failure === void 0 ? { got } : { got, failure });
    };
    const stopLate = () => end();
    signal?.addEventListener("abort", stopLate);
    const send = (message) => {
      child.send(message, (error) => error && end(error.message));
    };
    const sendNext = () => {
      clearTimeout(timer);
      timer = expectStart();
      try {
        const batch = [];
        const { props } = calls[sent];
        for (let length = 0; length < limits.callbackBatchCharacters && sent < calls.length; sent++) {
          const { props: given, ...call } = calls[sent];
          if (given !== props) break;
          batch.push(call);
          length += JSON.stringify(call).length;
        }
        if (props !== worker.props) send({ props: props ?? null });
        if (props === void 0) delete worker.props;
        else worker.props = props;
        send({ calls: batch });
      } catch (error) {
        end(error.message);
      }
    };
    let known = { atMs: Number.NEGATIVE_INFINITY, cpuMs: void 0 };
    const expectAnswer = () => {
      clearTimeout(timer);
      const fromMs = performance.now();
      if (fromMs - known.atMs > cpuEveryMs) known = { atMs: fromMs, cpuMs: readCpuMs(child.pid) };
      const { cpuMs } = known;
      const isMatch = "javascript" in calls[got.length];
      const limitMs = isMatch ? limits.matchMs : limits.callbackMs;
      const check = () => {
        const now = readCpuMs(child.pid);
        const ranMs = now === void 0 || cpuMs === void 0 ? limitMs : now - cpuMs;
        if (ranMs < limitMs && performance.now() - fromMs < limits.callbackWaits * limitMs) {
          timer = setTimeout(check, Math.max(50, limitMs - ranMs));
        } else end(isMatch ? "it ran longer than half a second" : "it ran longer than a second");
      };
      timer = setTimeout(check, limitMs);
    };
    child.on("message", (message) => {
      if (message === "ready") {
        worker.isReady = true;
        sendNext();
      } else if (message === "begun") expectAnswer();
      else {
        got.push(message);
        if (got.length === calls.length || signal?.aborted) end();
        else if (got.length === sent) sendNext();
        else expectAnswer();
      }
    });
    child.on("error", (error) => end(error.message));
    child.on("exit", () => end(`it took more than ${limits.callbackHeapMb} MB of memory, or ended its process`));
    if (worker.isReady) sendNext();
  });
}

const maxArtifactBytes = 256 * 1024 * 1024;
async function keepUnsent(files, stem, { spool, upload, log }, signal) {
  const kept = /* @__PURE__ */ new Map();
  const failures = [];
  const left = () => files.filter(hasLines).filter((file) => !kept.has(file));
  const keep = (file, where, count = file.lines) => {
    const notShown = count < file.lines ? "the log would be too long" : "";
    const why = [notShown, file.failure?.reason ?? ""].filter((text) => text !== "").join("; ");
    kept.set(file, { kept: count, where, gone: file.lines - count + (file.failure?.lines ?? 0), why });
  };
  if (spool !== void 0) {
    for (const file of left()) {
      try {
        spoolFolder.putIntoSpool(spool, stem, (copy) => copyInto(copy, file), file.bytes);
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
      kept.set(file, { kept: 0, where: "", gone: file.lines, why: error.message });
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
    kept.set(file, { kept: before.kept + held.length, where, gone, why: gone > 0 ? before.why : "" });
  }
  return kept;
}
const logPlace = "in the log of this job, as line protocol for influx write";
function hasLines(file) {
  return file.path !== void 0 && file.lines > 0;
}
const pieceSize = 1024 * 1024;
function copyInto(copy, file) {
  const writer = spoolFolder.openKeptWriter(copy, file.header);
  const source = node_fs.openSync(file.path, "r");
  try {
    const headBytes = Buffer.byteLength(spoolFolder.formatHeader(file.header));
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

async function askMatches(rules, namesFor, run) {
  const known = /* @__PURE__ */ new Map();
  const misses = [];
  const unsure = rules.flatMap((rule) => {
    const regex = toRegex(rule);
    if (regex === void 0) return [];
    known.set(regex, /* @__PURE__ */ new Map());
    const names = namesFor(rule).filter((name) => regex.test(name) === void 0);
    return [...new Set(names)].map((name) => ({ rule, regex, name }));
  });
  if (unsure.length === 0) return { known, misses };
  const answers = await run(unsure.map(({ regex, name }) => ({ javascript: regex.javascript, name })));
  const failures = /* @__PURE__ */ new Map();
  for (const [index, { rule, regex, name }] of unsure.entries()) {
    const answer = answers[index] ?? { failure: "it was not run" };
    if (!("failure" in answer)) {
      known.get(regex)?.set(name, answer.value === true);
      continue;
    }
    const first = failures.get(rule);
    failures.set(rule, first ? { ...first, count: first.count + 1 } : { name, failure: answer.failure, count: 1 });
  }
  for (const [rule, { name, failure, count }] of failures) {
    const more = count > 1 ? ` and ${count - 1} more` : "";
    const remedy = "an expression without lookaround and references takes no time";
    misses.push({
      rule,
      reason: `whether it matches ${JSON.stringify(shorten(name))}${more} is not known: ${failure}; ${remedy}`,
      level: rule.kind === "property" ? rule.onMissing : "warn"
    });
  }
  return { known, misses };
}
function toRegex(rule) {
  return "match" in rule && rule.match !== void 0 && "regex" in rule.match ? rule.match.regex : void 0;
}
function shorten(name) {
  return shared.cutText(name, 60);
}

async function captureFor(storages, build, runCallbacks) {
  const buildFor = ({ builder = build.builder }) => ({ ...build, builder });
  const byRules = /* @__PURE__ */ new Map();
  for (const storage of storages) {
    const { rules, layout } = storage;
    const named = buildFor(storage);
    const byBuilder = byRules.get(rules) ?? /* @__PURE__ */ new Map();
    byRules.set(rules, byBuilder);
    if (byBuilder.has(named.builder)) continue;
    const run = layout.redact === void 0 ? runCallbacks : settings.redactAnswers(runCallbacks, layout.redact);
    const applying = rules.filter((rule) => settings.appliesTo(rule, named.builder));
    const { known, misses } = await askMatches(applying, (rule) => settings.listNames(named, rule), run);
    const found = settings.captureBuild(named, rules, known);
    const captures = await settings.applyCallbacks({ ...found, misses: [...misses, ...found.misses] }, run);
    byBuilder.set(named.builder, { captures, outputs: settings.captureOutputs(named.builder, rules, build.properties) });
  }
  return storages.flatMap((storage) => {
    const named = buildFor(storage);
    const found = byRules.get(storage.rules)?.get(named.builder);
    return found === void 0 ? [] : [{ storage, build: named, ...found, laidOut: settings.layOutBuild(named, found.captures, storage.layout) }];
  });
}

const maxMisses = 100;
function createPointStream(sources) {
  const { build, rules } = sources;
  const layout = settings.openDataLayout(build, sources.layout);
  const known = /* @__PURE__ */ new Map();
  const capture = settings.createDataCapture(build.builder, rules, known);
  const asked = /* @__PURE__ */ new Set();
  const hasCallbacks = settings.hasCallback(rules);
  const { redact = (text) => text } = sources.layout;
  const runCallbacks = settings.redactAnswers(sources.runCallbacks, redact);
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
  const redactCaptured = ({ rule, record }) => ({ rule, record: shared.redactRecord(record, redact) });
  function addMisses(misses) {
    report.misses.push(...misses);
    if (report.misses.length > maxMisses) report.misses = mergeMisses(report.misses);
  }
  async function addAll(found, isPlain) {
    const { captured, misses } = hasCallbacks ? await settings.applyDataCallbacks(found, runCallbacks) : { captured: found, misses: [] };
    addMisses(misses);
    for (const one of found) for (const { record } of one) names.add(record.name);
    for (const one of captured) {
      for (const point of layout.toPoints(isPlain && !hasCallbacks ? one : one.map(redactCaptured), index)) {
        batch.push(point);
        count(points, point.measurement);
        index++;
      }
    }
  }
  function readLine(parsed) {
    if ("record" in parsed) return [shared.redactRecord(parsed.record, redact)];
    report.malformedCount++;
    if (malformed.length < limits.maxMalformed) malformed.push(parsed);
    return [];
  }
  async function captureRecords(records) {
    const names2 = [...new Set(records.map(({ name }) => name))].filter((name) => !asked.has(name));
    for (const name of names2) asked.add(name);
    const answered = await askMatches(settings.dataRules(build.builder, rules), () => names2, runCallbacks);
    addMisses(answered.misses);
    for (const [regex, answers] of answered.known) {
      if (answers.size > 0) known.set(regex, new Map([...known.get(regex) ?? [], ...answers]));
    }
    return records.flatMap((record) => {
      const captured = capture(record);
      if (captured.length === 0) count(ignored, record.name);
      return captured.length > 0 ? [captured] : [];
    });
  }
  function* takeFull() {
    while (batch.length >= limits.pointBatch) yield batch.splice(0, limits.pointBatch);
  }
  async function* toBatches() {
    if (batch.length > 0) yield batch.splice(0);
    for (let at = 0; at < sources.outputs.length; at += limits.pointBatch) {
      await addAll(sources.outputs.slice(at, at + limits.pointBatch), false);
      yield* takeFull();
    }
    try {
      for await (const lines of sources.readData()) {
        for (let at = 0; at < lines.length; at += limits.pointBatch) {
          await addAll(await captureRecords(lines.slice(at, at + limits.pointBatch).flatMap(readLine)), true);
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
    ...toKeys("inputs", sources.inputs),
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
    inputs: sources.inputs,
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
    if (!shared.isObject(entry)) return [];
    const outputs = shared.isObject(entry.outputs) ? Object.entries(entry.outputs) : [];
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

const pauseMs = 1e3;
const spareShare = 0.2;
async function completeSteps(job$1, { answer, askAgain, askedMs, cancel }, withinMs) {
  if (job$1.lateSteps.length === 0 && job$1.steps.length > 0) return { job: job$1 };
  const { rate } = await answer;
  if (job.isScarce(rate, spareShare)) return { job: job$1, reason: job.explainScarce(rate) };
  if (askedMs + withinMs - performance.now() < 2 * pauseMs) return { job: job$1, reason: "its first answer took too long" };
  await pause(pauseMs, cancel);
  if (cancel.aborted) return { job: job$1, reason: "the job was cancelled" };
  const leftMs = Math.max(1, Math.floor(askedMs + withinMs - performance.now()));
  const again = await askAgain(job$1.id, AbortSignal.any([cancel, AbortSignal.timeout(leftMs)]));
  return again.job === void 0 ? { job: job$1, ...again.reason && { reason: again.reason } } : { job: again.job };
}
function pause(ms, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

async function readBuild({ env, log }, asked, settings, state) {
  const { redact } = log;
  const { contexts, early, endMs } = asked;
  const { value: payload, isCut } = shared.cutDeep(asked.event);
  const warnings = [...asked.warnings, ...isCut ? [shared.explainCut("The event payload")] : []];
  const { job: found, clockAheadMs = 0, reason, rate } = await asked.answer;
  if (job.isScarce(rate)) log.info(`Build Stats: GitHub is asked for nothing more: ${job.explainScarce(rate)}.`);
  const { job: job$1, problem } = found === void 0 ? { job: void 0 } : await completeJob(found, asked, settings);
  if (problem !== void 0) warnings.push(problem);
  if (reason !== void 0) {
    const start = state === void 0 ? "It" : "Its start is that of the Build Stats step, and queue_time";
    const left = state === void 0 ? " is left out with all that depends on it: main left no state" : " is left out";
    warnings.push(`The job's exact start is not known: ${reason}. ${start}${left}.`);
  }
  const correctionMs = Math.abs(clockAheadMs) > limits.maxClockDifferenceMs ? Math.round(clockAheadMs) : 0;
  const trueEndMs = endMs + correctionMs;
  const startMs = job$1?.startMs ?? (state && state.startMs + correctionMs);
  const identity = job$1 === void 0 ? early : { ...early, jobId: job$1.id, url: shared.toRunUrl(env, job$1.id) };
  const name = job$1 === void 0 ? void 0 : redact(job$1.name);
  const build = {
    ...identity,
    caller: shared.toCaller(env, asked.event, contexts, name),
    result: typeof contexts.job.status === "string" ? contexts.job.status : "unknown",
    startMs,
    endMs: trueEndMs,
    queueTime: job$1?.queueTime,
    jobName: name,
    steps: job$1 === void 0 ? { reason: reason ?? "GitHub was not asked" } : shared.redactData({ ran: job$1.steps, others: job$1.otherSteps, late: job$1.lateSteps }, redact),
    properties: toProperties({
      ...contexts,
      ...shared.redactData(
        {
          // A called workflow's own; those of a dispatched one are in its event.
          inputs: isEmpty(contexts.inputs) && shared.isObject(payload.inputs) ? payload.inputs : contexts.inputs,
          runner: shared.toRunnerProperties(env),
          github: shared.toGithubProperties(env),
          event: payload,
          env: shared.toEnvProperties(env),
          own: settings.properties
        },
        redact
      )
    })
  };
  return { build, warnings };
}
async function completeJob(found, asked, { storages, compare, summary, timeoutMs }) {
  const hasRule = storages.some(
    ({ rules, builder = asked.early.builder }) => rules.some((rule) => rule.kind === "steps" && settings.appliesTo(rule, builder))
  );
  if (!hasRule && compare === void 0 && summary !== true) return { job: found };
  const { job, reason } = await completeSteps(found, asked, Math.min(limits.gitHubMs, timeoutMs));
  if (reason === void 0 || !hasRule) return { job };
  return { job, problem: `GitHub told nothing more of the steps that it does not report as over: ${reason}.` };
}
function isEmpty(map) {
  return Object.keys(map).length === 0;
}

const special = /["<>`{}\\;]|%%|ﬂ°|¶ß/;
function isPlainMermaid(text) {
  return !special.test(text);
}
function toDiagram(settings, lines) {
  return ["```mermaid", `%%{init: ${JSON.stringify(settings)}}%%`, ...lines, "```"].join("\n");
}

const maxSteps = 50;
const maxName = 44;
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
      `section ${names[index] ?? ""}`,
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
  return `Steps of the job${colours.length === 0 ? "" : `: ${colours.join(", ")}`}`;
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
    const text = spoolFolder.toPlainText(name, maxName);
    const isShown = /[^\p{C}\p{Z}…]/u.test(text) && isPlainMermaid(text);
    let unique = `${isShown ? text : `Step ${number}`}\u200B`;
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
  const isTold = step.conclusion !== "success" && /^[a-z_]{1,20}$/.test(step.conclusion);
  return `${shared.formatDuration(lengthOf(step) / 1e3)}${isTold ? `, ${step.conclusion}` : ""}`;
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
  const unit = findAxisUnit(toShown(history.unit, maxUnit, ""), Math.max(...values.map(Math.abs)));
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
    `x-axis "${toTitle(history.label, unit)} ${explain$1(builds, median, history.unit)}" [${toLabels(builds).join(", ")}]`,
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
  const text = toShown(label, maxLabel, "the statistic");
  return name === "" ? text : `${text} (${name})`;
}
function toShown(text, length, otherwise) {
  const plain = spoolFolder.toPlainText(text, length);
  return isPlainMermaid(plain) ? plain : otherwise;
}
function explain$1(builds, median, unit) {
  const current = builds.find(({ isThis }) => isThis);
  return [
    "by build number",
    ...current === void 0 ? [] : [`this one, ${current.number}, in orange`],
    ...median === void 0 ? [] : [`median${builds.length > 1 ? " (line)" : ""} ${toQuantity(median, unit)}`]
  ].join(" \xB7 ");
}
function toQuantity(value, unit) {
  if (isSeconds(unit) && value >= 0) return shared.formatDuration(value);
  const scaled = findAxisUnit(toShown(unit, maxUnit, ""), Math.abs(value));
  return `${formatValue(value, scaled)} ${scaled.name}`;
}
function toLabels(builds) {
  const digits = Math.max(...builds.map(({ number }) => `${number}`.length));
  const every = Math.ceil(builds.length * (digits + 1) * digitWidth / plotWidth);
  const current = builds.findLastIndex(({ isThis }) => isThis);
  const from = current === -1 ? builds.length - 1 : current;
  const labels = /* @__PURE__ */ new Set();
  for (const [index, { number }] of builds.entries()) {
    let label = (from - index) % every === 0 ? `${number}` : "\u200B";
    while (labels.has(label)) label += "\u200B";
    labels.add(label);
  }
  return [...labels].map((label) => `"${label}"`);
}

function limitSummary(sections, maxBytes = limits.maxSummaryBytes) {
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
  const duration = shared.toDuration(build);
  const code = (value) => `<code>${spoolFolder.escapeText(redact(String(value)), maxText)}</code>`;
  const text = (value) => spoolFolder.escapeText(redact(value), maxSentence);
  const conflicts = spoolFolder.explainConflicts(storages);
  const captured = placed.filter(({ captured: captured2 }) => "name" in captured2);
  const changes = captured.map((one) => toChange(one, outcome));
  const hasChanges = changes.some((change) => change !== "");
  const head = [
    spoolFolder.toHeading(`Build Stats: ${text(build.builder)}`),
    spoolFolder.toParagraph(toVerdictText(outcome, text)),
    spoolFolder.toTable(
      [],
      [
        ["Result", text(build.result)],
        ...build.startMs === void 0 ? [] : [["Start", new Date(build.startMs).toISOString()]],
        ["End", new Date(build.endMs).toISOString()],
        ...duration === void 0 ? [] : [["Duration", shared.formatDuration(duration)]],
        ...build.queueTime === void 0 ? [] : [["Waited for a runner", shared.formatDuration(build.queueTime)]]
      ]
    )
  ];
  return limitSummary([
    { title: "Build Stats", markdown: head.filter((part) => part !== "").join("\n\n") },
    section(
      "Captured",
      spoolFolder.toTable(
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
      spoolFolder.toTable(
        ["Measurement", "Points"],
        [...data?.points ?? []].map(([name, count]) => [code(name), `${count}`])
      )
    ),
    section(
      "Not captured",
      spoolFolder.toTable(
        ["Rule", "Why"],
        misses.map((miss) => [code(settings.nameRule(miss.rule)), text(settings.explainReason(miss))])
      )
    ),
    section("Where the points went", spoolFolder.toList(storages.map((storage) => text(explainStorage(storage))))),
    section(
      "Good to know",
      spoolFolder.toList(
        [
          ...notices,
          ...outcome.mistakes.filter((one) => !notices.includes(one)),
          ...conflicts,
          ...spoolFolder.explainDataFaults(outcome),
          ...warnings,
          ...spoolFolder.findNotes(outcome)
        ].map(text)
      )
    )
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
  const text = (value) => spoolFolder.escapeText(redact(value), maxSentence);
  const verdict = toVerdictText(outcome, text);
  const ended = `ended with ${build.result}${spoolFolder.explainDuration(build)}`;
  return `${spoolFolder.toParagraph(`<strong>${text(build.builder)}</strong>: ${verdict === "" ? text(ended) : verdict}`)}

`;
}
function toVerdictText({ verdict }, text) {
  if (verdict === void 0) return "";
  const { step, limit } = verdict;
  const clause = step && `; ${text(step.before)} <em>${text(step.name)}</em>${/^\s/.test(step.after) ? " " : ""}${text(step.after)}`;
  const sentence = `${text(verdict.text)}${clause ?? ""}.`;
  return verdict.level === "told" ? sentence : `<strong>${sentence}</strong> ${text(limit)}`;
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
  const places = spoolFolder.explainKept(kept).map((text) => `. ${text.replace(/\.$/, "")}`);
  return `${name}: ${spoolFolder.countOf(written, "point")}${start}${missing}${why}${places.join("")}`;
}

const shortest = 64;
const lookedAt = 4096;
const newline = 10;
class Utf16Lines {
  carry = Buffer.alloc(0);
  /** What is complete of the file so far. */
  push(chunk) {
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    const start = bytes.lastIndexOf(newline) + 1;
    const tail = bytes.subarray(start);
    const isOpen = tail.length < shortest || mayBeUtf16(tail) && tail.length < limits.maxLineBytes;
    if (!bytes.includes(0)) {
      this.carry = isOpen ? tail : Buffer.alloc(0);
      return isOpen ? bytes.subarray(0, start) : bytes;
    }
    if (start === 0 && isOpen) {
      this.carry = bytes;
      return Buffer.alloc(0);
    }
    const { parts, rest } = convert(bytes, !isOpen);
    this.carry = rest;
    return Buffer.concat(parts);
  }
  end() {
    const { parts } = convert(this.carry, true);
    this.carry = Buffer.alloc(0);
    return Buffer.concat(parts);
  }
}
function convert(bytes, isFinal) {
  const parts = [];
  let at = 0;
  while (at < bytes.length) {
    const encoding = findEncoding(bytes, at);
    const end = encoding === "utf8" ? bytes.indexOf(newline, at) + 1 : findEnd(bytes, at, encoding, isFinal);
    const isWhole = end > 0 && (end < bytes.length || isFinal);
    if (!isWhole && !isFinal) break;
    const line = bytes.subarray(at, isWhole ? end : bytes.length);
    parts.push(encoding === "utf8" ? line : Buffer.from(decode(line, encoding)));
    at += line.length;
    if (encoding === "utf8" && line.includes(0) && bytes[at] === 0) at++;
  }
  return { parts, rest: bytes.subarray(at) };
}
function findEncoding(bytes, at) {
  const [first, second] = [bytes[at], bytes[at + 1]];
  if (first === 255 && second === 254) return "utf-16le";
  if (first === 254 && second === 255) return "utf-16be";
  const found = bytes.indexOf(newline, at);
  const line = bytes.subarray(at, found < 0 ? bytes.length : found);
  if (!line.includes(0)) return "utf8";
  if (line.length % 2 === 0 && found >= 0 && bytes[found + 1] === 0 && first !== 0) return "utf-16le";
  if (line.length % 2 === 1 && found >= 0 && bytes[found - 1] === 0 && first === 0) return "utf-16be";
  const [even, odd] = countNuls(line);
  if (odd > 4 * even && odd * 8 >= Math.min(line.length, lookedAt)) return "utf-16le";
  return even > 4 * odd && first === 0 && even * 8 >= Math.min(line.length, lookedAt) ? "utf-16be" : "utf8";
}
function mayBeUtf16(tail) {
  return tail.includes(0) || (tail[0] ?? 0) >= 254;
}
function countNuls(line) {
  const bytes = line.subarray(0, lookedAt);
  const counts = [0, 0];
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) counts[at % 2 === 0 ? 0 : 1]++;
  return counts;
}
function findEnd(bytes, start, encoding, isFinal) {
  const low = encoding === "utf-16le" ? 0 : 1;
  for (let at = bytes.indexOf(newline, start); at >= 0; at = bytes.indexOf(newline, at + 1)) {
    if ((at - start) % 2 !== low) continue;
    if (low === 1) {
      if (bytes[at - 1] === 0) return at + 1;
    } else if (at + 1 === bytes.length) {
      return 0;
    } else if (bytes[at + 1] === 0) {
      return at + 2;
    } else {
      const found = bytes.indexOf(newline, at + 1);
      if (found < 0 && !isFinal) return 0;
      if (isLine(bytes.subarray(at + 1, found < 0 ? bytes.length : found))) return at;
    }
  }
  return 0;
}
function isLine(bytes) {
  const [even, odd] = countNuls(bytes);
  if (even + odd > 0) return odd >= 4 * even;
  if (!node_buffer.isUtf8(bytes)) return false;
  return bytes.length === 0 || bytes[0] === 13 || bytes[0] === 35 || bytes.includes(" ") && bytes.includes("=");
}
function decode(line, encoding) {
  return new TextDecoder(encoding).decode(line);
}

class DataFileError extends Error {
}
async function* readDataFile(path, signal, isSecret) {
  if (path === void 0 || path === node_os.devNull) return;
  const { file, size } = openData(path);
  try {
    if (size === 0) return;
    const text = new TextPieces();
    const parser = new lineProtocol.LineProtocolParser(isSecret);
    const take = (lines) => {
      text.look(lines);
      return lines;
    };
    let count = 0;
    let sinceBreak = 0;
    for await (const chunk of readChunks(path, file, size)) {
      if (signal?.aborted) throw new DataFileError(`the data file ${path} was not read to its end within the timeout`);
      count += chunk.length;
      sinceBreak = chunk.includes(10) ? 0 : sinceBreak + chunk.length;
      if (sinceBreak > limits.maxLineBytes) continue;
      yield take(parser.push(text.decode(chunk)));
    }
    if (count < size) {
      throw new DataFileError(
        `the data file ${path} became shorter while it was read: ${count} of ${size} bytes were there`
      );
    }
    if (!text.endsLine) yield take(parser.push(text.decode(await readRestOfLine(path, file, size))));
    yield take(parser.push(text.end()));
    yield take(parser.end());
    if (text.hasReplaced) {
      throw new DataFileError(
        `the data file ${path} is not all UTF-8; what is none of its characters became U+FFFD (in PowerShell, append with Out-File -Encoding utf8 -Append, or use shell: pwsh)`
      );
    }
  } finally {
    node_fs.closeSync(file);
  }
}
function openData(path) {
  let opened;
  try {
    opened = settings.openRegular(path, "never");
  } catch (error) {
    throw new DataFileError(`the data file ${path} ${explainOpen(error)}`);
  }
  if (opened === void 0) throw new DataFileError(`the data file ${path} is no file any more`);
  return opened;
}
function explainOpen({ code, message }) {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "is gone";
    case "ELOOP":
      return "is a symbolic link, which is not followed: it could lead to any file of this machine";
    // A socket, or a device that is not there.
    case "ENXIO":
    case "ENODEV":
    case "EISDIR":
      return "is no file any more";
    case "EACCES":
    case "EPERM":
      return `may not be read by this runner (${code})`;
    default:
      return `cannot be read: ${message}`;
  }
}
async function* readChunks(path, file, size) {
  for (let at = 0; at < size; ) {
    const chunk = await readAt(path, file, Buffer.allocUnsafe(Math.min(limits.readBytes, size - at)), at);
    if (chunk.length === 0) return;
    at += chunk.length;
    yield chunk;
  }
}
function readAt(path, file, buffer, at) {
  return new Promise((resolve, reject) => {
    node_fs.read(file, buffer, 0, buffer.length, at, (error, length) => {
      if (error) reject(new DataFileError(`the data file ${path} cannot be read: ${error.message}`));
      else resolve(buffer.subarray(0, length));
    });
  });
}
async function readRestOfLine(path, file, size) {
  const rest = await readAt(path, file, Buffer.alloc(limits.maxLineBytes), size);
  const end = rest.indexOf(10);
  return end < 0 ? rest : rest.subarray(0, end + 1);
}
const replacement = "\uFFFD";
const replacementBytes = Buffer.from(replacement);
class TextPieces {
  endsLine = false;
  hasReplaced = false;
  decoder = new TextDecoder();
  lines = new Utf16Lines();
  isOdd = false;
  decode(chunk) {
    this.endsLine = chunk.at(-1) === 10;
    return this.decodeUtf8(this.lines.push(chunk));
  }
  decodeUtf8(chunk) {
    const text = this.decoder.decode(chunk, { stream: true });
    this.isOdd ||= text.includes(replacement) && !chunk.includes(replacementBytes);
    return text;
  }
  end() {
    const rest = this.decodeUtf8(this.lines.end());
    const text = this.decoder.decode();
    this.isOdd ||= text !== "";
    return rest + text;
  }
  /** Lines that are malformed are told anyway. */
  look(lines) {
    if (!this.isOdd || this.hasReplaced) return;
    this.hasReplaced = lines.some((line) => "record" in line && holdsReplacement(line));
  }
}
function holdsReplacement({ record }) {
  const texts = [record.name, ...record.tags.flat(), ...record.fields.flat()];
  return texts.some((text) => typeof text === "string" && text.includes(replacement));
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
      opened = { file, writer: spoolFolder.openKeptWriter(file, header) };
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
      if (shown.bytes === 0) shown = { bytes: Buffer.byteLength(spoolFolder.formatHeader(header)), lines: 0 };
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

const patienceMs = 4e3;
async function writeBuild(captured, { early, state, settings: settings$1, runCallbacks }, edges, deadlines) {
  const { env, log } = edges.runner;
  const hasPlace = settings$1.spool !== void 0 || edges.upload !== void 0;
  let folder;
  const toPath = (index) => {
    folder ??= spoolFolder.makeTempFolder(env, "build-stats-unsent-");
    return node_path.join(folder, `unsent-${index + 1}.lp`);
  };
  async function writeOne({ storage: one, build, outputs, laidOut }, index) {
    const storage = settings.openStorage(one, settings$1, edges);
    const unsent = openUnsentFile(() => toPath(index), {
      ...one.name === void 0 ? {} : { name: log.redact(one.name) },
      destination: settings.toDestination(one.target, log.redact),
      builder: build.builder,
      run_id: `${build.runId ?? ""}`,
      attempt: `${build.attempt ?? ""}`
    });
    const hasStart = state?.startWritten.includes(settings.toStorageKey(one, index, log.redact)) ?? false;
    const isLate = settings$1.startPoint && !hasStart && (state !== void 0 || env[settings.stepsVariable] === void 0);
    const startMs = state?.startMs ?? build.startMs;
    const late = isLate && startMs !== void 0 ? settings.toStartPointOf(one, early, startMs) : void 0;
    const points = [...late === void 0 ? [] : [late], ...laidOut.points];
    const { batches, report } = createPointStream({
      build,
      rules: one.rules,
      layout: one.layout,
      points,
      nextIndex: laidOut.points.length,
      outputs: outputs.captured,
      readData: () => readDataFile(state?.dataFile ?? env.BUILD_STATS, deadlines.readSignal, (line) => log.redact(line) !== line),
      runCallbacks
    });
    const writing = { ...deadlines, patienceMs: hasPlace ? patienceMs : void 0, unsent: unsent.add };
    const outcome = await settings.writeTo(storage, batches, points.length, writing);
    return { settings: one, outcome, hasStart, data: report, unsent };
  }
  return await Promise.all(captured.map(writeOne));
}

async function finish(edges, given, callbackScript) {
  const { runner } = edges;
  const { log } = runner;
  const { state } = given;
  if (state === "failed") {
    log.info("Build Stats: nothing is written, since its inputs are not right.");
    return;
  }
  let settings$1;
  try {
    settings$1 = await parseEndSettings(state, runner, given.event);
  } catch (error) {
    if (!(error instanceof shared.SettingsError)) throw error;
    const text = `No statistics of this job were written. ${error.message}`;
    if (runner.readInput("fail-on-error").toLowerCase() === "true") log.fail(text);
    else log.error(text);
    return;
  }
  const early = shared.redactData(given.early, log.redact);
  const asked = { ...given, early, contexts: shared.redactData(given.contexts, log.redact) };
  const left = settings.leaveToEarlier(settings$1, state?.earlier ?? [], early.builder, runner.readInput);
  settings$1 = left.settings;
  if (left.repeated.length > 0) log.info(settings.explainRepeated(left.repeated));
  if (left.repeated.length > 0 && settings$1.storages.length === 0) return;
  const { build, warnings } = await readBuild(runner, asked, settings$1, state);
  const reserveMs = edges.upload === void 0 || settings$1.dryRun ? 0 : settings.toReserveMs(settings$1.timeoutMs);
  const deadlines = settings.openDeadlines(settings$1.timeoutMs, reserveMs, edges.cancel);
  const runCallbacks = createCallbackRunner(callbackScript, {
    signal: deadlines.signal,
    budgetMs: settings.toCallbackMs(settings$1.timeoutMs)
  });
  const captured = await captureFor(settings$1.storages, build, runCallbacks);
  const sources = { early, state, settings: settings$1, runCallbacks };
  const [compared, written] = await Promise.all([
    settings$1.compare && compare(build, captured, settings$1.compare, edges, deadlines),
    writeBuild(captured, sources, edges, deadlines)
  ]);
  const places = { spool: settings$1.spool, upload: edges.upload, log };
  const files = written.map(({ unsent }) => unsent);
  const kept = await keepUnsent(files, toUnsentStem(build), places, deadlines.keepSignal);
  const spooled = await sendSpooled(written, settings$1, edges, deadlines);
  const data = mergeReports(written.map((one) => one.data));
  const outcome = {
    build,
    placed: unique(
      captured.flatMap(({ laidOut }) => laidOut.placed),
      // Storages may have rules of their own for one column, and in the Buildbot layout times share a measurement.
      ({ key, kind, captured: captured2 }) => `${kind} ${key} ${captured2.rule.kind} ${toValueText(captured2.value)}`
    ),
    misses: mergeMisses(
      unique(
        [
          ...captured.flatMap(({ captures, outputs, laidOut }) => [
            ...captures.misses,
            ...outputs.misses,
            ...laidOut.misses
          ]),
          ...data.misses
        ],
        settings.explainMiss
      )
    ),
    warnings: unique(
      [
        ...settings$1.warnings,
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
    unyielded: findUnyielded(captured, data),
    storages: written.map(({ settings: { layout, rules }, outcome: outcome2, hasStart, unsent }, index) => ({
      ...{ ...outcome2, hasStart, kept: kept.get(unsent) },
      origin: {
        builder: captured[index]?.build.builder ?? build.builder,
        ...{ layout, rules, placed: captured[index]?.laidOut.placed ?? [] }
      }
    })),
    spooled,
    mistakes: [...settings$1.mistakes, ...settings$1.losses],
    verdict: compared?.verdict,
    history: compared?.history,
    medians: compared?.medians,
    steps: "ran" in build.steps ? build.steps.ran : []
  };
  tell(outcome, settings$1, runner);
}
async function parseEndSettings(state, runner, event) {
  const { redact } = runner.log;
  const around = settings.toSurroundings(runner, "post", event);
  const settings$1 = await settings.parseSettings(settings.readKnownInputs(runner.readInput, state?.inputs), around);
  if (state?.storages === void 0 || settings$1.storages.length === 0) return settings$1;
  const { storages, warnings } = settings.reconcileStorages(settings$1.storages, state.storages, settings.toFallbackPath(around), redact);
  const told = warnings.length > 0 ? { notices: [], mistakes: [] } : {};
  return { ...settings$1, ...told, storages, warnings: [...settings$1.warnings, ...warnings] };
}
async function sendSpooled(...parameters) {
  const [, { spool, dryRun }] = parameters;
  const nothing = { sent: 0, problems: [], losses: [] };
  if (spool === void 0 || dryRun) return nothing;
  try {
    const { sendSpool } = await Promise.resolve().then(() => require('./send-spool.js')).then(n => n.sendSpool);
    return await sendSpool(...parameters);
  } catch (error) {
    return { ...nothing, problems: [`The spool ${spool} could not be sent: ${error.message}.`] };
  }
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
function toUnsentStem(build) {
  return `build-stats-unsent-${build.runId ?? 0}-${build.attempt ?? 1}`;
}
function tell(outcome, settings, { log, writeSummary }) {
  for (const { text, failsJob, level } of spoolFolder.findFaults(outcome, settings.failOnError)) {
    if (failsJob || settings.failOnError && level === "lost") log.fail(text);
    else log.warning(text);
  }
  const { verdict } = outcome;
  if (verdict?.level === "told") log.info(spoolFolder.explainVerdict(outcome, verdict));
  for (const text of spoolFolder.findNotes(outcome)) log.info(text);
  spoolFolder.printLostLines(outcome.storages, log);
  log.info(spoolFolder.toHeadline(outcome));
  if (settings.summary === "verdict") writeSummary(toVerdictLine(outcome, log.redact));
  else if (settings.summary) writeSummary(toSummary(outcome, settings.notices, log.redact));
}
function unique(items, toKey) {
  return [...new Map(items.map((item) => [toKey(item), item])).values()];
}
function toValueText(value) {
  return typeof value === "object" ? `${value.value}` : JSON.stringify(typeof value === "bigint" ? `${value}i` : value);
}
function findUnyielded(captured, data) {
  const names = captured.flatMap(
    ({ storage, build }) => storage.rules.flatMap(
      (rule) => rule.kind === "data" && "name" in rule.match && settings.appliesTo(rule, build.builder) ? [rule.match.name] : []
    )
  );
  return [...new Set(names)].filter((name) => !data.names.has(name));
}

exports.finish = finish;
