"use strict";
const node_worker_threads = require("node:worker_threads");
const callbackParser = require("./callback-parser.js");
const shared = require("./shared.js");
const callbackAnswerCharacters = 1e6;
const callbackFailureCharacters = 300;
const maxAlike = 10;
const javascriptFlags = "uy";
const compiled = /* @__PURE__ */ new Map();
const expressions = /* @__PURE__ */ new Map();
let props = null;
async function run(call) {
  try {
    if ("javascript" in call) return { value: match(call) };
    const input = props === null ? call.input : { ...call.input, props };
    const expression = find(compiled, call.callback, callbackParser.j);
    const notFinite = /* @__PURE__ */ new Set();
    const text = JSON.stringify(await expression.evaluate(input), (key, value) => {
      if (typeof value === "number" && !Number.isFinite(value) && notFinite.size < maxAlike) notFinite.add(key);
      return isFunction(value) ? void 0 : value;
    });
    if (text === void 0) return {};
    if (text.length > callbackAnswerCharacters) return { failure: `it gave ${text.length} characters` };
    return { value: JSON.parse(text), ...notFinite.size === 0 ? {} : { notFinite: [...notFinite] } };
  } catch (error) {
    const failure = error.message ?? String(error);
    return {
      failure: shared.c(failure, callbackFailureCharacters)
    };
  }
}
function match({ javascript, name }) {
  const expression = find(expressions, javascript, (source) => new RegExp(source, javascriptFlags));
  expression.lastIndex = 0;
  return expression.test(name);
}
function find(known, source, compile) {
  const found = known.get(source) ?? compile(source);
  known.set(source, found);
  return found;
}
function isFunction(value) {
  return typeof value === "object" && value !== null && ("_jsonata_function" in value || "_jsonata_lambda" in value);
}
const watch = `setInterval(() => process.ppid === ${Number(process.argv[2])} || process.kill(process.pid, 'SIGKILL'), 500)`;
new node_worker_threads.Worker(watch, { eval: true }).unref();
const say = (message) => new Promise((resolve) => process.send?.(message, void 0, void 0, () => resolve()));
process.on("message", async (message) => {
  if ("props" in message) {
    props = message.props;
    return;
  }
  await say("begun");
  for (const call of message.calls) await say(await run(call));
});
process.send?.("ready");
