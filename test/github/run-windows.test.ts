import { expect, test } from 'vitest'
import type { ListedRun } from '../../src/github/parse-run.ts'
import { listWindows, type RunWindow } from '../../src/github/run-windows.ts'
import type { Window } from '../../src/github/runs-api.ts'
import { exampleRun } from '../collect/example-run.ts'

const startMs = Date.UTC(2026, 0, 1)

/** A list as GitHub has it: at most 1,000 runs of a query, newest first, in pages of 100. */
function createList(seconds: readonly number[]) {
  const windows: Window[] = []
  const all = seconds.map(
    (second, id): ListedRun => ({
      run: exampleRun({ id, createdMs: startMs + second * 1000 }),
      ...{ isOver: true, updatedMs: 0, defaultBranch: undefined },
    }),
  )
  async function listRuns(_: string, window: Window, page: number) {
    windows.push(window)
    const found = all
      .filter(({ run }) => run.createdMs >= window.fromMs && run.createdMs <= window.toMs)
      .toSorted((a, b) => b.run.createdMs - a.run.createdMs)
    return { total: found.length, runs: found.slice(0, 1000).slice((page - 1) * 100, page * 100) }
  }
  return { windows, listRuns }
}

async function readAll(seconds: readonly number[], whole: Window) {
  const list = createList(seconds)
  const found: RunWindow[] = []
  for await (const window of listWindows(list, 'acme/shop', whole)) found.push(window)
  return { found, ids: found.flatMap(({ runs }) => runs.map(({ run }) => run.id)), requests: list.windows.length }
}

const week = { fromMs: startMs, toMs: startMs + 7 * 86_400_000 }

test('few runs are one window, oldest first, in as many requests as there are pages', async () => {
  const seconds = Array.from({ length: 250 }, (_, index) => index * 60)
  const { found, ids, requests } = await readAll(seconds, week)
  expect(found).toHaveLength(1)
  expect(ids).toEqual(seconds.map((_, id) => id))
  expect(requests).toBe(3)
})

test('no runs are one request', async () => {
  expect(await readAll([], week)).toMatchObject({ ids: [], requests: 1 })
})

test.each([
  ['evenly', Array.from({ length: 5000 }, (_, index) => index * 120)],
  ['in one hour of a week', Array.from({ length: 3000 }, (_, index) => 200_000 + index)],
  ['ten in each second', Array.from({ length: 3000 }, (_, index) => 1000 + Math.floor(index / 10))],
  ['at both ends', [...Array(900).fill(0), ...Array(900).fill(7 * 86_400)]],
])('more runs than GitHub lists are found in halves: %s', async (_, seconds) => {
  const { found, ids, requests } = await readAll(seconds, week)
  expect(ids).toEqual(seconds.map((_, id) => id))
  for (const { runs } of found) expect(runs.length).toBeLessThanOrEqual(1000)
  expect(requests).toBeLessThan(seconds.length / 50 + 30)
  for (const [index, { fromMs }] of found.entries()) {
    expect(fromMs).toBe(index === 0 ? week.fromMs : (found[index - 1]?.toMs ?? 0) + 1000)
  }
})

test('more than a thousand in one second are as many as GitHub lists', async () => {
  const { ids } = await readAll(Array(1500).fill(9), week)
  expect(ids).toHaveLength(1000)
})
