'use strict';

const artifactClient = require('./artifact-client.js');
const layoutSettings = require('./shared4.js');
const problem = require('./shared3.js');
const node_buffer = require('node:buffer');
const node_fs = require('node:fs');
const surroundings = require('./shared5.js');
const node_path = require('node:path');

const mark = "# build-stats unsent ";
const endMark = "# build-stats end ";
const countWidth = 15;
function formatHeader({ name, destination, builder, run_id, attempt, tries = 0 }, lines = 0) {
  const isOld = typeof destination === "string";
  const json = JSON.stringify({
    version: isOld ? 1 : 2,
    ...name === void 0 ? {} : { name },
    ...isOld ? { target: destination } : { destination },
    builder,
    run_id,
    attempt,
    ...tries === 0 ? {} : { tries }
  });
  if (isOld) return `${mark}${json}
`;
  return `${mark}${json.slice(0, -1)},"lines":${String(lines).padStart(countWidth)}}
`;
}
function formatEnd(lines) {
  return `${endMark}{"lines":${lines}}
`;
}
function parseEnd(tail) {
  const found = /(?:^|\n)(# build-stats end \{"lines":(\d+)\}\n)$/.exec(tail);
  return found === null ? void 0 : { lines: Number(found[2]), length: found[1]?.length ?? 0 };
}
function parseHeader(line) {
  if (!line.startsWith(mark)) return void 0;
  try {
    const json = JSON.parse(line.slice(mark.length));
    const { version, name, builder, run_id, attempt, lines, tries } = json;
    const isText = (value) => typeof value === "string";
    const destination = version === 1 ? json.target : version === 2 ? surroundings.parseDestination(json.destination) : void 0;
    if (!isText(destination) && (version === 1 || destination === void 0)) return void 0;
    if (!isText(name ?? "") || !isText(builder) || !isText(run_id) || !isText(attempt)) return void 0;
    return {
      ...isText(name) ? { name } : {},
      destination,
      builder,
      run_id,
      attempt,
      ...version === 2 && isCount(lines) && lines > 0 ? { lines } : {},
      ...isCount(tries) && tries > 0 ? { tries } : {}
    };
  } catch {
    return void 0;
  }
}
function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}
function openKeptWriter(file, header) {
  let bytes = 0;
  let lines = 0;
  let isSealed = false;
  const append = (text) => {
    const data = typeof text === "string" ? Buffer.from(text) : text;
    try {
      writeAll(file, data, bytes);
      bytes += data.length;
    } catch (error) {
      cutBack(file, bytes);
      throw error;
    }
  };
  return {
    get bytes() {
      return bytes;
    },
    get lines() {
      return lines;
    },
    add(text, count) {
      if (bytes === 0) append(formatHeader(header));
      append(text);
      lines += count;
    },
    seal() {
      if (isSealed) return;
      if (bytes === 0) append(formatHeader(header));
      append(formatEnd(lines));
      writeAll(file, Buffer.from(formatHeader(header, lines)), 0);
      node_fs.fsyncSync(file);
      isSealed = true;
    }
  };
}
function writeAll(file, data, position) {
  for (let at = 0; at < data.length; ) at += node_fs.writeSync(file, data, at, data.length - at, position + at);
}
function cutBack(file, bytes) {
  try {
    node_fs.ftruncateSync(file, bytes);
  } catch {
  }
}
const maxShownBytes = 2e6;
function openUnsentFile(toPath, header) {
  let path;
  let opened;
  let isFull = false;
  let shown = { bytes: 0, lines: 0 };
  let failure;
  function open() {
    if (opened === void 0) {
      path ??= toPath();
      const file = node_fs.openSync(path, "wx", 384);
      opened = { file, writer: openKeptWriter(file, header) };
    }
    return opened.writer;
  }
  return {
    header,
    get path() {
      return path;
    },
    get lines() {
      return opened?.writer.lines ?? 0;
    },
    get bytes() {
      return opened?.writer.bytes ?? 0;
    },
    get shown() {
      return shown;
    },
    get failure() {
      return failure;
    },
    add(lines) {
      if (lines.length === 0) return;
      try {
        open().add(lines.map((line) => `${line}
`).join(""), lines.length);
      } catch (error) {
        failure = { reason: error.message, lines: (failure?.lines ?? 0) + lines.length };
        return;
      }
      if (shown.bytes === 0) shown = { bytes: Buffer.byteLength(formatHeader(header)), lines: 0 };
      for (const line of isFull ? [] : lines) {
        const bytes = shown.bytes + Buffer.byteLength(line) + 1;
        isFull = bytes > maxShownBytes;
        if (isFull) break;
        shown = { bytes, lines: shown.lines + 1 };
      }
    },
    seal() {
      if (opened === void 0) return;
      opened.writer.seal();
      node_fs.closeSync(opened.file);
    }
  };
}

