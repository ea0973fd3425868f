"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const shared = require("./shared.js");
const node_fs = require("node:fs");
const msPerTick = 10;
function readCpuMs(pid) {
  try {
    const fields = node_fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isNaN(ticks) ? void 0 : ticks * msPerTick;
  } catch {
    return void 0;
  }
}
const callbackBatchCharacters = 65536;
const callbackHeapMb = 64;
const callbackIdleMs = 500;
const callbackMs = 1e3;
const callbackStartMs = 5e3;
const callbackWaits = 5;
const matchMs = 500;
const cpuEveryMs = 50;
function createCallbackRunner(script, { signal, budgetMs } = {}) {
  const workers = createWorkers(script);
  const stopped = /* @__PURE__ */ new Set();
  let spentMs = 0;
  return async (calls) => {
    const answers = [];
    const startMs = shared.i();
    const over = budgetMs === void 0 ? void 0 : AbortSignal.timeout(Math.max(0, Math.floor(budgetMs - spentMs)));
    const signals = [signal, over].filter((one) => one !== void 0);
    const end = signals.length > 0 ? AbortSignal.any(signals) : void 0;
    const why = () => signal?.aborted ? "the timeout had passed" : `callbacks had used up their ${formatSeconds(budgetMs)}`;
    while (answers.length < calls.length) {
      if (end?.aborted || budgetMs !== void 0 && spentMs >= budgetMs) {
        const failure2 = `it was not run: ${why()}`;
        while (answers.length < calls.length) answers.push({ failure: failure2 });
        break;
      }
      const next = calls[answers.length];
      if (next !== void 0 && stopped.has(toKey(next))) {
        answers.push({ failure: "it was not run again because it did not end the first time" });
        continue;
      }
      const from = answers.length;
      let to = from;
      while (to < calls.length && !stopped.has(toKey(calls[to]))) to++;
      const worker = await workers.take();
      const { got, failure } = await collect(worker, calls.slice(from, to), end);
      for (const answer of got) answers.push(answer);
      if (got.length === to - from) workers.keep(worker);
      const culprit = calls[answers.length];
      if (answers.length < to && culprit !== void 0) {
        if (end?.aborted) answers.push({ failure: `it had not ended when ${why()}` });
        else {
          stopped.add(toKey(culprit));
          answers.push({ failure: failure ?? "its process ended" });
        }
      }
    }
    spentMs += shared.i() - startMs;
    return answers;
  };
}
function toKey(call) {
  return "callback" in call ? call.callback : `regex ${call.javascript}`;
}
function formatSeconds(ms = 0) {
  return `${ms / 1e3} s of the timeout`;
}
function createWorkers(script) {
  const idle = /* @__PURE__ */ new Set();
  const stop = (worker) => {
    idle.delete(worker);
    worker.child.removeAllListeners();
    worker.child.on("error", () => {
    });
    worker.child.kill("SIGKILL");
  };
  return {
    async take() {
      const { fork } = await import("node:child_process");
      const [worker] = idle;
      if (worker !== void 0) {
        idle.delete(worker);
        worker.child.removeAllListeners();
        return worker;
      }
      const child = fork(script, [`${process.pid}`], {
        env: process.platform === "win32" ? { SystemRoot: process.env.SystemRoot } : {},
        execArgv: [`--max-old-space-size=${callbackHeapMb}`],
        stdio: ["ignore", "ignore", "ignore", "ipc"]
      });
      return { child, isReady: false };
    },
    keep(worker) {
      idle.add(worker);
      worker.child.on("exit", () => idle.delete(worker));
      worker.child.unref();
      worker.child.channel?.unref();
      setTimeout(() => idle.has(worker) && stop(worker), callbackIdleMs).unref();
    }
  };
}
function collect(worker, calls, signal) {
  const { child } = worker;
  return new Promise((resolve) => {
    const got = [];
    let sent = 0;
    const expectStart = () => setTimeout(() => end(`its process did not start it within ${callbackStartMs / 1e3} s`), callbackStartMs);
    let timer = expectStart();
    const end = (failure) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stopLate);
      child.removeAllListeners();
      child.on("error", () => {
      });
      if (got.length < calls.length) child.kill("SIGKILL");
      resolve(failure === void 0 ? { got } : { got, failure });
    };
    const stopLate = () => end();
    signal?.addEventListener("abort", stopLate);
    const send = (message) => {
      child.send(message, (error) => error && end(error.message));
    };
    const sendNext = () => {
      clearTimeout(timer);
      timer = expectStart();
      try {
        const batch = [];
        const { props } = calls[sent];
        for (let length = 0; length < callbackBatchCharacters && sent < calls.length; sent++) {
          const { props: given, ...call } = calls[sent];
          if (given !== props) break;
          batch.push(call);
          length += JSON.stringify(call).length;
        }
        if (props !== worker.props) send({ props: props ?? null });
        if (props === void 0) delete worker.props;
        else worker.props = props;
        send({ calls: batch });
      } catch (error) {
        end(error.message);
      }
    };
    let known = { atMs: Number.NEGATIVE_INFINITY, cpuMs: void 0 };
    const expectAnswer = () => {
      clearTimeout(timer);
      const fromMs = shared.i();
      if (fromMs - known.atMs > cpuEveryMs) known = { atMs: fromMs, cpuMs: readCpuMs(child.pid) };
      const { cpuMs } = known;
      const isMatch = "javascript" in calls[got.length];
      const limitMs = isMatch ? matchMs : callbackMs;
      const check = () => {
        const now = readCpuMs(child.pid);
        const ranMs = now === void 0 || cpuMs === void 0 ? limitMs : now - cpuMs;
        if (ranMs < limitMs && shared.i() - fromMs < callbackWaits * limitMs) {
          timer = setTimeout(check, Math.max(50, limitMs - ranMs));
        } else end(isMatch ? "it ran longer than half a second" : "it ran longer than a second");
      };
      timer = setTimeout(check, limitMs);
    };
    child.on("message", (message) => {
      if (message === "ready") {
        worker.isReady = true;
        sendNext();
      } else if (message === "begun") expectAnswer();
      else {
        got.push(message);
        if (got.length === calls.length || signal?.aborted) end();
        else if (got.length === sent) sendNext();
        else expectAnswer();
      }
    });
    child.on("error", (error) => end(error.message));
    child.on("exit", () => end(`it took more than ${callbackHeapMb} MB of memory, or ended its process`));
    if (worker.isReady) sendNext();
  });
}
exports.createCallbackRunner = createCallbackRunner;
