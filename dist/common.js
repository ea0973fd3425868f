'use strict';

const shared = require('./shared.js');
const limits = require('./limits.js');

function toFetch(client, signal) {
  return async (url, options = {}) => {
    const { method = "GET", headers = {}, body } = options;
    const response = await client.request({ method, url: new URL(url), headers, body, signal });
    const text = response.body.toString("utf8");
    return {
      status: response.status,
      ok: response.status >= 200 && response.status < 300,
      url,
      // Enough of `Headers`, which would load node's own undici.
      headers: new Map(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")])),
      text: async () => text,
      json: async () => JSON.parse(text),
      // Of bodies without a type that octokit knows.
      arrayBuffer: async () => new Uint8Array(response.body).buffer
    };
  };
}

class ApiProblem extends Error {
}
const permission = "give the job `permissions: actions: read`";
const proxy = "check that no proxy answers in its place";
function explainForeign(what) {
  return `GitHub answered with something that is ${what}; ${proxy}`;
}
function explainStatus(response) {
  const { status, statusText } = response;
  const message = readMessage(response);
  if (isLimited(response, message)) {
    const ms = readRetryAfterMs(response.headers);
    const long = ms === void 0 ? "" : `, for another ${Math.ceil(ms / 1e3)} s`;
    return `GitHub limits the rate of requests (${status})${long}; let fewer jobs run at a time, or give a token with a limit of its own as github-token`;
  }
  switch (status) {
    case 401:
      return "GitHub does not accept the token (401); leave the input github-token out, or give a valid one (a job's own expires after 24 hours)";
    case 403:
    case 404:
      return `the token may not read it (${status}); ${permission}`;
    default: {
      const remedy = status >= 500 ? "where it lasts, see https://www.githubstatus.com" : proxy;
      return `GitHub's answer could not be used: ${[status, message ?? shared.cutText(statusText, 100)].join(" ").trim()}; ${remedy}`;
    }
  }
}
function isLimited({ status, headers }, message) {
  if (status === 429) return true;
  if (status !== 403) return false;
  const isOver = headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== void 0;
  return isOver || /rate limit|abuse detection/i.test(message ?? "");
}
function readRateLimit(headers) {
  const [limit, remaining] = ["limit", "remaining"].map((name) => {
    const text = headers[`x-ratelimit-${name}`];
    return typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : void 0;
  });
  return limit === void 0 || limit === 0 || remaining === void 0 ? void 0 : { limit, remaining };
}
function isScarce(rate, share = 0.1) {
  return rate !== void 0 && rate.remaining < rate.limit * share;
}
function explainScarce({ limit, remaining }) {
  return `only ${remaining} of the ${limit} requests an hour that GitHub allows this token are left`;
}
function readRetryAfterMs(headers) {
  const nowMs = Date.parse(headers.date ?? "") || Date.now();
  const after = headers["retry-after"];
  const reset = headers["x-ratelimit-remaining"] === "0" ? headers["x-ratelimit-reset"] : void 0;
  const seconds = /^\d{1,9}$/;
  if (after !== void 0 && seconds.test(after)) return Number(after) * 1e3;
  const untilMs = typeof reset === "string" && /^\d{1,11}$/.test(reset) ? Number(reset) * 1e3 : Date.parse(after ?? "");
  return Number.isNaN(untilMs) ? void 0 : Math.max(0, untilMs - nowMs);
}
function readMessage({ body }) {
  if (body.length > 1e4) return void 0;
  try {
    const { message } = JSON.parse(body.toString("utf8"));
    return typeof message === "string" ? shared.cutText(message.replace(/[\r\n]\s*/g, " "), 200) : void 0;
  } catch {
    return void 0;
  }
}
function explainNoAnswer(error) {
  const { name, message, code } = error;
  if (name === "TimeoutError" || name === "AbortError") return `GitHub did not answer within ${limits.gitHubMs / 1e3} s`;
  if (code === "ERR_INVALID_CHAR")
    return "the input github-token holds a line break or another character that no HTTP header takes; leave it out, or give a valid one";
  if (message === "aborted") return `GitHub's answer broke off`;
  const why = message || (typeof code === "string" ? code : "no connection");
  return `GitHub's answer could not be used: ${why}; check that this runner can reach the API`;
}

const retryMs = 500;
function openApi(http, onAnswer) {
  let left = limits.maxGitHubRequests;
  let hasWaited = false;
  let rate;
  const moved = /* @__PURE__ */ new Map();
  async function send(request2) {
    left--;
    const sentMs = Date.now();
    try {
      const response = await http.request(request2);
      onAnswer(response, sentMs, Date.now());
      rate = readRateLimit(response.headers) ?? rate;
      return response;
    } catch (error) {
      throw new ApiProblem(explainNoAnswer(error), { cause: error });
    }
  }
  async function request(given) {
    const url = new URL(given.url);
    url.pathname = moved.get(url.pathname) ?? url.pathname;
    const visited = [url];
    for (; ; ) {
      const last = visited.at(-1) ?? url;
      const response = await send({ ...given, url: last });
      const { status } = response;
      if (status >= 200 && status < 300) {
        if (visited.length > 1) moved.set(url.pathname, last.pathname);
        return response;
      }
      if (isRedirect(status)) {
        const next = toNext(response, last);
        if (visited.some(({ href }) => href === next.href)) throw new ApiProblem(`GitHub's redirects lead in a circle`);
        if (left === 0) throw new ApiProblem("GitHub redirected the request again and again");
        visited.push(next);
        continue;
      }
      const waitMs = toWaitMs(response);
      if (hasWaited || left === 0 || isScarce(rate) || waitMs === void 0)
        throw new ApiProblem(explainStatus(response));
      hasWaited = true;
      await pause(waitMs, given.signal);
      if (given.signal.aborted) throw new ApiProblem(explainStatus(response));
    }
  }
  return {
    request,
    close: () => http.close(),
    get left() {
      return left;
    },
    get rate() {
      return rate;
    }
  };
}
function isRedirect(status) {
  return [301, 302, 303, 307, 308].includes(status);
}
function toNext({ status, headers }, from) {
  const next = URL.parse(headers.location ?? "", from.href);
  if (headers.location === void 0 || next === null) throw new ApiProblem(`GitHub redirected to nowhere (${status})`);
  next.username = "";
  next.password = "";
  if (next.origin === from.origin) return next;
  const place = next.host === "" ? next.protocol : next.origin;
  throw new ApiProblem(
    `the request was redirected to ${shared.cutText(place, 100)}, which is not GitHub's API; check GITHUB_API_URL, and that no proxy wants a login`
  );
}
function toWaitMs(response) {
  const askedMs = readRetryAfterMs(response.headers);
  const isWorthwhile = response.status >= 500 || askedMs !== void 0;
  const waitMs = askedMs ?? retryMs;
  return isWorthwhile && waitMs <= limits.maxGitHubWaitMs ? waitMs : void 0;
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

async function readJob(query, http, signal = AbortSignal.timeout(limits.gitHubMs)) {
  const { token, runId, jobId } = query;
  let clockAheadMs;
  const no = (reason, rate) => ({ job: void 0, clockAheadMs, reason, rate });
  if (token === void 0) return no("the input github-token is empty; leave it out, or give a token");
  if (runId === void 0) return no("GITHUB_RUN_ID is not set");
  const api = openApi(http, ({ headers }, sentMs, receivedMs) => {
    const dateMs = parseTime(headers.date);
    if (dateMs !== void 0) clockAheadMs ??= toClockAhead(dateMs, sentMs, receivedMs);
  });
  try {
    const actions = await openActions(query, token, api, signal);
    const job = jobId === void 0 ? findJob(await listJobs(actions, query, runId, api), query) : await askForJob(actions, query, runId, jobId);
    return { job: toJob(job), clockAheadMs, reason: void 0, rate: api.rate };
  } catch (error) {
    const cause = error.cause ?? error;
    if (cause instanceof ApiProblem) return no(cause.message, api.rate);
    return no(`GitHub could not be asked: ${error.message}`, api.rate);
  }
}
async function openActions({ apiUrl }, token, api, signal) {
  const { getOctokit } = await Promise.resolve().then(() => require('./github.js'));
  const fetch = toFetch(api, signal);
  const log = { debug() {
  }, info() {
  }, warn() {
  }, error() {
  } };
  return getOctokit(token, { baseUrl: apiUrl, request: { fetch, log }, log }).rest.actions;
}
async function askForJob(actions, query, runId, jobId) {
  const { owner, repo } = toRepository(query);
  const { data } = await actions.getJobForWorkflowRun({ owner, repo, job_id: Number(jobId) });
  const job = parseJob(data);
  if (job === void 0) throw new ApiProblem(explainForeign("no job"));
  if (BigInt(job.run_id) !== runId) throw new ApiProblem(`GitHub answered with a job of run ${job.run_id}`);
  if (BigInt(job.id) !== jobId) throw new ApiProblem(`GitHub answered with another job, ${job.id}`);
  return job;
}
async function listJobs(actions, query, runId, api) {
  const { owner, repo } = toRepository(query);
  const jobs = /* @__PURE__ */ new Map();
  let total = 1;
  for (let page = 1; jobs.size < total && api.left > 0; page++) {
    if (page > 1 && isScarce(api.rate)) break;
    const { data } = await actions.listJobsForWorkflowRunAttempt({
      owner,
      repo,
      run_id: Number(runId),
      attempt_number: Number(query.attempt ?? 1n),
      per_page: 100,
      page
    });
    const found = Array.isArray(data?.jobs) ? data.jobs.map(parseJob) : [void 0];
    for (const job of found) {
      if (job === void 0) throw new ApiProblem(explainForeign("no list of jobs"));
      if (BigInt(job.run_id) !== runId) throw new ApiProblem(`GitHub answered with a job of run ${job.run_id}`);
    }
    const before = jobs.size;
    for (const job of found) if (job !== void 0) jobs.set(job.id, job);
    total = Number(data.total_count) || jobs.size;
    if (jobs.size === before) break;
  }
  if (jobs.size < total && isScarce(api.rate))
    throw new ApiProblem(`${explainScarce(api.rate)}: no further page was asked for`);
  if (jobs.size < total) {
    throw new ApiProblem(
      `GitHub listed ${jobs.size} of the ${total} jobs of this run within ${limits.maxGitHubRequests} requests, too few to be sure of this one`
    );
  }
  return [...jobs.values()];
}
function findJob(jobs, { job: id, matrix, runnerName }) {
  const running = jobs.filter(({ status, runner_name }) => status === "in_progress" && runner_name === runnerName);
  const suffix = shared.toLegSuffix(matrix);
  const leg = `${id}${suffix}`;
  const isId = (name) => name === id || name.startsWith(`${id} (`);
  const named = running.filter(({ name }) => isId(name) || isId(name.slice(name.lastIndexOf(` / ${id}`) + 3)));
  const exact = named.filter(({ name }) => suffix !== "" && (name === leg || name.endsWith(` / ${leg}`)));
  for (const matches of [running, named, exact]) if (matches.length === 1 && matches[0] !== void 0) return matches[0];
  const count = running.length === 0 ? "none" : `${named.length || running.length}`;
  throw new ApiProblem(
    `of the ${jobs.length} jobs of this run ${count} can be this one, and a wrong one is worse than none`
  );
}
function toRepository({ repository }) {
  const [owner = "", repo = ""] = repository.split("/");
  return { owner, repo };
}
function parseJob(value) {
  if (typeof value !== "object" || value === null) return void 0;
  const { id, run_id, name, status, started_at, created_at, runner_name, steps } = value;
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(run_id) || typeof name !== "string") return void 0;
  return {
    id,
    run_id,
    name,
    status: typeof status === "string" ? status : "",
    started_at: typeof started_at === "string" ? started_at : "",
    created_at: typeof created_at === "string" ? created_at : void 0,
    runner_name: typeof runner_name === "string" ? runner_name : null,
    steps: Array.isArray(steps) ? steps : []
  };
}
function toJob({ id, name, started_at, created_at, steps }) {
  const startMs = parseTime(started_at);
  if (startMs === void 0) throw new ApiProblem("GitHub answered without a start time");
  const createdMs = parseTime(created_at);
  const queueTime = createdMs === void 0 ? -1 : (startMs - createdMs) / 1e3;
  const parsed = steps.flatMap(parseStep);
  const late = parsed.filter((step) => !step.isOver && !isOfRunner(step, parsed));
  return {
    id: BigInt(id),
    name,
    startMs,
    queueTime: queueTime >= 0 ? queueTime : void 0,
    steps: parsed.flatMap(({ ran }) => ran ?? []).sort((a, b) => a.number - b.number),
    otherSteps: parsed.flatMap(({ ran, name: name2 }) => ran === void 0 ? [name2] : []),
    lateSteps: late.map(({ name: name2 }) => name2)
  };
}
const ends = ["Stop containers", "Complete runner", "Complete job"];
function isOfRunner(step, all) {
  const isLast = all.every(
    ({ name, number }) => number <= step.number || name.startsWith("Post ") || ends.includes(name)
  );
  if (!isLast || ends.includes(step.name)) return isLast;
  const isPost = ({ name, number }) => all.some((one) => name === `Post ${one.name}` && one.number < number);
  return isPost(step) || step.isRunning && step.name.startsWith("Post ") && !all.some(isPost);
}
function parseStep(value) {
  if (typeof value !== "object" || value === null) return [];
  const { name, conclusion, started_at, completed_at, ...rest } = value;
  if (typeof name !== "string") return [];
  const startMs = typeof started_at === "string" ? parseTime(started_at) : void 0;
  const endMs = typeof completed_at === "string" ? parseTime(completed_at) : void 0;
  const number = Number.isSafeInteger(rest.number) ? rest.number : void 0;
  const hasRun = rest.status === "completed" && typeof conclusion === "string" && conclusion !== "skipped";
  const isNever = conclusion === "skipped" || conclusion === "cancelled" && startMs === void 0;
  const ran = hasRun && number !== void 0 && startMs !== void 0 && endMs !== void 0 ? { name, number, conclusion, startMs, endMs } : void 0;
  return [
    { name, number: number ?? 0, ran, isOver: isNever || ran !== void 0, isRunning: rest.status === "in_progress" }
  ];
}
const [earliestMs, latestMs] = [Date.UTC(2018), Date.UTC(2200)];
function parseTime(text) {
  const ms = Date.parse(text ?? "");
  return ms >= earliestMs && ms < latestMs ? ms : void 0;
}
function toClockAhead(dateMs, sentMs, receivedMs) {
  return dateMs + 500 - (sentMs + receivedMs) / 2;
}
function toApiUrl(env) {
  return (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
}

exports.explainScarce = explainScarce;
exports.isScarce = isScarce;
exports.readJob = readJob;
exports.toApiUrl = toApiUrl;
exports.toFetch = toFetch;
