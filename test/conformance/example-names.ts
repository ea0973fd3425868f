import fc from 'fast-check'

// Names as builds have them, and with every character that line protocol, regular expressions or objects treat in a way
// of their own. Left out is what line protocol cannot say in a name (control characters, a backslash before a comma,
// space, equals sign or quote, or at the end; `#` at the start), and what is left out on purpose: names that look like secrets,
// which a regex passes over, empty texts, and the names of Buildbot's tags as keys of a record.

export const builderNames = [
  ...['CI/build', 'CI/build', 'CI/lint', 'CI', 'ci/build', 'CI/build2', 'Nightly/e2e', 'CI/test (ubuntu-latest, 20)'],
  ...[
    'my builder, x=y',
    'Größe/ß',
    '構築/試験',
    'C++/g++ [x]',
    '.*',
    '$CI/^build',
    'say "hi"',
    'back\\slash',
    '😀/🚀',
    '1',
  ],
]

/** `*` stands for any run of characters. */
export const patterns = [
  '*',
  'CI/*',
  '*/build',
  'C*d',
  '*, *',
  '**',
  'CI/build*',
  '*CI*build*',
  'X*',
  '*.',
  'CI/buil*build',
  '1*1',
  'CI/buil?',
  'CI.build',
]

export const propertyNames = [
  ...['coverage', 'coverage', 'baseline', 'baseline', 'flag', 'test_name', 'test_name2', 'xtest_n', 'bench_parse'],
  ...[
    'a b,c=d',
    'Coverage',
    'dots.in.name',
    'größe',
    '名前',
    '😀',
    'say "hi"',
    "it's",
    'back\\slash',
    '$var',
    '#1',
    '{x}',
  ],
  ...[
    '[x]',
    'a*b',
    '%s',
    '-',
    '1',
    '007',
    'time',
    'value',
    'name',
    'builder_name',
    'constructor',
    'toString',
    '_x',
    'a-b',
  ],
]

export const regexes = [
  ...[
    'test_n',
    'test',
    'test$',
    'name',
    '.*name',
    'TEST_NAME',
    'test_name$',
    '^name|xtest',
    '',
    'zzz',
    'cov|base',
    '.',
  ],
  ...[
    '[a-z]+',
    '\\w+_\\w',
    '(?=x)x',
    'a b',
    'bench_.*',
    '\\S+$',
    '[^tc]',
    '^$',
    '$',
    '(a|b)+',
    'c?o',
    '\\d',
    '.*\\.',
    '(?!b)',
  ],
]

export const dataNames = [
  'tests',
  'tests',
  'Tests',
  'bench',
  'te.*',
  'a b,c=d',
  'größe',
  'build-times',
  'say "hi"',
  '1',
  'name',
]

export const dataKeys = [
  ...[
    'passed',
    'passed',
    'passed',
    'failed',
    'failed',
    'failed',
    'suite',
    'p95 ms',
    'a,b=c',
    'größe',
    '名前',
    'say "hi"',
  ],
  ...['name', 'value', 'constructor', 'start-time', 'duration', '1', '-', 'back\\slash'],
]

export const texts = [
  ...[
    'v',
    'abc',
    'a b',
    'q"u\\o',
    "it's",
    'größe',
    '名前 😀',
    'two\nlines',
    'tab\there',
    'a,b=c',
    'ends in \\',
    ' padded ',
  ],
  ...[
    '12',
    '-1.5',
    '1.20',
    '1e-07',
    '1.2.3',
    '12e4567',
    'v1.2',
    '0x10',
    'NaN',
    'Infinity',
    'true',
    'True',
    '#!x',
    '{"a":1}',
  ],
  '2026-01-01T10:00:00+00:00',
]

/** Of pieces that mean something somewhere, and letters. */
export const oddText = fc
  .array(fc.constantFrom(...'abXYZ019_-.:/,= "\'()[]{}|^$*+?&%@~äßλж日😀'.split(/(?:)/u)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((letters) => `o${letters.join('')}x`)
