"use strict";
const node_fs = require("node:fs");
function readClockMs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
function parseCpuTicks(stat) {
  const ticks = /^cpu +([\d ]+)$/m.exec(stat)?.[1]?.trim().split(/ +/).map(Number) ?? [];
  if (ticks.length < 4) return void 0;
  const [user = 0, nice = 0, system = 0, idle = 0, ioWait = 0, irq = 0, softIrq = 0, steal = 0] = ticks;
  const busy = user + nice + system + irq + softIrq;
  return [busy, busy + idle + ioWait + steal];
}
function parseMemory(meminfo) {
  const find = (name) => {
    const kilobytes = new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(meminfo)?.[1];
    return kilobytes === void 0 ? void 0 : Number(kilobytes) * 1024;
  };
  const [available, total] = [find("MemAvailable"), find("MemTotal")];
  return available === void 0 || total === void 0 ? void 0 : [Math.max(0, total - available), total];
}
const virtual = /^(lo|docker|br-|br\d|bond|team|veth|virbr|vnet|tap|tun|wg|cni|flannel|cali|cilium|lxc|lxd|podman|dummy|ifb|sit|gre|ip6tnl|tunl|vlan|vxlan|nodelocaldns|kube)|[.:@]/;
function parseNetwork(dev) {
  const rows = [...dev.matchAll(/^ *([^ ]+?): *(\d[\d ]*)$/gm)].flatMap(([, name = "", numbers = ""]) => {
    const columns = numbers.trim().split(/ +/).map(Number);
    return virtual.test(name) || columns.length < 9 ? [] : [columns];
  });
  if (rows.length === 0) return void 0;
  const sum = (column) => rows.reduce((total, row) => total + (row[column] ?? 0), 0);
  return [sum(0), sum(8)];
}
function parseCounter(text, name) {
  const value = new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1];
  return value === void 0 ? void 0 : Number(value);
}
function parseStartTicks(stat) {
  const fields = stat.split(") ").at(-1)?.split(" ") ?? [];
  const [state = "X", ticks = ""] = [fields[0], fields[19]];
  return /^\d+$/.test(ticks) && !/[ZXx]/.test(state) ? ticks : void 0;
}
function parseVmStat(text) {
  const pageSize = /page size of (\d+) bytes/.exec(text)?.[1];
  const find = (name) => {
    const pages2 = new RegExp(`^${name}: +(\\d+)\\.$`, "m").exec(text)?.[1];
    return pages2 === void 0 ? void 0 : Number(pages2);
  };
  const [anonymous, wired] = [find("Anonymous pages"), find("Pages wired down")];
  if (pageSize === void 0 || anonymous === void 0 || wired === void 0) return void 0;
  const pages = Math.max(0, anonymous - (find("Pages purgeable") ?? 0)) + wired + (find("Pages occupied by compressor") ?? 0);
  return pages * Number(pageSize);
}
function readStartTicks(pid) {
  try {
    return parseStartTicks(node_fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return void 0;
  }
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
  const file2 = version === 2 ? "memory.max" : "memory.limit_in_bytes";
  return findLowest(version, folders, total, (folder) => parseNumber(read(`${folder}/${file2}`)));
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
  const [file2, cache] = version === 2 ? ["memory.current", "inactive_file"] : ["memory.usage_in_bytes", "total_inactive_file"];
  const used = parseNumber(read(`${folder}/${file2}`));
  const unneeded = parseCounter(read(`${folder}/memory.stat`) ?? "", cache);
  return used === void 0 ? void 0 : Math.max(0, used - (unneeded ?? 0));
}
function readOomKills({ version, folder }, read) {
  return parseCounter(read(`${folder}/${version === 2 ? "memory.events" : "memory.oom_control"}`) ?? "", "oom_kill");
}
function readCpuMs({ version, folder }, read) {
  if (version === 1) {
    const nanoseconds = parseNumber(read(`${folder}/cpuacct.usage`));
    return nanoseconds === void 0 ? void 0 : nanoseconds / 1e6;
  }
  const microseconds = parseCounter(read(`${folder}/cpu.stat`) ?? "", "usage_usec");
  return microseconds === void 0 ? void 0 : microseconds / 1e3;
}
function openSamples(disk2, root = "") {
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
    return { ...use, ...readDisk(disk2) };
  };
}
function openLinux(read, allCores) {
  const controllers = findControllers(read("/proc/self/cgroup") ?? "", read("/proc/self/mountinfo") ?? "");
  const [, total = Number.POSITIVE_INFINITY] = parseMemory(read("/proc/meminfo") ?? "") ?? [];
  const memory = findMemoryLimit(controllers, read, total);
  const cpu = findCpuLimit(controllers, read, allCores);
  return async () => {
    const atMs = readClockMs();
    const busyMs = cpu && readCpuMs(cpu, read);
    const ticks = cpu === void 0 ? parseCpuTicks(read("/proc/stat") ?? "") : busyMs === void 0 ? void 0 : [busyMs, atMs * cpu.limit];
    const used = readUsed(memory, read);
    const network = parseNetwork(read("/proc/net/dev") ?? "");
    const oomKills = memory ? readOomKills(memory, read) : parseCounter(read("/proc/vmstat") ?? "", "oom_kill");
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
  if (limit === void 0) return parseMemory(read("/proc/meminfo") ?? "");
  const used = readMemoryUse(limit, read);
  return used === void 0 ? void 0 : [used, limit.limit];
}
function openOther(os, cores) {
  return async () => {
    const times = os.cpus().map((core) => core.times);
    const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0);
    const idle = times.reduce((sum, one) => sum + one.idle, 0);
    const total = os.totalmem();
    const used = process.platform === "darwin" ? await readVmStat() : total - os.freemem();
    return {
      ...{ atMs: readClockMs(), cores },
      ...times.length > 0 && { cpu: [busy, busy + idle] },
      ...used !== void 0 && { memory: [used, total] }
    };
  };
}
async function readVmStat() {
  const { execFile } = await import("node:child_process");
  return await new Promise((resolve) => {
    execFile("/usr/bin/vm_stat", { timeout: 2e3 }, (error, stdout) => resolve(error ? void 0 : parseVmStat(stdout)));
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
const maxSamplesAtPace = 1e4;
const memoryAlarmShare = 0.95;
const samplerLookMs = 5e3;
const { file, disk, everyMs, forMs, alarm, build } = JSON.parse(process.argv[2] ?? "");
const { O_WRONLY, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = node_fs.constants;
function append(text) {
  const opened = node_fs.openSync(file, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK);
  try {
    node_fs.writeSync(opened, text);
  } finally {
    node_fs.closeSync(opened);
  }
}
function raiseAlarm({ memory }) {
  if (memory === void 0 || memory[0] < memory[1] * memoryAlarmShare) return;
  try {
    const [{ pid }, [used, total]] = [process, memory];
    const found = { build, time: (/* @__PURE__ */ new Date()).toISOString(), used, total, pid, startTicks: readStartTicks(pid) };
    node_fs.writeFileSync(alarm, `${JSON.stringify(found)}
`, { flag: "wx", mode: 384, flush: true });
  } catch {
  }
}
async function run() {
  const readSample = openSamples(disk);
  const endMs = readClockMs() + forMs;
  let [paceMs, count] = [everyMs, 0];
  for (let nextMs = 0; readClockMs() < endMs; ) {
    if (readClockMs() >= nextMs) {
      nextMs = readClockMs() + paceMs;
      const sample = await readSample();
      append(`${JSON.stringify(sample)}
`);
      raiseAlarm(sample);
      count++;
      if (count % maxSamplesAtPace === 0) paceMs *= 2;
    } else append("");
    const waitMs = Math.max(1, Math.min(nextMs - readClockMs(), samplerLookMs, endMs - readClockMs()));
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}
run().then(
  () => process.exit(),
  // The file is gone, or the disk is full.
  () => process.exit()
);
