import { execFileSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toLine } from '../../src/line-protocol/writer.ts'
import type { Point } from '../../src/point/point.ts'
import { type Target, toDestination } from '../../src/storage/kinds.ts'
import type { Storage, Written } from '../../src/storage/storage.ts'
import { keepUnsent } from '../../src/unsent/keep-unsent.ts'
import { openKeptReader } from '../../src/unsent/kept-reader.ts'
import { createSender } from '../../src/unsent/sender.ts'
import type { Sending } from '../../src/unsent/server.ts'
import { openSpool } from '../../src/unsent/spool-source.ts'
import { openUnsentFile } from '../../src/unsent/unsent-file.ts'
import { fakeRunner } from '../action/fake-runner.ts'

/** How a server is today: well, out of order, able to take half of a request, or the end of whoever writes to it. */
export type Weather = 'well' | 'down' | 'half' | 'defect' | 'late' | 'kills' | 'stores but refuses'

/** A storage that jobs and replays may have. Two of them differ in the organisation alone, two in the retention policy. */
export interface Place {
  readonly name?: string
  readonly target: Target
}

const v1 = { kind: 'influxdb', url: 'http://a:8086', api: 'v1', database: 'ci', login: undefined } as const
const v2 = { kind: 'influxdb', url: 'http://a:8086', api: 'v2', bucket: 'ci', token: 'a-token' } as const
export const places: readonly Place[] = [
  { target: { ...v2, org: 'acme' } },
  { target: { ...v2, org: 'other' } },
  { name: 'main', target: { ...v1, retentionPolicy: 'short' } },
  { target: { ...v1, retentionPolicy: 'long' } },
]

/** What is the matter with a point: nothing, or every server refuses it, with all that comes with it or for good. */
export type Kind = 'good' | 'poison' | 'never'

/** A point that a job had, and what the world was told of it. */
interface Given {
  readonly place: number
  readonly kind: Kind
  readonly line: string
  /** Nobody promises anything of what was in a file that somebody damaged. */
  isDamaged: boolean
  /** A job has said that it is lost, or has shown it in its log. */
  isTold: boolean
}

const hourMs = 3_600_000
const asIs = (text: string) => text
const never = new AbortController().signal
/** What a killed process awaits. */
class Killed extends Error {}

/**
 * A spool, jobs and replays that use it, servers that they write to, and what must be true of all of them. The modules are the
 * action's own; the servers are in memory, and time passes when they are asked.
 */
export class World {
  readonly given: Given[] = []
  readonly folder: string
  readonly #spool: string
  readonly #temp: string
  readonly #disk: string | undefined
  /** Lines by place, as the servers have them. */
  readonly #stored = places.map(() => new Map<string, string>())
  /** Lines that jobs and replays said were lost. */
  toldLost = 0
  #clockMs = 0
  #files = 0

