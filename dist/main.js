'use strict';

const layoutSettings = require('./shared.js');
const workspace = require('./shared2.js');
const node_fs = require('node:fs');
const node_os = require('node:os');
const node_path = require('node:path');

function createDataFile(env) {
  const earlier = env.BUILD_STATS;
  if (earlier && isFile(earlier)) return earlier;
  const file = node_path.join(node_fs.mkdtempSync(node_path.join(env.RUNNER_TEMP || node_os.tmpdir(), "build-stats-")), "data.lp");
  node_fs.writeFileSync(file, "");
  return file;
}
function isFile(path) {
  try {
    return node_fs.statSync(path).isFile();
  } catch {
    return false;
  }
}

const maxWaitMs = 5e3;
async function start(edges) {
  const { runner } = edges;
  const { env, log } = runner;
  const startMs = runner.now();
  const event = workspace.readEvent(env);
  const { contexts, problems } = layoutSettings.parseContexts(runner.readInput);
  let settings;
  try {
    settings = await workspace.parseSettings(runner.readInput, workspace.toSurroundings(runner, "main", event), problems);
  } catch (error) {
    if (!(error instanceof layoutSettings.SettingsError)) throw error;
    workspace.saveState(runner, "failed");
    log.fail(error.message);
    return;
  }
  for (const notice of settings.notices) log.notice(notice);
  const identity = workspace.redactData(workspace.toIdentity(env, event, workspace.redactData(contexts, log.redact)), log.redact);
  const dataFile = createDataFile(env);
  runner.exportVariable("BUILD_STATS", dataFile);
  runner.setOutput("builder", identity.builder);
  runner.setOutput("start-time", new Date(startMs).toISOString());
  runner.setOutput("data-file", dataFile);
  const state = { startMs, dataFile, storagesKnown: settings.storages.length > 0, startWritten: [], startProblems: [] };
  workspace.saveState(runner, state);
  const results = settings.startPoint ? await writeStarts(identity, startMs, settings, edges) : [];
  const startProblems = results.flatMap(({ name, problems: problems2 }) => problems2.map((why) => log.redact(`${name}: ${why}`)));
  for (const problem of startProblems) log.warning(`The start of this job was not written to ${problem}.`);
  const startWritten = results.filter(({ written }) => written > 0).map(({ name }) => log.redact(name));
  workspace.saveState(runner, { ...state, startWritten, startProblems });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStarts(identity, startMs, settings, edges) {
  const signal = AbortSignal.timeout(Math.min(settings.timeoutMs, maxWaitMs));
  const writing = settings.storages.flatMap(async (settingsOfOne) => {
    const point = workspace.toStartPointOf(settingsOfOne, identity, startMs);
    if (point === void 0 || !workspace.outlivesCheckout(settingsOfOne.target, edges.runner.env)) return [];
    return [await layoutSettings.writeTo(layoutSettings.openStorage(settingsOfOne, settings, edges), toBatches([point]), 1, signal)];
  });
  return (await Promise.all(writing)).flat();
}
async function* toBatches(points) {
  yield points;
}

void layoutSettings.runPhase(start);
