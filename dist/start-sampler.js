"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const node_child_process = require("node:child_process");
const node_fs = require("node:fs");
const node_path = require("node:path");
const node_url = require("node:url");
const shared = require("./shared.js");
const processStart = require("./common2.js");
const finish = require("./finish.js");
async function startSampler(script, env, { everyMs, build, folder }) {
  const file = node_path.join(finish.makeTempFolder(env, "build-stats-resources-"), "samples.jsonl");
  const alarm = node_path.join(
    folder !== void 0 && node_fs.existsSync(folder) ? folder : shared.tmpdir(),
    `${node_path.dirname(file).split(/[\\/]/).at(-1)}-memory.json`
  );
  try {
    node_fs.closeSync(node_fs.openSync(file, "wx", 384));
    const orders = {
      ...{ file, alarm, everyMs, build },
      disk: env.GITHUB_WORKSPACE || node_path.dirname(file),
      forMs: env.RUNNER_ENVIRONMENT === "self-hosted" ? shared.ownSamplerMs : shared.hostedSamplerMs
    };
    const child = node_child_process.spawn(
      process.execPath,
      [
        `--max-old-space-size=${shared.samplerHeapMb}`,
        "--max-semi-space-size=1",
        node_url.fileURLToPath(script),
        JSON.stringify(orders)
      ],
      {
        detached: true,
        stdio: "ignore",
        windowsHide: true,
        // Not a folder that somebody wants to remove.
        cwd: node_path.dirname(process.execPath),
        // Credentials of main do not stay in the environment of a process for as long as the job runs. By its number the runner finds
        // and ends what a job leaves behind.
        env: pick(env, ["RUNNER_TRACKING_ID", "SystemRoot"])
      }
    );
    child.unref();
    const { pid } = child;
    if (pid === void 0) throw await new Promise((resolve) => child.once("error", resolve));
    child.on("error", () => {
    });
    const startTicks = processStart.readStartTicks(pid);
    return { ...{ pid, file, alarm }, ...startTicks !== void 0 && { startTicks } };
  } catch (error) {
    node_fs.rmSync(node_path.dirname(file), { recursive: true, force: true });
    throw error;
  }
}
function pick(env, names) {
  return Object.fromEntries(names.flatMap((name) => env[name] === void 0 ? [] : [[name, env[name]]]));
}
exports.startSampler = startSampler;
