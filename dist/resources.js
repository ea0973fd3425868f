"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const shared = require("./shared.js");
const defaultEveryMs = 5e3;
const maxEveryMs = 3e5;
const minEveryMs = 1e3;
const byDefault = { everyMs: defaultEveryMs, series: false };
const keys = ["every", "series"];
const input = "resources";
async function parseResourcesInput(text, problems) {
  const yaml = await shared.aK(input, text, problems);
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
        const [least, most] = [minEveryMs / 1e3, maxEveryMs / 6e4];
        problem(`"every" must be a time such as 5s, from ${least}s to ${most}m, but is ${JSON.stringify(given)}`);
      }
    } else if (key === "series") {
      if (typeof given === "boolean") found.series = given;
      else problem(`"series" must be true or false, but is ${JSON.stringify(given)}`);
    } else problem(`"${key}" is unknown; ${shared.aN(key, keys, "keys")}`);
  }
  return found;
}
function parseEvery(value) {
  if (typeof value !== "string" && typeof value !== "number") return void 0;
  const [, count, unit = "s"] = /^(\d{1,6}(?:\.\d+)?) ?(ms|s|m)?$/.exec(String(value)) ?? [];
  if (count === void 0) return void 0;
  const ms = Number(count) * ({ ms: 1, s: 1e3, m: 6e4 }[unit] ?? 1e3);
  return ms >= minEveryMs && ms <= maxEveryMs ? ms : void 0;
}
exports.parseResourcesInput = parseResourcesInput;
