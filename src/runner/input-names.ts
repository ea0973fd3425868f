// Written by `npm run tables` from the action.yml files: run it after an input was added.
// biome-ignore-all format: one name a line, so that branches that add inputs can be merged

export const inputNames = {
  main: [
    'url',
    'api',
    'token',
    'org',
    'bucket',
    'database',
    'username',
    'password',
    'retention-policy',
    'file',
    'config',
    'captures',
    'layout',
    'measurement',
    'builder',
    'tags',
    'matrix-tags',
    'properties',
    'steps',
    'needs',
    'inputs',
    'matrix',
    'job',
    'strategy',
    'github-token',
    'compare',
    'start-point',
    'summary',
    'timeout',
    'spool',
    'fail-on-error',
    'dry-run',
  ],
  replay: [
    'url',
    'api',
    'token',
    'org',
    'bucket',
    'database',
    'username',
    'password',
    'retention-policy',
    'config',
    'github-token',
    'spool',
    'timeout',
    'fail-on-error',
    'summary',
    'dry-run',
  ],
  yield: [
    'name',
    'data',
    'report',
    'tags',
  ],
} as const

/** An input of any of the actions: a name that is misspelt does not compile. */
export type InputName = (typeof inputNames)[keyof typeof inputNames][number]

/** Reads one input; empty where it is not given. */
export type ReadInput = (name: InputName) => string
