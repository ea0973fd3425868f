'use strict';

const workspace = require('./shared.js');
const node_fs = require('node:fs');
const node_os = require('node:os');
const node_path = require('node:path');

function createDataFile(env) {
  const earlier = env.BUILD_STATS;
  if (earlier && node_fs.statSync(earlier, { throwIfNoEntry: false })?.isFile()) return earlier;
  const file = node_path.join(node_fs.mkdtempSync(node_path.join(env.RUNNER_TEMP || node_os.tmpdir(), "build-stats-")), "data.lp");
  node_fs.writeFileSync(file, "");
  return file;
}

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
  const dataFile = createDataFile(env);
  runner.exportVariable("BUILD_STATS", dataFile);
  runner.setOutput("builder", identity.builder);
  runner.setOutput("start-time", new Date(startMs).toISOString());
  runner.setOutput("data-file", dataFile);
  const { layout } = settings;
  const results = settings.startPoint && layout.kind === "native" ? await writeStart(workspace.toStartPoint(identity, startMs, layout.options), settings, edges) : [];
  const startProblems = results.flatMap(({ name, problems: problems2 }) => problems2.map((why) => log.redact(`${name}: ${why}`)));
  for (const problem of startProblems) log.warning(`The start of this job was not written to ${problem}.`);
  const startWritten = results.filter(({ written }) => written > 0).map(({ name }) => log.redact(name));
  workspace.saveState(runner, { startMs, dataFile, startWritten, startProblems });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStart(point, settings, edges) {
  const signal = AbortSignal.timeout(Math.min(settings.timeoutMs, maxWaitMs));
  const targets = settings.targets.filter((target) => workspace.outlivesCheckout(target, edges.runner.env));
  return await Promise.all(
    targets.map(async (target) => {
      const storage = workspace.openStorage(target, settings, edges);
      return { name: storage.name, ...await storage.write(toBatches([point]), signal) };
    })
  );
}
async function* toBatches(points) {
  yield points;
}

void workspace.runPhase(start);
