"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const shared = require("./shared.js");
const byDefault = { everyMs: shared.b0, series: false };
const keys = ["every", "series"];
const input = "resources";
async function parseResourcesInput(text, problems) {
  const yaml = await shared.a$(input, text, problems);
  if (yaml === void 0) return void 0;
  const { value, lineOf } = yaml;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const what = `must be true, false or a map such as {every: 5s, series: true}, but is ${JSON.stringify(value)}`;
    problems.push({ input, text: what });
    return void 0;
  }
  const found = { ...byDefault };
  for (const [key, given] of Object.entries(value)) {
    const problem = (what) => problems.push({ input, line: lineOf([key]), text: what });
    if (key === "every") {
      const ms = parseEvery(given);
      if (ms !== void 0) found.everyMs = ms;
      else {
        const [least, most] = [shared.b1 / 1e3, shared.b2 / 6e4];
        problem(`"every" must be a time such as 5s, from ${least}s to ${most}m, but is ${JSON.stringify(given)}`);
      }
    } else if (key === "series") {
      if (typeof given === "boolean") found.series = given;
      else problem(`"series" must be true or false, but is ${JSON.stringify(given)}`);
    } else problem(`"${key}" is unknown; ${shared.aX(key, keys, "keys")}`);
  }
  return found;
}
function parseEvery(value) {
  if (typeof value !== "string" && typeof value !== "number") return void 0;
  const [, count, unit = "s"] = /^(\d{1,6}(?:\.\d+)?) ?(ms|s|m)?$/.exec(String(value)) ?? [];
  if (count === void 0) return void 0;
  const ms = Number(count) * ({ ms: 1, s: 1e3, m: 6e4 }[unit] ?? 1e3);
  return ms >= shared.b1 && ms <= shared.b2 ? ms : void 0;
}
exports.parseResourcesInput = parseResourcesInput;
