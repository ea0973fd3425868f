"use strict";
const node_fs = require("node:fs");
const node_path = require("node:path");
const finish = require("./finish.js");
const shared = require("./shared.js");
const goQuote = require("./common2.js");
const node_buffer = require("node:buffer");
const maxClaimMs = 36e5;
const maxSpoolSkewMs = 6e4;
const isOwn = ({ uid }) => process.getuid === void 0 || uid === process.getuid();
function openFolderClock(folder) {
  let nowMs;
  function isLeft(path, { mtimeMs }) {
    nowMs ??= goQuote.r(folder);
    if (mtimeMs > nowMs + maxSpoolSkewMs) node_fs.lutimesSync(path, nowMs / 1e3, nowMs / 1e3);
    return nowMs - mtimeMs >= maxClaimMs;
  }
  return {
    isLeft,
    removeLeftProbe(entry) {
      if (!entry.startsWith(goQuote.p)) return;
      const path = node_path.join(folder, entry);
      try {
        const stats = node_fs.lstatSync(path);
        if (stats.isFile() && stats.size === 0 && isOwn(stats) && isLeft(path, stats)) node_fs.rmSync(path, { force: true });
      } catch {
      }
    }
  };
}
const maxLineBytes = 3145728;
const pieceSize = 256 * 1024;
const headBytes = 16384;
const tailBytes = 100;
function readHeader(file) {
  const head = readAt(file, 0, headBytes);
  const end = head.indexOf(10);
  return end < 0 ? void 0 : finish.x(head.toString("utf8", 0, end));
}
function openKeptReader(file) {
  const { size } = node_fs.fstatSync(file);
  const header = readHeader(file);
  if (header === void 0) throw new Error("it does not begin with a known header");
  const end = finish.w(readAt(file, Math.max(0, size - tailBytes), tailBytes).toString("latin1"));
  const isFinished = end !== void 0 && end.lines === (header.lines ?? 0);
  let endOfLines = isFinished ? size - end.length : size;
  const parser = new finish.L();
  const waiting = [];
  let at = 0;
  let open = new Uint8Array();
  let isRead = false;
  let hasOdd = false;
  let isCut = false;
  let given = 0;
  function readMore() {
    const piece = readAt(file, at, Math.min(pieceSize, endOfLines - at));
    at += piece.length;
    const bytes = open.length === 0 ? piece : Buffer.concat([open, piece]);
    const lineEnd = bytes.lastIndexOf(10) + 1;
    if (piece.length === 0) {
      isRead = true;
      isCut = bytes.length > 0;
      endOfLines = at - bytes.length;
      waiting.push(...parser.end());
      return;
    }
    const isTooLong = lineEnd === 0 && bytes.length > maxLineBytes;
    open = isTooLong ? new Uint8Array() : bytes.subarray(lineEnd);
    const text = decode(isTooLong ? bytes : bytes.subarray(0, lineEnd));
    hasOdd ||= !text.isWellFormed();
    waiting.push(...parser.push(text));
  }
  function readAhead(count) {
    while (waiting.length <= count && !isRead) readMore();
  }
  if (!isFinished && size > 0) isCut = readAt(file, size - 1, 1)[0] !== 10;
  return {
    header,
    get isWhole() {
      return isFinished;
    },
    get left() {
      return header.lines === void 0 ? void 0 : Math.max(0, header.lines - given);
    },
    get missing() {
      if (isFinished) return 0;
      return header.lines === void 0 ? Number(isCut) : Math.max(0, header.lines - given);
    },
    get isAtEnd() {
      return isRead && waiting.length === 0;
    },
    read(maxLines, maxBytes) {
      const points = [];
      const bad = [];
      let bytes = 0;
      for (let count = 0; count < maxLines && bytes < maxBytes; count++) {
        readAhead(1);
        const parsed = waiting.shift();
        if (parsed === void 0) break;
        given++;
        const point = toPoint(parsed, hasOdd);
        if (typeof point === "string") bad.push({ line: parsed.line, problem: point });
        else points.push(point);
        bytes += "record" in parsed ? measure(parsed.record) : 20;
      }
      readAhead(1);
      return points.length + bad.length === 0 ? void 0 : { points, bad, bytes };
    },
    copyRest(write) {
      readAhead(1);
      const [next] = waiting;
      if (next === void 0) return;
      const from = findLine(file, next.line);
      if (!isFinished) while (!isRead) readMore();
      const lines = isFinished ? Math.max(1, (header.lines ?? 0) - given) : waiting.length;
      for (let position = from; position < endOfLines; ) {
        const piece = readAt(file, position, Math.min(pieceSize, endOfLines - position));
        if (piece.length === 0) return;
        write(piece, position === from ? lines : 0);
        position += piece.length;
      }
    }
  };
}
function toPoints(lines) {
  const parser = new finish.L();
  const parsed = [...parser.push(lines.map((line) => `${line}
`).join("")), ...parser.end()];
  return parsed.map((line) => toPoint(line, false)).filter((point) => typeof point !== "string");
}
function toPoint(parsed, hasOdd) {
  if ("problem" in parsed) return parsed.problem;
  const { name: measurement, tags, fields, timeNs } = parsed.record;
  if (timeNs === void 0) return "it has no timestamp";
  if (hasOdd && !isWellFormed(parsed.record)) return "it is not valid UTF-8";
  return { measurement, tags, fields, timeNs };
}
function isWellFormed({ name, tags, fields }) {
  return [name, ...tags.flat(), ...fields.flat()].every((text) => typeof text !== "string" || text.isWellFormed());
}
function decode(bytes) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (node_buffer.isUtf8(buffer)) return buffer.toString("utf8");
  let text = "";
  for (let at = 0; at < buffer.length; ) {
    const lineEnd = buffer.indexOf(10, at);
    const end = lineEnd < 0 ? buffer.length : lineEnd + 1;
    const line = buffer.subarray(at, end);
    text += node_buffer.isUtf8(line) ? line.toString("utf8") : line.toString("utf8").replaceAll("\uFFFD", "\uD800");
    at = end;
  }
  return text;
}
function measure({ name, tags, fields }) {
  let bytes = name.length + 24;
  for (const [key, value] of tags) bytes += key.length + value.length + 2;
  for (const [key, value] of fields) bytes += key.length + (typeof value === "string" ? value.length : 16) + 2;
  return bytes;
}
function findLine(file, number) {
  let line = 1;
  for (let at = 0; line < number; ) {
    const piece = readAt(file, at, pieceSize);
    if (piece.length === 0) return at;
    for (let found = piece.indexOf(10); found >= 0; found = piece.indexOf(10, found + 1)) {
      line++;
      if (line === number) return at + found + 1;
    }
    at += piece.length;
  }
  return 0;
}
function readAt(file, position, length) {
  const buffer = Buffer.allocUnsafe(Math.max(0, length));
  let at = 0;
  while (at < buffer.length) {
    const count = node_fs.readSync(file, buffer, at, buffer.length - at, position + at);
    if (count === 0) break;
    at += count;
  }
  return buffer.subarray(0, at);
}
const maxSpoolBytes = 1e9;
const maxSpoolFiles = 2e3;
const names = /^(build-stats-unsent-[\w-]+(?:\.\d+)?\.lp)(?:\.[\w-]+\.(sending|part))?$/;
function putIntoSpool(folder, stem, write, bytes) {
  shared.aX(folder, 448);
  let files = 0;
  let total = bytes;
  for (const entry of node_fs.readdirSync(folder)) {
    if (!names.test(entry)) continue;
    files++;
    total += node_fs.lstatSync(node_path.join(folder, entry), { throwIfNoEntry: false })?.size ?? 0;
  }
  if (files >= maxSpoolFiles) throw new Error(`it is full: it holds ${files} files`);
  if (total > maxSpoolBytes)
    throw new Error(
      `it is full: with this file it would hold ${finish.b(total)} of ${finish.b(maxSpoolBytes)} bytes`
    );
  return createFile(folder, stem, write);
}
function createFile(folder, stem, write) {
  const name = `${stem}-${shared.aQ()}.lp`;
  const part = node_path.join(folder, `${name}.new.part`);
  const file = node_fs.openSync(part, "wx", 384);
  try {
    try {
      write(file);
    } finally {
      node_fs.closeSync(file);
    }
    moveTo(part, folder, name);
    return name;
  } catch (error) {
    node_fs.rmSync(part, { force: true });
    throw error;
  }
}
function moveTo(path, folder, name) {
  for (let wanted = name; ; wanted = `${toStem(name)}-${shared.aQ()}.lp`) {
    try {
      node_fs.linkSync(path, node_path.join(folder, wanted));
      node_fs.rmSync(path, { force: true });
      return;
    } catch (error) {
      const { code } = error;
      if (code === "EEXIST") continue;
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code ?? "")) throw error;
      node_fs.renameSync(path, node_path.join(folder, `${toStem(name)}-${shared.aQ()}.lp`));
      return;
    }
  }
}
function toStem(name) {
  return /^build-stats-unsent-[^-.]*-[^-.]*/.exec(name)?.[0] ?? "build-stats-unsent-0-0";
}
function lookIntoSpool(folder) {
  const passedOver = /* @__PURE__ */ new Map();
  const waiting = [];
  let claimed = 0;
  const passOver = (reason) => void passedOver.set(reason, (passedOver.get(reason) ?? 0) + 1);
  const clock = openFolderClock(folder);
  for (const entry of node_fs.readdirSync(folder)) {
    clock.removeLeftProbe(entry);
    const [, name, state] = names.exec(entry) ?? [];
    if (name === void 0) continue;
    const path = node_path.join(folder, entry);
    try {
      const stats = node_fs.lstatSync(path);
      if (!stats.isFile()) {
        passOver("not a file");
        continue;
      }
      if (!isOwn(stats)) {
        passOver("of another user");
        continue;
      }
      if (state !== void 0 && !clock.isLeft(path, stats)) {
        if (state === "sending") claimed++;
        continue;
      }
      const header = openAndRead(path);
      if (header === void 0) {
        if (state === "part" && stats.size < 100) node_fs.rmSync(path, { force: true });
        else passOver("without a known header");
        continue;
      }
      waiting.push({ name, header, bytes: stats.size, timeMs: stats.mtimeMs, path });
    } catch (error) {
      const { code } = error;
      if (code !== "ENOENT") passOver(code === "ELOOP" ? "not a file" : `unreadable (${code})`);
    }
  }
  waiting.sort((a, b) => a.timeMs - b.timeMs || (a.name < b.name ? -1 : 1));
  return { waiting, passedOver, claimed };
}
const readFlags = node_fs.constants.O_RDONLY | (node_fs.constants.O_NOFOLLOW ?? 0) | (node_fs.constants.O_NONBLOCK ?? 0);
function openAndRead(path) {
  const file = node_fs.openSync(path, readFlags);
  try {
    return readHeader(file);
  } finally {
    node_fs.closeSync(file);
  }
}
exports.a = toStem;
exports.c = createFile;
exports.i = isOwn;
exports.l = lookIntoSpool;
exports.m = moveTo;
exports.o = openKeptReader;
exports.p = putIntoSpool;
exports.r = readFlags;
exports.t = toPoints;
