import { describe, expect, test } from 'vitest'
import { cutRunValues, findCaller } from '../../src/github/caller.ts'

const [own, called] = [
  'o/r/.github/workflows/ci.yml@refs/heads/main',
  'o/r/.github/workflows/build.yml@refs/heads/main',
]

describe.each<[string, string | undefined, boolean]>([
  ['where the server tells what defines a job that was called', called, true],
  ['where it does not', undefined, false],
])('%s', (_, definedIn, isTold) => {
  const find = (name: string | undefined, matrix = {}) =>
    findCaller({ name, job: 'build', matrix, definedIn, triggered: own })

  test.each<[name: string | undefined, caller: string | undefined, ifNotTold?: 'unknown' | '']>([
    ['web / build', 'web'],
    ['web / build (linux, 20)', 'web'],
    ['nightly / web (a / b) / build', 'nightly / web (a / b)'],
    ['build / build', 'build'],
    ['web / build (x / y)', 'web'],
    // A name of the called job's own.
    ['web / Build it', 'web', 'unknown'],
    ['web / builds', 'web', 'unknown'],
    ['nightly / web / Build it', 'nightly / web', 'unknown'],
    ['build', undefined, ''],
    ['build (linux)', undefined, ''],
    ['Build it', undefined, ''],
    [undefined, undefined],
  ])('%j is called by %j', (name, caller, ifNotTold) => {
    const other = ifNotTold === 'unknown' ? undefined : ifNotTold
    expect(find(name)).toBe(isTold || ifNotTold === undefined ? caller : other)
  })

  test('values of the matrix are no part of it', () => {
    const matrix = { path: { from: 'a / b' } }
    expect(find('web / Build it (a / b)', matrix)).toBe(isTold ? 'web' : undefined)
  })
})

test.each(['web / build', 'a / b', 'build', undefined])('a job of the workflow itself is not called: %j', (name) => {
  const upper = own.replace('o/r', 'O/R')
  expect(findCaller({ name, job: 'build', matrix: {}, definedIn: upper, triggered: own })).toBe('')
})

test.each<[caller: string, cut: string]>([
  ['Deploy 42', 'Deploy *'],
  ['Deploy #42 / ffac537', 'Deploy #* / *'],
  ['Deploy 142 / v42', 'Deploy 142 / v42'],
  ['16512345678', '*'],
  ['ffac537e6cbbf934b08745a378932722df287a53', '*'],
  ['Release feature/x (1.4.2)', 'Release * (*)'],
  ['web of production', 'web of *'],
  ['ef*42', 'ef**'],
  // Jobs may be called as branches and inputs are.
  ['main / production', 'main / production'],
  ['on main', 'on *'],
  ['Test (true)', 'Test (true)'],
])('of %j no more than %j tells callers apart', (caller, cut) => {
  const ids = ['42', '16512345678', 'ffac537e6cbbf934b08745a378932722df287a53', 'ffac537']
  expect(cutRunValues(caller, { ids, words: ['', 'main', 'feature/x', '1.4.2', 'production'] })).toBe(cut)
})
