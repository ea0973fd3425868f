"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const finish = require("./finish.js");
const node_fs = require("node:fs");
const node_path = require("node:path");
const shared = require("./shared.js");
const processStart = require("./common3.js");
const minWindowMs = 500;
function toUsage(samples, { clockMs, timeMs }) {
  const toTimeMs = ({ atMs }) => timeMs - (clockMs - atMs);
  return samples.slice(1).map((sample, index) => {
    const before = samples[index] ?? sample;
    const [received, sent] = toBytes(before, sample);
    const cpu = toShare(before, sample);
    return {
      startMs: toTimeMs(before),
      endMs: toTimeMs(sample),
      ...cpu !== void 0 && { cpu: cpu.busy / cpu.possible },
      ...sample.memory && { memory: sample.memory[0] },
      ...sample.diskFree !== void 0 && { diskFree: sample.diskFree },
      ...received !== void 0 && { networkReceived: received },
      ...sent !== void 0 && { networkSent: sent }
    };
  });
}
function toTotals(samples) {
  const pairs = samples.slice(1).map((sample, index) => ({ before: samples[index] ?? sample, sample }));
  const shares = pairs.flatMap(({ before, sample }) => toShare(before, sample) ?? []);
  const bytes = pairs.map(({ before, sample }) => toBytes(before, sample));
  const memory = samples.flatMap((sample) => sample.memory === void 0 ? [] : [sample.memory]);
  const oomKills = pairs.flatMap(({ before, sample }) => toIncrease(before.oomKills, sample.oomKills) ?? []);
  const long = shares.filter(({ ms }) => ms >= minWindowMs);
  const totals = {
    cpuMean: shares.length === 0 ? void 0 : sum(shares.map(({ busy }) => busy)) / sum(shares.map((one) => one.possible)),
    cpuMax: findMost((long.length > 0 ? long : shares).map(({ busy, possible }) => busy / possible)),
    cores: samples.findLast(({ cores }) => cores !== void 0)?.cores,
    memoryMax: findMost(memory.map(([used]) => used)),
    memoryTotal: findMost(memory.map(([, total]) => total)),
    diskFreeMin: findLeast(samples.flatMap(({ diskFree }) => diskFree ?? [])),
    networkReceived: sumKnown(bytes.map(([received]) => received)),
    networkSent: sumKnown(bytes.map(([, sent]) => sent)),
    oomKills: oomKills.length === 0 ? void 0 : sum(oomKills)
  };
  return Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== void 0));
}
function thinUsage(usage, most) {
  const size = Math.ceil(usage.length / most);
  return size <= 1 ? [...usage] : Array.from(
    { length: Math.ceil(usage.length / size) },
    (_, index) => joinUsage(usage.slice(index * size, (index + 1) * size))
  );
}
function joinUsage(parts) {
  const joined = {
    cpu: findMean(parts.map((part) => ({ value: part.cpu, weight: part.endMs - part.startMs }))),
    memory: findMost(parts.flatMap(({ memory }) => memory ?? [])),
    diskFree: findLeast(parts.flatMap(({ diskFree }) => diskFree ?? [])),
    networkReceived: sumKnown(parts.map((part) => part.networkReceived)),
    networkSent: sumKnown(parts.map((part) => part.networkSent))
  };
  const known = Object.fromEntries(Object.entries(joined).filter(([, value]) => value !== void 0));
  return { ...known, startMs: parts[0]?.startMs ?? 0, endMs: parts.at(-1)?.endMs ?? 0 };
}
function findUsage(usage, { startMs, endMs }) {
  const parts = usage.map((part) => ({
    value: part.cpu,
    weight: Math.max(0, Math.min(part.endMs, endMs) - Math.max(part.startMs, startMs))
  }));
  const known = sum(parts.map(({ value, weight }) => value === void 0 ? 0 : weight));
  const cpuMean = endMs > startMs && known >= (endMs - startMs) / 2 ? findMean(parts) : void 0;
  const memoryMax = findMost(
    usage.flatMap((part) => part.endMs >= startMs && part.endMs <= endMs ? part.memory ?? [] : [])
  );
  return { ...cpuMean !== void 0 && { cpuMean }, ...memoryMax !== void 0 && { memoryMax } };
}
function toShare(before, sample) {
  if (before.cpu === void 0 || sample.cpu === void 0) return void 0;
  const [busy, possible] = [sample.cpu[0] - before.cpu[0], sample.cpu[1] - before.cpu[1]];
  if (busy < 0 || possible <= 0) return void 0;
  return { busy: Math.min(busy, possible), possible, ms: sample.atMs - before.atMs };
}
function toBytes(before, sample) {
  return [toIncrease(before.network?.[0], sample.network?.[0]), toIncrease(before.network?.[1], sample.network?.[1])];
}
function toIncrease(before, after) {
  return before === void 0 || after === void 0 || after < before ? void 0 : after - before;
}
function findMean(parts) {
  const known = parts.flatMap(({ value, weight: weight2 }) => value === void 0 ? [] : [{ value, weight: weight2 }]);
  const weight = sum(known.map((one) => one.weight));
  return weight === 0 ? void 0 : sum(known.map((one) => one.value * one.weight)) / weight;
}
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
function sumKnown(values) {
  const known = values.filter((value) => value !== void 0);
  return known.length === 0 ? void 0 : sum(known);
}
function findMost(values) {
  return values.length === 0 ? void 0 : values.reduce((most, value) => Math.max(most, value));
}
function findLeast(values) {
  return values.length === 0 ? void 0 : values.reduce((least, value) => Math.min(least, value));
}
const height = 280;
const colors = { cpu: ["blue", "#1f6feb"], memory: ["orange", "#e36209"] };
function toUsagePoints(usage, memoryTotal) {
  return usage.map(({ startMs, endMs, cpu, memory }) => ({
    ...{ startMs, endMs },
    ...cpu !== void 0 && { cpu: 100 * cpu },
    ...memory !== void 0 && memoryTotal ? { memory: Math.min(100, 100 * memory / memoryTotal) } : {}
  }));
}
function toUsageChart(points, steps) {
  const kinds = ["cpu", "memory"].filter((kind) => points.some((point) => point[kind] !== void 0));
  const known = points.filter((point) => kinds.every((kind) => point[kind] !== void 0));
  if (kinds.length === 0 || known.length < 2) return "";
  const names = { cpu: "CPU", memory: "memory" };
  const palette = kinds.map((kind) => colors[kind][1]);
  const legend = kinds.map((kind) => `${names[kind]} in ${colors[kind][0]}`).join(", ");
  const scale = steps.length > 0 ? "numbers mark where steps begin" : "by time";
  return finish.B(height, palette, [
    "accTitle: CPU and memory over the job",
    `x-axis "In percent: ${legend} \xB7 ${scale}" [${toLabels(known, steps).join(", ")}]`,
    "y-axis 0 --> 100",
    ...kinds.map((kind) => `line [${known.map((point) => Math.round((point[kind] ?? 0) * 10) / 10).join(", ")}]`)
  ]);
}
function toLabels(points, steps) {
  const labels = /* @__PURE__ */ new Set();
  let roomFrom = 0;
  for (const index of points.keys()) {
    const text = index < roomFrom ? "" : toLabel(points, index, steps);
    if (text !== "") roomFrom = index + Math.ceil((text.length + 1) * finish.C * points.length / finish.D);
    let label = text === "" ? "\u200B" : text;
    while (labels.has(label)) label += "\u200B";
    labels.add(label);
  }
  return [...labels].map((label) => `"${label}"`);
}
function toLabel(points, index, steps) {
  const [first, point] = [points[0], points[index]];
  if (first === void 0 || point === void 0) return "";
  if (steps.length === 0) {
    const every = Math.ceil(points.length / 8);
    return index % every === 0 ? finish.f((point.startMs - first.startMs) / 1e3) : "";
  }
  const sinceMs = points[index - 1]?.endMs ?? Number.NEGATIVE_INFINITY;
  const begun = steps.filter(({ startMs }) => startMs >= sinceMs && startMs < point.endMs);
  const [longest] = begun.toSorted((one, other) => other.endMs - other.startMs - (one.endMs - one.startMs));
  return longest === void 0 ? "" : `${longest.number}`;
}
const memoryAlarmShare = 0.95;
const maxPoints = 100;
const [maxSteps, maxName] = [20, 60];
const minAdviceMs = 6e4;
const [minCores, littleShare] = [4, 1 / 4];
function presentResources({ resources, steps }, redact) {
  if (resources === void 0) return { section: { title: "Resources", markdown: "" }, advice: [] };
  const ran = "ran" in steps ? steps.ran : [];
  const points = toUsagePoints(thinUsage(resources.usage, maxPoints), resources.memoryTotal);
  const chart = toUsageChart(points, ran);
  const longest = ran.toSorted((one, other) => other.endMs - other.startMs - (one.endMs - one.startMs)).slice(0, maxSteps);
  const names = longest.toSorted((one, other) => one.number - other.number).map(({ number, name }) => `${number} <code>${finish.s(redact(name), maxName)}</code>`);
  const title = explainTotals(resources);
  const body = [chart, finish.E(names.join(" \xB7 "))].filter((part) => part !== "").join("\n\n");
  const markdown = chart === "" ? finish.E(title) : finish.n(title, body);
  return { section: { title: "Resources", markdown }, advice: findAdvice(resources) };
}
function explainTotals({ cpuMean, cpuMax, cores, memoryMax, memoryTotal }) {
  const most = cpuMax === void 0 ? "" : `, ${toPercent(cpuMax)} at most`;
  return [
    ...cpuMean === void 0 || cores === void 0 ? [] : [`CPU: ${toPercent(cpuMean)} of ${cores} core${cores === 1 ? "" : "s"}${most}.`],
    ...memoryMax === void 0 || memoryTotal === void 0 ? [] : [`Memory: at most ${toGib(memoryMax)} of ${toGib(memoryTotal)} GiB.`]
  ].join(" ");
}
function findAdvice({ usage, oomKills = 0, ...totals }) {
  const { memoryMax, memoryTotal, cpuMax, cores } = totals;
  if (oomKills > 0) {
    const what = oomKills === 1 ? "a process" : `${oomKills} processes`;
    return [`The system ended ${what} because memory was short${toOf(memoryTotal)}.`];
  }
  if (memoryMax !== void 0 && memoryTotal !== void 0 && memoryMax >= memoryTotal * memoryAlarmShare) {
    return [`Memory reached ${toPercent(memoryMax / memoryTotal)} of ${toGib(memoryTotal)} GiB.`];
  }
  const lengthMs = (usage.at(-1)?.endMs ?? 0) - (usage[0]?.startMs ?? 0);
  if (cores === void 0 || cpuMax === void 0 || cores < minCores || lengthMs < minAdviceMs) return [];
  const used = Math.max(1, Math.ceil(cpuMax * cores));
  return used <= cores * littleShare ? [`At most ${used} of ${cores} cores were in use.`] : [];
}
function toOf(memoryTotal) {
  return memoryTotal === void 0 ? "" : ` (it has ${toGib(memoryTotal)} GiB)`;
}
function toPercent(share) {
  return `${Math.round(share * 100)} %`;
}
function toGib(bytes) {
  const gib = bytes / 2 ** 30;
  return gib >= 100 ? `${Math.round(gib)}` : gib.toFixed(gib >= 1 ? 1 : 2).replace(/\.0+$/, "");
}
const maxSeriesPoints = 2e3;
function addUse(build, samples, end, hasSeries) {
  if (samples.length === 0) return build;
  const usage = toUsage(samples, end);
  const resources = { ...toTotals(samples), usage: thinUsage(usage, maxSeriesPoints), hasSeries };
  const steps = "ran" in build.steps ? { ...build.steps, ran: build.steps.ran.map((step) => ({ ...step, use: findUsage(usage, step) })) } : build.steps;
  return { ...build, resources, steps };
}
function parseSamples(text) {
  const samples = [];
  for (const line of text.split("\n")) {
    const sample = parseSample(line);
    if (sample !== void 0 && sample.atMs > (samples.at(-1)?.atMs ?? -1)) samples.push(sample);
  }
  return samples;
}
function parseSample(line) {
  let value;
  try {
    value = JSON.parse(line);
  } catch {
    return void 0;
  }
  if (typeof value !== "object" || value === null || !isCount(value.atMs)) return void 0;
  const { atMs, cpu, cores, memory, diskFree, network, oomKills } = value;
  return {
    atMs,
    ...isPair(cpu) && { cpu },
    ...isCount(cores) && { cores },
    ...isPair(memory) && { memory },
    ...isCount(diskFree) && { diskFree },
    ...isPair(network) && { network },
    ...isCount(oomKills) && { oomKills }
  };
}
function isCount(value) {
  return typeof value === "number" && value >= 0 && value <= 1e15;
}
function isPair(value) {
  return Array.isArray(value) && value.length === 2 && value.every(isCount);
}
function findControllers(cgroup, mountinfo) {
  const paths = /* @__PURE__ */ new Map();
  for (const line of cgroup.split("\n")) {
    const [, names = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    for (const name of names.split(",")) if (path !== "") paths.set(name, path);
  }
  const found = /* @__PURE__ */ new Map();
  for (const line of mountinfo.split("\n")) {
    const [left = "", right = ""] = line.split(" - ");
    const [, , , root = "", mount = ""] = left.split(" ").map(unescapePath);
    const [type, , options = ""] = right.split(" ");
    if (type === "cgroup") {
      for (const name of options.split(",")) {
        const path = paths.get(name);
        if (path !== void 0) found.set(name, { version: 1, folders: listFolders(path, root, mount) });
      }
    } else if (type === "cgroup2") {
      const folders = listFolders(paths.get("") ?? "/", root, mount);
      for (const name of ["memory", "cpu"]) if (!paths.has(name)) found.set(name, { version: 2, folders });
    }
  }
  return found;
}
function unescapePath(text) {
  return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}
function listFolders(path, root, mount) {
  const top = root === "/" ? "" : root;
  const isBelow = !path.includes("/..") && (path === top || path.startsWith(`${top}/`));
  const names = isBelow ? path.slice(top.length).split("/").filter(Boolean) : [];
  return [...names.map((_, index) => `${mount}/${names.slice(0, names.length - index).join("/")}`), mount];
}
function findMemoryLimit(controllers, read, total) {
  const { version, folders = [] } = controllers.get("memory") ?? {};
  if (version === void 0) return void 0;
  const file = version === 2 ? "memory.max" : "memory.limit_in_bytes";
  return findLowest(version, folders, total, (folder) => parseNumber(read(`${folder}/${file}`)));
}
function findCpuLimit(controllers, read, cores) {
  const { version, folders = [] } = controllers.get("cpu") ?? {};
  if (version === void 0) return void 0;
  const found = findLowest(
    version,
    folders,
    cores,
    (folder2) => version === 2 ? parseQuota(...(read(`${folder2}/cpu.max`) ?? "").trim().split(" ")) : parseQuota(read(`${folder2}/cpu.cfs_quota_us`), read(`${folder2}/cpu.cfs_period_us`))
  );
  if (found === void 0 || version === 2) return found;
  const counted = controllers.get("cpuacct")?.folders ?? [];
  const folder = counted.length === folders.length ? counted[folders.indexOf(found.folder)] : counted[0];
  return folder === void 0 ? void 0 : { ...found, folder };
}
function findLowest(version, folders, below, toLimit) {
  const limits = folders.flatMap((folder) => {
    const limit = toLimit(folder);
    return limit !== void 0 && limit > 0 && limit < below ? [{ version, folder, limit }] : [];
  });
  return limits.toSorted((one, other) => one.limit - other.limit)[0];
}
function parseQuota(quota, period) {
  const [of, per] = [parseNumber(quota), parseNumber(period)];
  return of === void 0 || per === void 0 || per === 0 ? void 0 : of / per;
}
function parseNumber(text) {
  return text !== void 0 && /^\d+\s*$/.test(text) ? Number(text) : void 0;
}
function readMemoryUse({ version, folder }, read) {
  const [file, cache] = version === 2 ? ["memory.current", "inactive_file"] : ["memory.usage_in_bytes", "total_inactive_file"];
  const used = parseNumber(read(`${folder}/${file}`));
  const unneeded = processStart.p(read(`${folder}/memory.stat`) ?? "", cache);
  return used === void 0 ? void 0 : Math.max(0, used - (unneeded ?? 0));
}
function readOomKills({ version, folder }, read) {
  return processStart.p(read(`${folder}/${version === 2 ? "memory.events" : "memory.oom_control"}`) ?? "", "oom_kill");
}
function readCpuMs({ version, folder }, read) {
  if (version === 1) {
    const nanoseconds = parseNumber(read(`${folder}/cpuacct.usage`));
    return nanoseconds === void 0 ? void 0 : nanoseconds / 1e6;
  }
  const microseconds = processStart.p(read(`${folder}/cpu.stat`) ?? "", "usage_usec");
  return microseconds === void 0 ? void 0 : microseconds / 1e3;
}
function openSamples(disk, root = "") {
  const os = process.getBuiltinModule("node:os");
  const read = (path) => {
    try {
      return node_fs.readFileSync(`${root}${path}`, "utf8");
    } catch {
      return void 0;
    }
  };
  const cores = os.availableParallelism();
  const readUse = process.platform === "linux" ? openLinux(read, cores) : openOther(os, cores);
  return async () => {
    const use = await readUse();
    return { ...use, ...readDisk(disk) };
  };
}
function openLinux(read, allCores) {
  const controllers = findControllers(read("/proc/self/cgroup") ?? "", read("/proc/self/mountinfo") ?? "");
  const [, total = Number.POSITIVE_INFINITY] = processStart.a(read("/proc/meminfo") ?? "") ?? [];
  const memory = findMemoryLimit(controllers, read, total);
  const cpu = findCpuLimit(controllers, read, allCores);
  return async () => {
    const atMs = shared.i();
    const busyMs = cpu && readCpuMs(cpu, read);
    const ticks = cpu === void 0 ? processStart.b(read("/proc/stat") ?? "") : busyMs === void 0 ? void 0 : [busyMs, atMs * cpu.limit];
    const used = readUsed(memory, read);
    const network = processStart.c(read("/proc/net/dev") ?? "");
    const oomKills = memory ? readOomKills(memory, read) : processStart.p(read("/proc/vmstat") ?? "", "oom_kill");
    return {
      ...{ atMs, cores: cpu === void 0 ? allCores : Math.ceil(cpu.limit) },
      ...ticks && { cpu: ticks },
      ...used && { memory: used },
      ...network && { network },
      ...oomKills !== void 0 && { oomKills }
    };
  };
}
function readUsed(limit, read) {
  if (limit === void 0) return processStart.a(read("/proc/meminfo") ?? "");
  const used = readMemoryUse(limit, read);
  return used === void 0 ? void 0 : [used, limit.limit];
}
function openOther(os, cores) {
  return async () => {
    const times = os.cpus().map((core) => core.times);
    const busy = times.reduce((sum2, { user, nice, sys, irq }) => sum2 + user + nice + sys + irq, 0);
    const idle = times.reduce((sum2, one) => sum2 + one.idle, 0);
    const total = os.totalmem();
    const used = process.platform === "darwin" ? await readVmStat() : total - os.freemem();
    return {
      ...{ atMs: shared.i(), cores },
      ...times.length > 0 && { cpu: [busy, busy + idle] },
      ...used !== void 0 && { memory: [used, total] }
    };
  };
}
async function readVmStat() {
  const { execFile } = await import("node:child_process");
  return await new Promise((resolve) => {
    execFile("/usr/bin/vm_stat", { timeout: 2e3 }, (error, stdout) => resolve(error ? void 0 : processStart.d(stdout)));
  });
}
function readDisk(path) {
  try {
    const { bavail, bsize } = node_fs.statfsSync(path);
    return { diskFree: bavail * bsize };
  } catch {
    return {};
  }
}
const maxSamplesBytes = 67108864;
async function endSampler(sampler, disk) {
  const { file, alarm } = sampler;
  const isAlive = isRunning(sampler);
  const last = isAlive ? await openSamples(disk || node_path.dirname(file))() : void 0;
  const samples = parseSamples(shared.bg(file, "never", maxSamplesBytes) ?? "").filter(
    ({ atMs }) => atMs <= shared.i()
  );
  if (isAlive && sampler.startTicks !== void 0) kill(sampler.pid);
  for (const path of [node_path.dirname(file), alarm]) remove(path);
  const isLater = last !== void 0 && last.atMs > (samples.at(-1)?.atMs ?? -1);
  return { samples: isLater && samples.length > 0 ? [...samples, last] : samples, isEarly: !isAlive };
}
function isRunning({ pid, startTicks, file }) {
  if (startTicks !== void 0) return processStart.i(pid, startTicks, file);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
  }
}
function remove(path) {
  try {
    node_fs.rmSync(path, { recursive: true, force: true });
  } catch {
  }
}
async function readResources(sampler, clockMs, { env, log }) {
  const ended = await endSampler(sampler, env.GITHUB_WORKSPACE).catch((error) => {
    log.warning(`What this job used of its runner is not known, because of a defect in Build Stats: ${error.message}`);
    return void 0;
  });
  if (ended === void 0) return { addTo: (build) => build, present: () => void 0, warnings: [] };
  const { samples, isEarly } = ended;
  const [first, last] = [samples[0], samples.at(-1)];
  const warnings = isEarly ? [explainEarly(first && last && (last.atMs - first.atMs) / 1e3)] : [];
  return {
    addTo: (build) => addUse(build, samples, { clockMs, timeMs: build.endMs }, sampler.series),
    present: (build) => presentResources(build, log.redact),
    warnings
  };
}
function explainEarly(seconds) {
  const why = "the sampling process was ended, its file was removed, or the disk was full";
  return seconds === void 0 ? `What this job used of its runner is not known: ${why}.` : `What this job used of its runner is known only for its first ${finish.f(seconds)}: ${why}.`;
}
exports.readResources = readResources;
