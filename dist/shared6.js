'use strict';

const artifactClient = require('./artifact-client.js');
const surroundings = require('./shared5.js');
const layoutSettings = require('./shared4.js');
const problem = require('./shared3.js');

function toCallbackMs(timeoutMs) {
  return timeoutMs * artifactClient.callbackPart;
}
function toReserveMs(timeoutMs) {
  return Math.min(artifactClient.maxKeepMs, timeoutMs * artifactClient.keepPart);
}
function openDeadlines(timeoutMs, reserveMs, cancel, why = "its time was over (input timeout)") {
  const write = new AbortController();
  const read = new AbortController();
  const keep = new AbortController();
  let endMs = 0;
  let timers = [];
  function set(writeMs, thenReadMs, thenKeepMs, reason) {
    for (const timer of timers) clearTimeout(timer);
    endMs = performance.now() + writeMs;
    timers = [
      setTimeout(() => write.abort(new surroundings.EndOfWriting(reason)), writeMs),
      setTimeout(() => read.abort(), writeMs + thenReadMs),
      setTimeout(() => keep.abort(), writeMs + thenReadMs + thenKeepMs)
    ];
  }
  const half = reserveMs / 2;
  set(timeoutMs - reserveMs, Math.max(artifactClient.readAfterWritingMs, half), Math.max(artifactClient.keepAfterReadingMs, half), why);
  const onCancel = () => {
    const leftMs = Math.max(0, Math.min(artifactClient.cancelledWriteMs, endMs - performance.now()));
    if (!write.signal.aborted) set(leftMs, artifactClient.readAfterWritingMs, artifactClient.cancelledKeepMs, "the job was cancelled");
  };
  if (cancel.aborted) onCancel();
  else cancel.addEventListener("abort", onCancel, { once: true });
  return {
    signal: write.signal,
    readSignal: read.signal,
    keepSignal: keep.signal,
    remainingMs: () => Math.max(0, endMs - performance.now())
  };
}

const stepsVariable = "BUILD_STATS_STEPS";
const summaryMark = "summary";
function readMarks(env) {
  return (env[stepsVariable] ?? "").split(",").filter((mark) => mark !== "");
}
function toMarks({ storages, summary, dryRun }, builder, read) {
  if (dryRun) return [];
  const places = storages.map((storage) => toMark(storage, builder));
  return [...places.length === 0 ? [toConfigMark(read)] : places, ...summary === false ? [] : [summaryMark]];
}
function leaveToEarlier(settings, earlier, builder, read) {
  if (earlier.length === 0 || settings.dryRun) return { settings, repeated: [] };
  const isOfConfig = read("config") !== "" && earlier.includes(toConfigMark(read));
  const [repeated, storages] = [[], []];
  for (const storage of settings.storages) {
    const isThere = isOfConfig || earlier.includes(toMark(storage, builder));
    (isThere ? repeated : storages).push(storage);
  }
  const summary = earlier.includes(summaryMark) ? false : settings.summary;
  return { settings: { ...settings, storages, summary }, repeated };
}
function explainRepeated(repeated) {
  const names = repeated.map(({ name, target }) => name ?? surroundings.nameStorage(target)).join(", ");
  return `An earlier Build Stats step of this job writes to ${names} in the same layout and measurement: this step writes nothing there.`;
}
function toMark({ target, layout, builder }, ofBuild) {
  const measurement = layout.kind === "native" ? layout.options.measurement : builder ?? ofBuild;
  return hash([...toDestination(target), layout.kind, measurement]);
}
function toConfigMark(read) {
  return hash(["config", ...["config", "layout", "measurement", "builder"].map(read)]);
}
function toDestination(target) {
  if (target.kind === "file") return ["file", target.path];
  const { url } = target;
  switch (target.api) {
    case "v1":
      return [url, target.database, target.retentionPolicy ?? ""];
    case "v2":
      return [url, target.org ?? "", target.bucket];
    case "v3":
      return [url, target.database];
  }
}
function hash(parts) {
  let h = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify(parts))) {
    h = BigInt.asUintN(64, (h ^ BigInt(byte)) * 0x100000001b3n);
  }
  return h.toString(16).padStart(16, "0");
}

