// Preloaded with --require: when the process ends, writes the CPU time that it has used, in ms.
const { writeFileSync } = require('node:fs')

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  writeFileSync(process.env.BENCH_REPORT, String((user + system) / 1000))
})
