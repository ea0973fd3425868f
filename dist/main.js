'use strict';

const shared = require('./shared.js');
const node_os = require('node:os');
const node_fs = require('node:fs');
const node_path = require('node:path');
const settings = require('./settings.js');

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
    const opened = settings.openRegular(path, "never");
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
  const event = shared.readEvent(env);
  const { contexts, problems } = shared.parseContexts(runner.readInput);
  let given;
  try {
    given = await settings.parseSettings(runner.readInput, settings.toSurroundings(runner, "main", event), problems);
  } catch (error) {
    if (!(error instanceof shared.SettingsError)) throw error;
    shared.saveState(runner, "failed");
    log.fail(error.message);
    return;
  }
  const identity = shared.redactData(
    shared.toIdentity(env, event, shared.redactData(contexts, log.redact), runner.readInput("builder")),
    log.redact
  );
  const earlier = settings.readMarks(env);
  const { settings: settings$1, repeated } = settings.leaveToEarlier(given, earlier, identity.builder, runner.readInput);
  if (repeated.length > 0) log.notice(settings.explainRepeated(repeated));
  for (const warning of given.warnings) log.warning(warning);
  if (settings$1.storages.length > 0 || repeated.length === 0) for (const notice of given.notices) log.notice(notice);
  const { path: dataFile, problem } = createDataFile(env);
  if (problem !== void 0) log.warning(explainDataFile(dataFile, problem));
  runner.exportVariable("BUILD_STATS", dataFile);
  runner.exportVariable(settings.stepsVariable, [...earlier, ...settings.toMarks(given, identity.builder, runner.readInput)].join());
  runner.setOutput("builder", identity.builder);
  runner.setOutput("start-time", new Date(startMs).toISOString());
  runner.setOutput("data-file", dataFile);
  const known = given.storages.map((one) => settings.toKnown(one, log.redact));
  const state = {
    startMs,
    dataFile,
    startWritten: [],
    ...known.length === 0 ? {} : { storages: known },
    earlier,
    inputs: settings.toKnownInputs(runner.readInput, log.redact)
  };
  shared.saveState(runner, state);
  const results = settings$1.startPoint ? await writeStarts(identity, startMs, settings$1, edges) : [];
  for (const { name, problems: problems2 } of results.filter(({ written }) => written === 0)) {
    log.info(
      `Build Stats: the start of this job is not yet written to ${name}: ${problems2.join("; ")}. The end of the job tries again.`
    );
  }
  const isWhole = ({ conflicts = [] }) => conflicts.every(({ isConverted }) => isConverted);
  const startWritten = results.filter((one) => one.written > 0 && isWhole(one)).map(({ key }) => key);
  shared.saveState(runner, { ...state, startWritten });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStarts(identity, startMs, settings$1, edges) {
  const deadlines = settings.openDeadlines(Math.min(settings$1.timeoutMs, maxWaitMs), 0, edges.cancel, "the job began its work");
  const writing = { ...deadlines, readSignal: deadlines.signal, patienceMs, unsent() {
  } };
  const starts = settings$1.storages.flatMap(async (settingsOfOne, index) => {
    const point = settings.toStartPointOf(settingsOfOne, identity, startMs);
    if (point === void 0 || !outlivesCheckout(settingsOfOne.target, edges.runner.env)) return [];
    const result = await settings.writeTo(settings.openStorage(settingsOfOne, settings$1, edges), toBatches([point]), 1, writing);
    return [{ ...result, key: settings.toStorageKey(settingsOfOne, index, edges.runner.log.redact) }];
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

void shared.runPhase(start);