  private constructor(folder: string, disk: string | undefined) {
    this.folder = folder
    this.#disk = disk
    this.#spool = join(disk ?? folder, 'spool')
    this.#temp = join(folder, 'temp')
    mkdirSync(this.#temp)
    mkdirSync(this.#spool)
  }

  /** @param disk a folder on a disk of its own that can be filled; undefined where this machine has none */
  static open(disk: string | undefined): World {
    const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
    const inner = disk === undefined ? undefined : mkdtempSync(join(disk, 'world-'))
    return new World(mkdtempSync(join(memory, 'build-stats-test-')), inner)
  }

  close(): void {
    this.freeDisk()
    rmSync(this.folder, { recursive: true, force: true })
    if (this.#disk !== undefined) rmSync(this.#disk, { recursive: true, force: true })
  }

  /** A job with points for a place. What its server does not take is kept. */
  async runJob(place: number, kinds: readonly Kind[], weather: Weather): Promise<void> {
    const from = this.given.length
    const points = kinds.map((kind, index): Point => {
      const id = from + index
      return {
        measurement: kind,
        tags: [['id', `${id}`]],
        fields: [['text', `é\n"${id}`]],
        timeNs: BigInt(1_700_000_000_000_000_000 + id * 1000),
      }
    })
    for (const [index, kind] of kinds.entries()) {
      const point = points[index]
      if (point !== undefined) this.given.push({ place, kind, line: toLine(point), isDamaged: false, isTold: false })
    }
    const { target, name } = places[place] as Place
    const destination = toDestination(target, asIs)
    const header = {
      ...(name === undefined ? {} : { name }),
      destination,
      builder: 'CI/test',
      run_id: '1',
      attempt: '1',
    }
    const path = join(this.#temp, `${this.#files++}.lp`)
    const unsent = openUnsentFile(() => path, header)
    const isKilled = weather === 'kills'
    const server = this.#openServer(place, isKilled ? 'down' : weather)
    try {
      const result = await server.write(once(points), { ...writing(), unsent: unsent.add })
      if (result.gaveUp === true) unsent.add(points.map((point) => toLine(point)))
      this.toldLost += result.lost
    } catch {
      unsent.add(points.map((point) => toLine(point)))
    }
    const log = fakeRunner({}, {}, () => 0).runner.log
    const shown: string[] = []
    const places_ = {
      spool: this.#spool,
      upload: undefined,
      log: { ...log, printGroup: (_: string, text: string) => void shown.push(text) },
    }
    const kept = await keepUnsent([unsent], 'build-stats-unsent-1-1', places_, never)
    this.toldLost += [...kept.values()].reduce((sum, { gone }) => sum + gone, 0)
    for (const one of this.given.slice(from)) one.isTold = shown.some((text) => text.includes(one.line))
    rmSync(path, { force: true })
  }

  /** A replay, or the end of a job, that has some of the storages. */
  async send(which: readonly number[], weather: readonly Weather[], isReplay: boolean): Promise<void> {
    const sendings = which.map(
      (place): Sending => ({
        ...(places[place] as Place),
        isKnownUp: !isReplay,
        open: () => this.#openServer(place, weather[place] ?? 'well'),
        takeOutage: () => undefined,
        onRefusal: () => {},
      }),
    )
    const endMs = this.#clockMs + 10_000
    const sender = createSender(sendings, {
      signal: never,
      remainingMs: () => Math.max(0, endMs - this.#clockMs),
      now: () => this.#clockMs,
      turnMs: 1000,
      maxBytes: 10_000,
      maxFiles: 20,
      maxLines: 4,
      maxRefusals: 3,
      mayMove: isReplay,
      isDryRun: false,
      redact: asIs,
    })
    try {
      for (const waiting of openSpool(this.#spool).waiting) await sender.offer(waiting)
      await sender.finish()
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
    this.toldLost += sender.files.reduce((sum, { lost }) => sum + lost, 0)
  }

  /** Jobs that were killed were so long ago. */
  passHours(): void {
    for (const path of this.#paths()) {
      const seconds = statSync(path).mtimeMs / 1000 - 2 * 3600
      utimesSync(path, seconds, seconds)
    }
  }

  /** The clock of the machine jumps: what is there is of a time to come. */
  jumpBack(): void {
    for (const path of this.#paths()) {
      const seconds = (Date.now() + 48 * hourMs) / 1000
      utimesSync(path, seconds, seconds)
    }
  }

  /** What a process that is killed between two steps of one file leaves: a copy under another name, whole or not. */
  leaveCopy(which: number, part: number): void {
    const path = this.#pick(which)
    if (path === undefined) return
    const name = path.replace(/\.lp.*$/, '.lp')
    try {
      if (part >= 1) copyFileSync(path, `${name}.old${this.#files++}.sending`)
      else writeFileSync(`${name}.old${this.#files++}.part`, readFileSync(path).subarray(0, statSync(path).size * part))
    } catch {
      // The disk is full.
    }
  }

  /** Somebody cuts a file, breaks a byte of it, or appends half a line. */
  damage(which: number, how: 'cut' | 'break' | 'append', at: number): void {
    const path = this.#pick(which)
    if (path === undefined) return
    for (const id of this.#idsOf(path)) this.#of(id).isDamaged = true
    const { size } = statSync(path)
    try {
      if (how === 'cut') truncateSync(path, Math.floor(size * at))
      else if (how === 'append') writeFileSync(path, 't x=2 17000', { flag: 'a' })
      else {
        const file = openSync(path, 'r+')
        writeSync(file, Buffer.from([0xff]), 0, 1, Math.min(size - 1, Math.floor(size * at)))
        closeSync(file)
      }
    } catch {
      // The disk is full.
    }
  }

  /** Whatever else is on the disk takes all of it. */
  fillDisk(): void {
    if (this.#disk === undefined) return
    for (const size of [65_536, 4096]) {
      try {
        for (;;) writeFileSync(join(this.#disk, 'filler'), Buffer.alloc(size), { flag: 'a' })
      } catch {
        // It is full.
      }
    }
  }

  freeDisk(): void {
    if (this.#disk !== undefined) rmSync(join(this.#disk, 'filler'), { force: true })
  }

  /** What must be true at any time: sentences on what is not. */
  check(): string[] {
    const wrong: string[] = []
    for (const [place, stored] of this.#stored.entries()) {
      for (const [id, line] of stored) {
        const given = this.given[Number(id)]
        if (given === undefined) wrong.push(`nobody gave the point ${id}`)
        else if (given.place !== place) wrong.push(`the point ${id} of place ${given.place} is in place ${place}`)
        else if (given.line !== line) wrong.push(`the point ${id} is stored as ${line}`)
      }
    }
    const waiting = this.#waiting()
    for (const [id, { place, kind, isDamaged, isTold }] of this.given.entries()) {
      const isThere = this.#stored[place]?.has(`${id}`) || waiting.has(id)
      if (!isThere && !isDamaged && !isTold && kind !== 'never')
        wrong.push(`the point ${id} of place ${place} is nowhere`)
    }
    return wrong
  }

  /** What must be true when all is well again, and whatever can be sent was sent. */
  async checkEnd(): Promise<string[]> {
    this.freeDisk()
    for (let round = 0; round < 200; round++) {
      this.passHours()
      const before = this.#waiting()
      await this.send(
        places.map((_, index) => index),
        [],
        true,
      )
      const after = this.#waiting()
      const isPoison = [...after].every((id) => this.given[id]?.kind === 'poison')
      if (isPoison && before.size === after.size) break
    }
    const wrong = this.check()
    const waiting = this.#waiting()
    const stored = (id: number, place: number) => this.#stored[place]?.has(`${id}`) === true
    for (const [id, { place, kind, isDamaged, isTold }] of this.given.entries()) {
      if (kind === 'good' && !isDamaged && !isTold && !stored(id, place)) wrong.push(`the point ${id} never arrived`)
      if (kind === 'never' && waiting.has(id)) wrong.push(`the point ${id} is kept though nobody takes it`)
    }
    // A file without its first line is passed over and counted, with all that is in it.
    const isPassedOver = openSpool(this.#spool).passedOver.size > 0
    const gone = this.given.filter(
      ({ place, isTold, isDamaged }, id) =>
        !isTold && !stored(id, place) && !waiting.has(id) && !(isDamaged && isPassedOver),
    )
    if (gone.length > this.toldLost) wrong.push(`${gone.length} points are gone, and ${this.toldLost} were told`)
    return wrong
  }

  #of(id: number): Given {
    return this.given[id] as Given
  }

  #paths(): string[] {
    return readdirSync(this.#spool)
      .sort()
      .map((name) => join(this.#spool, name))
  }

  #pick(which: number): string | undefined {
    const paths = this.#paths()
    return paths[which % Math.max(1, paths.length)]
  }

  #idsOf(path: string): number[] {
    const file = openSync(path, 'r')
    try {
      const reader = openKeptReader(file)
      const ids: number[] = []
      for (let chunk = reader.read(1000, 1e9); chunk !== undefined; chunk = reader.read(1000, 1e9)) {
        for (const { tags } of chunk.points) ids.push(Number(tags.find(([key]) => key === 'id')?.[1]))
      }
      return ids.filter((id) => this.given[id] !== undefined)
    } catch {
      return []
    } finally {
      closeSync(file)
    }
  }

  #waiting(): Set<number> {
    return new Set(this.#paths().flatMap((path) => this.#idsOf(path)))
  }

  #openServer(place: number, weather: Weather): Storage {
    const stored = this.#stored[place] as Map<string, string>
    const store = (point: Point) => {
      const id = point.tags.find(([key]) => key === 'id')?.[1] ?? ''
      stored.set(id, toLine(point))
    }
    return {
      name: `place ${place}`,
      write: async (batches, { unsent }): Promise<Written> => {
        this.#clockMs += 300
        const points: Point[] = []
        for await (const batch of batches) points.push(...batch)
        const refuse = (refused: readonly Point[]) => {
          unsent(refused.map((point) => toLine(point)))
          return refused.length
        }
        if (weather === 'down') return { written: 0, unsent: refuse(points), lost: 0, problems: ['down'] }
        const half = Math.ceil(points.length / 2)
        if (weather === 'kills') {
          for (const point of points.slice(0, half)) store(point)
          throw new Killed()
        }
        if (weather === 'defect') {
          for (const point of points.slice(0, half)) store(point)
          throw new Error('a defect')
        }
        if (weather === 'late') {
          for (const point of points.slice(0, half)) store(point)
          return { written: half, unsent: 0, lost: 0, gaveUp: true, problems: ['late'] }
        }
        const isPoisoned = points.some(({ measurement }) => measurement === 'poison')
        const takeable = points.filter(({ measurement }) => measurement === 'good')
        if (isPoisoned || weather === 'stores but refuses') {
          if (weather === 'stores but refuses') for (const point of takeable) store(point)
          return { written: 0, unsent: refuse(points), lost: 0, problems: ['500'] }
        }
        const taken = weather === 'half' ? takeable.slice(0, half) : takeable
        for (const point of taken) store(point)
        const left = takeable.slice(taken.length)
        const lost = points.length - takeable.length
        return { written: taken.length, unsent: refuse(left), lost, problems: lost > 0 ? ['too old'] : [] }
      },
    }
  }
}

async function* once(points: readonly Point[]): AsyncGenerator<readonly Point[]> {
  yield points
}

const writing = () => ({ signal: never, readSignal: never, remainingMs: () => 1000 })

/** A disk of its own, so small that it can be filled; undefined where this machine does not allow for one. */
export function mountDisk(): { readonly path: string; unmount(): void } | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const path = mkdtempSync(join(tmpdir(), 'build-stats-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'pipe' })
  } catch {
    rmSync(path, { recursive: true })
    return undefined
  }
  return {
    path,
    unmount() {
      execFileSync('umount', ['-l', path])
      rmSync(path, { recursive: true })
    },
  }
}
