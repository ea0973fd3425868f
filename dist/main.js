import { r as readEvent, p as parseContexts, a as parseSettings, t as toSurroundings, S as SettingsError, s as saveState, b as toIdentity, c as createDataFile, d as toStartPoint, o as outlivesCheckout, e as openStorage, f as runPhase } from './shared.js';
import 'node:http';
import 'os';
import 'crypto';
import 'fs';
import 'node:fs/promises';
import 'node:path';
import 'node:util';
import 'node:zlib';
import 'node:fs';
import 'node:os';

const maxWaitMs = 5e3;
async function start(edges) {
  const { runner } = edges;
  const { env, log } = runner;
  const startMs = runner.now();
  const event = readEvent(env);
  const { contexts, problems } = parseContexts(runner.readInput);
  let settings;
  try {
    settings = await parseSettings(runner.readInput, toSurroundings(env, event), problems);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    saveState(runner, "failed");
    log.fail(error.message);
    return;
  }
  for (const notice of settings.notices) log.notice(notice);
  const identity = toIdentity(env, event, contexts);
  const dataFile = createDataFile(env);
  runner.exportVariable("BUILD_STATS", dataFile);
  runner.setOutput("builder", identity.builder);
  runner.setOutput("start-time", new Date(startMs).toISOString());
  runner.setOutput("data-file", dataFile);
  const point = toStartPoint(identity, startMs, settings.layout);
  const startProblems = settings.startPoint ? await writeStart(point, settings, edges) : [];
  for (const problem of startProblems) log.warning(`The start of this job was not written. ${problem}`);
  saveState(runner, { startMs, dataFile, startProblems });
  log.info(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`);
}
async function writeStart(point, settings, edges) {
  const signal = AbortSignal.timeout(Math.min(settings.timeoutMs, maxWaitMs));
  const targets = settings.targets.filter((target) => outlivesCheckout(target, edges.runner.env));
  const results = await Promise.all(
    targets.map((target) => openStorage(target, settings, edges).write(toBatches([point]), signal))
  );
  return results.flatMap(({ problems }) => problems);
}
async function* toBatches(points) {
  yield points;
}

await runPhase(start);
