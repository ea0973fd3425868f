"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const node_fs = require("node:fs");
const node_path = require("node:path");
const shared = require("./shared.js");
const finish = require("./finish.js");
const spoolFolder = require("./common4.js");
const maxArtifactBytes = 268435456;
async function keepUnsent(files, stem, { spool, upload, log }, signal) {
  const kept = /* @__PURE__ */ new Map();
  const failures = [];
  const left = () => files.filter(hasLines).filter((file) => !kept.has(file));
  const keep = (file, where, count = file.lines) => {
    const notShown = count < file.lines ? "the log would be too long" : "";
    const why = [notShown, file.failure?.reason ?? ""].filter((text) => text !== "").join("; ");
    kept.set(file, { count, where, gone: file.lines - count + (file.failure?.lines ?? 0), why });
  };
  if (spool !== void 0) {
    for (const file of left()) {
      try {
        spoolFolder.p(spool, stem, (copy) => copyInto(copy, file), file.bytes);
        keep(file, `kept in the folder ${spool}, from which the next job on this runner sends them`);
      } catch (error) {
        failures.push(`The points are not kept in the spool ${spool}: ${error.message}.`);
      }
    }
  }
  if (upload !== void 0 && left().length > 0) {
    const name = `${stem}-${shared.aQ().replaceAll("-", "").slice(0, 16)}`;
    const { whole, problems } = seal(left());
    failures.push(...problems.map((why2) => `The artifact ${name} could not be made: ${why2}.`));
    const why = whole.length === 0 ? void 0 : await tryUpload(whole, name, upload, signal);
    if (why === void 0)
      for (const file of whole) keep(file, `kept in the artifact ${name}, which the replay action can send`);
    else failures.push(`The artifact ${name} could not be made: ${why}.`);
  }
  for (const failure of failures) log.info(failure);
  for (const file of left()) {
    const title = `Build Stats: ${file.shown.lines} of ${file.lines} points that could not be written; save these lines and send them to InfluxDB`;
    try {
      const text = node_fs.readFileSync(file.path).subarray(0, file.shown.bytes).toString("utf8");
      log.printGroup(title, text);
      keep(file, logPlace, file.shown.lines);
    } catch (error) {
      kept.set(file, { count: 0, where: "", gone: file.lines, why: error.message });
    }
  }
  for (const file of files) if (file.failure !== void 0 && !kept.has(file)) keep(file, "", 0);
  for (const file of files) {
    const { held = [], failure } = file;
    const before = kept.get(file);
    if (held.length === 0 || failure === void 0 || before === void 0) continue;
    const title = `Build Stats: ${held.length} points that no disk had space for; save these lines and send them to InfluxDB`;
    log.printGroup(title, `${held.join("\n")}
`);
    const where = [before.where, logPlace].filter((text) => text !== "").join(", or ");
    const gone = before.gone - held.length;
    kept.set(file, { count: before.count + held.length, where, gone, why: gone > 0 ? before.why : "" });
  }
  return kept;
}
const logPlace = "in the log of this job, as line protocol";
function hasLines(file) {
  return file.path !== void 0 && file.lines > 0;
}
const pieceSize = 1024 * 1024;
function copyInto(copy, file) {
  const writer = finish.u(copy, file.header);
  const source = node_fs.openSync(file.path, "r");
  try {
    const headBytes = Buffer.byteLength(finish.v(file.header));
    for (let at = headBytes; at < file.bytes; ) {
      const piece = Buffer.allocUnsafe(Math.min(pieceSize, file.bytes - at));
      const length = node_fs.readSync(source, piece, 0, piece.length, at);
      if (length === 0) throw new Error(`the file ${file.path} became shorter while it was copied`);
      writer.add(piece.subarray(0, length), at === headBytes ? file.lines : 0);
      at += length;
    }
    writer.seal();
  } finally {
    node_fs.closeSync(source);
  }
}
function seal(files) {
  const whole = [];
  const problems = [];
  let bytes = 0;
  for (const file of files) {
    try {
      const withIt = bytes + file.bytes;
      if (withIt > maxArtifactBytes)
        throw new Error(`it would hold ${withIt} bytes, and a replay reads at most ${maxArtifactBytes}`);
      file.seal();
      whole.push(file);
      bytes = withIt;
    } catch (error) {
      problems.push(error.message);
    }
  }
  return { whole, problems };
}
async function tryUpload(files, name, upload, signal) {
  const isOver = new Promise((resolve) => {
    const end = () => resolve("the time ran out");
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
  const [first] = files;
  if (first === void 0) return void 0;
  const paths = files.map(({ path }) => node_path.basename(path));
  const done = upload(name, node_path.dirname(first.path), paths, signal).then(
    () => void 0,
    (error) => String(error?.message ?? error).replace(/\.$/, "")
  );
  return await Promise.race([done, isOver]);
}
exports.keepUnsent = keepUnsent;
