import { expect } from 'vitest'
import { type ParsedLine, parseLine, splitLines } from '../support/line-protocol.ts'
import { type Annotation, parseWorkflowCommands } from '../support/workflow-commands.ts'
import type { FinishedJob, Phase } from './phases.ts'

export interface SoundJob {
  /** Whether main took the inputs. */
  readonly isValid: boolean
  readonly warnings: readonly string[]
  /** What is in the file, read more strictly than any server does. */
  readonly points: readonly ParsedLine[]
}

/** What Node says of mistakes in programs, and what they leave in texts. */
const defects =
  /because of a defect in Build Stats|Cannot (read|set) propert|Cannot convert|Converting circular|is not (a function|iterable|defined|extensible)|Maximum call stack|Invalid (time value|array length|string length)|BigInt|\[object |heap out of memory|DEP0\d/
const stackTrace = /^\s+at .+(:\d+:\d+\)?|<anonymous>\)?)$/m
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/

/**
 * Holds a job against what DESIGN promises of any job: nothing thrown, no trace, no defect, no command but ours; main fails
 * for inputs alone and says so in one error; post fails where it is asked to.
 */
export function checkJob({ main, post, points }: FinishedJob, mayFail = false): SoundJob {
  const [told] = [main, post].map(checkPhase)
  const state = main.written.state.get('build-stats')
  const isValid = state !== '"failed"'
  expect(main.failed).toBe(!isValid)
  if (!isValid) {
    expect(told?.map(({ level }) => level)).toEqual(['error'])
    // A password of a letter is masked in our own words, too.
    const message = told?.[0]?.message ?? ''
    if (!message.includes('***')) expect(message).toMatch(/^(One problem|\d+ problems) in the inputs:\n {2}/)
    expect(points).toBe('')
  }
  if (!mayFail || !isValid) expect(post.failed).toBe(false)
  const warnings = parseWorkflowCommands(post.stdout).annotations.filter(({ level }) => level !== 'notice')
  return {
    isValid,
    warnings: warnings.map(({ message }) => message),
    points: splitLines(points).map(parseLine),
  }
}

/** The annotations of a phase, all of them ours. */
function checkPhase({ stdout, stderr, failed, written }: Phase): readonly Annotation[] {
  expect(stderr).toBe('')
  expect(stdout).not.toMatch(defects)
  expect(stdout).not.toMatch(stackTrace)
  // Masks are as secrets are. To the runner, U+2028 ends no line.
  const others = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  expect(others.join('\n')).not.toMatch(controls)
  expect([written.errors, written.summary.match(defects)]).toEqual([[], null])
  const { annotations } = parseWorkflowCommands(stdout)
  expect(annotations.filter(({ properties }) => properties.title !== 'Build Stats')).toEqual([])
  expect(annotations.some(({ level }) => level === 'error') || !failed).toBe(true)
  for (const { message } of annotations) expect(message).toMatch(/\S/)
  return annotations
}
