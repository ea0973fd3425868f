'use strict';

const workspace = require('./shared.js');

const maxWaitMs = 5e3;
async function start(edges) {
  const { runner } = edges;
  const { env, log } = runner;
  const startMs = runner.now();
  const event = workspace.readEvent(env);
  const { contexts, problems } = workspace.parseContexts(runner.readInput);
  let settings;
  try {
    settings = await workspace.parseSettings(runner.readInput, workspace.toSurroundings(env, event), problems);
  } catch (error) {
    if (!(error instanceof workspace.SettingsError)) throw error;
    workspace.saveState(runner, "failed");
    log.fail(error.message);
    return;
  }
  for (const notice of settings.notices) log.notice(notice);
  const identity = workspace.toIdentity(env, event, contexts);
  const dataFile = workspace.createDataFile(env);
  runner.exportVariable("BUILD_STATS", dataFile);
  runner.setOutput("builder", identity.builder);
  runner.setOutput("start-time", new Date(startMs).toISOString());
  runner.setOutput("data-file", dataFile);
  const point = workspace.toStartPoint(identity, startMs, settings.layout);
  const startProblems = settings.startPoint ? await writeStart(point, settings, edges) : [];
  for (const problem of startProblems) log.warning(`The start of this job was not written. ${problem}`);
  workspace.saveState(runner, { startMs, dataFile, startProblems });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStart(point, settings, edges) {
  const signal = AbortSignal.timeout(Math.min(settings.timeoutMs, maxWaitMs));
  const targets = settings.targets.filter((target) => workspace.outlivesCheckout(target, edges.runner.env));
  const results = await Promise.all(
    targets.map((target) => workspace.openStorage(target, settings, edges).write(toBatches([point]), signal))
  );
  return results.flatMap(({ problems }) => problems);
}
async function* toBatches(points) {
  yield points;
}

void workspace.runPhase(start);
