"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const shared = require("./shared.js");
const explainCause = require("./explain-cause.js");
const maxRejected = 100;
function readAnswer(body) {
  const json = parseCutJson(body);
  if (!shared.m(json)) return { text: body, rejected: [], dropped: countDropped(body) };
  const said = json.error ?? json.message;
  const inner = shared.m(said) ? said.message : said;
  const text = typeof inner === "string" ? inner : body;
  const rejected = (Array.isArray(json.data) ? json.data.filter(shared.m) : []).map(
    ({ line_number: line, error_message: reason }) => ({
      line: Number(line),
      reason: typeof reason === "string" ? reason : ""
    })
  );
  if (Number.isInteger(json.line)) return { text, rejected: [toRejected(Number(json.line), text)], dropped: void 0 };
  const isWhole = rejected.length > 0 && rejected.length < maxRejected;
  return { text, rejected, dropped: isWhole ? rejected.length : countDropped(text) };
}
function toRejected(line, text) {
  return {
    line,
    reason: text.replace(
      /^failed to parse line protocol:errors encountered on line\(s\):\s*(?:error in line \d+: )?/,
      ""
    )
  };
}
function parseCutJson(body) {
  for (const end of ["", '"}']) {
    try {
      return JSON.parse(end === "" ? body : `${body.replace(/\\(?:u[0-9a-f]{0,3})?$/i, "")}${end}`);
    } catch {
    }
  }
  return void 0;
}
function countDropped(text) {
  if (!text.includes("partial write:")) return void 0;
  const counts = [...text.matchAll(/ dropped=(\d+)/g)].reverse();
  const last = counts.find(({ index, 0: found }) => {
    const rest = text.slice(index + found.length, index + found.length + 15);
    return rest.trim() === "" || rest === " for database: ";
  });
  return last === void 0 ? void 0 : Number(last[1]) + text.split("unable to parse '").length - 1;
}
function nameOf(target) {
  return target.api === "v2" ? `the bucket "${target.bucket}"` : `the database "${target.database}"`;
}
function credentialsOf({ api }) {
  return api === "v1" ? "check username and password" : "check the token";
}
function checkPlace(target) {
  return target.api === "v2" ? `check that ${nameOf(target)} and the org exist, and that the server speaks v2 (InfluxDB 1.x takes database instead)` : `check that ${nameOf(target)} exists, and that the url is that of InfluxDB`;
}
const tooOld = "the points are outside the time range that the database keeps";
const start = "^(?:failure writing points to database: )?(?:partial write: )?";
const refusedSome = "the server refused some or all of the points";
const rows = [
  {
    words: /^retention policy not found/,
    fate: "final",
    advice: (target) => `check the input retention-policy: ${nameOf(target)} has no policy of this name`
  },
  {
    status: [400],
    words: /^please provide either orgID or org/i,
    fate: "final",
    advice: "set org to the name or ID of the organisation"
  },
  { words: /^database not found|^(?:bucket|organization) .{0,300}not found$/s, fate: "final", advice: checkPlace },
  // QuestDB's answer to a field or tag with the name of its time column.
  {
    status: [500],
    words: /^failed to parse line protocol.{0,500}UnsupportedOperationException/s,
    fate: "lines",
    advice: 'QuestDB does not accept a field called "timestamp": rename it'
  },
  { words: new RegExp(`${start}points? (?:is |are )?beyond (?:the )?retention`), fate: "old", advice: tooOld },
  { words: new RegExp(`${start}dropped \\d+ points outside retention policy`), fate: "old", advice: tooOld },
  { words: new RegExp(`${start}field type conflict`), fate: "conflict" },
  {
    words: /^failed to parse line protocol.*; cast error from protocol type: [A-Z]+ to column type/s,
    fate: "conflict"
  },
  { words: new RegExp(`${start}unable to parse '`), fate: "lines" },
  { status: [413], fate: "smaller", advice: "the server does not accept requests of this size" },
  { status: [429], fate: "again", advice: "the server limits the rate of requests" },
  {
    words: /^[^"'`]{0,200}\blimit (?:of|exceeded)/,
    fate: "full",
    advice: "the server has reached one of its limits: raise that limit, or write fewer series"
  },
  { status: [401], fate: "final", advice: credentialsOf },
  {
    status: [403],
    fate: "final",
    advice: (target) => `the ${target.api === "v1" ? "user" : "token"} may not write to ${nameOf(target)}`
  },
  { status: [404], fate: "final", advice: checkPlace },
  {
    status: [407],
    fate: "final",
    advice: "the proxy requires other credentials: check HTTP_PROXY and HTTPS_PROXY"
  },
  { status: [408], fate: "again", advice: "the server timed out while it waited for the request" },
  // The server does not know this request.
  { status: [501, 505], fate: "final", advice: "is this the url of InfluxDB?" },
  { status: [400, 409, 422], fate: "lines", advice: refusedSome }
];
function findFate(status, text, target) {
  if (status < 400) {
    const isRedirect = status >= 300;
    return {
      fate: "final",
      advice: isRedirect ? "redirects are not followed: give the server's own url" : "is this the url of InfluxDB?"
    };
  }
  const row = rows.find((one) => (one.status?.includes(status) ?? true) && (one.words?.test(text) ?? true));
  if (row !== void 0) {
    const { fate, advice = refusedSome } = row;
    return { fate, advice: typeof advice === "string" ? advice : advice(target) };
  }
  if (status >= 500) return { fate: "again", advice: "the server failed" };
  return { fate: "final", advice: "is this the url of InfluxDB?" };
}
const noAnswer = { text: "", rejected: [], dropped: void 0 };
function explainFailure(error, target, nowMs = Date.now()) {
  if (!(error instanceof shared.aW)) {
    const words2 = nameCause(error);
    return {
      ...{ text: `${words2}${explainCause.explainCause(error)}`, words: words2, hint: "" },
      ...{ fate: explainCause.isLasting(error) ? "final" : "again", retryAfterMs: 0, answer: noAnswer }
    };
  }
  const answer = readAnswer(error.body ?? "");
  const { fate, advice } = findFate(error.statusCode, answer.text, target);
  const status = `${error.statusCode} ${error.statusMessage ?? ""}`.trim();
  const reasons = new Set(answer.rejected.map(({ reason }) => reason).filter((one) => !answer.text.includes(one)));
  const said = [answer.text, ...reasons].join(": ").trim().replace(/[\r\n]\s*/g, " ");
  const words = [status, said && `"${said}"`].filter(Boolean).join(", ");
  return {
    ...{ text: `${words}, ${advice}`, words, hint: advice === refusedSome ? "" : advice, fate, answer },
    retryAfterMs: shared.p(String(error.headers?.["retry-after"] ?? ""), nowMs) ?? 0
  };
}
function explainNoAnswer(text) {
  return { text, words: text, hint: "", fate: "final", retryAfterMs: 0, answer: noAnswer };
}
function nameCause(error) {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(nameCause).join("; ");
  const code = error.code;
  const message = error.message || code || error.name;
  return code === void 0 || message.includes(code) ? message : `${message} (${code})`;
}
exports.explainFailure = explainFailure;
exports.explainNoAnswer = explainNoAnswer;
exports.nameCause = nameCause;
