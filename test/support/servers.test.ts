import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the servers that the tests look for are those that script/servers builds', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8')
  const rows = /<<ROWS\n(.*?)\nROWS/s.exec(read('script/servers'))?.[1]?.split('\n') ?? []
  const sought = [...read('test/support/servers.ts').matchAll(/findBuilt\('(.*?)'\)/g)].map(([, file]) => file)
  expect(rows.map((row) => row.split(' ')[1]).sort()).toEqual(sought.sort())
  expect(rows.length).toBeGreaterThan(0)
})
