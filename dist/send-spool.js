'use strict';

const spoolFolder = require('./common4.js');
const settings = require('./settings.js');
const node_path = require('node:path');

function matchDestination(header, storages, redact, mayMove) {
  const { name, destination } = header;
  const usable = storages.filter(isLasting);
  const named = name === void 0 ? [] : usable.filter((one) => one.name !== void 0 && redact(one.name) === name);
  const candidates = named.length > 0 ? named : usable;
  const places = (one) => settings.toDestination(one.target, redact);
  const isSame = typeof destination === "string" ? (one) => isNamedSo(one.target, destination, redact) : (one) => settings.toKey(places(one)) === settings.toKey(destination);
  const same = candidates.filter(isSame);
  const found = same.length > 0 || !mayMove ? same : findMoved(header, named, usable, redact);
  const [first] = found;
  if (first === void 0) return { reason: explainUnmatched(header, named.length > 0) };
  const isOne = new Set(found.map((one) => settings.toKey(places(one)))).size === 1;
  if (!isOne) return { reason: `it is for ${nameOf(header)}, and more than one storage could be it` };
  if (typeof destination === "string" && !saysEnough(first.target, name !== void 0 && named.length > 0)) {
    return {
      reason: `it is for ${nameOf(header)}, and does not say of which organisation or retention policy: send it by hand`
    };
  }
  return { storage: first };
}
function findMoved({ name, destination }, named, usable, redact) {
  if (typeof destination !== "string") {
    return named.filter((one) => settings.toKeyWithoutUrl(settings.toDestination(one.target, redact)) === settings.toKeyWithoutUrl(destination));
  }
  if (name !== void 0) return named;
  const servers = usable.filter(({ target }) => target.kind === "influxdb");
  return destination.startsWith("file ") || servers.length !== 1 ? [] : servers.filter(isOfPlace);
  function isOfPlace({ target }) {
    const place = /\((v\d, .*)\)$/s.exec(destination)?.[1];
    return place === void 0 || place === placeOf(target, redact);
  }
}
function isLasting({ target }) {
  return target.kind === "influxdb" || node_path.isAbsolute(target.name);
}
function isNamedSo(target, text, redact) {
  if (target.kind === "file") return `file ${redact(target.name)}` === text;
  return `${redact(target.url)} (${placeOf(target, redact)})` === text;
}
function placeOf(target, redact) {
  if (target.kind === "file") return redact(target.name);
  return redact(`${target.api}, ${target.api === "v2" ? `bucket ${target.bucket}` : `database ${target.database}`}`);
}
function saysEnough(target, isNamed) {
  if (isNamed || target.kind === "file") return true;
  return target.api === "v3" || (target.api === "v2" ? target.org === void 0 : target.retentionPolicy === void 0);
}
function nameOf({ name, destination }) {
  const place = typeof destination === "string" ? destination : settings.nameDestination(destination);
  return name === void 0 ? place : `"${name}", ${place}`;
}
function explainUnmatched(header, isNameKnown) {
  const { name, destination } = header;
  const isFile = typeof destination === "string" ? destination.startsWith("file ") : destination.kind === "file";
  if (isFile) return `it is for ${nameOf(header)}, which is not among the storages`;
  const moved = isNameKnown ? "; the storage of this name has another place now" : "";
  const how = name === void 0 ? "" : ", or a config with a storage of this name";
  return `it is for ${nameOf(header)}${moved}: give the url, and the database or bucket, of that storage${how}`;
}

