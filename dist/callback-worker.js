'use strict';

const callbackParser = require('./callback-parser.js');

const maxLength = 1e6;
const compiled = /* @__PURE__ */ new Map();
async function run({ callback, input }) {
  try {
    let expression = compiled.get(callback);
    if (expression === void 0) {
      expression = callbackParser.jsonata(callback);
      compiled.set(callback, expression);
    }
    const text = JSON.stringify(await expression.evaluate(input));
    if (text === void 0) return {};
    return text.length > maxLength ? { failure: `it gave ${text.length} characters` } : { value: JSON.parse(text) };
  } catch (error) {
    return { failure: error.message ?? String(error) };
  }
}
async function answerAll(calls) {
  for (const call of calls) process.send?.(await run(call));
}
process.on("message", (calls) => void answerAll(calls));