const pieceSize = 256 * 1024;
const headBytes = 16384;
const tailBytes = 100;
const maxLineBytes = 3 * 2 ** 20;
function readHeader(file) {
  const head = readAt(file, 0, headBytes);
  const end = head.indexOf(10);
  return end < 0 ? void 0 : parseHeader(head.toString("utf8", 0, end));
}
function openKeptReader(file) {
  const { size } = node_fs.fstatSync(file);
  const header = readHeader(file);
  if (header === void 0) throw new Error("it does not begin with a header that is known");
  const end = parseEnd(readAt(file, Math.max(0, size - tailBytes), tailBytes).toString("latin1"));
  const isNew = typeof header.destination !== "string";
  const isFinished = end !== void 0 && end.lines === (header.lines ?? 0);
  let endOfLines = isFinished ? size - end.length : size;
  const parser = new surroundings.LineProtocolParser();
  const waiting = [];
  let at = 0;
  let open = new Uint8Array();
  let isRead = false;
  let hasOdd = false;
  let isCut = false;
  let given = 0;
  function readMore() {
    const piece = readAt(file, at, Math.min(pieceSize, endOfLines - at));
    at += piece.length;
    const bytes = open.length === 0 ? piece : Buffer.concat([open, piece]);
    const lineEnd = bytes.lastIndexOf(10) + 1;
    if (piece.length === 0) {
      isRead = true;
      isCut = bytes.length > 0;
      endOfLines = at - bytes.length;
      waiting.push(...parser.end());
      return;
    }
    const isTooLong = lineEnd === 0 && bytes.length > maxLineBytes;
    open = isTooLong ? new Uint8Array() : bytes.subarray(lineEnd);
    const text = decode(isTooLong ? bytes : bytes.subarray(0, lineEnd));
    hasOdd ||= !text.isWellFormed();
    waiting.push(...parser.push(text));
  }
  function readAhead(count) {
    while (waiting.length <= count && !isRead) readMore();
  }
  if (!isFinished && size > 0) isCut = readAt(file, size - 1, 1)[0] !== 10;
  return {
    header,
    get isWhole() {
      return isNew ? isFinished : !isCut;
    },
    get left() {
      return header.lines === void 0 ? void 0 : Math.max(0, header.lines - given);
    },
    get missing() {
      if (isFinished) return 0;
      return header.lines === void 0 ? Number(isCut) : Math.max(0, header.lines - given);
    },
    get isAtEnd() {
      return isRead && waiting.length === 0;
    },
    read(maxLines, maxBytes) {
      const points = [];
      const bad = [];
      let bytes = 0;
      for (let count = 0; count < maxLines && bytes < maxBytes; count++) {
        readAhead(1);
        const parsed = waiting.shift();
        if (parsed === void 0) break;
        given++;
        const point = toPoint(parsed, hasOdd);
        if (typeof point === "string") bad.push({ line: parsed.line, problem: point });
        else points.push(point);
        bytes += "record" in parsed ? measure(parsed.record) : 20;
      }
      readAhead(1);
      return points.length + bad.length === 0 ? void 0 : { points, bad, bytes };
    },
    copyRest(write) {
      readAhead(1);
      const [next] = waiting;
      if (next === void 0) return;
      const from = findLine(file, next.line);
      if (!isFinished) while (!isRead) readMore();
      const lines = isFinished ? Math.max(1, (header.lines ?? 0) - given) : waiting.length;
      for (let position = from; position < endOfLines; ) {
        const piece = readAt(file, position, Math.min(pieceSize, endOfLines - position));
        if (piece.length === 0) return;
        write(piece, position === from ? lines : 0);
        position += piece.length;
      }
    }
  };
}
function toPoints(lines) {
  const parser = new surroundings.LineProtocolParser();
  const parsed = [...parser.push(lines.map((line) => `${line}
`).join("")), ...parser.end()];
  return parsed.map((line) => toPoint(line, false)).filter((point) => typeof point !== "string");
}
function toPoint(parsed, hasOdd) {
  if ("problem" in parsed) return parsed.problem;
  const { name: measurement, tags, fields, timeNs } = parsed.record;
  if (timeNs === void 0) return "it has no time";
  if (hasOdd && !isWellFormed(parsed.record)) return "it is not UTF-8";
  return { measurement, tags, fields, timeNs };
}
function isWellFormed({ name, tags, fields }) {
  return [name, ...tags.flat(), ...fields.flat()].every((text) => typeof text !== "string" || text.isWellFormed());
}
function decode(bytes) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (node_buffer.isUtf8(buffer)) return buffer.toString("utf8");
  let text = "";
  for (let at = 0; at < buffer.length; ) {
    const lineEnd = buffer.indexOf(10, at);
    const end = lineEnd < 0 ? buffer.length : lineEnd + 1;
    const line = buffer.subarray(at, end);
    text += node_buffer.isUtf8(line) ? line.toString("utf8") : line.toString("utf8").replaceAll("\uFFFD", "\uD800");
    at = end;
  }
  return text;
}
function measure({ name, tags, fields }) {
  let bytes = name.length + 24;
  for (const [key, value] of tags) bytes += key.length + value.length + 2;
  for (const [key, value] of fields) bytes += key.length + (typeof value === "string" ? value.length : 16) + 2;
  return bytes;
}
function findLine(file, number) {
  let line = 1;
  for (let at = 0; line < number; ) {
    const piece = readAt(file, at, pieceSize);
    if (piece.length === 0) return at;
    for (let found = piece.indexOf(10); found >= 0; found = piece.indexOf(10, found + 1)) {
      line++;
      if (line === number) return at + found + 1;
    }
    at += piece.length;
  }
  return 0;
}
function readAt(file, position, length) {
  const buffer = Buffer.allocUnsafe(Math.max(0, length));
  let at = 0;
  while (at < buffer.length) {
    const count = node_fs.readSync(file, buffer, at, buffer.length - at, position + at);
    if (count === 0) break;
    at += count;
  }
  return buffer.subarray(0, at);
}

