"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const node_child_process = require("node:child_process");
const node_fs = require("node:fs");
const node_path = require("node:path");
const node_url = require("node:url");
const processStart = require("./common3.js");
const shared = require("./shared.js");
const hostedSamplerMs = 216e5;
const ownSamplerMs = 432e6;
const samplerHeapMb = 16;
function findAlarmFolder(spool) {
  return spool !== void 0 && node_fs.existsSync(spool) ? spool : shared.aP();
}
async function startSampler(script, env, { everyMs, build, folder }) {
  const file = node_path.join(shared.ah(env, "build-stats-resources-"), "samples.jsonl");
  const alarm = node_path.join(folder, `${node_path.dirname(file).split(/[\\/]/).at(-1)}-memory.json`);
  try {
    node_fs.closeSync(node_fs.openSync(file, "wx", 384));
    const orders = {
      ...{ file, alarm, everyMs, build },
      disk: env.GITHUB_WORKSPACE || node_path.dirname(file),
      forMs: env.RUNNER_ENVIRONMENT === "self-hosted" ? ownSamplerMs : hostedSamplerMs
    };
    const child = node_child_process.spawn(
      process.execPath,
      [
        `--max-old-space-size=${samplerHeapMb}`,
        "--max-semi-space-size=1",
        node_url.fileURLToPath(script),
        JSON.stringify(orders)
      ],
      {
        detached: true,
        stdio: "ignore",
        windowsHide: true,
        // Its working directory must not prevent the removal of a folder.
        cwd: node_path.dirname(process.execPath),
        // Main's credentials must not stay in the environment of a process for the whole job. The runner uses RUNNER_TRACKING_ID to find
        // and end processes that a job leaves behind.
        env: pick(env, ["RUNNER_TRACKING_ID", "SystemRoot"])
      }
    );
    child.unref();
    const { pid } = child;
    if (pid === void 0) throw await new Promise((resolve) => child.once("error", resolve));
    child.on("error", () => {
    });
    const startTicks = processStart.r(pid);
    return { ...{ pid, file, alarm }, ...startTicks !== void 0 && { startTicks } };
  } catch (error) {
    node_fs.rmSync(node_path.dirname(file), { recursive: true, force: true });
    throw error;
  }
}
function pick(env, names2) {
  return Object.fromEntries(names2.flatMap((name) => env[name] === void 0 ? [] : [[name, env[name]]]));
}
const names = /^build-stats-resources-\w+-memory\.json$/;
const [maxAlarms, maxBytes, maxName] = [10, 4096, 200];
function takeAlarms(folder) {
  return listNames(folder).flatMap((name) => {
    const path = node_path.join(folder, name);
    const alarm = readAlarm(path);
    if (alarm === void 0) return [];
    if (alarm.startTicks !== void 0 && processStart.i(alarm.pid, alarm.startTicks, path)) return [];
    node_fs.rmSync(path, { force: true });
    return [alarm];
  });
}
function listNames(folder) {
  try {
    return node_fs.readdirSync(folder).filter((name) => names.test(name)).slice(0, maxAlarms);
  } catch {
    return [];
  }
}
function readAlarm(path) {
  try {
    const opened = shared.a9(path, "never");
    if (opened === void 0) return void 0;
    try {
      if (process.getuid !== void 0 && node_fs.fstatSync(opened.file).uid !== process.getuid()) return void 0;
      const buffer = Buffer.alloc(Math.min(opened.size, maxBytes));
      const text = buffer.toString("utf8", 0, node_fs.readSync(opened.file, buffer, 0, buffer.length, 0));
      const { build, time, used, total, pid, startTicks } = JSON.parse(text);
      if (![used, total, pid].every((value) => typeof value === "number" && value > 0)) return void 0;
      const known = { build: shared.c(String(build), maxName), time: shared.c(String(time), maxName) };
      return {
        ...known,
        ...{ used: Number(used), total: Number(total), pid: Number(pid) },
        ...typeof startTicks === "string" && { startTicks }
      };
    } finally {
      node_fs.closeSync(opened.file);
    }
  } catch {
    return void 0;
  }
}
async function startSampling(script, { everyMs, series }, spool, { builder, number }, { env, log }) {
  const folder = findAlarmFolder(spool);
  for (const alarm of takeAlarms(folder)) log.warning(explainAlarm(alarm));
  try {
    const build = number === void 0 ? builder : `${builder} #${number}`;
    return { ...await startSampler(script, env, { everyMs, build, folder }), series };
  } catch (error) {
    log.warning(`CPU, memory, disk and network are not measured (input resources): ${error.message}.`);
    return void 0;
  }
}
function explainAlarm({ build, time, used, total }) {
  const share = `${Math.round(100 * used / total)} % of ${(total / 2 ** 30).toFixed(1)} GiB`;
  return `An earlier job on this runner, ${build}, did not end: its memory had reached ${share} at ${time}.`;
}
exports.startSampling = startSampling;
