'use strict';

const _undici = require('./shared.js');
const surroundings = require('./shared2.js');
const fs = require('node:fs');
const os = require('node:os');
const node_path = require('node:path');

function createDataFile(env) {
  const earlier = env.BUILD_STATS;
  if (earlier && isFile(earlier)) return earlier;
  const file = node_path.join(fs.mkdtempSync(node_path.join(env.RUNNER_TEMP || os.tmpdir(), "build-stats-")), "data.lp");
  fs.writeFileSync(file, "");
  return file;
}
function isFile(path) {
  try {
    return fs.statSync(path).isFile();
  } catch {
    return false;
  }
}

function outlivesCheckout(target, env) {
  if (target.kind !== "file" || !env.GITHUB_WORKSPACE) return true;
  const way = node_path.relative(env.GITHUB_WORKSPACE, target.path);
  return way.split(node_path.sep)[0] === ".." || node_path.isAbsolute(way);
}

const maxWaitMs = 5e3;
async function start(edges) {
  const { runner } = edges;
  const { env, log } = runner;
  const startMs = runner.now();
  const event = surroundings.readEvent(env);
  const { contexts, problems } = _undici.parseContexts(runner.readInput);
  let settings;
  try {
    settings = await surroundings.parseSettings(runner.readInput, surroundings.toSurroundings(runner, "main", event), problems);
  } catch (error) {
    if (!(error instanceof _undici.SettingsError)) throw error;
    surroundings.saveState(runner, "failed");
    log.fail(error.message);
    return;
  }
  for (const notice of settings.notices) log.notice(notice);
  const identity = surroundings.redactData(surroundings.toIdentity(env, event, surroundings.redactData(contexts, log.redact)), log.redact);
  const dataFile = createDataFile(env);
  runner.exportVariable("BUILD_STATS", dataFile);
  runner.setOutput("builder", identity.builder);
  runner.setOutput("start-time", new Date(startMs).toISOString());
  runner.setOutput("data-file", dataFile);
  const state = { startMs, dataFile, startWritten: [] };
  surroundings.saveState(runner, state);
  const results = settings.startPoint ? await writeStarts(identity, startMs, settings, edges) : [];
  for (const { name, problems: problems2 } of results.filter(({ written }) => written === 0)) {
    log.info(
      `Build Stats: the start of this job is not yet written to ${name}, but when it ends: ${problems2.join("; ")}.`
    );
  }
  const startWritten = results.filter(({ written }) => written > 0).map(({ name }) => log.redact(name));
  surroundings.saveState(runner, { ...state, startWritten });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStarts(identity, startMs, settings, edges) {
  const deadlines = surroundings.openDeadlines(Math.min(settings.timeoutMs, maxWaitMs), 0, edges.cancel, "the job began its work");
  const writing = { ...deadlines, readSignal: deadlines.signal, unsent() {
  } };
  const starts = settings.storages.flatMap(async (settingsOfOne) => {
    const point = surroundings.toStartPointOf(settingsOfOne, identity, startMs);
    if (point === void 0 || !outlivesCheckout(settingsOfOne.target, edges.runner.env)) return [];
    return [await _undici.writeTo(_undici.openStorage(settingsOfOne, settings, edges), toBatches([point]), 1, writing)];
  });
  return (await Promise.all(starts)).flat();
}
async function* toBatches(points) {
  yield points;
}

void _undici.runPhase(start);
