"use strict";
const node_fs = require("node:fs");
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
function isSameProcess(pid, startTicks, argument) {
  try {
    return readStartTicks(pid) === startTicks && node_fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(argument);
  } catch {
    return false;
  }
}
exports.a = parseMemory;
exports.b = parseCpuTicks;
exports.c = parseNetwork;
exports.d = parseVmStat;
exports.i = isSameProcess;
exports.p = parseCounter;
exports.r = readStartTicks;
