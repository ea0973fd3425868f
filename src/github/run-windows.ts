import { maxListedRuns } from '../limits.ts'
import type { ListedRun } from './parse-run.ts'
import type { RunPage, RunsApi, Window } from './runs-api.ts'

/** All runs that were created in a range of time, oldest first. */
export interface RunWindow extends Window {
  readonly runs: readonly ListedRun[]
}

const pageSize = 100
/** How often a list is requested again if runs are deleted meanwhile: later runs then move to pages that were already read. */
const maxRestarts = 2

/** Lists the runs of a range of time in windows, oldest first: each window has no more runs than GitHub lists. */
export async function* listWindows(
  api: Pick<RunsApi, 'listRuns'>,
  repository: string,
  whole: Window,
): AsyncGenerator<RunWindow> {
  const waiting = [whole]
  for (let window = waiting.pop(); window !== undefined; window = waiting.pop()) {
    const first = await api.listRuns(repository, window, 1)
    // The total may be limited to what GitHub lists.
    if (first.total >= maxListedRuns && window.toMs - window.fromMs >= 2000) waiting.push(...halve(window))
    else yield { ...window, runs: await listRest(api, repository, window, first) }
  }
}

/** The newer half first: windows are taken from the end. */
function halve({ fromMs, toMs }: Window): Window[] {
  const middleMs = fromMs + Math.floor((toMs - fromMs) / 2000) * 1000
  return [
    { fromMs: middleMs + 1000, toMs },
    { fromMs, toMs: middleMs },
  ]
}

async function listRest(
  api: Pick<RunsApi, 'listRuns'>,
  repository: string,
  window: Window,
  first: RunPage,
): Promise<ListedRun[]> {
  const found = new Map<number, ListedRun>()
  let restarts = 0
  let page = 1
  let last = first
  for (;;) {
    for (const one of last.runs) found.set(one.run.id, one)
    const isEnd = last.runs.length === 0 || page * pageSize >= Math.min(last.total, maxListedRuns)
    if (isEnd && page > 0) break
    const next: RunPage = await api.listRuns(repository, window, page + 1)
    const isShifted = next.total < last.total && restarts < maxRestarts
    if (isShifted) restarts++
    page = isShifted ? 0 : page + 1
    last = next
  }
  return [...found.values()].sort((a, b) => a.run.createdMs - b.run.createdMs || a.run.id - b.run.id)
}
