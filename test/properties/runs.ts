/** Runs of each property: 500 in CI, 10,000 at night (`npm run nightly`), or what RUNS says. */
export const numRuns = Number(process.env.RUNS || 500)

/** A process takes ten times as long. */
export const numProcessRuns = Math.ceil(numRuns / 10)

/** A guard against runs that hang, for machines much slower than CI's. */
export const timeoutMs = 60_000 + numRuns * 1000
