"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const node_crypto = require("node:crypto");
const promises = require("node:timers/promises");
const shared = require("./shared.js");
const node_fs = require("node:fs");
const node_path = require("node:path");
const node_stream = require("node:stream");
const node_zlib = require("node:zlib");
const maxBytes = 4294967295;
async function* zipFiles(folder, files) {
  const entries = [];
  let offset = 0;
  const count = (bytes) => {
    offset += bytes.length;
    if (offset > maxBytes) throw new Error("the zip exceeds 4 GiB");
    return bytes;
  };
  for (const file of files) {
    const path = node_path.resolve(folder, file);
    const time = toDosTime(node_fs.statSync(path).mtime);
    const entry = { name: Buffer.from(file), offset, time, crc: 0, bytes: 0, packedBytes: 0 };
    entries.push(entry);
    yield count(Buffer.concat([toRecord(67324752, entry), entry.name]));
    for await (const chunk of node_stream.pipeline(readCounted(path, entry), node_zlib.createDeflateRaw({ level: 6 }), () => {
    })) {
      entry.packedBytes += chunk.length;
      yield count(chunk);
    }
    yield count(toNumbers([134695760, 4], [entry.crc, 4], [entry.packedBytes, 4], [entry.bytes, 4]));
  }
  const start = offset;
  for (const entry of entries) yield count(Buffer.concat([toRecord(33639248, entry), entry.name]));
  const length = [entries.length, 2];
  yield toNumbers([101010256, 4], [0, 2], [0, 2], length, length, [offset - start, 4], [start, 4], [0, 2]);
}
async function* readCounted(path, entry) {
  for await (const chunk of node_fs.createReadStream(path)) {
    entry.crc = node_zlib.crc32(chunk, entry.crc);
    entry.bytes += chunk.length;
    if (entry.bytes > maxBytes) throw new Error(`${path} exceeds 4 GiB`);
    yield chunk;
  }
}
function toRecord(signature, { name, offset, time, crc, bytes, packedBytes }) {
  const flags = 8 | (name.every((byte) => byte < 128) ? 0 : 2048);
  const common = [
    [20, 2],
    [flags, 2],
    [8, 2],
    [time, 4]
  ];
  if (signature === 67324752)
    return toNumbers([signature, 4], ...common, [0, 4], [0, 4], [0, 4], [name.length, 2], [0, 2]);
  const madeBy = [813, 2];
  const mode = [(33188 << 16 | 32) >>> 0, 4];
  const sizes = [
    [crc, 4],
    [packedBytes, 4],
    [bytes, 4],
    [name.length, 2]
  ];
  return toNumbers([signature, 4], madeBy, ...common, ...sizes, [0, 2], [0, 2], [0, 2], [0, 2], mode, [offset, 4]);
}
function toNumbers(...fields) {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}
function toDosTime(date) {
  const day = date.getUTCFullYear() - 1980 << 9 | date.getUTCMonth() + 1 << 5 | date.getUTCDate();
  const time = date.getUTCHours() << 11 | date.getUTCMinutes() << 5 | date.getUTCSeconds() >> 1;
  return day * 65536 + time;
}
const blockBytes = 8 * 1024 * 1024;
const storageVersion = "2021-12-02";
const maxWords = 300;
const maxAttempts = 5;
const firstWaitMs = 250;
const transientStatuses = /* @__PURE__ */ new Set([408, 429, 500, 502, 503, 504]);
async function uploadFiles(name, folder, files, { url, token }, http, signal) {
  const ids = { ...readBackendIds(token), name };
  const { signed_upload_url, signedUploadUrl = signed_upload_url } = await call("CreateArtifact", {
    ...ids,
    version: 4
  });
  if (typeof signedUploadUrl !== "string")
    throw new Error("the answer to CreateArtifact contains no URL for the upload");
  const hash = node_crypto.createHash("sha256");
  const blocks = [];
  let size = 0;
  for await (const block of toBlocks(zipFiles(folder, files))) {
    const id = Buffer.from(`${blocks.length}`.padStart(6, "0")).toString("base64");
    await put(signedUploadUrl, `comp=block&blockid=${id}`, { "content-type": "application/octet-stream" }, block);
    blocks.push(id);
    hash.update(block);
    size += block.length;
  }
  const list = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><BlockList>${blocks.map((id) => `<Latest>${id}</Latest>`).join("")}</BlockList>`;
  const headers = { "content-type": "application/xml", "x-ms-blob-content-type": "zip" };
  await put(signedUploadUrl, "comp=blocklist", headers, list);
  await call("FinalizeArtifact", { ...ids, size: `${size}`, hash: `sha256:${hash.digest("hex")}` });
  async function call(method, message) {
    const answer = await send({
      method: "POST",
      url: new URL(`/twirp/github.actions.results.api.v1.ArtifactService/${method}`, url),
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(message)
    });
    const json = shared.t(shared.a(`${answer.body}`));
    if (!isSuccess(answer))
      throw new Error(`${method} was answered with ${nameStatus(answer)}${explainMessage(json.msg)}`);
    if (json.ok !== true) throw new Error(`${method} was refused`);
    return json;
  }
  async function put(to, query, headers2, body) {
    const target = new URL(to);
    target.search += `${target.search === "" ? "" : "&"}${query}`;
    const answer = await send({
      method: "PUT",
      url: target,
      headers: { ...headers2, "x-ms-version": storageVersion },
      body
    });
    if (isSuccess(answer)) return;
    const [, words = ""] = /<Message>([^<\r\n]*)/.exec(`${answer.body}`) ?? [];
    throw new Error(shared.c(words, maxWords) || `the storage of artifacts answered with ${nameStatus(answer)}`);
  }
  async function send(request) {
    const headers2 = { "user-agent": "build-stats", ...request.headers };
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await http.request({ ...request, headers: headers2, signal });
        if (attempt === maxAttempts || !transientStatuses.has(answer.status)) return answer;
      } catch (error) {
        const { message, code = "unknown error" } = error;
        if (attempt === maxAttempts || signal.aborted) throw new Error(message || code, { cause: error });
      }
      await promises.setTimeout(firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2), void 0, { signal });
    }
  }
}
function readBackendIds(token) {
  const claims = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const [, run, job] = /(?:"| )Actions\.Results:([^:\s"]+):([^:\s"]+)(?= |")/.exec(claims) ?? [];
  if (run === void 0 || job === void 0) throw new Error("ACTIONS_RUNTIME_TOKEN does not name a run and a job");
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
}
async function* toBlocks(chunks) {
  let parts = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length < blockBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(parts);
}
const isSuccess = ({ status }) => status >= 200 && status < 300;
const nameStatus = ({ status, statusText }) => `(${status}) ${statusText}`.trim();
function explainMessage(message) {
  if (typeof message !== "string" || message === "") return "";
  if (message.includes("insufficient usage")) return ": the quota of artifact storage is used up";
  return `: ${shared.c(message.split("\n")[0] ?? "", maxWords)}`;
}
exports.uploadFiles = uploadFiles;