const ruleTypes = {
  float: "float",
  integer: "int",
  string: "string",
  boolean: "boolean"
};
function explainConflicts(storages) {
  return storages.flatMap(
    ({ name, conflicts = [], origin }) => merge(conflicts.filter(({ isConverted }) => !isConverted)).map((conflict) => {
      const { measurement, field, given, existing, points } = conflict;
      const is = existing === void 0 ? "as another type" : `as ${existing}`;
      const from = origin === void 0 ? "" : ` ${explainOrigin(conflict, origin)}.`;
      return `The field "${field}" was left out of ${points} ${points === 1 ? "point" : "points"} of "${measurement}" in ${name}: it is ${given} here, and ${name} has it ${is}.${from}`;
    })
  );
}
function explainConversions(storages) {
  return storages.flatMap(({ name, conflicts = [] }) => {
    const fields = merge(conflicts.filter(({ isConverted }) => isConverted)).map(
      ({ measurement, field, given, existing, points }) => `"${field}" of "${measurement}" from ${given} to ${existing} (${points} ${points === 1 ? "point" : "points"})`
    );
    return fields.length === 0 ? [] : [`Converted to the types that ${name} has: ${fields.join(", ")}.`];
  });
}
function merge(conflicts) {
  const merged = /* @__PURE__ */ new Map();
  for (const conflict of conflicts) {
    const key = JSON.stringify([conflict.measurement, conflict.field, conflict.given]);
    const earlier = merged.get(key);
    merged.set(key, { ...conflict, points: conflict.points + (earlier?.points ?? 0) });
  }
  return [...merged.values()];
}
function explainOrigin({ measurement, field, existing }, origin) {
  const rule = findPlacedRule(measurement, field, origin);
  if (rule !== void 0) return `It comes from the rule ${layoutSettings.nameRule(rule)}; ${toRemedy(rule, existing, origin.layout)}`;
  const { layout } = origin;
  if (layout.kind === "native" && layoutSettings.toOwnMeasurements(layout.options).map((name) => problem.cleanName(name)).includes(measurement)) {
    return 'Build Stats writes this field itself; give these builds another "measurement", or another database';
  }
  const dataRule = findDataRule(measurement, origin);
  if (dataRule?.callback !== void 0)
    return `It comes from the rule ${layoutSettings.nameRule(dataRule)}; ${toCallbackRemedy(existing)}`;
  const remedy = existing === void 0 ? "yield it under another name" : `yield it as ${existing}, or under another name`;
  return `It comes from data that steps yield; ${remedy}`;
}
function findPlacedRule(measurement, field, { layout, placed }) {
  const found = placed.find(({ key, kind, captured }) => {
    if (kind !== "field") return false;
    if (layout.kind === "native") return key === field && measurement === problem.cleanName(layout.options.measurement);
    return key === measurement && ("property" in captured || captured.rule.kind === field);
  });
  return found?.captured.rule;
}
function findDataRule(measurement, { builder, layout, rules }) {
  const prefix = layout.kind === "native" ? "" : problem.cleanMeasurement(`${builder}-x`).slice(0, -1);
  return rules.filter((rule) => rule.kind === "data").find(({ match, measurement: own }) => {
    const clean = (name) => layout.kind === "native" ? problem.cleanName(name) : problem.cleanMeasurement(prefix + name);
    if (own !== void 0) return clean(own) === measurement;
    return "name" in match ? clean(match.name) === measurement : layoutSettings.matchesName(match, measurement.slice(prefix.length));
  });
}
function toRemedy(rule, existing, layout) {
  const type = ruleTypes[existing ?? ""];
  const ways = [
    ...rule.kind === "property" && type !== void 0 ? [`give the rule "type: ${type}"`] : [],
    ...rule.kind !== "property" && rule.callback !== void 0 ? [toCallbackRemedy(existing)] : [],
    // What Buildbot calls it is fixed.
    ...layout.kind === "native" ? [`another "field"`] : ["write to another database"]
  ];
  const [first = "", ...others] = ways;
  const start = first.startsWith("another") ? `give the rule ${first}` : first;
  return [start, ...others].join(", or ");
}
function toCallbackRemedy(existing) {
  return existing === void 0 ? "let its callback give another type" : `let its callback give ${existing}`;
}

