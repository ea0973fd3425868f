import { expect, test } from 'vitest'
import { parseSteps } from '../../src/github/steps.ts'

const time = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 0, second)).toISOString().replace('.000', '')
const step = (number: number, name: string, from: number, to: number | null, conclusion = 'success') => ({
  ...{ number, name, started_at: time(from), completed_at: to === null ? null : time(to) },
  ...(to === null ? { status: 'in_progress', conclusion: null } : { status: 'completed', conclusion }),
})
const namesOf = (steps: readonly unknown[]) => parseSteps(steps).ran.map(({ name }) => name)

test('a group of parallel steps is not a step: its time is theirs', () => {
  const steps = [
    step(1, 'Set up job', 0, 2),
    step(2, 'Parallel group', 2, 62),
    step(3, 'Lint', 2, 22),
    step(4, 'Test', 2, 62),
    step(5, 'Upload', 62, 63),
  ]
  expect(parseSteps(steps)).toMatchObject({ others: ['Parallel group'], late: [] })
  expect(namesOf(steps)).toEqual(['Set up job', 'Lint', 'Test', 'Upload'])
  const seconds = parseSteps(steps).ran.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / 1000, 0)
  expect(seconds).toBe(2 + 20 + 60 + 1)
})

test('several groups are none, and one that is not over is nothing to wait for', () => {
  const steps = [
    step(1, 'Parallel group', 0, 10),
    step(2, 'a', 0, 10),
    step(3, 'b', 1, 5),
    step(4, 'Parallel group', 10, null),
    step(5, 'c', 10, 20),
    step(6, 'Test', 20, 30),
  ]
  expect(namesOf(steps)).toEqual(['a', 'b', 'c', 'Test'])
  expect(parseSteps(steps).late).toEqual([])
})

test("a user's own step of that name is a step", () => {
  const steps = [step(1, 'Checkout', 0, 5), step(2, 'Parallel group', 5, 40), step(3, 'Test', 40, 50)]
  expect(namesOf(steps)).toEqual(['Checkout', 'Parallel group', 'Test'])
})