const maxLostLines = 20;
const maxLines = 5e3;
const maxChunkBytes = 4e6;
const maxUnfinished = 200;
const maxStrikes = 8;
const briefMs = 1e3;
function createSender(storages, limits) {
  const servers = /* @__PURE__ */ new Map();
  const files = [];
  const unfinished = [];
  const sent = /* @__PURE__ */ new Map();
  const answers = /* @__PURE__ */ new Map();
  let bytes = 0;
  let claims = 0;
  function findEnd() {
    if (limits.signal.aborted || limits.remainingMs() <= 0) return "the time was over before it was sent";
    if (bytes >= limits.maxBytes) return `no more than about ${limits.maxBytes} bytes are sent at a time`;
    const reasons = [...servers.values()].map(({ down }) => down);
    return servers.size === storages.length && reasons.every((reason) => reason !== void 0) ? reasons[0] : void 0;
  }
  const hasTime = ({ lastMs }) => lastMs * 1.2 <= limits.remainingMs();
  function toServer(sending) {
    let server = servers.get(sending);
    if (server === void 0) {
      server = { sending, storage: sending.open(), isUp: sending.isKnownUp, lastMs: 0, strikes: 0, down: void 0 };
      servers.set(sending, server);
    }
    return server;
  }
  async function offer(waiting) {
    const { kind, place, header } = waiting;
    const leave = (why) => void files.push({ kind, place, header, sent: 0, left: header.lines, lost: 0, why, whyLost: void 0 });
    const match = matchDestination(header, storages, limits.redact, limits.mayMove);
    if ("reason" in match) {
      leave(match.reason);
      return;
    }
    const to = toServer(match.storage);
    const isFull = claims >= limits.maxFiles;
    const full = isFull ? `no more than ${limits.maxFiles} files are sent at a time` : void 0;
    const late = hasTime(to) ? void 0 : "the time was over before it was sent";
    const end = to.down ?? findEnd() ?? full ?? late;
    if (end !== void 0) {
      leave(end);
      return;
    }
    let opened;
    try {
      opened = waiting.claim();
    } catch (error) {
      leave(error.message);
      return;
    }
    if (opened === void 0) return;
    claims++;
    const job = {
      isBroken: false,
      waiting,
      opened,
      to,
      refused: [],
      sent: 0,
      lost: 0,
      refusals: 0,
      hasRest: true,
      why: /* @__PURE__ */ new Set(),
      whyLost: /* @__PURE__ */ new Set()
    };
    await takeTurn(job, limits.turnMs);
    const isCrowded = unfinished.length >= maxUnfinished;
    if (isDone(job) || job.isBroken || isCrowded || job.to.down !== void 0 || limits.isDryRun) await settle(job);
    else unfinished.push(job);
  }
  const isDone = ({ hasRest, refused }) => !hasRest && refused.length === 0;
  async function takeTurn(job, turnMs) {
    try {
      await sendParts(job, turnMs);
    } catch (error) {
      job.isBroken = true;
      job.why.add(error.message);
    }
  }
  async function sendParts(job, turnMs) {
    const endMs = limits.now() + Math.min(turnMs, limits.remainingMs());
    for (let longestMs = 0; limits.now() + longestMs * 1.2 <= endMs && hasTime(job.to) && findEnd() === void 0; ) {
      const startMs = limits.now();
      const part = takePart(job);
      if (part === void 0) return;
      bytes += part.bytes;
      job.opened.touch();
      const isTaken = await sendPart(job, part, turnMs);
      if (!isTaken || isDone(job)) return;
      longestMs = Math.max(longestMs, limits.now() - startMs);
    }
  }
  function takePart(job) {
    const { reader } = job.opened;
    const tries = job.waiting.header.tries ?? 0;
    while (job.hasRest) {
      const chunk = reader.read(toSize(limits.maxLines, tries, reader.header.lines), maxChunkBytes);
      job.hasRest = chunk !== void 0 && !reader.isAtEnd;
      if (chunk === void 0) break;
      tellBad(job, chunk);
      if (chunk.points.length > 0) return { points: chunk.points, tries, bytes: chunk.bytes };
    }
    const refused = job.refused.find(({ lines: lines2 }) => lines2.length > 1);
    if (refused === void 0 || job.refusals >= limits.maxRefusals || !job.to.isUp && job.refusals > 3)
      return void 0;
    const size = toSize(limits.maxLines, refused.tries, refused.lines.length);
    const rest = refused.lines.slice(size);
    job.refused.splice(
      job.refused.indexOf(refused),
      1,
      ...rest.length > 0 ? [{ lines: rest, tries: refused.tries }] : []
    );
    const lines = refused.lines.slice(0, size);
    return { points: spoolFolder.toPoints(lines), tries: refused.tries, bytes: lines.join("\n").length };
  }
  function tellBad(job, { bad }) {
    job.lost += bad.length;
    const [first] = bad;
    if (first !== void 0 && job.whyLost.size < 3) job.whyLost.add(`line ${first.line}: ${first.problem}`);
  }
  async function sendPart(job, { points, tries }, turnMs) {
    const { to } = job;
    const handedBack = [];
    const maxMs = tries > 0 || to.strikes > 0 ? Math.min(briefMs, turnMs) : 2 * turnMs;
    const endMs = limits.now() + Math.min(maxMs, limits.remainingMs());
    const fuse = new AbortController();
    let timer;
    const end = () => fuse.abort(new settings.EndOfWriting("its turn was over"));
    to.sending.onRefusal(() => {
      timer ??= setTimeout(end, briefMs);
    });
    const time = setTimeout(end, Math.max(1, Math.ceil(endMs - limits.now())));
    const signal = AbortSignal.any([limits.signal, fuse.signal]);
    const writing = {
      signal,
      readSignal: signal,
      remainingMs: () => Math.max(0, endMs - limits.now()),
      unsent: (lines) => void handedBack.push(...lines)
    };
    const startMs = limits.now();
    const result = await write(to.storage, points, writing);
    clearTimeout(timer);
    clearTimeout(time);
    const refused = result.gaveUp === true ? toLines(points) : handedBack;
    const written = result.gaveUp === true ? 0 : result.written;
    const lost = result.gaveUp === true ? 0 : result.lost;
    job.sent += written;
    job.lost += lost;
    sent.set(to.storage.name, (sent.get(to.storage.name) ?? 0) + written);
    if (result.gaveUp !== true) addAnswer(to.storage.name, result);
    const outage = to.sending.takeOutage();
    const why = result.problems.join("; ");
    if (lost > 0) job.whyLost.add(why || "the storage does not take them");
    if (written > 0) to.lastMs = limits.now() - startMs;
    if (refused.length === 0) {
      to.isUp = true;
      to.strikes = 0;
      return true;
    }
    job.why.add(why || "the storage did not take them");
    job.refused.push({ lines: refused, tries: tries + 1 });
    if (written > 0) to.strikes = 0;
    else if (job.refusals === 0) to.strikes++;
    job.refusals += result.isDown === true && !to.isUp && outage === void 0 && !signal.aborted ? limits.maxRefusals : 1;
    if (outage !== void 0 && written === 0) to.down = `${to.storage.name} cannot be reached: ${outage}`;
    else if (to.strikes >= maxStrikes) to.down = `${to.storage.name} took no more: ${why}`;
    return false;
  }
  function addAnswer(name, { lost, lostLines = [], conflicts = [], changes = [] }) {
    const answer = answers.get(name) ?? { name, lost: 0, lostLines: [], conflicts: [], changes: /* @__PURE__ */ new Set() };
    answers.set(name, answer);
    answer.lost += lost;
    answer.lostLines.push(...lostLines.slice(0, maxLostLines - answer.lostLines.length));
    answer.conflicts.push(...conflicts);
    for (const change of changes) answer.changes.add(change);
  }
  async function settle(job) {
    const { opened, waiting, refused, hasRest, sent: sent2, why, whyLost } = job;
    const { reader } = opened;
    const isLeft = hasRest || refused.length > 0;
    const refusedLines = refused.reduce((sum, { lines }) => sum + lines.length, 0);
    const rest = hasRest ? reader.left : 0;
    let { lost } = job;
    if (!hasRest && !reader.isWhole) {
      lost += reader.missing;
      whyLost.add("it was not finished, and its end is missing");
    }
    const isChanged = !job.isBroken && sent2 + job.lost + refusedLines > 0;
    const untouched = { refused: [], hasRest: true, isChanged: false };
    const problem = await opened.end(
      limits.isDryRun || job.isBroken ? { ...untouched, isTried: job.isBroken } : { refused, hasRest, isChanged, isTried: isChanged }
    );
    if (problem !== void 0) why.add(problem);
    else if (isLeft && why.size === 0)
      why.add(job.to.down ?? findEnd() ?? "others had their turn before all of it was sent");
    files.push({
      kind: waiting.kind,
      place: waiting.place,
      header: waiting.header,
      sent: sent2,
      left: rest === void 0 ? void 0 : rest + refusedLines,
      lost,
      why: why.size > 0 && (isLeft || problem !== void 0) ? [...why].join("; ") : void 0,
      whyLost: lost > 0 || whyLost.size > 0 ? [...whyLost].join("; ") : void 0
    });
  }
  async function finish() {
    for (let turnMs = limits.turnMs * 2; unfinished.length > 0; turnMs *= 2) {
      for (const job of unfinished.splice(0)) {
        const before = job.sent + job.lost + job.refusals;
        if (job.to.down === void 0 && findEnd() === void 0) await takeTurn(job, turnMs);
        const isGoingOn = job.sent + job.lost + job.refusals > before;
        if (isDone(job) || job.isBroken || job.to.down !== void 0 || findEnd() !== void 0 || !isGoingOn)
          await settle(job);
        else unfinished.push(job);
      }
    }
  }
  return {
    findEnd,
    offer,
    finish,
    files,
    sent,
    get results() {
      return [...answers.values()];
    }
  };
}
function toSize(maxLines2, tries, lines = maxLines2) {
  const part = tries === 0 ? maxLines2 : Math.ceil(lines / 8);
  return Math.max(1, Math.min(part, Math.floor(maxLines2 / 8 ** tries)));
}
function toLines(points) {
  return points.map((point) => settings.toLineOrNone(point)).filter((line) => line !== void 0);
}
async function write(storage, points, writing) {
  async function* once() {
    yield points;
  }
  try {
    return await storage.write(once(), writing);
  } catch (error) {
    return { written: 0, unsent: 0, lost: 0, gaveUp: true, problems: [error.message] };
  }
}

