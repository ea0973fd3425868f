"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const finish = require("./finish.js");
const spoolSource = require("./common.js");
const shared = require("./shared.js");
const maxRequestLines = 5e3;
const spoolRequestsMs = 9e3;
const spoolSendBytes = 2e7;
const spoolSendFiles = 100;
const spoolSendMs = 1e4;
const spoolTurnMs = 2e3;
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
    spool = spoolSource.o(folder);
  } catch (error) {
    if (error.code === "ENOENT") return nothing;
    throw error;
  }
  const endMs = shared.i() + spoolRequestsMs;
  const sender = spoolSource.c(
    storages.map((one) => spoolSource.t(one, false, outside, true)),
    {
      signal: AbortSignal.any([deadlines.signal, AbortSignal.timeout(spoolSendMs)]),
      remainingMs: () => Math.max(0, Math.min(deadlines.remainingMs(), endMs - shared.i())),
      now: shared.i,
      turnMs: spoolTurnMs,
      maxBytes: spoolSendBytes,
      maxFiles: spoolSendFiles,
      maxLines: maxRequestLines,
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
    finish.p(sent.results, outside.runner.log);
    return spoolSource.a(sent, spool);
  } catch (error) {
    return { sent: 0, problems: [`The spool ${spool} could not be sent: ${error.message}.`], losses: [] };
  }
}
exports.sendSpooled = sendSpooled;
