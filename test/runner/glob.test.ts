import { expect, test } from 'vitest'
import { matchesGlob, parseGlob } from '../../src/runner/glob.ts'

const matches = (text: string, path: string) => parseGlob(text).some((glob) => matchesGlob(glob, path.split('/')))

test.each([
  ['junit.xml', 'junit.xml', true],
  ['./build//junit.xml', 'build/junit.xml', true],
  ['junit.xml', 'build/junit.xml', false],
  ['*.xml', 'junit.xml', true],
  ['*.xml', 'build/junit.xml', false],
  ['**/*.xml', 'junit.xml', true],
  ['**/*.xml', 'a/b/c/junit.xml', true],
  ['a/**/b/*.xml', 'a/b/x.xml', true],
  ['a/**/b/*.xml', 'a/b/b/c/x.xml', false],
  ['build/**', 'build/a/b', true],
  ['**/TEST-*.xml', 'x/TEST-a.b.xml', true],
  ['**/TEST-*.xml', 'x/test-a.xml', false],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbYbZ', false],
  ['shard-?.xml', 'shard-7.xml', true],
  ['shard-?.xml', 'shard-.xml', false],
  ['shard-[0-3x].xml', 'shard-2.xml', true],
  ['shard-[!0-3].xml', 'shard-2.xml', false],
  ['shard-[^0-3].xml', 'shard-7.xml', true],
  ['{unit,e2e}/*.{xml,json}', 'e2e/r.json', true],
  ['{unit,e2e}/*.{xml,json}', 'other/r.json', false],
  ['{unit,{e2e,smoke}/*}/*.xml', 'unit/r.xml', true],
  ['{unit,{e2e,smoke}/*}/*.xml', 'smoke/a/r.xml', true],
  ['a{b}.xml', 'a{b}.xml', true],
  ['a{b.xml', 'a{b.xml', true],
  ['.reports/*', '.reports/.hidden', true],
  ['**/*', 'a/.hidden/x', true],
])('%s matches %s: %s', (glob, path, expected) => {
  expect(matches(glob, path)).toBe(expected)
})

test('many stars and many braces take no time', () => {
  const startMs = performance.now()
  expect(matches(`${'a*'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false)
  expect(matches(`${'**/'.repeat(100)}b`, `${'a/'.repeat(500)}c`)).toBe(false)
  expect(parseGlob('{a,b}'.repeat(60)).length).toBeLessThanOrEqual(100)
  expect(parseGlob(`${'{a,'.repeat(60)}b${'}'.repeat(60)}`).length).toBeLessThanOrEqual(100)
  expect(performance.now() - startMs).toBeLessThan(5000)
})

test('what begins with ! leaves files out, and a root stays as it is', () => {
  expect(parseGlob('!**/old/*.xml')).toMatchObject([{ isExclusion: true }])
  expect(parseGlob('/tmp/a/*.xml')[0]?.parts).toEqual([
    { name: '/' },
    { name: 'tmp' },
    { name: 'a' },
    { pattern: '*.xml' },
  ])
  expect(parseGlob('C:\\r\\*.xml', true)[0]?.parts).toEqual([{ name: 'C:/' }, { name: 'r' }, { pattern: '*.xml' }])
})
