import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText, nearly } from './any-text.ts'
import { runPhases } from './phases.ts'
import { numRuns, timeoutMs } from './runs.ts'
import { checkJob } from './sound-job.ts'

const lines = [
  'tests,suite=unit passed=10,failed=0i,name="a b",ok=t 1767323053000000000',
  'tests passed=1u\r',
  '# a comment',
  'build a=1',
  'build_start a="x"',
  'a\\ b,c\\,d=e\\=f g="\\"h\\\\" -1',
  'tests time=1',
  'number,number=1 number=1',
  `${'x'.repeat(300)} a=1`,
]
const line = nearly(fc.constantFrom(...lines))
const bytes = fc.oneof(
  { weight: 5, arbitrary: fc.oneof(line, anyText).map((text) => Buffer.from(`${text}\n`)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)) },
  { weight: 1, arbitrary: line.map((text) => Buffer.from(`${text}\n`, 'utf16le')) },
  { weight: 1, arbitrary: line.map((text) => Buffer.from(`${text}\n`, 'latin1')) },
)
const file = fc
  .tuple(fc.constantFrom('', '\ufeff', '\0'), fc.array(bytes, { maxLength: 8 }), fc.constantFrom('', '\n'))
  .map(([start, parts, end]) => Buffer.concat([Buffer.from(start), ...parts, Buffer.from(end)]))

test('any bytes as data file', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.constantFrom('native', 'buildbot'), async (data, layout) => {
      const finished = await runPhases({ data, inputs: { 'github-token': '', layout } })
      const { isValid, points } = checkJob(finished)
      expect(isValid).toBe(true)
      const isBuild = ({ measurement }: { measurement: string }) =>
        layout === 'native' ? measurement === 'build' : measurement === 'CI/test-build-times'
      expect(points.filter(isBuild).length).toBe(layout === 'native' ? 1 : 3)
    }),
    { numRuns },
  )
})
