"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const shared = require("./shared.js");
const history = require("./common.js");
const dayMs = 864e5;
async function readCollected(measurement, nowMs, target, http, signal) {
  const ask = async (days) => {
    const since = `time >= ${nowMs - days * dayMs}000000`;
    const columns = 'last("until") AS "until", last("since") AS "since"';
    const statement = `SELECT ${columns} FROM ${history.q(measurement)} WHERE ${since} GROUP BY "repository"`;
    return history.p(await history.s(statement, target, http, signal), [{ measurement }], target);
  };
  const [rows = []] = await ask(shared.aZ).catch((error) => {
    if (target.api !== "v3" || !history.i(error)) throw error;
    return ask(history.n);
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
