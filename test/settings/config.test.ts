import { expect, test } from 'vitest'
import { parseSettings } from '../../src/settings/settings.ts'
import { readFrom, runFacts } from './inputs.ts'

test('the file that stands in for two servers has the points once, and each server its notice', async () => {
  const text = [
    'storages:',
    '  - influxdb: {url: http://one:8086, org: acme, bucket: ci, token: $EMPTY}',
    '  - influxdb: {url: http://two:8086, org: acme, bucket: ci, token: $EMPTY}',
    '  - influxdb: {url: http://three:8086, org: acme, bucket: ci, token: $EMPTY}',
    '    layout: buildbot',
  ].join('\n')
  const run = { ...runFacts, env: { EMPTY: '' }, readFile: () => text }
  const { storages, notices } = await parseSettings(readFrom({ config: 'stats.yml' }), run)
  expect(storages.map(({ target, layout }) => [target.kind, layout.kind])).toEqual([
    ['file', 'native'],
    ['file', 'buildbot'],
  ])
  expect(notices).toHaveLength(3)
})
