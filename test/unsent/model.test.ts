import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kind, mountDisk, places, type Weather, World } from './world.ts'

// Jobs, replays, kills, full disks, servers and broken files in any order, beside what must be true of every point: it is where it belongs,
// or it waits, or somebody has said that it is lost; never twice with other content, never in another's place.

const weathers: readonly Weather[] = [
  'well',
  'well',
  'well',
  'down',
  'half',
  'defect',
  'late',
  'kills',
  'stores but refuses',
]
const weather = fc.constantFrom(...weathers)
const kind: fc.Arbitrary<Kind> = fc.constantFrom('good', 'good', 'good', 'good', 'good', 'good', 'poison', 'never')
const place = fc.nat(places.length - 1)
const which = fc.nat(30)

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('job' as const),
      place,
      kinds: fc.array(kind, { minLength: 1, maxLength: 12 }),
      weather,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('send' as const),
      places: fc.uniqueArray(place, { minLength: 1 }),
      weather: fc.array(weather, { minLength: places.length, maxLength: places.length }),
      isReplay: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('hours' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('jump' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('copy' as const),
      which,
      part: fc.constantFrom(0, 0.3, 0.7, 0.99, 1, 1, 1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('damage' as const),
      which,
      how: fc.constantFrom('cut' as const, 'break' as const, 'append' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('fill' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('free' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(world: World, given: Step): Promise<void> {
  switch (given.does) {
    case 'job':
      return await world.runJob(given.place, given.kinds, given.weather)
    case 'send':
      return await world.send(given.places, given.weather, given.isReplay)
    case 'hours':
      return world.passHours()
    case 'jump':
      return world.jumpBack()
    case 'copy':
      return world.leaveCopy(given.which, given.part)
    case 'damage':
      return world.damage(given.which, given.how, given.at)
    case 'fill':
      return world.fillDisk()
    case 'free':
      return world.freeDisk()
  }
}

let disk: ReturnType<typeof mountDisk>
beforeAll(() => {
  disk = mountDisk()
})
afterAll(() => disk?.unmount())

// Another seed tries other orders: BUILD_STATS_SEED=$RANDOM npm test -- --project unit test/unsent/model.test.ts
const seed = Number(process.env.BUILD_STATS_SEED ?? 20_261_128)
const runs = Number(process.env.BUILD_STATS_RUNS ?? 110)

test('no point is lost without a word, stored as another, or in a wrong place', async () => {
  let steps = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 45, size: 'max' }), async (given) => {
      const world = World.open(disk?.path)
      try {
        for (const [index, one] of given.entries()) {
          await take(world, one)
          steps++
          expect(world.check(), `after step ${index + 1}, ${one.does}`).toEqual([])
        }
        expect(await world.checkEnd(), 'when all is well again').toEqual([])
      } finally {
        world.close()
      }
    }),
    { seed, numRuns: runs },
  )
  expect(steps).toBeGreaterThanOrEqual(Math.min(2000, runs * 15))
}, 120_000)
