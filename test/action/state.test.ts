import { expect, test } from 'vitest'
import { readState, type State, saveState } from '../../src/action/state.ts'
import type { Runner } from '../../src/runner/runner.ts'

/** What the runner keeps between the phases. */
function keep(given: Record<string, string> = {}) {
  const kept = { ...given }
  const runner: Pick<Runner, 'saveState' | 'readState'> = {
    saveState: (name, value) => {
      kept[name] = value
    },
    readState: (name) => kept[name] ?? '',
  }
  return { kept, runner: runner as Runner }
}

const state: State = {
  startMs: 1_785_585_600_000,
  dataFile: '/tmp/data "x".lp',
  startWritten: ['file "stats".lp', 'http://influx:8086 (v1, database ci)'],
  earlier: ['summary'],
}

test.each<[State | 'failed']>([[state], ['failed']])('what main saves, post reads: %j', (saved) => {
  const { runner } = keep()
  saveState(runner, saved)
  expect(readState(runner)).toEqual(saved)
})

test('without a main phase there is none', () => {
  expect(readState(keep().runner)).toBeUndefined()
})
