"use strict";
const finish = require("./finish.js");
const spoolFolder = require("./common4.js");
const node_path = require("node:path");
const shared = require("./shared.js");
const node_fs = require("node:fs");
const goQuote = require("./common2.js");
function toSpooled(spool, folder) {
  const { files, results } = spool;
  return {
    sent: files.reduce((sum, { sent }) => sum + sent, 0),
    problems: [...explainLeft(files), ...explainPassedOver(spool, folder), ...explainChanges(results)],
    losses: [...explainLost(files), ...finish.z(results)]
  };
}
const maxShown = 5;
function explainLeft(files) {
  const reasons = [...Map.groupBy(files, ({ why }) => why)].filter(([why]) => why !== void 0);
  const more = reasons.length - maxShown;
  return [
    ...reasons.slice(0, maxShown).map(([why, group]) => {
      const others = group.length > 1 ? ` and ${group.length - 1} more` : "";
      return `Left in the spool: ${nameOrigin(group[0])}${others}${countLines(group)}: ${why}.`;
    }),
    ...more > 0 ? [`Other files are left in the spool for ${more} more reasons.`] : []
  ];
}
function explainLost(files) {
  const lost = files.filter(({ whyLost }) => whyLost !== void 0);
  const count = (group) => group.reduce((sum, file) => sum + file.lost, 0);
  const more = lost.slice(maxShown);
  return [
    ...lost.slice(0, maxShown).map((file) => {
      return `${finish.j(file.lost, "point")} of ${nameOrigin(file)}, in the spool ${file.lost === 1 ? "is" : "are"} lost: ${file.whyLost}.`;
    }),
    ...more.length > 0 ? [`${finish.j(count(more), "point")} of ${more.length} more files in the spool are lost.`] : []
  ];
}
function nameOrigin(file) {
  return `${file?.header.builder}, run ${file?.header.run_id}`;
}
function countLines(files) {
  const lines = files.reduce((sum, { left = 0 }) => sum + left, 0);
  return lines === 0 ? "" : ` (${finish.j(lines, "point")})`;
}
function explainChanges(results) {
  return [
    ...finish.A(results),
    ...results.flatMap(({ name, changes }) => [...changes].map((change) => `${name}: ${change}.`))
  ];
}
function explainPassedOver({ passedOver }, folder) {
  const reasons = [...passedOver].map(([reason, count]) => `${count} ${reason}`);
  return reasons.length === 0 ? [] : [`Skipped in ${folder}: ${reasons.join(", ")}.`];
}
const maxKeptChunkBytes = 4e6;
function createJob(waiting, opened, to) {
  const counts = { sent: 0, lost: 0, refusals: 0 };
  return {
    waiting,
    opened,
    to,
    ...counts,
    refused: [],
    hasRest: true,
    isBroken: false,
    why: /* @__PURE__ */ new Set(),
    whyLost: /* @__PURE__ */ new Set()
  };
}
function isDone({ hasRest, refused }) {
  return !hasRest && refused.length === 0;
}
function takePart(job, limits) {
  const { reader } = job.opened;
  const tries = job.waiting.header.tries ?? 0;
  while (job.hasRest) {
    const chunk = reader.read(toSize(limits.maxLines, tries, reader.header.lines), maxKeptChunkBytes);
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
  return { points: spoolFolder.t(lines), tries: refused.tries, bytes: lines.join("\n").length };
}
function tellBad(job, { bad }) {
  job.lost += bad.length;
  const [first] = bad;
  if (first !== void 0 && job.whyLost.size < 3) job.whyLost.add(`line ${first.line}: ${first.problem}`);
}
async function sendPart(job, { points, tries }, turnMs, maxRefusals) {
  const { written, lost, refused, why, isHopeless } = await job.to.send(points, tries, turnMs, job.refusals === 0);
  job.sent += written;
  job.lost += lost;
  if (lost > 0) job.whyLost.add(why || "the storage rejects them");
  if (refused.length === 0) return true;
  job.why.add(why || "the storage rejected them");
  job.refused.push({ lines: refused, tries: tries + 1 });
  job.refusals += isHopeless ? maxRefusals : 1;
  return false;
}
async function endJob(job, isDryRun, whyLeft) {
  const { opened, waiting, refused, hasRest, sent, why, whyLost } = job;
  const { reader } = opened;
  const isLeft = hasRest || refused.length > 0;
  const refusedLines = refused.reduce((sum, { lines }) => sum + lines.length, 0);
  const rest = hasRest ? reader.left : 0;
  let { lost } = job;
  if (!hasRest && !reader.isWhole) {
    lost += reader.missing;
    whyLost.add("the file is incomplete: the job that wrote it was stopped");
  }
  const isChanged = !job.isBroken && sent + job.lost + refusedLines > 0;
  const untouched = { refused: [], hasRest: true, isChanged: false };
  const problem = await opened.end(
    isDryRun || job.isBroken ? { ...untouched, isTried: job.isBroken } : { refused, hasRest, isChanged, isTried: isChanged }
  );
  if (problem !== void 0) why.add(problem);
  else if (isLeft && why.size === 0) why.add(whyLeft());
  return {
    kind: waiting.kind,
    place: waiting.place,
    header: waiting.header,
    sent,
    left: rest === void 0 ? void 0 : rest + refusedLines,
    lost,
    why: why.size > 0 && (isLeft || problem !== void 0) ? [...why].join("; ") : void 0,
    whyLost: lost > 0 || whyLost.size > 0 ? [...whyLost].join("; ") : void 0
  };
}
function toSize(maxLines, tries, lines = maxLines) {
  const part = tries === 0 ? maxLines : Math.ceil(lines / 8);
  return Math.max(1, Math.min(part, Math.floor(maxLines / 8 ** tries)));
}
function matchDestination(header, storages, redact, mayMove) {
  const { name, destination } = header;
  const usable = storages.filter(isLasting);
  const named = name === void 0 ? [] : usable.filter((one) => one.name !== void 0 && redact(one.name) === name);
  const candidates = named.length > 0 ? named : usable;
  const keyOf = (one) => shared.Q(shared.U(one.target, redact));
  const same = candidates.filter((one) => keyOf(one) === shared.Q(destination));
  const found = same.length > 0 || !mayMove ? same : named.filter(hasMoved);
  const [first] = found;
  if (first === void 0) return { reason: explainUnmatched(header, named.length > 0) };
  const isOne = new Set(found.map(keyOf)).size === 1;
  if (!isOne) return { reason: `it is for ${nameOf(header)}, and more than one storage matches` };
  return { storage: first };
  function hasMoved(one) {
    return shared.bd(shared.U(one.target, redact)) === shared.bd(destination);
  }
}
function isLasting({ target }) {
  return target.kind !== "file" || node_path.isAbsolute(target.name);
}
function nameOf({ name, destination }) {
  const place = shared.T(destination);
  return name === void 0 ? place : `"${name}", ${place}`;
}
function explainUnmatched(header, isNameKnown) {
  const { name, destination } = header;
  if (!shared.R(destination)) return `it is for ${nameOf(header)}, which is not among the storages`;
  const moved = isNameKnown ? "; the storage of this name has another address now" : "";
  const how = name === void 0 ? "" : ", or a config with a storage of this name";
  return `it is for ${nameOf(header)}${moved}: give the url, and the database or bucket, of that storage${how}`;
}
const maxLostLines = 20;
const maxStrikes = 8;
const refusedAgainMs = 1e3;
function openServer(sending, limits) {
  const storage = sending.open();
  let isUp = sending.isKnownUp;
  let lastMs = 0;
  let strikes = 0;
  let down;
  let taken;
  let answer;
  function addAnswer({ lost, lostLines = [], conflicts = [], changes = [] }) {
    answer ??= { name: storage.name, lost: 0, lostLines: [], conflicts: [], changes: /* @__PURE__ */ new Set() };
    answer.lost += lost;
    answer.lostLines.push(...lostLines.slice(0, maxLostLines - answer.lostLines.length));
    answer.conflicts.push(...conflicts);
    for (const change of changes) answer.changes.add(change);
  }
  return {
    name: storage.name,
    get isUp() {
      return isUp;
    },
    get down() {
      return down;
    },
    get taken() {
      return taken;
    },
    get answer() {
      return answer;
    },
    hasTime: () => lastMs * 1.2 <= limits.remainingMs(),
    async send(points, tries, turnMs, isFirst) {
      const handedBack = [];
      const maxMs = tries > 0 || strikes > 0 ? Math.min(refusedAgainMs, turnMs) : 2 * turnMs;
      const endMs = limits.now() + Math.min(maxMs, limits.remainingMs());
      const fuse = new AbortController();
      let timer;
      const end = () => fuse.abort(new shared.be("the time for this file ended"));
      sending.onRefusal(() => {
        timer ??= setTimeout(end, refusedAgainMs);
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
      const result = await write(storage, points, writing);
      clearTimeout(timer);
      clearTimeout(time);
      const isOpen = result.gaveUp === true;
      const refused = isOpen ? toLines(points) : handedBack;
      const { written, lost } = isOpen ? { written: 0, lost: 0 } : result;
      taken = (taken ?? 0) + written;
      if (!isOpen) addAnswer(result);
      const outage = sending.takeOutage();
      const why = result.problems.join("; ");
      if (written > 0) lastMs = limits.now() - startMs;
      const isHopeless = result.isDown === true && !isUp && outage === void 0 && !signal.aborted;
      if (refused.length === 0) {
        isUp = true;
        strikes = 0;
      } else {
        if (written > 0) strikes = 0;
        else if (isFirst) strikes++;
        if (outage !== void 0 && written === 0) down = `${storage.name} cannot be reached: ${outage}`;
        else if (strikes >= maxStrikes) down = `${storage.name} refused ${maxStrikes} files in a row: ${why}`;
      }
      return { written, lost, refused, why, isHopeless };
    }
  };
}
function toLines(points) {
  return points.map((point) => shared.bf(point)).filter((line) => line !== void 0);
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
const maxUnfinishedFiles = 200;
function createSender(storages, limits) {
  const servers = /* @__PURE__ */ new Map();
  const files = [];
  const unfinished = [];
  let bytes = 0;
  let claims = 0;
  function findEnd() {
    if (limits.signal.aborted || limits.remainingMs() <= 0) return "the time ran out before it was sent";
    if (bytes >= limits.maxBytes) return `one job sends at most about ${limits.maxBytes} bytes of kept points`;
    const reasons = [...servers.values()].map(({ down }) => down);
    return servers.size === storages.length && reasons.every((reason) => reason !== void 0) ? reasons[0] : void 0;
  }
  function toServer(sending) {
    const server = servers.get(sending) ?? openServer(sending, limits);
    servers.set(sending, server);
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
    const full = isFull ? `one job sends at most ${limits.maxFiles} files of kept points` : void 0;
    const late = to.hasTime() ? void 0 : "the time ran out before it was sent";
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
    const job = createJob(waiting, opened, to);
    await takeTurn(job, limits.turnMs);
    const isCrowded = unfinished.length >= maxUnfinishedFiles;
    if (isDone(job) || job.isBroken || isCrowded || job.to.down !== void 0 || limits.isDryRun) await finishJob(job);
    else unfinished.push(job);
  }
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
    for (let longestMs = 0; limits.now() + longestMs * 1.2 <= endMs && job.to.hasTime() && findEnd() === void 0; ) {
      const startMs = limits.now();
      const part = takePart(job, limits);
      if (part === void 0) return;
      bytes += part.bytes;
      job.opened.touch();
      const isTaken = await sendPart(job, part, turnMs, limits.maxRefusals);
      if (!isTaken || isDone(job)) return;
      longestMs = Math.max(longestMs, limits.now() - startMs);
    }
  }
  async function finishJob(job) {
    const whyLeft = () => job.to.down ?? findEnd() ?? "the time ran out before all of it was sent";
    files.push(await endJob(job, limits.isDryRun, whyLeft));
  }
  async function finish2() {
    for (let turnMs = limits.turnMs * 2; unfinished.length > 0; turnMs *= 2) {
      for (const job of unfinished.splice(0)) {
        const before = job.sent + job.lost + job.refusals;
        if (job.to.down === void 0 && findEnd() === void 0) await takeTurn(job, turnMs);
        const isGoingOn = job.sent + job.lost + job.refusals > before;
        if (isDone(job) || job.isBroken || job.to.down !== void 0 || findEnd() !== void 0 || !isGoingOn)
          await finishJob(job);
        else unfinished.push(job);
      }
    }
  }
  return {
    findEnd,
    offer,
    finish: finish2,
    files,
    get sent() {
      const sent = /* @__PURE__ */ new Map();
      for (const { name, taken } of servers.values()) {
        if (taken !== void 0) sent.set(name, (sent.get(name) ?? 0) + taken);
      }
      return sent;
    },
    get results() {
      return [...servers.values()].flatMap(({ answer }) => answer ?? []);
    }
  };
}
function toSending(settings, dryRun, outside, isKnownUp) {
  const watched = watch(outside.http);
  return {
    ...settings.name === void 0 ? {} : { name: settings.name },
    target: settings.target,
    isKnownUp,
    open: () => shared.ac(settings, { dryRun }, { ...outside, http: watched.http }),
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
      }
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
function claimFile(folder, { name, path, timeMs }) {
  const claim = node_path.join(folder, `${name}.${shared.aQ()}.sending`);
  try {
    const nowMs = goQuote.r(folder);
    node_fs.lutimesSync(path, nowMs / 1e3, nowMs / 1e3);
    node_fs.renameSync(path, claim);
  } catch (error) {
    if (error.code === "ENOENT") return void 0;
    throw error;
  }
  let file;
  try {
    file = node_fs.openSync(claim, spoolFolder.r);
  } catch {
    return void 0;
  }
  const opened = node_fs.fstatSync(file);
  const isOurs = () => {
    const stats = node_fs.lstatSync(claim, { throwIfNoEntry: false });
    return stats !== void 0 && stats.ino === opened.ino && stats.dev === opened.dev;
  };
  if (!opened.isFile() || !spoolFolder.i(opened) || !isOurs()) {
    node_fs.closeSync(file);
    return void 0;
  }
  let isOpen = true;
  const close = () => {
    if (isOpen) node_fs.closeSync(file);
    isOpen = false;
  };
  function finishWith(act) {
    try {
      if (!isOurs()) return "gone";
      act();
      return "done";
    } catch (error) {
      return { reason: error.message };
    } finally {
      close();
    }
  }
  const back = (isTried) => {
    const atMs = isTried ? goQuote.r(folder) : timeMs;
    node_fs.futimesSync(file, atMs / 1e3, atMs / 1e3);
    spoolFolder.m(claim, folder, name);
  };
  return {
    file,
    touch() {
      const nowMs = Date.now();
      if (nowMs > node_fs.fstatSync(file).mtimeMs) node_fs.futimesSync(file, nowMs / 1e3, nowMs / 1e3);
    },
    putBack: (isTried) => finishWith(() => back(isTried)),
    replace: (writes) => {
      let problem;
      const fate = finishWith(() => {
        const made = [];
        try {
          for (const write2 of writes) made.push(spoolFolder.c(folder, spoolFolder.a(name), write2));
        } catch (error) {
          problem = error.message;
          for (const one of made) node_fs.rmSync(node_path.join(folder, one), { force: true });
          back(true);
          return;
        }
        node_fs.rmSync(claim, { force: true });
      });
      return problem === void 0 ? fate : { reason: problem };
    },
    remove: () => finishWith(() => node_fs.rmSync(claim, { force: true }))
  };
}
function openSpool(folder) {
  const { waiting, passedOver, claimed } = spoolFolder.l(folder);
  return { waiting: waiting.map((file) => toWaiting(folder, file)), passedOver, claimed };
}
function toWaiting(folder, waiting) {
  return {
    kind: "file",
    place: `the file ${waiting.name} in ${folder}`,
    header: waiting.header,
    claim() {
      const claimed = claimFile(folder, waiting);
      if (claimed === void 0) return void 0;
      let reader;
      try {
        reader = spoolFolder.o(claimed.file);
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
  const writer = finish.u(file, header);
  for (const { lines } of batches) writer.add(lines.map((line) => `${line}
`).join(""), lines.length);
  writer.seal();
}
function writeRest(file, reader) {
  const writer = finish.u(file, reader.header);
  reader.copyRest((bytes, lines) => writer.add(bytes, lines));
  if (reader.isWhole) writer.seal();
}
function explain(fate) {
  if (fate === "done") return void 0;
  return fate === "gone" ? "another process took it while it was being sent" : fate.reason;
}
exports.a = toSpooled;
exports.b = explainPassedOver;
exports.c = createSender;
exports.e = explainChanges;
exports.o = openSpool;
exports.t = toSending;
