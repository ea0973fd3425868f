import { createRandom, type Random } from '../../test/dashboards/random.ts'

/** A kind of job: generates the durations of its unchanged builds, in seconds. */
export interface Shape {
  readonly name: string
  /** Whether durations are whole seconds. */
  readonly isWhole?: boolean
  /** Whether neighbouring builds depend on each other. The rank test assumes that they do not, so its bounds do not hold. */
  readonly isDependent?: boolean
  readonly open: (random: Random) => () => number
}

const seconds = (value: number) => Math.max(1, value)

/** Student's distribution with three degrees of freedom: one value in a hundred is six deviations away. */
function heavy(random: Random): number {
  const sum = [0, 0, 0].reduce((total) => total + random.normal() ** 2, 0)
  return random.normal() / Math.sqrt(sum / 3)
}

const cached = (share: number) => (random: Random) => () => random.lognormal(random.chance(share) ? 420 : 240, 0.04)

export const shapes: readonly Shape[] = [
  { name: 'stable: 2 % around 300 s', open: (random) => () => random.lognormal(300, 0.02) },
  { name: 'noisy: 15 % around 300 s', open: (random) => () => random.lognormal(300, 0.15) },
  { name: 'skewed: 10 % around 300 s', open: (random) => () => 200 + random.lognormal(100, 0.3) },
  { name: 'heavy tails: Student, 3 degrees', open: (random) => () => seconds(300 + 12 * heavy(random)) },
  { name: 'cache misses: 15 %, 240 or 420 s', open: cached(0.15) },
  { name: 'cache misses: 50 %, 240 or 420 s', open: cached(0.5) },
  {
    name: 'nine seconds, in whole ones',
    isWhole: true,
    open: (random) => () => Math.round(random.lognormal(9, 0.08)),
  },
  {
    name: 'drift: 0.03 % a build, 3 % noise',
    open: (random) => {
      let level = 300
      return () => {
        level *= 1.0003
        return random.lognormal(level, 0.03)
      }
    },
  },
  {
    name: 'neighbours alike: correlation 0.3, 3 %',
    isDependent: true,
    open: (random) => {
      let state = random.normal()
      return () => {
        state = 0.3 * state + Math.sqrt(1 - 0.3 ** 2) * random.normal()
        return 300 * Math.exp(0.03 * state)
      }
    },
  },
]

export function openShape(shape: Shape, seed: number): () => number {
  return shape.open(createRandom(seed))
}
