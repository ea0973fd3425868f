'use strict';

const matching = require('./shared.js');
const node_fs = require('node:fs');
const node_os = require('node:os');
const node_path = require('node:path');

function createDataFile(env) {
  const earlier = env.BUILD_STATS;
  if (earlier !== void 0 && earlier !== "" && node_fs.existsSync(earlier)) return earlier;
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
  const startProblems = settings.startPoint ? await writeStart(point, settings, edges) : [];
  for (const problem of startProblems) log.warning(`The start of this job was not written. ${problem}`);
  matching.saveState(runner, { startMs, dataFile, startProblems });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStart(point, settings, edges) {
  const signal = AbortSignal.timeout(Math.min(settings.timeoutMs, maxWaitMs));
  const targets = settings.targets.filter((target) => matching.outlivesCheckout(target, edges.runner.env));
  const results = await Promise.all(
    targets.map((target) => matching.openStorage(target, settings, edges).write(toBatches([point]), signal))
  );
  return results.flatMap(({ problems }) => problems);
}
async function* toBatches(points) {
  yield points;
}

void matching.runPhase(start);
