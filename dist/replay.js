"use strict";
const shared = require("./shared.js");
const finish = require("./finish.js");
const github = require("./github.js");
const spoolSource = require("./common.js");
const node_fs = require("node:fs");
const node_path = require("node:path");
const node_stream = require("node:stream");
const node_zlib = require("node:zlib");
const spoolFolder = require("./common4.js");
const artifactDownloadMs = 12e4;
const artifactRequestMs = 3e4;
const maxArtifactPages = 100;
const maxArtifactRedirects = 3;
async function openArtifacts(query, http, signal) {
  const { openOctokit } = await Promise.resolve().then(() => require("./octokit.js"));
  const within = (ms) => AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  const fetch = (url, options) => github.n(http, within(artifactRequestMs))(url, options);
  const rest = openOctokit(query.token, query.apiUrl, fetch);
  const [owner = "", repo = ""] = query.repository.split("/");
  async function list(prefix, onPage) {
    const found = /* @__PURE__ */ new Map();
    let seen = 0;
    for (let page = 1; page <= maxArtifactPages; page++) {
      const { data } = await rest.actions.listArtifactsForRepo({ owner, repo, per_page: 100, page });
      if (!Array.isArray(data?.artifacts)) throw new Error("GitHub did not answer with a list of artifacts");
      for (const one of data.artifacts) {
        if (String(one?.name).startsWith(prefix) && !one.expired) found.set(one.id, toArtifact(one));
      }
      seen += data.artifacts.length;
      onPage(seen, data.total_count);
      if (data.artifacts.length === 0 || seen >= data.total_count) return { artifacts: sort(found), isCut: false };
    }
    return { artifacts: sort(found), isCut: true };
  }
  async function download({ id }, maxBytes) {
    let url = new URL(`${query.apiUrl}/repos/${owner}/${repo}/actions/artifacts/${id}/zip`);
    const end = within(artifactDownloadMs);
    let headers = {
      authorization: `token ${query.token}`,
      accept: "application/vnd.github+json"
    };
    for (let redirects = 0; redirects <= maxArtifactRedirects; redirects++) {
      const given = { "user-agent": "build-stats", ...headers };
      const response = await http.request({ method: "GET", url, headers: given, signal: end, maxBodyBytes: maxBytes });
      if (response.status === 200) return response.body;
      url = findRedirect(response, url);
      headers = {};
    }
    throw new Error(`GitHub redirected more than ${maxArtifactRedirects} times`);
  }
  return {
    list: (prefix, onPage) => explained("listed", () => list(prefix, onPage)),
    download: (artifact, maxBytes) => explained("downloaded", () => download(artifact, maxBytes)),
    delete: (artifact) => explained("deleted", async () => {
      try {
        const { status } = await rest.actions.deleteArtifact({ owner, repo, artifact_id: artifact.id });
        if (Number(status) !== 204) throw new Error(`GitHub answered the request to delete it with ${status}`);
      } catch (error) {
        const { status } = error;
        if (status !== 404 && status !== 410) throw error;
      }
    })
  };
}
function toArtifact({ id, name, size_in_bytes, workflow_run }) {
  const repository = workflow_run?.repository_id;
  const isOwn = repository !== void 0 && repository === workflow_run?.head_repository_id;
  return { id, name, bytes: size_in_bytes, isOwn };
}
function sort(artifacts) {
  return [...artifacts.values()].sort((a, b) => a.id - b.id);
}
function findRedirect({ status, statusText, headers }, from) {
  const { location } = headers;
  if (status < 300 || status >= 400 || location === void 0) {
    throw Object.assign(new Error(`it answered ${status} ${statusText}`), { status });
  }
  const url = URL.parse(location, from.href);
  const isSafe = url?.protocol === "https:" || url?.protocol === "http:" && from.protocol === "http:";
  if (url === null || !isSafe) throw new Error("GitHub redirected to an invalid address");
  return url;
}
async function explained(verb, ask) {
  try {
    return await ask();
  } catch (error) {
    throw new Error(explain(error, verb), { cause: error });
  }
}
function explain(error, verb) {
  const { status, message, cause } = error;
  const { name } = cause instanceof Error ? cause : error;
  const permission = `give the job \`permissions: actions: ${verb === "deleted" ? "write" : "read"}\``;
  if (status === 401)
    return "GitHub does not accept the token (401); leave the input github-token out, or give a valid one";
  if (status === 429 || status === 403 && /rate limit/i.test(message ?? ""))
    return `GitHub's rate limit is used up (${status}); run the replay later`;
  if (status === 403 || status === 404)
    return `the token does not allow artifacts to be ${verb} (${status}); ${permission}`;
  if (status === 410) return "the artifact has expired";
  if (name === "TimeoutError" || name === "AbortError") return "GitHub did not answer in time";
  return message ?? String(error);
}
const maxShown = 20;
function toReplayed({ header, ...file }) {
  return { ...file, origin: `${header.builder}, run ${header.run_id}` };
}
function toLeftReplayed({ place, why }) {
  return { kind: "artifact", place, origin: "", sent: 0, left: void 0, lost: 0, why, whyLost: void 0 };
}
function mergeReplayed(replayed) {
  return [...Map.groupBy(replayed, ({ place }) => place).values()].flatMap((group) => {
    const [first] = group;
    if (first === void 0) return [];
    const join = (texts) => [...new Set(texts.filter((text) => text !== void 0))].join("; ") || void 0;
    return [
      {
        ...first,
        origin: group.find(({ origin }) => origin !== "")?.origin ?? "",
        sent: sum(group.map(({ sent }) => sent)),
        left: group.some(({ left }) => left === void 0) ? void 0 : sum(group.map(({ left = 0 }) => left)),
        lost: sum(group.map(({ lost }) => lost)),
        why: join(group.map(({ why }) => why)),
        whyLost: join(group.map(({ whyLost }) => whyLost))
      }
    ];
  });
}
function findReplayFaults({ replayed, problems, dryRun }) {
  const texts = replayed.flatMap((one) => explainReplayed(one, dryRun));
  const more = texts.length > maxShown ? [`${texts.length - maxShown} more of this kind.`] : [];
  return [...problems, ...texts.slice(0, maxShown), ...more];
}
function explainReplayed({ place, origin, left, lost, why, whyLost }, dryRun) {
  const from = origin === "" ? "" : ` (${origin})`;
  const count = left === void 0 || left === 0 ? "" : `, with ${finish.j(left, "line")} that could not be written`;
  return [
    ...why === void 0 ? [] : [`${finish.o(place)}${from} is kept${count}: ${why}.`],
    ...whyLost === void 0 || dryRun ? [] : [`${finish.j(lost, "line")} of ${place}${from} ${lost === 1 ? "is" : "are"} lost: ${whyLost}.`]
  ];
}
function toReplayHeadline(outcome) {
  const { replayed, dryRun, problems } = outcome;
  if (replayed.length === 0) {
    if (problems.length > 0) return "Build Stats: no points were sent.";
    return "Build Stats: there are no points to send.";
  }
  const { sent, lost } = toTotals(outcome);
  const counts = ["artifact", "file"].map((kind) => ({ kind, count: replayed.filter((one) => one.kind === kind).length })).filter(({ count }) => count > 0).map(({ kind, count }) => finish.j(count, kind));
  const left = replayed.filter(isLeft).length;
  const are = left === 0 ? "none is" : left === 1 ? "1 is" : `${left} are`;
  const gone = lost === 0 ? "" : `; ${finish.j(lost, "line")} ${lost === 1 ? "is" : "are"} lost`;
  const fate = dryRun ? "printed; a dry run deletes nothing" : `sent; ${are} left${gone}`;
  return `Build Stats: ${finish.j(sent, "point")} of ${counts.join(" and ")} ${fate}.`;
}
function toTotals({ replayed }) {
  return {
    sent: sum(replayed.map(({ sent }) => sent)),
    left: sum(replayed.map(({ left = 0 }) => left)),
    lost: sum(replayed.map(({ lost }) => lost))
  };
}
function toReplaySummary(outcome, redact) {
  const { replayed, sent, problems, notes } = outcome;
  const text = (value) => finish.s(redact(value), 2e3);
  const left = replayed.filter(isLeft);
  const lost = replayed.filter((one) => one.whyLost !== void 0);
  const toRows = (rows, count, why) => finish.J(
    ["Where", "Of", { title: "Lines", align: "right" }, "Why"],
    rows.map((one) => {
      const lines = one[count];
      return [text(one.place), text(one.origin), lines === void 0 ? "" : finish.b(lines), text(one[why] ?? "")];
    })
  );
  const sections = [
    finish.F("Build Stats: replay"),
    finish.G(problems.map(text)),
    finish.E(text(finish.H(toReplayHeadline(outcome)))),
    finish.k([...sent].map(([name, count]) => `${text(name)}: ${finish.j(count, "point")}`)),
    finish.n("What is left", toRows(left, "left", "why"), true),
    finish.n("What is lost", toRows(lost, "lost", "whyLost"), true),
    finish.I(notes.map(text))
  ];
  return `${sections.filter((part) => part !== "").join("\n\n")}
`;
}
function isLeft({ why }) {
  return why !== void 0;
}
function sum(counts) {
  return counts.reduce((total, count) => total + count, 0);
}
async function parseReplaySettings(read, run) {
  const problems = [];
  const { storages } = await shared.bh(read, run, problems);
  const settings = {
    storages,
    githubToken: read("github-token") || void 0,
    spool: shared.bk(read, "spool", problems),
    timeoutMs: read("timeout") === "" ? 3e5 : shared.bj(read("timeout"), problems),
    failOnError: shared.bi(read, "fail-on-error", true, problems),
    summary: shared.bi(read, "summary", true, problems),
    dryRun: shared.bi(read, "dry-run", false, problems)
  };
  if (settings.githubToken === void 0 && settings.spool === void 0) {
    problems.push({ input: "github-token", text: "is empty, and so is spool: there is no place to read points from" });
  }
  if (problems.length > 0) throw new shared.X(problems);
  return settings;
}
const maxArtifactBytes = 268435456;
const maxArtifactFiles = 100;
const endOfDirectory = 101010256;
const directoryEntry = 33639248;
const localHeader = 67324752;
const endLength = 22;
const entryLength = 46;
const localLength = 30;
const maxComment = 65535;
const pieceSize = 64 * 1024;
async function unzipFiles(zip, toPath, signal) {
  const entries = readDirectory(zip);
  const wanted = entries.flatMap((entry, index) => {
    const path = toPath(entry.name, index);
    return path === void 0 ? [] : [{ entry, path }];
  });
  if (new Set(wanted.map(({ entry }) => entry.name)).size < wanted.length)
    throw new Error("it contains two files with the same name");
  if (!(wanted.reduce((sum2, { entry }) => sum2 + entry.size, 0) <= maxArtifactBytes))
    throw new Error(`it holds more than ${maxArtifactBytes} bytes`);
  const unzipped = [];
  for (const { entry, path } of wanted) {
    await unpack(zip, entry, path, signal);
    unzipped.push({ name: entry.name, path, bytes: entry.size });
  }
  return unzipped;
}
function readDirectory(zip) {
  try {
    return readEntries(zip);
  } catch (error) {
    if (error instanceof RangeError) throw new Error("it is damaged: invalid zip data");
    throw error;
  }
}
function readEntries(zip) {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  const start = zip.readUInt32LE(end + 16);
  if (count > maxArtifactFiles) throw new Error(`it holds more than ${maxArtifactFiles} files`);
  const entries = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    const entry = readEntry(zip, at);
    entries.push(entry);
    at += entryLength + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  if (at > end) throw new RangeError();
  let last = 0;
  for (const { start: from, to } of entries.toSorted((a, b) => a.start - b.start)) {
    if (from < last) throw new Error("it is damaged: files in it overlap");
    last = to;
  }
  if (last > start) throw new Error("it is damaged: files in it overlap");
  return entries;
}
function findEnd(zip) {
  for (let at = zip.length - endLength; at >= 0 && at >= zip.length - endLength - maxComment; at--) {
    if (zip.readUInt32LE(at) === endOfDirectory && at + endLength + zip.readUInt16LE(at + 20) === zip.length) return at;
  }
  throw new Error("it is not a zip file: invalid zip data");
}
function readEntry(zip, at) {
  const start = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(at) !== directoryEntry || zip.readUInt32LE(start) !== localHeader) throw new RangeError();
  const name = zip.toString("utf8", at + entryLength, at + entryLength + zip.readUInt16LE(at + 28));
  const from = start + localLength + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
  const to = from + zip.readUInt32LE(at + 20);
  if (to > zip.length) throw new RangeError();
  const method = zip.readUInt16LE(at + 10);
  if ((zip.readUInt16LE(at + 8) & 1) === 1) throw new Error("it is encrypted");
  if (method !== 0 && method !== 8) throw new Error(`its compression method is not supported (${method})`);
  return { name, method, crc: zip.readUInt32LE(at + 16), size: zip.readUInt32LE(at + 24), from, to, start };
}
async function unpack(zip, entry, path, signal) {
  const file = node_fs.openSync(path, "wx", 384);
  let bytes = 0;
  let crc = 0;
  const take = (piece) => {
    signal.throwIfAborted();
    bytes += piece.length;
    if (bytes > entry.size) throw new Error("it is damaged: a file in it is longer than its header states");
    crc = node_zlib.crc32(piece, crc);
    for (let at = 0; at < piece.length; ) at += node_fs.writeSync(file, piece, at);
  };
  try {
    for await (const piece of entry.method === 0 ? cut(zip, entry) : inflate(zip, entry)) take(piece);
    if (bytes !== entry.size || crc !== entry.crc) throw new Error("it is damaged");
  } finally {
    node_fs.closeSync(file);
  }
}
function* cut(zip, { from, to }) {
  for (let at = from; at < to; at += pieceSize) yield zip.subarray(at, Math.min(at + pieceSize, to));
}
async function* inflate(zip, entry) {
  const inflating = node_stream.pipeline(node_stream.Readable.from(cut(zip, entry)), node_zlib.createInflateRaw(), () => {
  });
  try {
    for await (const piece of inflating) yield piece;
  } catch (error) {
    const { code } = error;
    if (code?.startsWith("Z_") || code === "ERR_STREAM_PREMATURE_CLOSE")
      throw new Error("it is damaged: invalid zip data", { cause: error });
    throw error;
  }
}
const maxUnpackedBytes = 1073741824;
const maxZipBytes = 67108864;
const unsentPrefix = "build-stats-unsent-";
const names = /^unsent-\d{1,4}\.lp$/;
async function offerArtifacts(list, artifacts, sender, { env, log }, signal) {
  const left = [];
  let openBytes = 0;
  for (const artifact of rotate(list, Number(env.GITHUB_RUN_NUMBER) || 0)) {
    const place = `the artifact ${artifact.name}`;
    const leave = (why) => void left.push({ place, why });
    const end = sender.findEnd();
    if (end !== void 0) {
      leave(end);
      continue;
    }
    let folder;
    try {
      folder = shared.ah(env, "build-stats-replay-");
      await offerOne(artifact, place, folder);
    } catch (error) {
      leave(error.message);
      if (folder !== void 0) node_fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  return left;
  async function offerOne(artifact, place, folder) {
    if (openBytes > maxUnpackedBytes)
      throw new Error("the artifacts that are being sent already take up the space that a replay may use");
    if (artifact.bytes > maxZipBytes) throw new Error(`it is larger than ${finish.a(maxZipBytes)}`);
    const zip = await artifacts.download(artifact, maxZipBytes);
    const files = await unzipFiles(
      zip,
      (name, index) => {
        if (!names.test(name))
          throw new Error(`it contains the file ${JSON.stringify(name)}, which this action did not write`);
        return node_path.join(folder, `${index}.lp`);
      },
      signal
    );
    if (files.length === 0) throw new Error("it is empty");
    const bytes = files.reduce((sum2, file) => sum2 + file.bytes, 0);
    let open = files.length + 1;
    let isLeft2 = false;
    async function close(isDone) {
      isLeft2 ||= !isDone;
      open--;
      if (open > 0) return void 0;
      openBytes -= bytes;
      node_fs.rmSync(folder, { recursive: true, force: true });
      if (isLeft2) return void 0;
      try {
        await artifacts.delete(artifact);
        log.info(`All points of ${place} are sent; it is deleted.`);
        return void 0;
      } catch (error) {
        return error.message;
      }
    }
    const waiting = files.map(({ name, path }) => {
      const file = node_fs.openSync(path, "r");
      try {
        const { header } = spoolFolder.o(file);
        let isClaimed = false;
        const claim = () => {
          isClaimed = true;
          const opened = node_fs.openSync(path, "r");
          const end = async ({ hasRest, refused }) => {
            node_fs.closeSync(opened);
            return await close(!hasRest && refused.length === 0);
          };
          return { reader: spoolFolder.o(opened), touch() {
          }, end };
        };
        return { one: { kind: "artifact", place, header, claim }, isClaimed: () => isClaimed };
      } catch (error) {
        throw new Error(`file ${name}: ${error.message}`);
      } finally {
        node_fs.closeSync(file);
      }
    });
    openBytes += bytes;
    for (const { one, isClaimed } of waiting) {
      await sender.offer(one);
      if (!isClaimed()) await close(false);
    }
    const problem = await close(true);
    if (problem !== void 0) throw new Error(problem);
  }
}
function rotate(list, runNumber) {
  const from = list.length === 0 ? 0 : runNumber % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}
const maxReplayFiles = 1e4;
const maxReplayTurnMs = 15e3;
const maxRequestLines = 5e3;
const minReplayTurnMs = 1e3;
async function replay(outside) {
  const { runner } = outside;
  const { log } = runner;
  let settings;
  try {
    const run = shared._(runner, "replay", shared.r(runner.env));
    settings = await parseReplaySettings(runner.readInput, run);
  } catch (error) {
    if (!(error instanceof shared.X)) throw error;
    log.fail(error.message);
    return;
  }
  const endMs = shared.i() + settings.timeoutMs;
  const signal = AbortSignal.any([outside.cancel, AbortSignal.timeout(settings.timeoutMs)]);
  const sender = spoolSource.c(
    settings.storages.map((one) => spoolSource.t(one, settings.dryRun, outside, false)),
    {
      signal,
      remainingMs: () => Math.max(0, endMs - shared.i()),
      now: shared.i,
      turnMs: Math.min(maxReplayTurnMs, Math.max(minReplayTurnMs, settings.timeoutMs / 20)),
      maxBytes: Number.POSITIVE_INFINITY,
      maxFiles: maxReplayFiles,
      maxLines: maxRequestLines,
      maxRefusals: 30,
      mayMove: true,
      isDryRun: settings.dryRun,
      redact: log.redact
    }
  );
  const spooled = settings.spool === void 0 ? { problems: [], notes: [] } : await offerSpool(settings.spool, sender);
  const found = await offerRepository(settings, sender, outside, signal);
  await sender.finish();
  finish.p(sender.results, log);
  const outcome = {
    replayed: mergeReplayed([...sender.files.map(toReplayed), ...found.replayed]),
    sent: sender.sent,
    problems: [...spooled.problems, ...found.problems, ...finish.z(sender.results)],
    notes: [...spooled.notes, ...found.notes, ...spoolSource.e(sender.results)],
    dryRun: settings.dryRun
  };
  reportReplay(outcome, settings, outside);
}
async function offerSpool(folder, sender) {
  let spool;
  try {
    spool = spoolSource.o(folder);
  } catch (error) {
    return { problems: [explainSpool(folder, error)], notes: [] };
  }
  for (const waiting of spool.waiting) await sender.offer(waiting);
  const { claimed } = spool;
  const are = claimed === 1 ? "is" : "are";
  return {
    problems: spoolSource.b(spool, folder),
    notes: claimed === 0 ? [] : [`${finish.j(claimed, "file")} in ${folder} ${are} being sent by other jobs.`]
  };
}
function explainSpool(folder, { code, message }) {
  const remedy = code === "ENOENT" ? "it does not exist: give the folder that jobs on this runner use as spool, or create it" : code === "ENOTDIR" ? "it is not a folder: give the folder that jobs on this runner use as spool" : code === "EACCES" || code === "EPERM" ? `this user may not read it (${code}): run the replay as the user that runs the jobs` : message;
  return `The spool ${folder} was not read (input spool): ${remedy}.`;
}
async function offerRepository(settings, sender, { runner, http }, signal) {
  const { env, log } = runner;
  if (settings.githubToken === void 0) return { replayed: [], problems: [], notes: [] };
  const query = { token: settings.githubToken, apiUrl: github.o(env), repository: env.GITHUB_REPOSITORY ?? "" };
  try {
    const artifacts = await openArtifacts(query, http, signal);
    const { artifacts: found, isCut } = await artifacts.list(unsentPrefix, (seen, total) => {
      if (seen % 1e3 === 0 && seen > 0) log.info(`Read the list of artifacts: ${seen} of ${total}.`);
    });
    const own = found.filter(({ isOwn }) => isOwn);
    if (own.length > 0) log.info(`Artifacts with points that could not be written: ${own.length}.`);
    const left = await offerArtifacts(own, artifacts, sender, runner, signal);
    const cut2 = "The repository has more artifacts than this action lists, and older ones may also hold points.";
    return {
      replayed: left.map(toLeftReplayed),
      problems: isCut ? [cut2] : [],
      notes: explainForeign(found.length - own.length)
    };
  } catch (error) {
    const problem = `Artifacts of the repository were not listed: ${error.message}.`;
    return { replayed: [], problems: [problem], notes: [] };
  }
}
function explainForeign(count) {
  const are = count === 1 ? "is" : "are";
  return count === 0 ? [] : [`${finish.j(count, "artifact")} ${are} skipped: a run of a fork made them and could have put anything into them.`];
}
function reportReplay(outcome, { failOnError, summary }, { runner }) {
  const { log, writeSummary, setOutput } = runner;
  for (const [name, count] of Object.entries(toTotals(outcome))) setOutput(name, String(count));
  for (const text of findReplayFaults(outcome)) {
    if (failOnError) log.fail(text);
    else log.warning(text);
  }
  for (const text of outcome.notes) log.info(text);
  log.info(toReplayHeadline(outcome));
  if (summary) writeSummary(toReplaySummary(outcome, log.redact));
}
void shared.aL(replay);
