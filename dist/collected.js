"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const verdict = require("./verdict.js");
const maxHistoryDays = 90;
const dayMs = 864e5;
async function readCollected(measurement, nowMs, target, http, signal) {
  const ask = async (days) => {
    const since = `time >= ${nowMs - days * dayMs}000000`;
    const columns = 'last("until") AS "until", last("since") AS "since"';
    const statement = `SELECT ${columns} FROM ${verdict.q(measurement)} WHERE ${since} GROUP BY "repository"`;
    return verdict.p(await verdict.s(statement, target, http, signal), [{ measurement }], target);
  };
  const [rows = []] = await ask(maxHistoryDays).catch((error) => {
    if (target.api !== "v3" || !verdict.i(error)) throw error;
    return ask(verdict.n);
  });
  return new Map(
    rows.flatMap(({ row, tags }) => {
      const [sinceMs, untilMs] = ["since", "until"].map((name) => Date.parse(String(row.get(name))));
      if (typeof tags.repository !== "string" || sinceMs === void 0 || untilMs === void 0) return [];
      return Number.isNaN(sinceMs + untilMs) ? [] : [[tags.repository, { sinceMs, untilMs }]];
    })
  );
}
exports.readCollected = readCollected;