function toKnown({ name, target, layout }, redact) {
  return {
    ...name === void 0 ? {} : { name: redact(name) },
    destination: surroundings.toDestination(target, redact),
    isOpen: target.kind === "file" || target.api === "v1" && target.login === void 0,
    layout: layout.kind,
    measurement: layout.kind === "native" ? layout.options.measurement : ""
  };
}
function toStorageKey({ target }, index, redact) {
  return `${index} ${surroundings.toKey(surroundings.toDestination(target, redact))}`;
}
function reconcileStorages(storages, known, fallbackPath, redact) {
  const keyOf = ({ target }) => surroundings.toKey(surroundings.toDestination(target, redact));
  const knownKeys = new Set(known.map(({ destination }) => surroundings.toKey(destination)));
  const isStandIn = (one) => one.target.kind === "file" && one.target.path === fallbackPath && !knownKeys.has(keyOf(one));
  const hasStandIn = storages.some(isStandIn);
  const missing = known.filter(
    ({ destination }) => (destination.kind === "influxdb" || hasStandIn) && !storages.some((one) => keyOf(one) === surroundings.toKey(destination))
  );
  const isAllowed = (one) => knownKeys.has(keyOf(one)) || one.target.kind === "file" && !(missing.length > 0 && isStandIn(one));
  const unknown = storages.filter((one) => !isAllowed(one));
  const warnings = [
    ...unknown.filter(({ target }) => target.kind === "influxdb").map(
      (one) => `${surroundings.nameDestination(surroundings.toDestination(one.target, redact))} was not among the storages when the job began: nothing is sent there, so that no step can lead credentials elsewhere. Give the same inputs from the beginning of the job.`
    ),
    ...missing.map(({ destination, isOpen }) => {
      const fate = isOpen ? "its points go there all the same" : "its points are kept, since its credentials are missing, too";
      return `${surroundings.nameDestination(destination)} was among the storages when the job began, and the inputs do not name it any more: ${fate}.`;
    }),
    ...storages.flatMap(
      (one) => explainLayout(
        one,
        known.filter(({ destination }) => surroundings.toKey(destination) === keyOf(one)),
        redact
      )
    )
  ];
  const added = missing.map((one) => toSettings(one, storages[known.indexOf(one)] ?? storages[0]));
  return { storages: [...storages.filter(isAllowed), ...added], warnings };
}
function explainLayout(one, known, redact) {
  const [first] = known;
  const { layout, measurement } = toKnown(one, redact);
  if (first === void 0 || known.some((other) => other.layout === layout && other.measurement === measurement))
    return [];
  const describe = (kind, name) => name === "" ? kind : `${kind}, measurement ${name}`;
  return [
    `The layout of ${surroundings.nameDestination(first.destination)} is not the one with which the job began: it was ${describe(first.layout, first.measurement)} and is ${describe(layout, measurement)}.`
  ];
}
function toSettings({ name, destination, isOpen }, like) {
  if (like === void 0) throw new Error("settings have a storage");
  return {
    ...name === void 0 ? {} : { name },
    target: toTarget(destination),
    rules: like.rules,
    layout: like.layout,
    ...isOpen ? {} : { withheld: "its credentials are not known any more when the job ends" }
  };
}
function toTarget(destination) {
  if (destination.kind === "file") return { ...destination, name: destination.path };
  const { kind, url } = destination;
  switch (destination.api) {
    case "v1": {
      const { api, database, policy } = destination;
      return { kind, url, api, database, retentionPolicy: policy, login: void 0 };
    }
    case "v2": {
      const { api, bucket, org } = destination;
      return { kind, url, api, bucket, org, token: "" };
    }
    case "v3": {
      const { api, database } = destination;
      return { kind, url, api, database, token: "" };
    }
  }
}
const placeInputs = ["url", "api", "org", "bucket", "database", "retention-policy", "file", "config"];
const otherInputs = [
  ...["captures", "layout", "measurement", "builder", "tags", "matrix-tags", "start-point", "compare"],
  ...["matrix", "strategy", "spool", "summary", "timeout", "fail-on-error", "dry-run"]
];
const maxInputsLength = 32e3;
function toKnownInputs(read, redact) {
  const entries = [...placeInputs, ...otherInputs].map((name) => [name, read(name)]);
  const inputs = Object.fromEntries(entries.filter(([, text]) => text !== "" && redact(text) === text));
  return JSON.stringify(inputs).length > maxInputsLength ? {} : inputs;
}
function readKnownInputs(read, known) {
  const hadPlace = placeInputs.some((name) => known?.[name] !== void 0);
  const isBare = hadPlace && [...placeInputs, "token", "username", "password"].every((name) => read(name) === "");
  return isBare ? (name) => read(name) || (known?.[name] ?? "") : read;
}

