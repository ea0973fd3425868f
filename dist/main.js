'use strict';

const problem = require('./shared3.js');
const node_os = require('node:os');
const context = require('./shared.js');
const node_fs = require('node:fs');
const node_path = require('node:path');
const layoutSettings = require('./shared4.js');
const surroundings = require('./shared5.js');
const startPoint = require('./shared6.js');
const artifactClient = require('./artifact-client.js');

const probeBytes = 4096;
function createDataFile(env) {
  const earlier = env.BUILD_STATS;
  if (earlier && isFile(earlier)) return { path: earlier };
  const folder = env.RUNNER_TEMP || node_os.tmpdir();
  try {
    return { path: makeFile(folder) };
  } catch (error) {
    const problem = `no file can be made in ${folder}: ${error.message}`;
    try {
      return { path: makeFile(node_os.tmpdir()), problem };
    } catch {
      return { path: node_os.devNull, problem };
    }
  }
}
function makeFile(folder) {
  const path = node_path.join(node_fs.mkdtempSync(node_path.join(folder, "build-stats-")), "data.lp");
  const file = node_fs.openSync(path, "wx");
  try {
    node_fs.writeSync(file, " ".repeat(probeBytes));
    node_fs.ftruncateSync(file);
    return path;
  } catch (error) {
    node_fs.rmSync(node_path.dirname(path), { recursive: true, force: true });
    throw error;
  } finally {
    node_fs.closeSync(file);
  }
}
function isFile(path) {
  try {
    const opened = layoutSettings.openRegular(path, "never");
    if (opened !== void 0) node_fs.closeSync(opened.file);
    return opened !== void 0;
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
const patienceMs = 800;
async function start(edges) {
  const { runner } = edges;
  const { env, log } = runner;
  const startMs = runner.now();
  const event = context.readEvent(env);
  const { contexts, problems } = problem.parseContexts(runner.readInput);
  let given;
  try {
    given = await startPoint.parseSettings(runner.readInput, surroundings.toSurroundings(runner, "main", event), problems);
  } catch (error) {
    if (!(error instanceof problem.SettingsError)) throw error;
    artifactClient.saveState(runner, "failed");
    log.fail(error.message);
    return;
  }
  const identity = context.redactData(
    context.toIdentity(env, event, context.redactData(contexts, log.redact), runner.readInput("builder")),
    log.redact
  );
  const earlier = startPoint.readMarks(env);
  const { settings, repeated } = startPoint.leaveToEarlier(given, earlier, identity.builder, runner.readInput);
  if (repeated.length > 0) log.notice(startPoint.explainRepeated(repeated));
  for (const warning of given.warnings) log.warning(warning);
  if (settings.storages.length > 0 || repeated.length === 0) for (const notice of given.notices) log.notice(notice);
  const { path: dataFile, problem: problem$1 } = createDataFile(env);
  if (problem$1 !== void 0) log.warning(explainDataFile(dataFile, problem$1));
  runner.exportVariable("BUILD_STATS", dataFile);
  runner.exportVariable(startPoint.stepsVariable, [...earlier, ...startPoint.toMarks(given, identity.builder, runner.readInput)].join());
  runner.setOutput("builder", identity.builder);
  runner.setOutput("start-time", new Date(startMs).toISOString());
  runner.setOutput("data-file", dataFile);
  const known = given.storages.map((one) => startPoint.toKnown(one, log.redact));
  const state = {
    startMs,
    dataFile,
    startWritten: [],
    ...known.length === 0 ? {} : { storages: known },
    earlier,
    inputs: startPoint.toKnownInputs(runner.readInput, log.redact)
  };
  artifactClient.saveState(runner, state);
  const results = settings.startPoint ? await writeStarts(identity, startMs, settings, edges) : [];
  for (const { name, problems: problems2 } of results.filter(({ written }) => written === 0)) {
    log.info(
      `Build Stats: the start of this job is not yet written to ${name}, but when it ends: ${problems2.join("; ")}.`
    );
  }
  const startWritten = results.filter(({ written }) => written > 0).map(({ key }) => key);
  artifactClient.saveState(runner, { ...state, startWritten });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStarts(identity, startMs, settings, edges) {
  const deadlines = startPoint.openDeadlines(Math.min(settings.timeoutMs, maxWaitMs), 0, edges.cancel, "the job began its work");
  const writing = { ...deadlines, readSignal: deadlines.signal, patienceMs, unsent() {
  } };
  const starts = settings.storages.flatMap(async (settingsOfOne, index) => {
    const point = startPoint.toStartPointOf(settingsOfOne, identity, startMs);
    if (point === void 0 || !outlivesCheckout(settingsOfOne.target, edges.runner.env)) return [];
    const result = await surroundings.writeTo(surroundings.openStorage(settingsOfOne, settings, edges), toBatches([point]), 1, writing);
    return [{ ...result, key: startPoint.toStorageKey(settingsOfOne, index, edges.runner.log.redact) }];
  });
  return (await Promise.all(starts)).flat();
}
function explainDataFile(path, problem) {
  const fate = path === node_os.devNull ? "What steps append to $BUILD_STATS is lost" : `$BUILD_STATS is ${path}`;
  return `${fate}, since ${problem}. Free space on the runner, and check that it may write there.`;
}
async function* toBatches(points) {
  yield points;
}

void problem.runPhase(start);
