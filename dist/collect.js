"use strict";
const shared = require("./shared.js");
const github = require("./github.js");
const finish = require("./finish.js");
const keepUnsent = require("./keep-unsent.js");
const node_path = require("node:path");
function parseRun(value, repository) {
  const data = toData(value);
  const id = toCount(data.id);
  const number = toCount(data.run_number);
  const createdMs = toTime(data.created_at);
  if (id === void 0 || number === void 0 || createdMs === void 0) return void 0;
  const [path = ""] = toText(data.path).split("@");
  const head = toText(toData(data.head_repository).full_name);
  const [pullRequest] = Array.isArray(data.pull_requests) ? data.pull_requests.map(toData) : [];
  return {
    run: {
      ...{ repository, id, number, attempt: toCount(data.run_attempt) ?? 1 },
      ...{ workflow: toText(data.name) || path, path, event: toText(data.event), result: toText(data.conclusion) },
      ...{ branch: toText(data.head_branch), sha: toText(data.head_sha), actor: toText(toData(data.actor).login) },
      isOfFork: head !== "" && head.toLowerCase() !== repository.toLowerCase(),
      ...{ url: toText(data.html_url), title: toText(data.display_title) },
      pullRequest: toCount(pullRequest?.number),
      ...{ createdMs, startMs: toTime(data.run_started_at) ?? createdMs }
    },
    isOver: data.status === "completed",
    updatedMs: toTime(data.updated_at) ?? Number.POSITIVE_INFINITY,
    defaultBranch: toText(toData(data.repository).default_branch) || void 0
  };
}
function parseRunJob(value) {
  const data = toData(value);
  const id = toCount(data.id);
  if (id === void 0 || typeof data.name !== "string" || data.status !== "completed") return [];
  return [
    {
      ...{ id, attempt: toCount(data.run_attempt), name: data.name, result: toText(data.conclusion) },
      ...{ url: toText(data.html_url), runnerName: toText(data.runner_name) },
      runnerGroup: toText(data.runner_group_name),
      labels: Array.isArray(data.labels) ? data.labels.filter((label) => typeof label === "string") : [],
      ...{ createdMs: toTime(data.created_at), startMs: toTime(data.started_at), endMs: toTime(data.completed_at) },
      steps: Array.isArray(data.steps) ? data.steps.flatMap(parseStep) : []
    }
  ];
}
function parseStep(value) {
  const { name, number, status, conclusion, ...times } = toData(value);
  const [startMs, endMs] = [toTime(times.started_at), toTime(times.completed_at)];
  const count = toCount(number);
  if (typeof name !== "string" || count === void 0 || startMs === void 0 || endMs === void 0) return [];
  if (status !== "completed" || typeof conclusion !== "string" || conclusion === "skipped") return [];
  return [{ name, number: count, result: conclusion, startMs, endMs }];
}
function toData(value) {
  return typeof value === "object" && value !== null ? value : {};
}
function toText(value) {
  return typeof value === "string" ? value : "";
}
function toCount(value) {
  return Number.isSafeInteger(value) && value >= 0 ? value : void 0;
}
function toTime(value) {
  return typeof value === "string" ? github.q(value) : void 0;
}
const artifactRequestMs = 3e4;
const keptRateShare = 0.2;
const maxCollectTries = 3;
const maxCollectWaitMs = 12e4;
const maxJobPages = 50;
const maxRepositoryPages = 1e3;
async function openRunsApi(query, http, signal) {
  const { openOctokit } = await Promise.resolve().then(() => require("./octokit.js"));
  const guard = openGuard(query, http);
  const api = github.r(guard.http, () => {
  }, {
    ...{ requests: Number.POSITIVE_INFINITY, answerMs: artifactRequestMs, maxWaitMs: maxCollectWaitMs },
    ...{ tries: maxCollectTries, per: "request" }
  });
  const rest = openOctokit(query.token, query.apiUrl, github.n(api, signal));
  async function listRepositories(owner) {
    const found = /* @__PURE__ */ new Map();
    let isUser = false;
    for (let page = 1; page <= maxRepositoryPages; page++) {
      const asked = { per_page: 100, page };
      const list = () => isUser ? rest.repos.listForUser({ username: owner, ...asked }) : rest.repos.listForOrg({ org: owner, ...asked });
      const answer = await readData(list).catch(async (error) => {
        if (isUser || !(error instanceof github.A) || error.status !== 404) throw error;
        isUser = true;
        return await readData(list);
      });
      if (!Array.isArray(answer)) throw new github.A(github.s("a list of repositories"));
      const facts = answer.flatMap(parseRepository);
      for (const one of facts) found.set(one.name, one);
      if (answer.length < 100) break;
    }
    return [...found.values()];
  }
  async function listJobs(run) {
    const jobs = /* @__PURE__ */ new Map();
    let seen = 0;
    for (let page = 1; page <= maxJobPages; page++) {
      const asked = { ...toNames(run.repository), run_id: run.id, attempt_number: run.attempt, per_page: 100, page };
      const data = await orGone(() => readData(() => rest.actions.listJobsForWorkflowRunAttempt(asked)));
      if (data === void 0) return void 0;
      if (!Array.isArray(data.jobs)) throw new github.A(github.s("a list of jobs"));
      for (const job of data.jobs.flatMap(parseRunJob)) jobs.set(job.id, job);
      seen += data.jobs.length;
      if (data.jobs.length === 0 || seen >= Number(data.total_count)) break;
    }
    return [...jobs.values()];
  }
  return {
    get requests() {
      return guard.requests;
    },
    get firstAnswerMs() {
      return guard.firstAnswerMs;
    },
    async findDefaultBranch(repository) {
      const data = await orGone(() => readData(() => rest.repos.get(toNames(repository))));
      return parseRepository(data)[0]?.defaultBranch;
    },
    listRepositories,
    async listRuns(repository, { fromMs, toMs }, page) {
      const created = `${toSeconds(fromMs)}..${toSeconds(toMs)}`;
      const asked = { ...toNames(repository), created, per_page: 100, page };
      const data = await readData(() => rest.actions.listWorkflowRunsForRepo(asked));
      if (!Array.isArray(data?.workflow_runs)) throw new github.A(github.s("a list of runs"));
      const runs = data.workflow_runs.flatMap((one) => parseRun(one, repository) ?? []);
      return { total: Number(data.total_count) || runs.length, runs };
    },
    async findAttempt({ repository, id }, attempt) {
      const asked = { ...toNames(repository), run_id: id, attempt_number: attempt };
      const data = await orGone(() => readData(() => rest.actions.getWorkflowRunAttempt(asked)));
      return data === void 0 ? void 0 : parseRun(data, repository)?.run;
    },
    listJobs
  };
}
async function readData(ask) {
  try {
    return (await ask()).data;
  } catch (error) {
    const cause = error.cause ?? error;
    if (cause instanceof github.A) throw cause;
    throw new github.A(`GitHub could not be asked: ${error.message}`, { cause: error });
  }
}
async function orGone(ask) {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof github.A && (error.status === 404 || error.status === 410)) return void 0;
    throw error;
  }
}
const networkRetryMs = 500;
function openGuard({ maxRequests }, http) {
  let requests = 0;
  let rate;
  let firstAnswerMs;
  const request = async (given) => {
    for (let tries = 0; ; tries++) {
      if (rate !== void 0 && rate.remaining <= rate.limit * keptRateShare) {
        throw new github.A(`${github.f(rate)}, and a collection leaves the last fifth to other jobs`, {
          isLimit: true
        });
      }
      if (requests === maxRequests) {
        throw new github.A(`the limit of ${maxRequests} requests was reached (input max-requests)`, { isLimit: true });
      }
      requests++;
      const signal = AbortSignal.any([given.signal, AbortSignal.timeout(artifactRequestMs)]);
      try {
        const response = await http.request({ ...given, signal });
        rate = github.u(response.headers) ?? rate;
        firstAnswerMs ??= github.q(response.headers.date);
        return response;
      } catch (error) {
        if (tries === maxCollectTries || given.signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, networkRetryMs * 2 ** tries));
      }
    }
  };
  return {
    http: { request },
    get requests() {
      return requests;
    },
    get firstAnswerMs() {
      return firstAnswerMs;
    }
  };
}
function parseRepository(value) {
  const { full_name, default_branch, archived, disabled } = value ?? {};
  if (typeof full_name !== "string") return [];
  const defaultBranch = typeof default_branch === "string" ? default_branch : void 0;
  return [{ name: full_name, defaultBranch, isOver: archived === true || disabled === true }];
}
function toNames(repository) {
  const [owner = "", repo = ""] = repository.split("/");
  return { owner, repo };
}
function toSeconds(ms) {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
const maxAlike = 10;
function findCollectFaults({ storages, problems }) {
  const more = problems.length - maxAlike;
  const told = more > 1 ? [...problems.slice(0, maxAlike), `${finish.b(more)} more problems like these.`] : problems;
  return [...storages.flatMap(finish.K), ...finish.z(storages), ...told];
}
function findCollectNotes({ storages, notes }) {
  const changes = storages.flatMap(({ name, changes: changes2 = [] }) => changes2.map((change) => `${name}: ${change}.`));
  return [...notes, ...finish.A(storages), ...changes];
}
function toCollectHeadline(outcome) {
  const { repositories, storages, dryRun } = outcome;
  if (repositories.length === 0) return "Build Stats: nothing was collected.";
  const { runs, jobs, untilMs } = toCollectTotals(outcome);
  const [only] = repositories;
  const of = repositories.length === 1 && only !== void 0 ? only.name : finish.j(repositories.length, "repository");
  const until = untilMs === void 0 ? "" : `, up to ${formatMinute(untilMs)}`;
  const what = runs === 0 ? `no new runs of ${of}` : `${finish.j(runs, "run")} with ${finish.j(jobs, "job")} of ${of} collected`;
  const places = storages.map(
    ({ name, written }) => `${finish.j(written, "point")} ${dryRun ? "for" : "written to"} ${name}`
  );
  return `Build Stats: ${what}${until}${runs === 0 ? "" : `; ${places.join(", ")}`}.`;
}
function toCollectTotals({ repositories, storages }) {
  const known = repositories.flatMap(({ untilMs }) => untilMs ?? []);
  const sum = (counts) => counts.reduce((total, count) => total + count, 0);
  return {
    runs: sum(repositories.map(({ runs }) => runs)),
    jobs: sum(repositories.map(({ jobs }) => jobs)),
    points: Math.max(0, ...storages.map(({ written }) => written)),
    untilMs: known.length === 0 ? void 0 : Math.min(...known)
  };
}
function toCollectSummary(outcome, redact) {
  const text = (value) => finish.s(redact(value), 2e3);
  const faults = findCollectFaults(outcome);
  const notes = [...outcome.limits, ...findCollectNotes(outcome)];
  const rows = outcome.repositories.filter(({ runs }) => runs > 0 || outcome.repositories.length === 1).toSorted((a, b) => b.runs - a.runs).map(({ name, runs, jobs, untilMs }) => [
    ...[text(name), finish.b(runs), finish.b(jobs)],
    untilMs === void 0 ? "" : formatMinute(untilMs)
  ]);
  const sections = [
    finish.F("Build Stats: collect"),
    finish.G(faults.map(text)),
    finish.E(text(finish.H(toCollectHeadline(outcome)))),
    outcome.repositories.length > 1 ? finish.J(
      ["Repository", { title: "Runs", align: "right" }, { title: "Jobs", align: "right" }, "Collected up to"],
      rows
    ) : "",
    finish.I(notes.map(text))
  ];
  return `${sections.filter((part) => part !== "").join("\n\n")}
`;
}
function formatMinute(ms) {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
const defaultSinceMs = 25 * 36e5;
function findStart(given, known, nowMs) {
  const starts = known.map((one) => findOne(given, one, nowMs));
  return starts.length === 0 ? given ?? nowMs - defaultSinceMs : Math.min(...starts);
}
function findOne(given, known, nowMs) {
  if (known === void 0) return given ?? nowMs - defaultSinceMs;
  if (given === void 0 || covers(known, given)) return Math.min(known.untilMs, nowMs);
  return given;
}
function extendCovered(known, startMs) {
  const sinceMs = known !== void 0 && covers(known, startMs) ? known.sinceMs : startMs;
  return { sinceMs, untilMs: startMs };
}
function covers({ sinceMs, untilMs }, ms) {
  return sinceMs <= ms && ms <= untilMs;
}
const unitsMs = { m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
function parseLength(read, name, problems) {
  const text = read(name).trim();
  if (text === "") return void 0;
  const ms = toLengthMs(text);
  if (ms === void 0) {
    problems.push({ input: name, text: `must be a length of time such as 25h or 7d, but is ${JSON.stringify(text)}` });
  }
  return ms;
}
function parseMoment(read, name, nowMs, problems) {
  const text = read(name).trim();
  if (text === "") return void 0;
  const agoMs = toLengthMs(text);
  const ms = agoMs === void 0 ? toMomentMs(text) : nowMs - agoMs;
  if (ms !== void 0 && ms >= earliestMs && ms <= nowMs) return ms;
  const what = ms === void 0 ? "not a time" : ms > nowMs ? "in the future" : "before 2018";
  const remedy = "write a time such as 2026-09-01, 2026-09-01T12:00Z or 7d (seven days ago)";
  problems.push({ input: name, text: `is ${JSON.stringify(text)}, which is ${what}: ${remedy}` });
  return void 0;
}
const earliestMs = Date.UTC(2018);
function toLengthMs(text) {
  const [, count, unit = ""] = /^(\d{1,5})\s*([mhdw])$/i.exec(text) ?? [];
  const unitMs = unitsMs[unit.toLowerCase()];
  return count === void 0 || unitMs === void 0 ? void 0 : Number(count) * unitMs;
}
function toMomentMs(text) {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)) return void 0;
  const hasZone = /(Z|[+-]\d\d:\d\d)$/.test(text) && text.includes(":");
  const ms = Date.parse(text.includes(":") && !hasZone ? `${text}Z` : text);
  return Number.isNaN(ms) ? void 0 : ms;
}
const defaultCollectMs = 9e5;
const weekMs = 7 * 864e5;
async function parseCollectSettings(read, run, nowMs) {
  const problems = [];
  const { storages } = await shared.bh(read, run, problems);
  const native = storages.filter(isNative);
  const settings = {
    storages: native,
    githubToken: read("github-token"),
    repositories: await parseRepositories(read, run.env.GITHUB_REPOSITORY ?? "", problems),
    workflows: await parseList("workflows", read("workflows"), /\n/, problems),
    sinceMs: parseMoment(read, "since", nowMs, problems),
    untilMs: parseMoment(read, "until", nowMs, problems),
    lookbackMs: parseLength(read, "lookback", problems) ?? weekMs,
    jobs: shared.bi(read, "jobs", true, problems),
    steps: shared.bi(read, "steps", false, problems),
    maxRequests: parseCount(read, "max-requests", problems),
    spool: shared.bk(read, "spool", problems),
    timeoutMs: read("timeout") === "" ? defaultCollectMs : shared.bj(read("timeout"), problems),
    failOnError: shared.bi(read, "fail-on-error", false, problems),
    summary: shared.bi(read, "summary", true, problems),
    dryRun: shared.bi(read, "dry-run", false, problems),
    notes: native.length === storages.length ? [] : ["Storages with the layout buildbot are skipped: that layout cannot store whole runs."]
  };
  if (storages.length > 0 && native.length === 0) {
    problems.push({
      input: "config",
      text: "has only storages with the layout buildbot, which cannot store whole runs: add one with the layout native"
    });
  }
  if (settings.githubToken === "") {
    problems.push({ input: "github-token", text: "is empty; leave it out, or give a token that may read the runs" });
  }
  const { sinceMs, untilMs = nowMs } = settings;
  if (sinceMs !== void 0 && sinceMs >= untilMs) {
    problems.push({ input: "until", text: `must be after since, but is ${JSON.stringify(read("until"))}` });
  }
  if (sinceMs === void 0 && untilMs <= nowMs - defaultSinceMs) {
    const text = `is ${JSON.stringify(read("until"))}, but without since the collection begins 25 hours ago: set since to a time before until`;
    problems.push({ input: "until", text });
  }
  if (problems.length > 0) throw new shared.X(problems);
  return settings;
}
function isNative(storage) {
  return storage.layout.kind === "native";
}
async function parseRepositories(read, own, problems) {
  const given = await parseList("repositories", read("repositories"), /[\s,]/, problems);
  const wrong = given.filter((name) => !/^[\w.-]+\/(\*|[\w.-]+)$/.test(name));
  for (const name of wrong) {
    const text = `must be owner/name, or owner/* for all repositories of an owner, but one is ${JSON.stringify(name)}`;
    problems.push({ input: "repositories", text });
  }
  if (given.length === 0 && own !== "") return [own];
  const names = given.map((name) => name.toLowerCase());
  return given.filter((name, index) => names.indexOf(name.toLowerCase()) === index).map((name) => name.toLowerCase() === own.toLowerCase() ? own : name);
}
async function parseList(input, text, between, problems) {
  const trim = (items) => items.map((item) => item.trim()).filter((item) => item !== "");
  if (!/^\s*(- |-\n|\[)/.test(text)) return trim(text.split(between));
  const value = (await shared.aK(input, text, problems, "text"))?.value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return trim(value);
  if (value !== void 0) problems.push({ input, text: "must be a list of names, one per line" });
  return [];
}
function parseCount(read, name, problems) {
  const text = read(name).trim();
  if (text === "") return void 0;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  problems.push({ input: name, text: `must be a whole number from 1 on, but is ${JSON.stringify(text)}` });
  return void 0;
}
const historyMs = 5e3;
async function readKnownCollected(settings, { http, runner }, signal) {
  const { storages, untilMs, sinceMs } = settings;
  const nothing = { storages: storages.map(() => void 0), notes: [], problems: [] };
  if (untilMs !== void 0) return nothing;
  if (!storages.some(({ target }) => target.kind === "influxdb")) {
    const files = storages.map(({ target }) => shared.bm(target)).join(", ");
    const note = `${files} does not say where the last collection stopped, so the last 25 hours are collected. To change that, set the input since.`;
    return { ...nothing, notes: sinceMs === void 0 ? [note] : [] };
  }
  const { readCollected } = await Promise.resolve().then(() => require("./collected.js"));
  const within = AbortSignal.any([signal, AbortSignal.timeout(2 * historyMs)]);
  const problems = [];
  const ask = async ({ target, layout }) => {
    if (target.kind !== "influxdb") return void 0;
    const measurement = shared.s(`${layout.options.measurement}_collect`);
    try {
      return await readCollected(measurement, runner.now(), target, http, within);
    } catch (error) {
      const begin = sinceMs === void 0 ? "25 hours ago" : "at the time of the input since";
      problems.push(
        `${shared.bm(target)} does not say where the last collection stopped: ${error.message}. This collection begins ${begin}.`
      );
      return /* @__PURE__ */ new Map();
    }
  };
  return { storages: await Promise.all(storages.map(ask)), notes: [], problems };
}
function findOwnJobs(run, jobs) {
  return jobs.filter(
    ({ attempt, startMs }) => (attempt ?? run.attempt) === run.attempt && (run.attempt === 1 || startMs === void 0 || startMs >= run.startMs)
  );
}
function isSkipped({ result }) {
  return result === "skipped";
}
function toJobTimes({ result, runnerName, createdMs, startMs, endMs }) {
  const neverStarted = result === "skipped" || result === "cancelled" && runnerName === "";
  if (startMs === void 0 || endMs === void 0 || endMs < startMs || neverStarted) return {};
  const isQueued = createdMs !== void 0 && startMs >= createdMs;
  return {
    startMs,
    duration: (endMs - startMs) / 1e3,
    ...isQueued ? { queueTime: (startMs - createdMs) / 1e3 } : {}
  };
}
function toTotals(run, own) {
  const timed = own.map((job) => ({ ...toJobTimes(job), name: job.name }));
  const ends = own.flatMap(({ endMs: endMs2 }) => endMs2 ?? []);
  const starts = timed.flatMap(({ startMs }) => startMs ?? []);
  const endMs = ends.length === 0 ? void 0 : Math.max(...ends);
  const firstMs = starts.length === 0 ? void 0 : Math.min(...starts);
  const longest = timed.reduce(
    (best, one) => (one.duration ?? -1) > (best?.duration ?? -1) ? one : best,
    void 0
  );
  return {
    ...endMs === void 0 ? {} : { endMs },
    ...endMs === void 0 || endMs < run.startMs ? {} : { duration: (endMs - run.startMs) / 1e3 },
    ...firstMs === void 0 || firstMs < run.startMs ? {} : { queueTime: (firstMs - run.startMs) / 1e3 },
    jobs: own.length,
    failed: own.filter(({ result }) => result === "failure" || result === "timed_out").length,
    skipped: own.filter(isSkipped).length,
    runnerTime: timed.reduce((sum, { duration = 0 }) => sum + duration, 0),
    ...longest === void 0 ? {} : { longestJob: longest.name }
  };
}
function findRanSteps({ steps }) {
  const isGroup = (step) => step.name === "Parallel group" && steps.some((other) => other !== step && other.startMs >= step.startMs && other.endMs <= step.endMs);
  return steps.filter((step) => step.endMs >= step.startMs && !isGroup(step));
}
function toJobTag(name) {
  const bare = name.replace(/ \([^()]*\)(?= \/ )/g, "");
  const at = bare.indexOf(" (");
  return at > 0 ? bare.slice(0, at) : bare;
}
const systems = [
  ["Linux", /(?:^|[-_.])(?:linux|ubuntu)(?:[-_.]|$)/i],
  ["Windows", /(?:^|[-_.])windows(?:[-_.]|$)/i],
  ["macOS", /(?:^|[-_.])macos(?:[-_.]|$)/i]
];
function findRunnerOs(labels) {
  const found = systems.filter(([, pattern]) => labels.some((label) => pattern.test(label)));
  return found.length === 1 ? found[0]?.[0] ?? "" : "";
}
function toDefaultBranch(run, defaultBranch) {
  if (run.event === "schedule") return "true";
  if (run.event.startsWith("pull_request") || run.isOfFork) return "false";
  if (defaultBranch === void 0) return "unknown";
  return run.branch === defaultBranch ? "true" : "false";
}
const maxListedRuns = 1e3;
const pageSize = 100;
const maxRestarts = 2;
async function* listWindows(api, repository, whole) {
  const waiting = [whole];
  for (let window = waiting.pop(); window !== void 0; window = waiting.pop()) {
    const first = await api.listRuns(repository, window, 1);
    if (first.total >= maxListedRuns && window.toMs - window.fromMs >= 2e3) waiting.push(...halve(window));
    else yield { ...window, runs: await listRest(api, repository, window, first) };
  }
}
function halve({ fromMs, toMs }) {
  const middleMs = fromMs + Math.floor((toMs - fromMs) / 2e3) * 1e3;
  return [
    { fromMs: middleMs + 1e3, toMs },
    { fromMs, toMs: middleMs }
  ];
}
async function listRest(api, repository, window, first) {
  const found = /* @__PURE__ */ new Map();
  let restarts = 0;
  let page = 1;
  let last = first;
  for (; ; ) {
    for (const one of last.runs) found.set(one.run.id, one);
    const isEnd = last.runs.length === 0 || page * pageSize >= Math.min(last.total, maxListedRuns);
    if (isEnd && page > 0) break;
    const next = await api.listRuns(repository, window, page + 1);
    const isShifted = next.total < last.total && restarts < maxRestarts;
    if (isShifted) restarts++;
    page = isShifted ? 0 : page + 1;
    last = next;
  }
  return [...found.values()].sort((a, b) => a.run.createdMs - b.run.createdMs || a.run.id - b.run.id);
}
const collectBatch = 50;
const collectOverlapMs = 12e4;
async function* collectRuns(collector, { name, defaultBranch }, { sinceMs, untilMs, lookbackMs }) {
  const created = { fromMs: sinceMs - lookbackMs, toMs: untilMs };
  let attempts = [];
  let reachedMs = sinceMs;
  let branch;
  try {
    for await (const window of listWindows(collector.api, name, created)) {
      for (const { run, isOver, updatedMs, ...told } of window.runs) {
        if (!isOver || updatedMs < sinceMs - collectOverlapMs || !collector.selects(run)) continue;
        branch ??= Promise.resolve(defaultBranch ?? told.defaultBranch ?? collector.api.findDefaultBranch(name));
        attempts.push(...await collectAttempts(collector, run, await branch));
        reachedMs = Math.max(reachedMs, run.createdMs);
        if (attempts.length < collectBatch) continue;
        yield { attempts, untilMs: reachedMs };
        attempts = [];
      }
      reachedMs = Math.max(reachedMs, window.toMs);
    }
  } catch (error) {
    yield { attempts, untilMs: reachedMs };
    throw error;
  }
  yield { attempts, untilMs: Math.max(reachedMs, untilMs) };
}
async function collectAttempts({ api, onVanished }, last, defaultBranch) {
  const attempts = [];
  for (let number = 1; number <= last.attempt; number++) {
    const found = number === last.attempt ? last : await api.findAttempt(last, number);
    const run = found && { ...found, attempt: number };
    const jobs = run && await api.listJobs(run);
    if (run === void 0 || jobs === void 0) onVanished({ ...last, attempt: number });
    else attempts.push({ run, jobs, defaultBranch });
  }
  return attempts;
}
const nothingCollected = { repositories: [], problems: [], limits: [], notes: [] };
function createSelect({ workflows }, env) {
  const own = (env.GITHUB_WORKFLOW_REF ?? "").split("@")[0]?.toLowerCase();
  return ({ repository, path, workflow }) => {
    if (`${repository}/${path}`.toLowerCase() === own) return false;
    const names = [workflow, path, path.slice(path.lastIndexOf("/") + 1)];
    return workflows.length === 0 || workflows.some((wanted) => names.some((name) => finish.M(wanted, name)));
  };
}
function explainStop(error, asking) {
  if (!(error instanceof github.A)) throw error;
  if (asking.aborted) {
    const isTime = asking.reason?.name === "TimeoutError";
    return { why: isTime ? "the time ran out (input timeout)" : "the job was cancelled", kind: "limit" };
  }
  if (error.isLimit) return { why: error.message, kind: "limit" };
  return { why: error.message, kind: error.status === void 0 || error.status === 401 ? "all" : "repository" };
}
async function collectRepositories(work) {
  const { settings, nowMs, writer } = work;
  const told = { repositories: [], problems: [], limits: [], notes: [] };
  const vanished = [];
  const repositories = await findRepositories(work, told);
  if (repositories === void 0) return told;
  const starts = repositories.map(({ name }) => {
    const known = work.known.map((storage) => storage.get(name));
    return [name, findStart(settings.sinceMs, known, nowMs)];
  }).sort(([, a], [, b]) => a - b);
  if (settings.untilMs === void 0) await writer.begin(new Map(starts));
  for (const [name, sinceMs] of starts) {
    const facts = repositories.find((one) => one.name === name);
    if (facts === void 0 || writer.isBlocked) break;
    const stop = await collectRepository(work, facts, sinceMs, told, vanished);
    if (stop === void 0) continue;
    const { untilMs = sinceMs } = told.repositories.at(-1) ?? {};
    const hasMemory = settings.untilMs === void 0 && settings.storages.some(({ target }) => target.kind === "influxdb");
    const next = hasMemory ? "The next collection continues from there" : toAdvice(untilMs);
    const text = `${name} was collected only up to ${formatMinute(untilMs)}: ${stop.why}${explainAccess(stop, name, work)}. ${next}.`;
    if (stop.kind === "limit") told.limits.push(text);
    else told.problems.push(text);
    if (stop.kind !== "repository") break;
  }
  if (vanished.length > 0) told.notes.push(explainVanished(vanished));
  return told;
}
async function collectRepository({ settings, api, writer, env, nowMs, asking }, facts, sinceMs, told, vanished) {
  const untilMs = Math.floor((settings.untilMs ?? nowMs) / 1e3) * 1e3;
  const range = { sinceMs, untilMs: Math.max(untilMs, sinceMs), lookbackMs: settings.lookbackMs };
  const collector = { api, selects: createSelect(settings, env), onVanished: (run) => void vanished.push(run) };
  const row = { name: facts.name, runs: 0, jobs: 0, untilMs: void 0 };
  told.repositories.push(row);
  let writing = Promise.resolve();
  try {
    for await (const collected of collectRuns(collector, facts, range)) {
      await writing;
      if (writer.isBlocked) return void 0;
      row.runs += new Set(collected.attempts.map(({ run }) => run.id)).size;
      row.jobs += countJobs(collected);
      row.untilMs = Math.max(sinceMs, Math.min(collected.untilMs, api.firstAnswerMs ?? collected.untilMs));
      writing = writer.write({ ...collected, untilMs: row.untilMs }, facts.name);
    }
  } catch (error) {
    return explainStop(error, asking);
  } finally {
    await writing;
  }
  return void 0;
}
function countJobs({ attempts }) {
  return attempts.reduce(
    (sum, { run, jobs }) => sum + findOwnJobs(run, jobs).filter((job) => !isSkipped(job)).length,
    0
  );
}
async function findRepositories(work, told) {
  const { settings, api, env, event, asking } = work;
  const { default_branch } = shared.m(event.repository) ? event.repository : {};
  const ownBranch = typeof default_branch === "string" ? default_branch : void 0;
  const found = /* @__PURE__ */ new Map();
  for (const pattern of settings.repositories) {
    const owner = pattern.endsWith("/*") ? pattern.slice(0, -2) : void 0;
    const isOwn = pattern === env.GITHUB_REPOSITORY;
    if (owner === void 0) {
      found.set(pattern, { name: pattern, defaultBranch: isOwn ? ownBranch : void 0, isOver: false });
      continue;
    }
    try {
      const listed = (await api.listRepositories(owner)).filter(({ isOver }) => !isOver);
      for (const facts of listed) found.set(facts.name, facts);
      if (listed.length === 0) told.problems.push(`The token sees no repositories of ${owner} that are not archived.`);
    } catch (error) {
      const stop = explainStop(error, asking);
      const hidden = "the owner does not exist, or the token may not see it";
      const remedy = "check the name, or give the token of a GitHub App that is installed there";
      const why = /^the token may not read it/.test(stop.why) ? `${hidden}; ${remedy}` : stop.why;
      const text = `The repositories of ${owner} were not listed: ${why}.`;
      if (stop.kind === "limit") told.limits.push(text);
      else told.problems.push(text);
      if (stop.kind !== "repository") return void 0;
    }
  }
  return [...found.values()];
}
function toAdvice(untilMs) {
  return `To continue from there, set since: ${new Date(untilMs).toISOString().slice(0, 19)}Z`;
}
function explainAccess({ why }, name, { env }) {
  const isForeign = name !== env.GITHUB_REPOSITORY && why.includes("may not read it");
  return isForeign ? ". A job's own token reads only its own repository: for others, set github-token to the token of a GitHub App" : "";
}
function explainVanished(vanished) {
  const first = vanished.slice(0, 5).map(({ repository, id, attempt }) => `${repository} run ${id}, attempt ${attempt}`);
  const more = vanished.length > first.length ? ` and ${vanished.length - first.length} more` : "";
  const are = vanished.length === 1 ? "is" : "are";
  return `${finish.j(vanished.length, "attempt")} ${are} skipped because GitHub no longer has ${vanished.length === 1 ? "it" : "them"}: ${first.join("; ")}${more}.`;
}
async function collectTriggering({
  settings,
  api,
  writer,
  env,
  event,
  asking
}) {
  const told = shared.t(event.workflow_run);
  const { path, name } = shared.t(event.workflow);
  const place = shared.t(told.repository ?? event.repository);
  const repository = typeof place.full_name === "string" ? place.full_name : env.GITHUB_REPOSITORY ?? "";
  const listed = parseRun({ path, ...told, name: told.name || name }, repository);
  if (listed === void 0) {
    return {
      ...nothingCollected,
      problems: ["The event workflow_run does not contain a workflow run: nothing is collected."]
    };
  }
  const { run, isOver } = listed;
  const { default_branch } = shared.t(event.repository);
  const defaultBranch = listed.defaultBranch ?? (typeof default_branch === "string" ? default_branch : void 0);
  const title = `Run ${run.id} of ${run.workflow}`;
  if (!isOver && event.action !== "completed") {
    const note = `${title} has not ended yet: trigger this workflow on workflow_run with "types: [completed]" only.`;
    return { ...nothingCollected, notes: [note] };
  }
  if (!createSelect(settings, env)(run))
    return {
      ...nothingCollected,
      notes: [`${title} is skipped: the input "workflows" does not select its workflow.`]
    };
  try {
    const jobs = await api.listJobs(run);
    if (jobs === void 0) {
      const problem = `${title} was not found: it was deleted, or the token may not read it; give the job \`permissions: actions: read\`.`;
      return { ...nothingCollected, problems: [problem] };
    }
    await writer.write({ attempts: [{ run, jobs, defaultBranch }], untilMs: run.startMs }, repository);
    const ran = findOwnJobs(run, jobs).filter((job) => !isSkipped(job)).length;
    return { ...nothingCollected, repositories: [{ name: repository, runs: 1, jobs: ran, untilMs: void 0 }] };
  } catch (error) {
    return { ...nothingCollected, problems: [`${title} was not collected: ${explainStop(error, asking).why}.`] };
  }
}
function toAttemptPoints({ run, jobs, defaultBranch }, wanted, options) {
  const own = findOwnJobs(run, jobs);
  const tags = {
    repository: run.repository,
    workflow: run.workflow,
    event: run.event,
    default_branch: toDefaultBranch(run, defaultBranch)
  };
  const ran = wanted.jobs || wanted.steps ? own.filter((job) => !isSkipped(job)) : [];
  return [
    toRunPoint(run, own, tags, options),
    ...ran.flatMap((job) => [
      ...wanted.jobs ? [toJobPoint(run, job, tags, options)] : [],
      ...wanted.steps ? toJobStepPoints(run, job, tags, options) : []
    ])
  ];
}
function toRunPoint(run, own, tags, options) {
  const { endMs, duration, queueTime, jobs, failed, skipped, runnerTime, longestJob } = toTotals(run, own);
  return toPoint(
    "run",
    { ...tags, result: run.result },
    {
      ...toIdentity(run),
      url: `${run.url.replace(/\/attempts\/\d+$/, "")}/attempts/${run.attempt}`,
      actor: run.actor,
      title: run.title,
      pull_request: toInt(run.pullRequest),
      start_time: toIso(run.startMs),
      end_time: toIso(endMs),
      duration,
      queue_time: queueTime,
      jobs: toInt(jobs),
      jobs_failed: toInt(failed),
      jobs_skipped: toInt(skipped),
      runner_time: runnerTime,
      longest_job: longestJob
    },
    options,
    // A run without jobs has no end: GitHub could not read its workflow.
    toTimeNs(endMs ?? run.startMs, run.id % nsPerSecond, run.attempt)
  );
}
function toJobPoint(run, job, tags, options) {
  const { startMs, duration, queueTime } = toJobTimes(job);
  return toPoint(
    "job",
    { ...tags, job: toJobTag(job.name), result: job.result, runner_os: findRunnerOs(job.labels) },
    {
      ...toIdentity(run),
      job_id: toInt(job.id),
      url: job.url,
      job_name: job.name,
      runner_name: job.runnerName,
      runner_group: job.runnerGroup,
      runner_labels: job.labels.toSorted().join(","),
      start_time: toIso(startMs),
      end_time: toIso(job.endMs),
      duration,
      queue_time: queueTime
    },
    options,
    toTimeNs(job.endMs ?? job.startMs ?? run.startMs, job.id % nsPerSecond, 0)
  );
}
function toJobStepPoints(run, job, tags, options) {
  const jobTags = { ...tags, job: toJobTag(job.name), result: job.result, runner_os: findRunnerOs(job.labels) };
  return findRanSteps(job).map(
    ({ name, number, result, startMs, endMs }) => toPoint(
      "job_step",
      { ...jobTags, step: name, conclusion: result },
      {
        duration: (endMs - startMs) / 1e3,
        number: toInt(number),
        build_number: toInt(run.number),
        attempt: toInt(run.attempt),
        run_id: toInt(run.id),
        job_id: toInt(job.id)
      },
      options,
      toTimeNs(endMs, job.id % 1e6 * 1e3, number)
    )
  );
}
function toCollectPoint(repository, { sinceMs, untilMs }, nowMs, { measurement }) {
  const fields = { since: toIso(sinceMs), until: toIso(untilMs) };
  return toPoint("collect", { repository }, fields, { measurement, tags: [] }, BigInt(nowMs) * 1000000n);
}
function toIdentity({ number, attempt, id, branch, sha }) {
  return { number: toInt(number), attempt: toInt(attempt), run_id: toInt(id), branch, sha };
}
function toPoint(name, given, values, { measurement, tags: own }, timeNs) {
  const tags = /* @__PURE__ */ new Map();
  for (const [key, value] of [
    ...Object.entries(given),
    ...own.map(([key2, value2]) => [shared.D(key2), value2])
  ]) {
    const clean = shared.E(value);
    if (clean === "") tags.delete(key);
    else tags.set(key, clean);
  }
  const fields = /* @__PURE__ */ new Map();
  for (const [key, value] of Object.entries(values)) {
    if (value !== void 0 && value !== "") fields.set(key, typeof value === "string" ? shared.C(value) : value);
  }
  return {
    measurement: shared.s(`${measurement}_${name}`),
    tags: [...tags],
    fields: [...shared.J(fields, tags)],
    timeNs
  };
}
const nsPerSecond = 1e9;
function toTimeNs(ms, id, index) {
  return BigInt(Math.floor(ms / 1e3)) * BigInt(nsPerSecond) + BigInt((id + index) % nsPerSecond);
}
function toInt(value) {
  return value === void 0 ? void 0 : BigInt(value);
}
function toIso(ms) {
  return ms === void 0 ? void 0 : new Date(ms).toISOString();
}
const collectPatienceMs = 5e3;
const maxLostLines = 20;
const pointBatch = 500;
function openCollectWriter(settings, known, outside, deadlines) {
  const { env } = outside.runner;
  let folder;
  const toPath = (index) => {
    folder ??= shared.ah(env, "build-stats-unsent-");
    return node_path.join(folder, `unsent-${index + 1}.lp`);
  };
  const places = settings.storages.map((one, index) => {
    const before = known[index] ?? /* @__PURE__ */ new Map();
    return openPlace(one, before, () => toPath(index), settings, outside, deadlines);
  });
  return {
    get isBlocked() {
      const telling = places.filter((_, index) => known[index] !== void 0);
      return telling.length > 0 ? telling.every(({ isBehind }) => isBehind) : places.some(({ isBehind }) => isBehind);
    },
    get results() {
      return places;
    },
    async begin(starts) {
      await Promise.all(places.map((place) => place.begin(starts)));
    },
    async write(collected, repository) {
      await Promise.all(places.map((place) => place.write(collected, repository)));
    }
  };
}
function openPlace(one, known, toPath, settings, outside, deadlines) {
  const { env, log, now } = outside.runner;
  const { options } = one.layout;
  const storage = shared.ac(one, settings, outside);
  const unsent = finish.N(toPath, {
    ...one.name === void 0 ? {} : { name: log.redact(one.name) },
    destination: shared.U(one.target, log.redact),
    builder: log.redact(`${env.GITHUB_WORKFLOW ?? ""}/${env.GITHUB_JOB ?? ""}`),
    run_id: env.GITHUB_RUN_ID ?? "",
    attempt: env.GITHUB_RUN_ATTEMPT ?? ""
  });
  let outcome = { name: storage.name, written: 0, unsent: 0, lost: 0, problems: [] };
  let isBehind = false;
  const covered = /* @__PURE__ */ new Map();
  let lastMs = 0;
  function toStatePoint(repository, state) {
    lastMs = Math.max(now(), lastMs + 1);
    return toCollectPoint(log.redact(repository), state, lastMs, options);
  }
  async function send(points, keep = unsent.add) {
    const writing = { ...deadlines, patienceMs: collectPatienceMs, unsent: keep };
    return await shared.ag(storage, toBatches(points), points.length, writing);
  }
  async function sendState(points, keep = unsent.add) {
    const written = await send(points, keep);
    outcome = merge(outcome, { ...written, written: 0, unsent: 0, lost: 0 });
    isBehind ||= isIncomplete(written);
  }
  return {
    get outcome() {
      return outcome;
    },
    unsent,
    get isBehind() {
      return isBehind;
    },
    async begin(starts) {
      const points = [...starts].flatMap(([repository, startMs]) => {
        const before = known.get(repository);
        covered.set(repository, extendCovered(before, startMs));
        return before?.untilMs === startMs ? [] : [toStatePoint(repository, extendCovered(before, startMs))];
      });
      if (points.length > 0) await sendState(points, () => {
      });
    },
    async write({ attempts, untilMs }, repository) {
      if (isBehind) return;
      const points = attempts.flatMap((attempt) => toAttemptPoints(attempt, settings, options));
      if (points.length > 0) {
        const written = await send(points);
        outcome = merge(outcome, written);
        isBehind ||= isIncomplete(written);
        if (written.gaveUp) return;
      }
      const state = covered.get(repository);
      if (state === void 0) return;
      const point = toStatePoint(repository, { ...state, untilMs });
      const line = shared.bf(point);
      if (!isBehind) await sendState([point]);
      else if (line !== void 0) unsent.add([line]);
    }
  };
}
function isIncomplete({ unsent, gaveUp = false }) {
  return unsent > 0 || gaveUp;
}
async function* toBatches(points) {
  for (let at = 0; at < points.length; at += pointBatch) yield points.slice(at, at + pointBatch);
}
function merge(before, more) {
  const unite = (a = [], b = []) => [.../* @__PURE__ */ new Set([...a, ...b])];
  return {
    name: before.name,
    written: before.written + more.written,
    unsent: before.unsent + more.unsent,
    lost: before.lost + more.lost,
    gaveUp: (before.gaveUp ?? false) || (more.gaveUp ?? false),
    problems: unite(before.problems, more.problems),
    conflicts: [...before.conflicts ?? [], ...more.conflicts ?? []],
    lostLines: [...before.lostLines ?? [], ...more.lostLines ?? []].slice(0, maxLostLines),
    changes: unite(before.changes, more.changes)
  };
}
const collectWritePart = 0.2;
async function collect(outside) {
  const { runner, http, upload } = outside;
  const { env, log } = runner;
  const event = shared.r(env);
  let settings;
  try {
    const run = shared._(runner, "collect", event);
    settings = await parseCollectSettings(runner.readInput, run, runner.now());
  } catch (error) {
    if (!(error instanceof shared.X)) throw error;
    log.fail(error.message);
    return;
  }
  const deadlines = shared.am(
    settings.timeoutMs,
    upload === void 0 || settings.dryRun ? 0 : shared.al(settings.timeoutMs),
    outside.cancel
  );
  const asking = AbortSignal.any([outside.cancel, AbortSignal.timeout(settings.timeoutMs * (1 - collectWritePart))]);
  const query = { token: settings.githubToken, apiUrl: github.o(env), maxRequests: settings.maxRequests };
  const api = await openRunsApi(query, http, asking);
  const isTriggered = env.GITHUB_EVENT_NAME === "workflow_run";
  const known = isTriggered ? nothingKnown : await readKnownCollected(settings, outside, asking);
  const writer = openCollectWriter(settings, known.storages, outside, deadlines);
  const work = {
    settings,
    api,
    writer,
    env,
    event,
    asking,
    known: known.storages.filter((one) => one !== void 0),
    nowMs: runner.now()
  };
  const report = isTriggered ? await collectTriggering(work) : await collectRepositories(work);
  const places = { spool: settings.spool, upload, log };
  const files = writer.results.map(({ unsent }) => unsent);
  const stem = `build-stats-unsent-${env.GITHUB_RUN_ID ?? 0}-${env.GITHUB_RUN_ATTEMPT ?? 1}`;
  const kept = await keepUnsent.keepUnsent(files, stem, places, deadlines.keepSignal);
  const outcome = {
    ...report,
    notes: [...settings.notes, ...known.notes, ...report.notes],
    problems: [...known.problems, ...report.problems],
    storages: writer.results.map(({ outcome: outcome2, unsent }) => ({ ...outcome2, kept: kept.get(unsent) })),
    requests: api.requests,
    dryRun: settings.dryRun
  };
  tell(outcome, settings, outside);
}
const nothingKnown = { storages: [], notes: [], problems: [] };
function tell(outcome, { failOnError, summary }, { runner }) {
  const { log, setOutput, writeSummary } = runner;
  const { untilMs, ...totals } = toCollectTotals(outcome);
  for (const [name, count] of Object.entries(totals)) setOutput(name, String(count));
  setOutput("until", untilMs === void 0 ? "" : new Date(untilMs).toISOString());
  finish.p(outcome.storages, log);
  for (const text of findCollectFaults(outcome)) {
    if (failOnError) log.fail(text);
    else log.warning(text);
  }
  for (const text of outcome.limits) log.notice(text);
  for (const text of findCollectNotes(outcome)) log.info(text);
  log.info(toCollectHeadline(outcome));
  log.debug(`${outcome.requests} requests to GitHub.`);
  if (summary) writeSummary(toCollectSummary(outcome, log.redact));
}
void shared.aL(collect);