const lasting = /* @__PURE__ */ new Set([
  ...["captures", "compare", "fail-on-error", "matrix-tags", "properties"],
  ...["spool", "start-point", "summary", "tags", "timeout"]
]);
async function parseSettings(read, around, earlier = []) {
  const problems = [...earlier];
  const lost = [];
  const warnings = [];
  const { storages, notices, mistakes, compare } = await surroundings.parseStorages(read, around, problems, lost);
  const settings = {
    storages,
    notices,
    mistakes,
    properties: await layoutSettings.parseProperties(read("properties"), problems, lost, warnings, around.isForeign),
    githubToken: read("github-token") || void 0,
    startPoint: surroundings.parseBoolean(read, "start-point", true, problems),
    summary: read("summary") === "verdict" ? "verdict" : surroundings.parseBoolean(read, "summary", true, problems, ["verdict"]),
    compare: compare === void 0 ? await parseCompare(read("compare"), problems) : compare.comparison,
    timeoutMs: surroundings.parseTimeout(read("timeout"), problems),
    spool: surroundings.parseFolder(read, "spool", problems),
    failOnError: surroundings.parseBoolean(read, "fail-on-error", false, problems),
    warnings,
    dryRun: surroundings.parseBoolean(read, "dry-run", false, problems)
  };
  const isFatal = ({ input }) => around.phase !== "post" || !lasting.has(input);
  const told = [...lost, ...problems.filter((problem) => !isFatal(problem))];
  const fatal = problems.filter(isFatal);
  if (fatal.length > 0) throw new problem.SettingsError(fatal);
  const losses = told.map((problem$1) => `${problem.formatProblem(problem$1)}. ${explainLoss(problem$1)}`);
  return settings.failOnError ? { ...settings, mistakes: [...mistakes, ...losses] } : { ...settings, warnings: [...warnings, ...losses] };
}
function explainLoss({ input }) {
  return input === "properties" || input === "tags" ? "Its values are not known." : "It does not count.";
}
async function parseCompare(text, problems) {
  if (/^(false)?$/i.test(text.trim())) return void 0;
  const { parseCompareInput } = await Promise.resolve().then(() => require('./compare-settings.js'));
  return await parseCompareInput(text, problems);
}

function toStartPointOf({ layout }, identity, startMs) {
  return layout.kind === "native" ? layoutSettings.toStartPoint(identity, startMs, layout.options) : void 0;
}

exports.explainRepeated = explainRepeated;
exports.leaveToEarlier = leaveToEarlier;
exports.openDeadlines = openDeadlines;
exports.parseSettings = parseSettings;
exports.readKnownInputs = readKnownInputs;
exports.readMarks = readMarks;
exports.reconcileStorages = reconcileStorages;
exports.stepsVariable = stepsVariable;
exports.toCallbackMs = toCallbackMs;
exports.toKnown = toKnown;
exports.toKnownInputs = toKnownInputs;
exports.toMarks = toMarks;
exports.toReserveMs = toReserveMs;
exports.toStartPointOf = toStartPointOf;
exports.toStorageKey = toStorageKey;