function findFaults(outcome, failOnError) {
  const { warnings, misses, data, storages, mistakes, verdict, spooled } = outcome;
  const lost = (text, failsJob = false) => ({ text, level: "lost", failsJob });
  const told = (text) => ({ text, level: "told", failsJob: false });
  return [
    ...verdict === void 0 || verdict.level === "told" ? [] : [{ ...told(explainVerdict(outcome, verdict)), failsJob: verdict.level === "fail" }],
    ...storages.flatMap((storage) => explainStorage(storage).map((text) => lost(text))),
    ...explainConflicts(storages).map((text) => lost(text)),
    ...cutFaults(
      misses.filter(({ level }) => level !== "ignore").map((miss) => lost(`${layoutSettings.explainMiss(miss)}.`, miss.level === "error")),
      "rules did not capture what they should"
    ),
    ...data === void 0 ? [] : explainMalformed(data).map((text) => lost(text)),
    ...failOnError ? mistakes.map((text) => lost(text)) : [],
    ...cutFaults(warnings.map(told), "warnings like these were left out"),
    ...spooled.losses.map(told),
    ...data === void 0 ? [] : [...data.renamed].map((name) => told(explainRenamed(name)))
  ];
}
function cutFaults(faults, what) {
  const [first] = faults;
  if (first === void 0 || faults.length <= artifactClient.maxAlike + 1) return [...faults];
  const rest = faults.slice(artifactClient.maxAlike);
  const failsJob = rest.some((fault) => fault.failsJob);
  return [...faults.slice(0, artifactClient.maxAlike), { ...first, text: `${rest.length} more ${what}.`, failsJob }];
}
function listSome(names) {
  const rest = names.length - artifactClient.maxAlike;
  return rest <= 1 ? names.join(", ") : `${names.slice(0, artifactClient.maxAlike).join(", ")} and ${rest} more`;
}
function findNotes({ secretNames, data, unyielded, spooled, storages }) {
  const ignored = [...data?.ignored ?? []];
  return [
    ...spooled.sent > 0 ? [
      `${countOf(spooled.sent, "point")} that earlier jobs had left in the spool ${spooled.sent === 1 ? "was" : "were"} sent.`
    ] : [],
    ...spooled.problems,
    ...explainConversions(storages),
    ...storages.flatMap(({ name, changes = [] }) => changes.map((change) => `${name}: ${change}.`)),
    ...secretNames.length > 0 ? [
      `Left out of regular expressions because they look like secrets: ${listSome(secretNames)}. Capture them by name.`
    ] : [],
    ...ignored.length > 0 ? [`Yielded, but captured by no rule: ${listSome(ignored.map(([name, count]) => `${name} (${count})`))}.`] : [],
    ...unyielded.length > 0 ? [
      `Nothing was yielded as ${listSome(unyielded)}: neither a step output (a step needs an id) nor a line in $BUILD_STATS.`
    ] : []
  ];
}
function explainVerdict({ build }, verdict) {
  const { text, step, limit } = verdict;
  const clause = step === void 0 ? "" : `; ${step.before}*${step.name}*${step.after}`;
  return `${build.builder}: ${text}${clause}.${limit === "" ? "" : ` ${limit}`}`;
}
function toHeadline({ build, storages }) {
  const places = storages.map(({ name, written }) => `${countOf(written, "point")} to ${name}`);
  const where = places.length > 0 ? ` ${places.join(", ")}.` : "";
  return `Build Stats: ${build.builder} ended with ${build.result}${explainDuration(build)}.${where}`;
}
function explainDuration(build) {
  const seconds = problem.toDuration(build);
  return seconds === void 0 ? "" : ` after ${problem.formatDuration(seconds)}`;
}
function countOf(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function explainStorage({ name, written, unsent, lost, gaveUp, kept, problems }) {
  const why = problems.length > 0 ? `: ${problems.join("; ")}` : "";
  const rest = gaveUp ? ", at least, of data that was not read to its end," : "";
  const missing = unsent + lost;
  if (missing === 0 && !gaveUp) return problems.length > 0 ? [`${name}${why}.`] : [];
  const text = `${missing} of ${countOf(written + missing, "point")}${rest} could not be written to ${name}${why}.`;
  return [[text, ...explainKept(kept)].join(" ")];
}
function explainKept(kept) {
  if (kept === void 0) return [];
  const gone = `${kept.gone} ${kept.gone === 1 ? "is" : "are"} lost${kept.why === "" ? "" : `: ${kept.why}`}.`;
  return [
    ...kept.kept > 0 ? [`${countOf(kept.kept, "point")} ${kept.kept === 1 ? "is" : "are"} ${kept.where}.`] : [],
    ...kept.gone > 0 ? [gone] : []
  ];
}
function explainMalformed({ malformed, malformedCount, failure }) {
  const texts = failure === void 0 ? [] : [`Data that steps yielded is missing: ${failure}.`];
  if (malformedCount === 0) return texts;
  const lines = malformed.map(({ line, problem }) => `line ${line}: ${problem}`).join("; ");
  const more = malformedCount > malformed.length ? `; and ${malformedCount - malformed.length} more` : "";
  const are = malformedCount === 1 ? "is" : "are";
  return [
    ...texts,
    `${countOf(malformedCount, "line")} of $BUILD_STATS ${are} no line protocol and left out: ${lines}${more}.`
  ];
}
function explainRenamed(name) {
  return `Data named "${name}" went to the measurement "data_${name}": "${name}" holds the builds themselves.`;
}

function toPlainText(value, length) {
  const text = value.toWellFormed().replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  return artifactClient.cutText(text, length);
}

const maxRows = 100;
function toTable(head, rows) {
  if (rows.length === 0) return "";
  const row = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  const left = rows.length - maxRows;
  const more = left > 0 ? [`<tr><td colspan="${rows[0]?.length ?? 1}">and ${left} more</td></tr>`] : [];
  return [
    "<table>",
    ...head.length === 0 ? [] : [row(head, "th")],
    ...rows.slice(0, maxRows).map((cells) => row(cells, "td")),
    ...more,
    "</table>"
  ].join("\n");
}
function toList(items) {
  return items.length === 0 ? "" : ["<ul>", ...items.map((item) => `<li>${item}</li>`), "</ul>"].join("\n");
}
function toHeading(html) {
  return `<h2>${html}</h2>`;
}
function toParagraph(html) {
  return html === "" ? "" : `<p>${html}</p>`;
}
const references = {
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "&": "&amp;"
};
function escapeText(value, length) {
  const text = toPlainText(value, length);
  if (!/[<>&]/.test(text)) return text;
  if (/\\["\\/bfnrtu]/.test(text)) return "not shown, since it holds both markup and escapes";
  return text.replace(/[<>"'&]/g, (character) => references[character] ?? character);
}

const maxLine = 1e4;
const maxReason = 500;
function printLostLines(storages, log) {
  const cut = (text, length) => log.redact(text).slice(0, length).toWellFormed();
  for (const { name, lost, lostLines = [] } of storages) {
    if (lostLines.length === 0) continue;
    const first = lostLines.length < lost ? `the first ${lostLines.length} of ` : "";
    const title = `Build Stats: ${first}${countOf(lost, "point")} that ${name} does not take, and why`;
    const lines = lostLines.map(
      ({ line, reason }) => `${cut(line, maxLine)}
# ${cut(reason.replace(/\s+/g, " "), maxReason)}
`
    );
    log.printGroup(title, lines.join(""));
  }
}

function matchDestination(header, storages, redact, mayMove) {
  const { name, destination } = header;
  const usable = storages.filter(isLasting);
  const named = name === void 0 ? [] : usable.filter((one) => one.name !== void 0 && redact(one.name) === name);
  const candidates = named.length > 0 ? named : usable;
  const places = (one) => surroundings.toDestination(one.target, redact);
  const isSame = typeof destination === "string" ? (one) => isNamedSo(one.target, destination, redact) : (one) => surroundings.toKey(places(one)) === surroundings.toKey(destination);
  const same = candidates.filter(isSame);
  const found = same.length > 0 || !mayMove ? same : findMoved(header, named, usable, redact);
  const [first] = found;
  if (first === void 0) return { reason: explainUnmatched(header, named.length > 0) };
  const isOne = new Set(found.map((one) => surroundings.toKey(places(one)))).size === 1;
  if (!isOne) return { reason: `it is for ${nameOf(header)}, and more than one storage could be it` };
  if (typeof destination === "string" && !saysEnough(first.target, name !== void 0 && named.length > 0)) {
    return {
      reason: `it is for ${nameOf(header)}, and does not say of which organisation or retention policy: send it by hand`
    };
  }
  return { storage: first };
}
function findMoved({ name, destination }, named, usable, redact) {
  if (typeof destination !== "string") {
    return named.filter((one) => surroundings.toKeyWithoutUrl(surroundings.toDestination(one.target, redact)) === surroundings.toKeyWithoutUrl(destination));
  }
  if (name !== void 0) return named;
  const servers = usable.filter(({ target }) => target.kind === "influxdb");
  return destination.startsWith("file ") || servers.length !== 1 ? [] : servers.filter(isOfPlace);
  function isOfPlace({ target }) {
    const place = /\((v\d, .*)\)$/s.exec(destination)?.[1];
    return place === void 0 || place === placeOf(target, redact);
  }
}
function isLasting({ target }) {
  return target.kind === "influxdb" || node_path.isAbsolute(target.name);
}
function isNamedSo(target, text, redact) {
  if (target.kind === "file") return `file ${redact(target.name)}` === text;
  return `${redact(target.url)} (${placeOf(target, redact)})` === text;
}
function placeOf(target, redact) {
  if (target.kind === "file") return redact(target.name);
  return redact(`${target.api}, ${target.api === "v2" ? `bucket ${target.bucket}` : `database ${target.database}`}`);
}
function saysEnough(target, isNamed) {
  if (isNamed || target.kind === "file") return true;
  return target.api === "v3" || (target.api === "v2" ? target.org === void 0 : target.retentionPolicy === void 0);
}
function nameOf({ name, destination }) {
  const place = typeof destination === "string" ? destination : surroundings.nameDestination(destination);
  return name === void 0 ? place : `"${name}", ${place}`;
}
function explainUnmatched(header, isNameKnown) {
  const { name, destination } = header;
  const isFile = typeof destination === "string" ? destination.startsWith("file ") : destination.kind === "file";
  if (isFile) return `it is for ${nameOf(header)}, which is not among the storages`;
  const moved = isNameKnown ? "; the storage of this name has another place now" : "";
  const how = name === void 0 ? "" : ", or a config with a storage of this name";
  return `it is for ${nameOf(header)}${moved}: give the url, and the database or bucket, of that storage${how}`;
}

const maxLostLines = 20;
const maxLines = 5e3;
const maxChunkBytes = 4e6;
const maxStrikes = 8;
const briefMs = 1e3;
function createSender(storages, limits) {
  const servers = /* @__PURE__ */ new Map();
  const files = [];
  const unfinished = [];
  const sent = /* @__PURE__ */ new Map();
  const answers = /* @__PURE__ */ new Map();
  let bytes = 0;
  let claims = 0;
  function findEnd() {
    if (limits.signal.aborted || limits.remainingMs() <= 0) return "the time was over before it was sent";
    if (bytes >= limits.maxBytes) return `no more than about ${limits.maxBytes} bytes are sent at a time`;
    if (claims >= limits.maxFiles) return `no more than ${limits.maxFiles} files are sent at a time`;
    const reasons = [...servers.values()].map(({ down }) => down);
    return servers.size === storages.length && reasons.every((reason) => reason !== void 0) ? reasons[0] : void 0;
  }
  function toServer(sending) {
    let server = servers.get(sending);
    if (server === void 0) {
      server = { sending, storage: sending.open(), isUp: sending.isKnownUp, strikes: 0, down: void 0 };
      servers.set(sending, server);
    }
    return server;
  }
  async function offer(waiting) {
    const { kind, place, header } = waiting;
    const leave = (why) => void files.push({ kind, place, header, sent: 0, left: header.lines, lost: 0, why, whyLost: void 0 });
    const match = matchDestination(header, storages, limits.redact, limits.mayMove);
    if ("reason" in match) {
      leave(match.reason);
      return;
    }
    const to = toServer(match.storage);
    const end = to.down ?? findEnd();
    if (end !== void 0) {
      leave(end);
      return;
    }
    let opened;
    try {
      opened = waiting.claim();
    } catch (error) {
      leave(error.message);
      return;
    }
    if (opened === void 0) return;
    claims++;
    const job = {
      isBroken: false,
      waiting,
      opened,
      to,
      refused: [],
      sent: 0,
      lost: 0,
      refusals: 0,
      hasRest: true,
      why: /* @__PURE__ */ new Set(),
      whyLost: /* @__PURE__ */ new Set()
    };
    await takeTurn(job, limits.turnMs);
    if (isDone(job) || job.isBroken || job.to.down !== void 0 || limits.isDryRun) await settle(job);
    else unfinished.push(job);
  }
  const isDone = ({ hasRest, refused }) => !hasRest && refused.length === 0;
  async function takeTurn(job, turnMs) {
    try {
      await sendParts(job, turnMs);
    } catch (error) {
      job.isBroken = true;
      job.why.add(error.message);
    }
  }
  async function sendParts(job, turnMs) {
    const endMs = limits.now() + Math.min(turnMs, limits.remainingMs());
    for (let longestMs = 0; limits.now() + longestMs * 1.2 <= endMs && findEnd() === void 0; ) {
      const startMs = limits.now();
      const part = takePart(job);
      if (part === void 0) return;
      bytes += part.bytes;
      job.opened.touch();
      const isTaken = await sendPart(job, part, turnMs);
      if (!isTaken || isDone(job)) return;
      longestMs = Math.max(longestMs, limits.now() - startMs);
    }
  }
  function takePart(job) {
    const { reader } = job.opened;
    const tries = job.waiting.header.tries ?? 0;
    while (job.hasRest) {
      const chunk = reader.read(toSize(limits.maxLines, tries, reader.header.lines), maxChunkBytes);
      job.hasRest = chunk !== void 0 && !reader.isAtEnd;
      if (chunk === void 0) break;
      tellBad(job, chunk);
      if (chunk.points.length > 0) return { points: chunk.points, tries, bytes: chunk.bytes };
    }
    const refused = job.refused.find(({ lines: lines2 }) => lines2.length > 1);
    if (refused === void 0 || job.refusals >= limits.maxRefusals || !job.to.isUp && job.refusals > 3)
      return void 0;
    const size = toSize(limits.maxLines, refused.tries, refused.lines.length);
    const rest = refused.lines.slice(size);
    job.refused.splice(
      job.refused.indexOf(refused),
      1,
      ...rest.length > 0 ? [{ lines: rest, tries: refused.tries }] : []
    );
    const lines = refused.lines.slice(0, size);
    return { points: toPoints(lines), tries: refused.tries, bytes: lines.join("\n").length };
  }
  function tellBad(job, { bad }) {
    job.lost += bad.length;
    const [first] = bad;
    if (first !== void 0 && job.whyLost.size < 3) job.whyLost.add(`line ${first.line}: ${first.problem}`);
  }
  async function sendPart(job, { points, tries }, turnMs) {
    const { to } = job;
    const handedBack = [];
    const maxMs = tries > 0 || to.strikes > 0 ? Math.min(briefMs, turnMs) : 2 * turnMs;
    const endMs = limits.now() + Math.min(maxMs, limits.remainingMs());
    const fuse = new AbortController();
    let timer;
    to.sending.onRefusal(() => {
      timer ??= setTimeout(() => fuse.abort(), briefMs);
    });
    const time = AbortSignal.timeout(Math.max(1, Math.ceil(endMs - limits.now())));
    const signal = AbortSignal.any([limits.signal, time, fuse.signal]);
    const writing = {
      signal,
      readSignal: signal,
      remainingMs: () => Math.max(0, endMs - limits.now()),
      unsent: (lines) => void handedBack.push(...lines)
    };
    const result = await write(to.storage, points, writing);
    clearTimeout(timer);
    const refused = result.gaveUp === true ? toLines(points) : handedBack;
    const written = result.gaveUp === true ? 0 : result.written;
    const lost = result.gaveUp === true ? 0 : result.lost;
    job.sent += written;
    job.lost += lost;
    sent.set(to.storage.name, (sent.get(to.storage.name) ?? 0) + written);
    if (result.gaveUp !== true) addAnswer(to.storage.name, result);
    const outage = to.sending.takeOutage();
    const why = result.problems.join("; ");
    if (lost > 0) job.whyLost.add(why || "the storage does not take them");
    if (refused.length === 0) {
      to.isUp = true;
      to.strikes = 0;
      return true;
    }
    job.why.add(why || "the storage did not take them");
    job.refused.push({ lines: refused, tries: tries + 1 });
    if (written > 0) to.strikes = 0;
    else if (job.refusals === 0) to.strikes++;
    job.refusals += result.isDown === true && !to.isUp && outage === void 0 && !signal.aborted ? limits.maxRefusals : 1;
    if (outage !== void 0 && written === 0) to.down = `${to.storage.name} cannot be reached: ${outage}`;
    else if (to.strikes >= maxStrikes) to.down = `${to.storage.name} took no more: ${why}`;
    return false;
  }
  function addAnswer(name, { lost, lostLines = [], conflicts = [], changes = [] }) {
    const answer = answers.get(name) ?? { name, lost: 0, lostLines: [], conflicts: [], changes: /* @__PURE__ */ new Set() };
    answers.set(name, answer);
    answer.lost += lost;
    answer.lostLines.push(...lostLines.slice(0, maxLostLines - answer.lostLines.length));
    answer.conflicts.push(...conflicts);
    for (const change of changes) answer.changes.add(change);
  }
  async function settle(job) {
    const { opened, waiting, refused, hasRest, sent: sent2, why, whyLost } = job;
    const { reader } = opened;
    const isLeft = hasRest || refused.length > 0;
    const refusedLines = refused.reduce((sum, { lines }) => sum + lines.length, 0);
    const rest = hasRest ? reader.left : 0;
    let { lost } = job;
    if (!hasRest && !reader.isWhole) {
      lost += reader.missing;
      whyLost.add("it was not finished, and its end is missing");
    }
    const isChanged = !job.isBroken && sent2 + job.lost + refusedLines > 0;
    const untouched = { refused: [], hasRest: true, isChanged: false };
    const problem = await opened.end(
      limits.isDryRun || job.isBroken ? { ...untouched, isTried: job.isBroken } : { refused, hasRest, isChanged, isTried: true }
    );
    if (problem !== void 0) why.add(problem);
    else if (isLeft && why.size === 0)
      why.add(job.to.down ?? findEnd() ?? "the time was over before all of it was sent");
    files.push({
      kind: waiting.kind,
      place: waiting.place,
      header: waiting.header,
      sent: sent2,
      left: rest === void 0 ? void 0 : rest + refusedLines,
      lost,
      why: why.size > 0 && (isLeft || problem !== void 0) ? [...why].join("; ") : void 0,
      whyLost: lost > 0 || whyLost.size > 0 ? [...whyLost].join("; ") : void 0
    });
  }
  async function finish() {
    for (let turnMs = limits.turnMs * 2; unfinished.length > 0; turnMs *= 2) {
      for (const job of unfinished.splice(0)) {
        const before = job.sent + job.lost + job.refusals;
        if (job.to.down === void 0 && findEnd() === void 0) await takeTurn(job, turnMs);
        const isGoingOn = job.sent + job.lost + job.refusals > before;
        if (isDone(job) || job.isBroken || job.to.down !== void 0 || findEnd() !== void 0 || !isGoingOn)
          await settle(job);
        else unfinished.push(job);
      }
    }
  }
  return {
    findEnd,
    offer,
    finish,
    files,
    sent,
    get results() {
      return [...answers.values()];
    }
  };
}
function toSize(maxLines2, tries, lines = maxLines2) {
  const part = tries === 0 ? maxLines2 : Math.ceil(lines / 8);
  return Math.max(1, Math.min(part, Math.floor(maxLines2 / 8 ** tries)));
}
function toLines(points) {
  return points.map((point) => layoutSettings.toLineOrNone(point)).filter((line) => line !== void 0);
}
async function write(storage, points, writing) {
  async function* once() {
    yield points;
  }
  try {
    return await storage.write(once(), writing);
  } catch (error) {
    return { written: 0, unsent: 0, lost: 0, gaveUp: true, problems: [error.message] };
  }
}

function toSending(settings, dryRun, edges, isKnownUp) {
  const watched = watch(edges.http);
  return {
    ...settings.name === void 0 ? {} : { name: settings.name },
    target: settings.target,
    isKnownUp,
    open: () => surroundings.openStorage(settings, { dryRun }, { ...edges, http: watched.http }),
    takeOutage: watched.takeOutage,
    onRefusal: watched.onRefusal
  };
}
const unreachable = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|ENOTFOUND|EAI_AGAIN)$/;
function watch(http) {
  let outage;
  let tellRefusal = () => {
  };
  return {
    http: {
      async request(request) {
        try {
          const response = await http.request(request);
          outage = void 0;
          if (response.status >= 300) tellRefusal();
          return response;
        } catch (error) {
          const code = findCode(error);
          if (unreachable.test(code)) outage = code;
          throw error;
        }
      },
      close: () => http.close()
    },
    onRefusal(listener) {
      tellRefusal = listener;
    },
    takeOutage() {
      const taken = outage;
      outage = void 0;
      return taken;
    }
  };
}
function findCode(error) {
  if (error instanceof AggregateError && error.errors.length > 0) return findCode(error.errors[0]);
  return String(error?.code);
}

const maxSpoolBytes = 1e9;
const maxSpoolFiles = 2e3;
const names = /^(build-stats-unsent-[\w-]+(?:\.\d+)?\.lp)(?:\.[\w-]+\.(sending|part))?$/;
const staleMs = 36e5;
const skewMs = 6e4;
const isOwn = ({ uid }) => process.getuid === void 0 || uid === process.getuid();
function putIntoSpool(folder, stem, write, bytes) {
  surroundings.makeFolder(folder, 448);
  let files = 0;
  let total = bytes;
  for (const entry of node_fs.readdirSync(folder)) {
    if (!names.test(entry)) continue;
    files++;
    total += node_fs.lstatSync(node_path.join(folder, entry), { throwIfNoEntry: false })?.size ?? 0;
  }
  if (files >= maxSpoolFiles) throw new Error(`it is full: it holds ${files} files`);
  if (total > maxSpoolBytes)
    throw new Error(`it is full: with this file it would hold ${total} of ${maxSpoolBytes} bytes`);
  return createFile(folder, stem, write);
}
function createFile(folder, stem, write) {
  const name = `${stem}-${problem.randomUUID()}.lp`;
  const part = node_path.join(folder, `${name}.new.part`);
  const file = node_fs.openSync(part, "wx", 384);
  try {
    try {
      write(file);
    } finally {
      node_fs.closeSync(file);
    }
    moveTo(part, folder, name);
    return name;
  } catch (error) {
    node_fs.rmSync(part, { force: true });
    throw error;
  }
}
function moveTo(path, folder, name) {
  for (let wanted = name; ; wanted = `${toStem(name)}-${problem.randomUUID()}.lp`) {
    try {
      node_fs.linkSync(path, node_path.join(folder, wanted));
      node_fs.rmSync(path, { force: true });
      return;
    } catch (error) {
      const { code } = error;
      if (code === "EEXIST") continue;
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code ?? "")) throw error;
      node_fs.renameSync(path, node_path.join(folder, `${toStem(name)}-${problem.randomUUID()}.lp`));
      return;
    }
  }
}
function toStem(name) {
  return /^build-stats-unsent-[^-.]*-[^-.]*/.exec(name)?.[0] ?? "build-stats-unsent-0-0";
}
function lookIntoSpool(folder) {
  const passedOver = /* @__PURE__ */ new Map();
  const waiting = [];
  let claimed = 0;
  const passOver = (reason) => void passedOver.set(reason, (passedOver.get(reason) ?? 0) + 1);
  let nowMs;
  for (const entry of node_fs.readdirSync(folder)) {
    const [, name, state] = names.exec(entry) ?? [];
    if (name === void 0) continue;
    const path = node_path.join(folder, entry);
    try {
      const stats = node_fs.lstatSync(path);
      if (!stats.isFile()) {
        passOver("not a file");
        continue;
      }
      if (!isOwn(stats)) {
        passOver("of another user");
        continue;
      }
      if (state !== void 0) {
        nowMs ??= readFolderTime(folder);
        if (!isLeft(path, stats.mtimeMs, nowMs)) {
          if (state === "sending") claimed++;
          continue;
        }
      }
      const header = openAndRead(path);
      if (header === void 0) {
        if (state === "part" && stats.size < 100) node_fs.rmSync(path, { force: true });
        else passOver("without a header that is known");
        continue;
      }
      waiting.push({ name, header, bytes: stats.size, timeMs: stats.mtimeMs, path });
    } catch (error) {
      const { code } = error;
      if (code !== "ENOENT") passOver(code === "ELOOP" ? "not a file" : `unreadable (${code})`);
    }
  }
  waiting.sort((a, b) => a.timeMs - b.timeMs || (a.name < b.name ? -1 : 1));
  return { waiting, passedOver, claimed };
}
function isLeft(path, timeMs, nowMs) {
  if (timeMs > nowMs + skewMs) node_fs.lutimesSync(path, nowMs / 1e3, nowMs / 1e3);
  return nowMs - timeMs >= staleMs;
}
function readFolderTime(folder) {
  const path = node_path.join(folder, `build-stats-time-${problem.randomUUID()}`);
  const file = node_fs.openSync(path, "wx", 384);
  try {
    return node_fs.fstatSync(file).mtimeMs;
  } finally {
    node_fs.closeSync(file);
    node_fs.rmSync(path, { force: true });
  }
}
const readFlags = node_fs.constants.O_RDONLY | (node_fs.constants.O_NOFOLLOW ?? 0) | (node_fs.constants.O_NONBLOCK ?? 0);
function openAndRead(path) {
  const file = node_fs.openSync(path, readFlags);
  try {
    return readHeader(file);
  } finally {
    node_fs.closeSync(file);
  }
}
function claimFile(folder, { name, path, timeMs }) {
  const claim = node_path.join(folder, `${name}.${problem.randomUUID()}.sending`);
  try {
    const nowMs = readFolderTime(folder);
    node_fs.lutimesSync(path, nowMs / 1e3, nowMs / 1e3);
    node_fs.renameSync(path, claim);
  } catch (error) {
    if (error.code === "ENOENT") return void 0;
    throw error;
  }
  let file;
  try {
    file = node_fs.openSync(claim, readFlags);
  } catch {
    return void 0;
  }
  const opened = node_fs.fstatSync(file);
  const isOurs = () => {
    const stats = node_fs.lstatSync(claim, { throwIfNoEntry: false });
    return stats !== void 0 && stats.ino === opened.ino && stats.dev === opened.dev;
  };
  if (!opened.isFile() || !isOwn(opened) || !isOurs()) {
    node_fs.closeSync(file);
    return void 0;
  }
  let isOpen = true;
  const close = () => {
    if (isOpen) node_fs.closeSync(file);
    isOpen = false;
  };
  function settle(act) {
    try {
      if (!isOurs()) return "gone";
      act();
      return "done";
    } catch (error) {
      return { reason: error.message };
    } finally {
      close();
    }
  }
  const back = (isTried) => {
    const atMs = isTried ? readFolderTime(folder) : timeMs;
    node_fs.futimesSync(file, atMs / 1e3, atMs / 1e3);
    moveTo(claim, folder, name);
  };
  return {
    file,
    touch() {
      const nowMs = Date.now();
      if (nowMs > node_fs.fstatSync(file).mtimeMs) node_fs.futimesSync(file, nowMs / 1e3, nowMs / 1e3);
    },
    putBack: (isTried) => settle(() => back(isTried)),
    replace: (writes) => {
      let problem;
      const fate = settle(() => {
        const made = [];
        try {
          for (const write of writes) made.push(createFile(folder, toStem(name), write));
        } catch (error) {
          problem = error.message;
          for (const one of made) node_fs.rmSync(node_path.join(folder, one), { force: true });
          back(true);
          return;
        }
        node_fs.rmSync(claim, { force: true });
      });
      return problem === void 0 ? fate : { reason: problem };
    },
    remove: () => settle(() => node_fs.rmSync(claim, { force: true }))
  };
}

function openSpool(folder) {
  const { waiting, passedOver, claimed } = lookIntoSpool(folder);
  return { waiting: waiting.map((file) => toWaiting(folder, file)), passedOver, claimed };
}
function toWaiting(folder, waiting) {
  return {
    kind: "file",
    place: `the file ${waiting.name} in ${folder}`,
    header: waiting.header,
    claim() {
      const claimed = claimFile(folder, waiting);
      if (claimed === void 0) return void 0;
      let reader;
      try {
        reader = openKeptReader(claimed.file);
      } catch (error) {
        claimed.putBack(true);
        throw error;
      }
      const end = async ({ refused, hasRest, isChanged, isTried }) => {
        if (!hasRest && refused.length === 0) return explain(claimed.remove());
        if (!isChanged) return explain(claimed.putBack(isTried));
        const parts = [...Map.groupBy(refused, ({ tries }) => tries)].map(([tries, batches]) => (file) => {
          writeLines(file, { ...reader.header, tries }, batches);
        });
        const rest = (file) => writeRest(file, reader);
        return explain(claimed.replace([...hasRest ? [rest] : [], ...parts]));
      };
      return { reader, touch: claimed.touch, end };
    }
  };
}
function writeLines(file, header, batches) {
  const writer = openKeptWriter(file, header);
  for (const { lines } of batches) writer.add(lines.map((line) => `${line}
`).join(""), lines.length);
  writer.seal();
}
function writeRest(file, reader) {
  const writer = openKeptWriter(file, reader.header);
  reader.copyRest((bytes, lines) => writer.add(bytes, lines));
  writer.seal();
}
function explain(fate) {
  if (fate === "done") return void 0;
  return fate === "gone" ? "somebody else took it while it was sent" : fate.reason;
}

const maxMs = 1e4;
const startMs = 9e3;
const turnMs = 2e3;
const maxBytes = 2e7;
const maxFiles = 100;
const nothing = { sent: 0, problems: [], losses: [] };
async function sendSpool(storages, settings, edges, deadlines) {
  const folder = settings.spool;
  const up = storages.filter(({ outcome }) => outcome.written > 0 && outcome.isDown !== true && outcome.gaveUp !== true);
  if (folder === void 0 || settings.dryRun || up.length === 0) return nothing;
  try {
    return await sendFrom(
      folder,
      up.map((one) => one.settings),
      edges,
      deadlines
    );
  } catch (error) {
    return { ...nothing, problems: [`The spool ${folder} could not be sent: ${error.message}.`] };
  }
}
async function sendFrom(folder, storages, edges, deadlines) {
  let spool;
  try {
    spool = openSpool(folder);
  } catch (error) {
    if (error.code === "ENOENT") return nothing;
    throw error;
  }
  const endMs = performance.now() + startMs;
  const sender = createSender(
    storages.map((one) => toSending(one, false, edges, true)),
    {
      signal: AbortSignal.any([deadlines.signal, AbortSignal.timeout(maxMs)]),
      remainingMs: () => Math.max(0, Math.min(deadlines.remainingMs(), endMs - performance.now())),
      now: () => performance.now(),
      turnMs,
      maxBytes,
      maxFiles,
      maxLines,
      maxRefusals: 3,
      mayMove: false,
      isDryRun: false,
      redact: edges.runner.log.redact
    }
  );
  for (const waiting of spool.waiting) await sender.offer(waiting);
  await sender.finish();
  printLostLines(sender.results, edges.runner.log);
  return {
    sent: sender.files.reduce((sum, { sent }) => sum + sent, 0),
    problems: [...explainLeft(sender.files), ...explainPassedOver(spool, folder), ...explainChanges(sender.results)],
    losses: [...explainLost(sender.files), ...explainConflicts(sender.results)]
  };
}
const maxTold = 5;
function explainLeft(files) {
  const reasons = [...Map.groupBy(files, ({ why }) => why)].filter(([why]) => why !== void 0);
  const more = reasons.length - maxTold;
  return [
    ...reasons.slice(0, maxTold).map(([why, group]) => {
      const others = group.length > 1 ? ` and ${group.length - 1} more` : "";
      return `Left in the spool: ${nameOrigin(group[0])}${others}${countLines(group)}: ${why}.`;
    }),
    ...more > 0 ? [`Other files are left in the spool for ${more} more reasons.`] : []
  ];
}
function explainLost(files) {
  const lost = files.filter(({ whyLost }) => whyLost !== void 0);
  const count = (group) => group.reduce((sum, file) => sum + file.lost, 0);
  const more = lost.slice(maxTold);
  return [
    ...lost.slice(0, maxTold).map((file) => {
      return `${countOf(file.lost, "point")} of ${nameOrigin(file)}, in the spool ${file.lost === 1 ? "is" : "are"} lost: ${file.whyLost}.`;
    }),
    ...more.length > 0 ? [`${countOf(count(more), "point")} of ${more.length} more files in the spool are lost.`] : []
  ];
}
function nameOrigin(file) {
  return `${file?.header.builder}, run ${file?.header.run_id}`;
}
function countLines(files) {
  const lines = files.reduce((sum, { left = 0 }) => sum + left, 0);
  return lines === 0 ? "" : ` (${countOf(lines, "point")})`;
}
function explainChanges(results) {
  return [
    ...explainConversions(results),
    ...results.flatMap(({ name, changes }) => [...changes].map((change) => `${name}: ${change}.`))
  ];
}
function explainPassedOver({ passedOver }, folder) {
  const reasons = [...passedOver].map(([reason, count]) => `${count} ${reason}`);
  return reasons.length === 0 ? [] : [`Passed over in ${folder}: ${reasons.join(", ")}.`];
}

exports.countOf = countOf;
exports.createSender = createSender;
exports.escapeText = escapeText;
exports.explainChanges = explainChanges;
exports.explainConflicts = explainConflicts;
exports.explainDuration = explainDuration;
exports.explainKept = explainKept;
exports.explainPassedOver = explainPassedOver;
exports.explainVerdict = explainVerdict;
exports.findFaults = findFaults;
exports.findNotes = findNotes;
exports.formatHeader = formatHeader;
exports.maxLines = maxLines;
exports.openKeptReader = openKeptReader;
exports.openKeptWriter = openKeptWriter;
exports.openSpool = openSpool;
exports.openUnsentFile = openUnsentFile;
exports.printLostLines = printLostLines;
exports.putIntoSpool = putIntoSpool;
exports.sendSpool = sendSpool;
exports.toHeading = toHeading;
exports.toHeadline = toHeadline;
exports.toList = toList;
exports.toParagraph = toParagraph;
exports.toPlainText = toPlainText;
exports.toSending = toSending;
exports.toTable = toTable;
