'use strict';

const node_fs = require('node:fs');
const node_os = require('node:os');
const node_path = require('node:path');
const shared = require('./shared.js');
const settings = require('./settings.js');
const limits = require('./limits.js');
const node_buffer = require('node:buffer');
const lineProtocol = require('./common3.js');

function makeTempFolder(env, prefix) {
  try {
    return node_fs.mkdtempSync(node_path.join(env.RUNNER_TEMP || node_os.tmpdir(), prefix));
  } catch (error) {
    try {
      return node_fs.mkdtempSync(node_path.join(node_os.tmpdir(), prefix));
    } catch {
      throw error;
    }
  }
}

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
    const destination = version === 1 ? json.target : version === 2 ? settings.parseDestination(json.destination) : void 0;
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

const pieceSize = 256 * 1024;
const headBytes = 16384;
const tailBytes = 100;
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
  const parser = new lineProtocol.LineProtocolParser();
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
    const isTooLong = lineEnd === 0 && bytes.length > limits.maxLineBytes;
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
  const parser = new lineProtocol.LineProtocolParser();
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
  if (rule !== void 0) return `It comes from the rule ${settings.nameRule(rule)}; ${toRemedy(rule, existing, origin.layout)}`;
  const { layout } = origin;
  if (layout.kind === "native" && settings.toOwnMeasurements(layout.options).map((name) => shared.cleanName(name)).includes(measurement)) {
    return 'Build Stats writes this field itself; give these builds another "measurement", or another database';
  }
  const dataRule = findDataRule(measurement, origin);
  if (dataRule?.callback !== void 0)
    return `It comes from the rule ${settings.nameRule(dataRule)}; ${toCallbackRemedy(existing)}`;
  const remedy = existing === void 0 ? "yield it under another name" : `yield it as ${existing}, or under another name`;
  return `It comes from data that steps yield; ${remedy}`;
}
function findPlacedRule(measurement, field, { layout, placed }) {
  const found = placed.find(({ key, kind, captured }) => {
    if (kind !== "field") return false;
    if (layout.kind === "native") return key === field && measurement === shared.cleanName(layout.options.measurement);
    return key === measurement && ("property" in captured || captured.rule.kind === field);
  });
  return found?.captured.rule;
}
function findDataRule(measurement, { builder, layout, rules }) {
  const prefix = layout.kind === "native" ? "" : shared.cleanMeasurement(`${builder}-x`).slice(0, -1);
  return rules.filter((rule) => rule.kind === "data").find(({ match, measurement: own }) => {
    const clean = (name) => layout.kind === "native" ? shared.cleanName(name) : shared.cleanMeasurement(prefix + name);
    if (own !== void 0) return clean(own) === measurement;
    return "name" in match ? clean(match.name) === measurement : settings.matchesName(match, measurement.slice(prefix.length));
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
      misses.filter(({ level }) => level !== "ignore").map((miss) => lost(`${settings.explainMiss(miss)}.`, miss.level === "error")),
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
  if (first === void 0 || faults.length <= limits.maxAlike + 1) return [...faults];
  const rest = faults.slice(limits.maxAlike);
  const failsJob = rest.some((fault) => fault.failsJob);
  return [...faults.slice(0, limits.maxAlike), { ...first, text: `${rest.length} more ${what}.`, failsJob }];
}
function listSome(names) {
  const rest = names.length - limits.maxAlike;
  return rest <= 1 ? names.join(", ") : `${names.slice(0, limits.maxAlike).join(", ")} and ${rest} more`;
}
function explainDataFaults({ data, spooled }) {
  if (data === void 0) return [...spooled.losses];
  return [...explainMalformed(data), ...spooled.losses, ...[...data.renamed].map(explainRenamed)];
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
  const seconds = shared.toDuration(build);
  return seconds === void 0 ? "" : ` after ${shared.formatDuration(seconds)}`;
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
  return shared.cutText(text, length);
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

const maxSpoolBytes = 1e9;
const maxSpoolFiles = 2e3;
const names = /^(build-stats-unsent-[\w-]+(?:\.\d+)?\.lp)(?:\.[\w-]+\.(sending|part))?$/;
const staleMs = 36e5;
const skewMs = 6e4;
const isOwn = ({ uid }) => process.getuid === void 0 || uid === process.getuid();
function putIntoSpool(folder, stem, write, bytes) {
  settings.makeFolder(folder, 448);
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
  const name = `${stem}-${shared.randomUUID()}.lp`;
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
  for (let wanted = name; ; wanted = `${toStem(name)}-${shared.randomUUID()}.lp`) {
    try {
      node_fs.linkSync(path, node_path.join(folder, wanted));
      node_fs.rmSync(path, { force: true });
      return;
    } catch (error) {
      const { code } = error;
      if (code === "EEXIST") continue;
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code ?? "")) throw error;
      node_fs.renameSync(path, node_path.join(folder, `${toStem(name)}-${shared.randomUUID()}.lp`));
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
  const path = node_path.join(folder, `build-stats-time-${shared.randomUUID()}`);
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
  const claim = node_path.join(folder, `${name}.${shared.randomUUID()}.sending`);
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

exports.claimFile = claimFile;
exports.countOf = countOf;
exports.escapeText = escapeText;
exports.explainConflicts = explainConflicts;
exports.explainConversions = explainConversions;
exports.explainDataFaults = explainDataFaults;
exports.explainDuration = explainDuration;
exports.explainKept = explainKept;
exports.explainVerdict = explainVerdict;
exports.findFaults = findFaults;
exports.findNotes = findNotes;
exports.formatHeader = formatHeader;
exports.lookIntoSpool = lookIntoSpool;
exports.makeTempFolder = makeTempFolder;
exports.openKeptReader = openKeptReader;
exports.openKeptWriter = openKeptWriter;
exports.printLostLines = printLostLines;
exports.putIntoSpool = putIntoSpool;
exports.toHeading = toHeading;
exports.toHeadline = toHeadline;
exports.toList = toList;
exports.toParagraph = toParagraph;
exports.toPlainText = toPlainText;
exports.toPoints = toPoints;
exports.toTable = toTable;
