"use strict";
const node_fs = require("node:fs");
const node_path = require("node:path");
const shared = require("./shared.js");
var commonjsGlobal = typeof globalThis !== "undefined" ? globalThis : typeof window !== "undefined" ? window : typeof global !== "undefined" ? global : typeof self !== "undefined" ? self : {};
function getDefaultExportFromCjs(x) {
  return x && x.__esModule && Object.prototype.hasOwnProperty.call(x, "default") ? x["default"] : x;
}
const probePrefix = "build-stats-time-";
const sameClockMs = 2e3;
const tickMs = 20;
function readFolderTime(folder) {
  const path = node_path.join(folder, `${probePrefix}${shared.aQ()}`);
  const file = node_fs.openSync(path, "wx", 384);
  try {
    return node_fs.fstatSync(file).mtimeMs;
  } finally {
    node_fs.closeSync(file);
    node_fs.rmSync(path, { force: true });
  }
}
function findClockDifference(folder, other, readTime = readFolderTime) {
  try {
    const aheadMs = readTime(folder) - readTime(other);
    return Math.abs(aheadMs) > sameClockMs ? aheadMs : 0;
  } catch {
    return 0;
  }
}
function isOlder(mtimeMs, beganMs) {
  const grainMs = mtimeMs % 1e3 === 0 ? 1e3 : tickMs;
  return mtimeMs + grainMs < beganMs;
}
const escapes = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "	",
  v: "\v",
  "\\": "\\",
  '"': '"'
};
function unquoteGo(text) {
  return text.replace(
    /\\(?:([abfnrtv\\"])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g,
    (all, plain, ...codes) => {
      if (plain !== void 0) return escapes[plain] ?? all;
      const code = Number.parseInt(codes.slice(0, 3).find((one) => one !== void 0) ?? "", 16);
      return code <= 1114111 ? String.fromCodePoint(code) : all;
    }
  );
}
exports.c = commonjsGlobal;
exports.f = findClockDifference;
exports.g = getDefaultExportFromCjs;
exports.i = isOlder;
exports.p = probePrefix;
exports.r = readFolderTime;
exports.u = unquoteGo;
