'use strict';

const matching = require('./shared.js');
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
  const event = matching.readEvent(env);
  const { contexts, problems } = matching.parseContexts(runner.readInput);
  let settings;
  try {
    settings = await matching.parseSettings(runner.readInput, matching.toSurroundings(env, event), problems);
  } catch (error) {
    if (!(error instanceof matching.SettingsError)) throw error;
    matching.saveState(runner, "failed");
    log.fail(error.message);
    return;
  }
  for (const notice of settings.notices) log.notice(notice);
  const identity = matching.toIdentity(env, event, contexts);
  const dataFile = createDataFile(env);
  runner.exportVariable("BUILD_STATS", dataFile);
  runner.setOutput("builder", identity.builder);
  runner.setOutput("start-time", new Date(startMs).toISOString());
  runner.setOutput("data-file", dataFile);
  const point = matching.toStartPoint(identity, startMs, settings.layout);
  const results = settings.startPoint ? await writeStart(point, settings, edges) : [];
  const startProblems = results.flatMap(({ name, problems: problems2 }) => problems2.map((why) => log.redact(`${name}: ${why}`)));
  for (const problem of startProblems) log.warning(`The start of this job was not written to ${problem}.`);
  const startWritten = results.filter(({ written }) => written > 0).map(({ name }) => log.redact(name));
  matching.saveState(runner, { startMs, dataFile, startWritten, startProblems });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStart(point, settings, edges) {
  const signal = AbortSignal.timeout(Math.min(settings.timeoutMs, maxWaitMs));
  const targets = settings.targets.filter((target) => matching.outlivesCheckout(target, edges.runner.env));
  return await Promise.all(
    targets.map(async (target) => {
      const storage = matching.openStorage(target, settings, edges);
      return { name: storage.name, ...await storage.write(toBatches([point]), signal) };
    })
  );
}
async function* toBatches(points) {
  yield points;
}

void matching.runPhase(start);