function toSending(settings$1, dryRun, edges, isKnownUp) {
  const watched = watch(edges.http);
  return {
    ...settings$1.name === void 0 ? {} : { name: settings$1.name },
    target: settings$1.target,
    isKnownUp,
    open: () => settings.openStorage(settings$1, { dryRun }, { ...edges, http: watched.http }),
    takeOutage: watched.takeOutage,
    onRefusal: watched.onRefusal
  };
}
const unreachable = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|ENOTFOUND|EAI_AGAIN)$/;
function watch(http) {
  let outage;
  let tellRefusal = () => {
  };
  return {
    http: {
      async request(request) {
        try {
          const response = await http.request(request);
          outage = void 0;
          if (response.status >= 300) tellRefusal();
          return response;
        } catch (error) {
          const code = findCode(error);
          if (unreachable.test(code)) outage = code;
          throw error;
        }
      },
      close: () => http.close()
    },
    onRefusal(listener) {
      tellRefusal = listener;
    },
    takeOutage() {
      const taken = outage;
      outage = void 0;
      return taken;
    }
  };
}
function findCode(error) {
  if (error instanceof AggregateError && error.errors.length > 0) return findCode(error.errors[0]);
  return String(error?.code);
}

function openSpool(folder) {
  const { waiting, passedOver, claimed } = spoolFolder.lookIntoSpool(folder);
  return { waiting: waiting.map((file) => toWaiting(folder, file)), passedOver, claimed };
}
function toWaiting(folder, waiting) {
  return {
    kind: "file",
    place: `the file ${waiting.name} in ${folder}`,
    header: waiting.header,
    claim() {
      const claimed = spoolFolder.claimFile(folder, waiting);
      if (claimed === void 0) return void 0;
      let reader;
      try {
        reader = spoolFolder.openKeptReader(claimed.file);
      } catch (error) {
        claimed.putBack(true);
        throw error;
      }
      const end = async ({ refused, hasRest, isChanged, isTried }) => {
        if (!hasRest && refused.length === 0) return explain(claimed.remove());
        if (!isChanged) return explain(claimed.putBack(isTried));
        const parts = [...Map.groupBy(refused, ({ tries }) => tries)].map(([tries, batches]) => (file) => {
          writeLines(file, { ...reader.header, tries }, batches);
        });
        const rest = (file) => writeRest(file, reader);
        return explain(claimed.replace([...hasRest ? [rest] : [], ...parts]));
      };
      return { reader, touch: claimed.touch, end };
    }
  };
}
function writeLines(file, header, batches) {
  const writer = spoolFolder.openKeptWriter(file, header);
  for (const { lines } of batches) writer.add(lines.map((line) => `${line}
`).join(""), lines.length);
  writer.seal();
}
function writeRest(file, reader) {
  const writer = spoolFolder.openKeptWriter(file, reader.header);
  reader.copyRest((bytes, lines) => writer.add(bytes, lines));
  if (reader.isWhole) writer.seal();
}
function explain(fate) {
  if (fate === "done") return void 0;
  return fate === "gone" ? "somebody else took it while it was sent" : fate.reason;
}

