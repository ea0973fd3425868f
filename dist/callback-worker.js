'use strict';

const node_worker_threads = require('node:worker_threads');
const callbackParser = require('./callback-parser.js');

const maxLength = 1e6;
const maxFailureLength = 300;
const compiled = /* @__PURE__ */ new Map();
async function run({ callback, input }) {
  try {
    let expression = compiled.get(callback);
    if (expression === void 0) {
      expression = callbackParser.jsonata(callback);
      compiled.set(callback, expression);
    }
    const text = JSON.stringify(await expression.evaluate(input), (_, value) => isFunction(value) ? void 0 : value);
    if (text === void 0) return {};
    return text.length > maxLength ? { failure: `it gave ${text.length} characters` } : { value: JSON.parse(text) };
  } catch (error) {
    const failure = error.message ?? String(error);
    return { failure: failure.length > maxFailureLength ? `${failure.slice(0, maxFailureLength)}\u2026` : failure };
  }
}
function isFunction(value) {
  return typeof value === "object" && value !== null && ("_jsonata_function" in value || "_jsonata_lambda" in value);
}
const watch = `setInterval(() => process.ppid === ${Number(process.argv[2])} || process.kill(process.pid, 'SIGKILL'), 500)`;
new node_worker_threads.Worker(watch, { eval: true }).unref();
process.on("message", (call) => {
  process.send?.("begun", void 0, void 0, async () => process.send?.(await run(call)));
});
process.send?.("ready");
