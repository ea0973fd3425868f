import { setLogger, type WriteApi } from '@influxdata/influxdb-client'
import { maxAsideCharacters } from '../../limits.ts'
import { explainEnd, type Writing } from '../storage.ts'
import type { InfluxTarget } from '../target.ts'
import type { Failure } from './failure.ts'
import { type Flattened, openFlattening } from './flattening.ts'
import type { NamedLine } from './named-lines.ts'
import { type Narrowing, openNarrowing } from './narrowing.ts'
import { toLines, toRequest, type WriteRequest } from './requests.ts'
import { addEmptied, addRefused, createSent, type Sent } from './sent.ts'
import type { ServerTraits } from './transport.ts'
import { createTry } from './try.ts'

export interface Sender {
  readonly sent: Sent
  /** Whether nothing more is tried. */
  readonly isOver: boolean
  /** Sends a request. Lines that are refused without naming the invalid one are set aside. */
  send(request: WriteRequest): Promise<void>
  /** Finds the invalid lines among those that were set aside: all others are stored by now. */
  end(): Promise<void>
}

/**
 * Sends requests until each line has a result: again while the server may still accept them, in halves if they are too long, with the database's
 * types, and without lines that it refuses. Lines that are left go to `writing.unsent`.
 */
export function createSender(
  api: WriteApi,
  target: InfluxTarget,
  writing: Writing,
  server: ServerTraits = { losesLineBreaks: false },
): Sender {
  // The client would write to the console, which is the user's log.
  setLogger({ error() {}, warn() {} })
  const sent = createSent()
  const unsigned = target.api === 'v1' ? 'i' : 'u'
  const tryLong = createTry(api, target, writing)
  const narrowing: Narrowing = openNarrowing(sent, (lines) => attempt(toRequest(lines)), probe, stop)
  let isOver = false
  const flattening = openFlattening(sent, unsigned)

  /** Gives lines up, to be kept: they are not sent again. */
  function handOver(lines: readonly string[]): void {
    sent.unsent += lines.length
    writing.unsent(lines)
  }

  function stop(problem: string, isDown = true): void {
    isOver ||= isDown
    sent.problems.add(problem)
  }

  /** Whether lines can still be sent. */
  function canSend(): boolean {
    if (!isOver && writing.signal.aborted) stop(`not all points were written before ${explainEnd(writing.signal)}`)
    return !isOver
  }

  /** Whether the server accepts a line that it has accepted before. */
  async function probe(line: string): Promise<boolean> {
    return canSend() && (await tryLong(line)) === undefined
  }

  /** Sends lines until each has a result; false if some were set aside, refused or kept. */
  async function attempt(given: WriteRequest): Promise<boolean> {
    const state: Lineage = { converted: new Set(), isRetried: false, isWhole: true, flattened: 0 }
    let request: WriteRequest | undefined = flattening.isOn
      ? ((await flattening.flatten(given, state)) ?? given)
      : given
    while (request !== undefined && request.starts.length > 0) {
      if (!canSend()) {
        handOver(toLines(request))
        return false
      }
      const failure = await tryLong(request.text)
      if (failure === undefined) {
        const flat: WriteRequest | undefined = server.losesLineBreaks
          ? await flattening.flatten(request, state)
          : undefined
        if (flat !== undefined) {
          request = flat
          continue
        }
        sent.written += request.starts.length
        narrowing.taken(request.text.slice(0, (request.starts[1] ?? request.text.length + 1) - 1))
        flattening.count(state)
        return state.isWhole
      }
      request = await resolveFailure(request, failure, state)
    }
    return false
  }

  /** Returns the request to send next; undefined if there is none. */
  async function resolveFailure(
    request: WriteRequest,
    failure: Failure,
    state: Lineage,
  ): Promise<WriteRequest | undefined> {
    const { fate, answer, text } = failure
    const lines = toLines(request)
    switch (fate) {
      case 'conflict':
      case 'old':
      case 'lines':
        return await resolveRefused(request, lines, failure, state)
      case 'smaller': {
        if (lines.length === 1) break
        const middle = Math.ceil(lines.length / 2)
        await attempt(toRequest(lines.slice(0, middle)))
        await attempt(toRequest(lines.slice(middle)))
        return undefined
      }
      case 'full': {
        // The answer does not name the dropped lines, so all are kept: writing a point twice changes nothing.
        sent.problems.add(text)
        const missing = Math.min(answer.dropped ?? lines.length, lines.length)
        sent.written += lines.length - missing
        sent.unsent += missing
        writing.unsent(lines)
        return undefined
      }
      case 'final':
        isOver = true
    }
    sent.problems.add(text)
    handOver(lines)
    return undefined
  }

  /** An answer only reports its first reason: once that is resolved, all remaining lines are sent again. */
  async function resolveRefused(
    request: WriteRequest,
    lines: readonly string[],
    failure: Failure,
    state: Lineage,
  ): Promise<WriteRequest | undefined> {
    // Loaded only after a refusal, because few jobs need it.
    const { mendLines } = await import('./conflict.ts')
    const { findRefused, isAboutLineBreaks, isUnnamedConflict } = await import('./refusals.ts')
    const { answer, fate, words, hint } = failure
    // If a request has two types of a new field, 1.x refuses it without naming the field. It names the field at the next attempt.
    if (fate === 'conflict' && !state.isRetried && isUnnamedConflict(answer.text)) {
      state.isRetried = true
      return request
    }
    const mended = mendLines(lines, answer, unsigned, state.converted)
    if (mended !== undefined) {
      sent.conflicts.push(...mended.conflicts)
      addEmptied(sent, mended.emptied)
      return toRequest(mended.lines)
    }
    const flat = isAboutLineBreaks(answer.text) ? await flattening.flatten(request, state) : undefined
    if (flat !== undefined) return flat
    const named = findRefused(lines, failure)
    if (named.length > 0) {
      state.isWhole = false
      const left = new Set(named.map(({ index }) => index))
      const toLost = ({ index, reason }: NamedLine) => ({
        line: lines[index] ?? '',
        reason: [reason || words, hint].filter(Boolean).join(', '),
      })
      // If the answer was cut, the line is sent alone to learn the reason.
      const isCut = ({ reason }: NamedLine) => reason === '' && lines.length > 1
      addRefused(sent, named.filter((one) => !isCut(one)).map(toLost))
      for (const { index } of named.filter(isCut)) await attempt(toRequest([lines[index] ?? '']))
      return toRequest(lines.filter((_, index) => !left.has(index)))
    }
    if (answer.dropped === 0) {
      sent.problems.add(failure.text)
      sent.written += lines.length
      flattening.count(state)
      return undefined
    }
    const alone = lines.length === 1 ? await flattening.flatten(request, state) : undefined
    if (alone !== undefined) return alone
    flattening.count(state)
    narrowing.add(lines, failure)
    return undefined
  }

  return {
    sent,
    get isOver() {
      return isOver
    },
    async send(request) {
      await attempt(request)
      if (narrowing.size > maxAsideCharacters) await narrowing.run()
    },
    async end() {
      await narrowing.run()
      for (const lines of narrowing.takeLeft()) handOver(lines)
    },
  }
}

/** The state of lines while they are sent repeatedly. */
interface Lineage extends Flattened {
  readonly converted: Set<string>
  isRetried: boolean
  /** Whether none of them has been refused so far. */
  isWhole: boolean
}