const maxMs = 1e4;
const startMs = 9e3;
const turnMs = 2e3;
const maxBytes = 2e7;
const maxFiles = 100;
const nothing = { sent: 0, problems: [], losses: [] };
async function sendSpool(storages, settings, edges, deadlines) {
  const folder = settings.spool;
  const up = storages.filter(({ outcome }) => outcome.written > 0 && outcome.isDown !== true && outcome.gaveUp !== true);
  if (folder === void 0 || settings.dryRun || up.length === 0) return nothing;
  return await sendFrom(
    folder,
    up.map((one) => one.settings),
    edges,
    deadlines
  );
}
async function sendFrom(folder, storages, edges, deadlines) {
  let spool;
  try {
    spool = openSpool(folder);
  } catch (error) {
    if (error.code === "ENOENT") return nothing;
    throw error;
  }
  const endMs = performance.now() + startMs;
  const sender = createSender(
    storages.map((one) => toSending(one, false, edges, true)),
    {
      signal: AbortSignal.any([deadlines.signal, AbortSignal.timeout(maxMs)]),
      remainingMs: () => Math.max(0, Math.min(deadlines.remainingMs(), endMs - performance.now())),
      now: () => performance.now(),
      turnMs,
      maxBytes,
      maxFiles,
      maxLines,
      maxRefusals: 3,
      mayMove: false,
      isDryRun: false,
      redact: edges.runner.log.redact
    }
  );
  for (const waiting of spool.waiting) await sender.offer(waiting);
  await sender.finish();
  spoolFolder.printLostLines(sender.results, edges.runner.log);
  return {
    sent: sender.files.reduce((sum, { sent }) => sum + sent, 0),
    problems: [...explainLeft(sender.files), ...explainPassedOver(spool, folder), ...explainChanges(sender.results)],
    losses: [...explainLost(sender.files), ...spoolFolder.explainConflicts(sender.results)]
  };
}
const maxTold = 5;
function explainLeft(files) {
  const reasons = [...Map.groupBy(files, ({ why }) => why)].filter(([why]) => why !== void 0);
  const more = reasons.length - maxTold;
  return [
    ...reasons.slice(0, maxTold).map(([why, group]) => {
      const others = group.length > 1 ? ` and ${group.length - 1} more` : "";
      return `Left in the spool: ${nameOrigin(group[0])}${others}${countLines(group)}: ${why}.`;
    }),
    ...more > 0 ? [`Other files are left in the spool for ${more} more reasons.`] : []
  ];
}
function explainLost(files) {
  const lost = files.filter(({ whyLost }) => whyLost !== void 0);
  const count = (group) => group.reduce((sum, file) => sum + file.lost, 0);
  const more = lost.slice(maxTold);
  return [
    ...lost.slice(0, maxTold).map((file) => {
      return `${spoolFolder.countOf(file.lost, "point")} of ${nameOrigin(file)}, in the spool ${file.lost === 1 ? "is" : "are"} lost: ${file.whyLost}.`;
    }),
    ...more.length > 0 ? [`${spoolFolder.countOf(count(more), "point")} of ${more.length} more files in the spool are lost.`] : []
  ];
}
function nameOrigin(file) {
  return `${file?.header.builder}, run ${file?.header.run_id}`;
}
function countLines(files) {
  const lines = files.reduce((sum, { left = 0 }) => sum + left, 0);
  return lines === 0 ? "" : ` (${spoolFolder.countOf(lines, "point")})`;
}
function explainChanges(results) {
  return [
    ...spoolFolder.explainConversions(results),
    ...results.flatMap(({ name, changes }) => [...changes].map((change) => `${name}: ${change}.`))
  ];
}
function explainPassedOver({ passedOver }, folder) {
  const reasons = [...passedOver].map(([reason, count]) => `${count} ${reason}`);
  return reasons.length === 0 ? [] : [`Passed over in ${folder}: ${reasons.join(", ")}.`];
}

const sendSpool$1 = /*#__PURE__*/Object.freeze(/*#__PURE__*/Object.defineProperty({
  __proto__: null,
  explainChanges,
  explainPassedOver,
  sendSpool
}, Symbol.toStringTag, { value: 'Module' }));

exports.createSender = createSender;
exports.explainChanges = explainChanges;
exports.explainPassedOver = explainPassedOver;
exports.maxLines = maxLines;
exports.openSpool = openSpool;
exports.sendSpool = sendSpool$1;
exports.toSending = toSending;
