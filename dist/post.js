'use strict';

const shared = require('./shared.js');
const job = require('./common.js');
const limits = require('./limits.js');

var _documentCurrentScript = typeof document !== 'undefined' ? document.currentScript : null;
const unasked = { job: void 0, clockAheadMs: void 0, reason: "GitHub was not asked", rate: void 0 };
function askForBuild({ runner, http, cancel }) {
  const { env, readInput } = runner;
  const endMs = runner.now();
  const { redact } = runner.log;
  const event = shared.readEvent(env);
  const parsed = shared.parseContexts(readInput);
  const contexts = shared.redactData(parsed.contexts, redact);
  const early = shared.redactData(shared.toIdentity(env, event, contexts, readInput("builder")), redact);
  const token = readInput("github-token") || void 0;
  const state = shared.readState(runner);
  const query = { ...early, token, apiUrl: job.toApiUrl(env) };
  const askedMs = performance.now();
  const { promise: sent, resolve: onSent } = Promise.withResolvers();
  const telling = { ...http, request: (request) => http.request({ ...request, onSent }) };
  const answer = state === "failed" ? Promise.resolve(unasked) : Promise.race([job.readJob(query, telling), waitForCancel(cancel)]);
  void answer.then(() => onSent());
  const askAgain = (jobId, signal) => job.readJob({ ...query, jobId }, http, signal);
  const warnings = [
    ...parsed.problems.map((problem) => `${shared.formatProblem(problem)}. Its values are not known.`),
    ...parsed.warnings
  ];
  return { endMs, state, contexts, early, event, answer, sent, askedMs, askAgain, cancel, warnings };
}
async function waitForCancel(cancel) {
  if (!cancel.aborted) await new Promise((resolve) => cancel.addEventListener("abort", resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve, limits.cancelledGitHubMs));
  return {
    job: void 0,
    clockAheadMs: void 0,
    reason: "the job was cancelled before GitHub answered",
    rate: void 0
  };
}

const callbackScript = new URL("callback-worker.js", (typeof document === 'undefined' ? require('u' + 'rl').pathToFileURL(__filename).href : (_documentCurrentScript && _documentCurrentScript.tagName.toUpperCase() === 'SCRIPT' && _documentCurrentScript.src || new URL('post.js', document.baseURI).href)));
void shared.runPhase(async (edges) => {
  const asked = askForBuild(edges);
  await asked.sent;
  const { finish } = await Promise.resolve().then(() => require('./finish.js'));
  await finish(edges, asked, callbackScript);
});
