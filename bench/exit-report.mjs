// Preloaded with --import: when the process ends, writes its peak memory and, when asked, the files it has loaded.
import { readFileSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const { BENCH_REPORT, BENCH_FILES } = process.env
const files = []

if (BENCH_FILES) {
  registerHooks({
    load(url, context, nextLoad) {
      if (url.startsWith('file:')) files.push(url)
      return nextLoad(url, context)
    },
  })
}

process.on('exit', () => {
  // Not resourceUsage().maxRSS: that starts from what the parent held when it started this process.
  const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  writeFileSync(BENCH_REPORT, JSON.stringify({ peakBytes: Number(peak?.[1]) * 1024, files }))
})
