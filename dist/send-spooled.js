'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const ends = require('./ends.js');
const spoolSource = require('./common2.js');

const maxMs = 1e4;
const startMs = 9e3;
const turnMs = 2e3;
const maxBytes = 2e7;
const maxFiles = 100;
const nothing = { files: [], results: [], passedOver: /* @__PURE__ */ new Map() };
async function sendSpool(storages, settings, outside, deadlines) {
  const folder = settings.spool;
  const up = storages.filter(({ outcome }) => outcome.written > 0 && outcome.isDown !== true && outcome.gaveUp !== true);
  if (folder === void 0 || settings.dryRun || up.length === 0) return nothing;
  return await sendFrom(
    folder,
    up.map((one) => one.settings),
    outside,
    deadlines
  );
}
async function sendFrom(folder, storages, outside, deadlines) {
  let spool;
  try {
    spool = spoolSource.openSpool(folder);
  } catch (error) {
    if (error.code === "ENOENT") return nothing;
    throw error;
  }
  const endMs = performance.now() + startMs;
  const sender = spoolSource.createSender(
    storages.map((one) => spoolSource.toSending(one, false, outside, true)),
    {
      signal: AbortSignal.any([deadlines.signal, AbortSignal.timeout(maxMs)]),
      remainingMs: () => Math.max(0, Math.min(deadlines.remainingMs(), endMs - performance.now())),
      now: () => performance.now(),
      turnMs,
      maxBytes,
      maxFiles,
      maxLines: spoolSource.maxLines,
      maxRefusals: 3,
      mayMove: false,
      isDryRun: false,
      redact: outside.runner.log.redact
    }
  );
  for (const waiting of spool.waiting) await sender.offer(waiting);
  await sender.finish();
  return { files: sender.files, results: sender.results, passedOver: spool.passedOver };
}

async function sendSpooled(storages, settings, outside, deadlines) {
  const { spool = "" } = settings;
  try {
    const sent = await sendSpool(storages, settings, outside, deadlines);
    ends.printLostLines(sent.results, outside.runner.log);
    return spoolSource.toSpooled(sent, spool);
  } catch (error) {
    return { sent: 0, problems: [`The spool ${spool} could not be sent: ${error.message}.`], losses: [] };
  }
}

exports.sendSpooled = sendSpooled;
