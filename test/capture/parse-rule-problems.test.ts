import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggest } from '../../src/capture/suggest.ts'
import { parseRules } from './example-rules.ts'

const problemsOf = (value: unknown) => parseRules(value, () => 1).problems

test.each([undefined, null, 'duration', 5, true, {}, { property: 'a' }])('%j is no list of rules', (value) => {
  expect(parseRules(value, () => 1)).toEqual({
    rules: [],
    problems: [{ path: [], text: expect.stringMatching(/^must be a list of rules: start each with "- "$/) }],
  })
})

test.each<[item: unknown, path: (string | number)[], text: RegExp]>([
  [
    'durations',
    [0],
    /^unknown kind of rule "durations"; did you mean "duration"\? Known kinds: start-time, end-time, duration, property, data, report, steps$/,
  ],
  [{ report: null }, [0, 'report'], /^report needs "files": a glob such as build\/\*\*\/\*\.xml, or a list of them$/],
  [{ report: '' }, [0, 'report', 'files'], /must not be empty: a glob such as build\/\*\*\/\*\.xml/],
  [{ report: [] }, [0, 'report', 'files'], /must be a glob such as build\/\*\*\/\*\.xml, or a list of them, not empty/],
  [{ report: 5 }, [0, 'report'], /^report takes a map of keys: files, format, /],
  [{ report: '../x.xml' }, [0, 'report', 'files'], /must not leave the workspace, but is "\.\.\/x\.xml"$/],
  [{ report: ['a/../../x.xml'] }, [0, 'report', 'files', 0], /must not leave the workspace/],
  [{ report: ['!x.xml'] }, [0, 'report'], /^"files" only excludes files: add a glob that includes some$/],
  [{ report: { files: 'x', by: 'class' } }, [0, 'report', 'by'], /"by" must be one of suite, file, but is "class"$/],
  [{ report: { files: 'x', cases: 'fast' } }, [0, 'report', 'cases'], /must be one of failed, slowest, all/],
  [
    { report: { files: 'x', cases: 'all', by: 'suite' } },
    [0, 'report'],
    /^report takes either "by" or "cases", not both$/,
  ],
  [
    { report: { files: 'x', limit: 5 } },
    [0, 'report'],
    /^"limit" is the largest number of test cases to store and needs "cases"$/,
  ],
  [
    { report: { files: 'x', cases: 'all', limit: 0 } },
    [0, 'report', 'limit'],
    /must be a whole number from 1 to 50000/,
  ],
  [{ report: { files: 'x', cases: 'all', limit: 1.5 } }, [0, 'report', 'limit'], /must be a whole number/],
  [
    { report: { files: 'x', format: 'junit' } },
    [0, 'report', 'format'],
    /json, ndjson, csv; leave it out for other formats/,
  ],
  [{ report: { files: 'x', format: 'csv' } }, [0, 'report'], /^"format: csv" needs a "name" for the data$/],
  [{ report: { files: 'x', format: 'csv', name: 'x', by: 'file' } }, [0, 'report'], /reads plain records, which have/],
  [{ report: { files: 'x', path: 'x' } }, [0, 'report', 'path'], /^unknown key "path" of report/],
  ['Duration', [0], /^unknown kind of rule "Duration"; did you mean "duration"\?/],
  ['start_time', [0], /did you mean "start-time"\?/],
  ['propertie', [0], /did you mean "property"\?/],
  ['zzzzzzzzzz', [0], /^unknown kind of rule "zzzzzzzzzz"; Known kinds/],
  [{ prop: 'x' }, [0], /^unknown kind of rule "prop"/],
  ['__proto__', [0], /^unknown kind of rule "__proto__"/],
  ['constructor', [0], /^unknown kind of rule "constructor"/],
  [JSON.parse('{"__proto__": {}}'), [0], /^unknown kind of rule "__proto__"/],
  [
    null,
    [0],
    /^must be a rule such as "duration" or "property: coverage", but is empty\. Known rules: start-time, end-time, duration, property, data, report, steps$/,
  ],
  [5, [0], /^must be a rule .*, but is 5\. Known rules: /],
  [true, [0], /^must be a rule .*, but is true\. Known rules: /],
  [{}, [0], /^must be a rule .*, but is \{\}\. Known rules: /],
  [
    { property: 'a', builder: 'b' },
    [0],
    /^"builder" must be a key of "property", not beside it: write property: \{…, builder: …\}$/,
  ],
  [{ property: 'a'.repeat(100), builder: 'b' }, [0], /^"builder" must be a key of "property"/],
  ['property', [0], /^property takes either "name" or "regex"$/],
  ['data', [0], /^data takes either "name" or "regex"$/],
  [{ property: null }, [0, 'property'], /^property takes either "name" or "regex"$/],
  [{ property: {} }, [0, 'property'], /^property takes either "name" or "regex"$/],
  [{ property: { name: 'a', regex: 'b' } }, [0, 'property'], /^property takes either "name" or "regex"$/],
  [{ data: { name: 'a', regex: 'b' } }, [0, 'data'], /^data takes either "name" or "regex"$/],
  [{ property: { name: 'a', tag: 'b', field: 'c' } }, [0, 'property'], /either "field" or "tag"/],
  [{ property: { name: 'a', tag: 'b', type: 'int' } }, [0, 'property'], /a tag is always text/],
  [
    { property: 5 },
    [0, 'property'],
    /^property takes a map of keys: name, regex, builder, callback, type, field, tag, on-missing/,
  ],
  [{ property: ['a'] }, [0, 'property', '0'], /^unknown key "0" of property; Known keys: name, regex/],
  [{ 'start-time': 'now' }, [0, 'start-time'], /^start-time takes a map of keys: builder, callback, field/],
  [
    { duration: 'minutes' },
    [0, 'duration'],
    /^duration takes a map of keys: builder, callback, field, type, report-in/,
  ],
  [{ duration: false }, [0, 'duration'], /^duration takes a map of keys/],
  [
    { duration: { 'report-in': 'days' } },
    [0, 'duration', 'report-in'],
    /^duration: "report-in" must be one of seconds, minutes, hours, but is "days"$/,
  ],
  [
    { duration: { report_in: 'hours' } },
    [0, 'duration', 'report_in'],
    /^unknown key "report_in" of duration; did you mean "report-in"\?/,
  ],
  [{ duration: { name: 'x' } }, [0, 'duration', 'name'], /^unknown key "name" of duration/],
  [{ 'end-time': { types: 'int' } }, [0, 'end-time', 'types'], /^unknown key "types" of end-time; did you mean "type"/],
  [{ property: '' }, [0, 'property', 'name'], /^property: "name" must not be empty: .*, but is ""$/],
  [{ property: { name: '' } }, [0, 'property', 'name'], /must not be empty/],
  [{ property: { name: 5 } }, [0, 'property', 'name'], /^property: "name" must be text: .*, but is 5$/],
  [{ property: { name: null } }, [0, 'property', 'name'], /must be text.*but is empty$/],
  [
    { property: { regex: '(' } },
    [0, 'property', 'regex'],
    /^property: "regex" is not a valid regular expression in Python's syntax: missing \): .*, at character 1; it is "\("$/,
  ],
  [{ property: { regex: ['a'] } }, [0, 'property', 'regex'], /must be text: a regular expression in Python's syntax/],
  [
    { property: { name: 'a', type: 'number' } },
    [0, 'property', 'type'],
    /must be one of float, int, string, boolean, percent, seconds, bytes, but is "number"$/,
  ],
  [
    { property: { name: 'a', 'on-missing': 'fail' } },
    [0, 'property', 'on-missing'],
    /must be one of warn, ignore, error, but is "fail"$/,
  ],
  [{ property: { name: 'a', field: 'time' } }, [0, 'property', 'field'], /must not be "time", which InfluxDB reserves/],
  [{ property: { name: 'a', tag: 'time' } }, [0, 'property', 'tag'], /must not be "time"/],
  [{ property: { name: 'a', tag: '_field' } }, [0, 'property', 'tag'], /must not be "_field", which InfluxDB/],
  [{ property: { name: 'a', field: '_measurement' } }, [0, 'property', 'field'], /must not be "_measurement"/],
  [{ property: { name: 'a', field: '' } }, [0, 'property', 'field'], /must not be empty/],
  [{ 'start-time': { field: 3 } }, [0, 'start-time', 'field'], /must be text/],
  [
    { property: { name: 'a', feild: 'b' } },
    [0, 'property', 'feild'],
    /^unknown key "feild" of property; did you mean "field"\?/,
  ],
  [
    { property: { name: 'a', builder: [] } },
    [0, 'property', 'builder'],
    /must be a builder such as "CI\/test", or a list of them, not empty, but is \[\]$/,
  ],
  [{ property: { name: 'a', builder: '' } }, [0, 'property', 'builder'], /"builder" must/],
  [{ property: { name: 'a', builder: ['x', 5] } }, [0, 'property', 'builder'], /"builder" must/],
  [
    { data: { name: 'a', tags: 'suite' } },
    [0, 'data', 'tags'],
    /must be a list of keys of the record, such as \[suite\], but is "suite"$/,
  ],
  [{ data: { name: 'a', tags: ['ok', ''] } }, [0, 'data', 'tags', 1], /must not be empty/],
  [{ data: { name: 'a', tags: [5] } }, [0, 'data', 'tags', 0], /must be text/],
  [{ data: { name: 'a', measurement: '' } }, [0, 'data', 'measurement'], /must not be empty/],
  [{ 'start-time': { type: 'int' } }, [0, 'start-time', 'type'], /^a time is text: "type: int" needs a "callback"/],
  [
    { data: { name: 'a', types: ['int'] } },
    [0, 'data', 'types'],
    /must be a map such as \{total: int, share: percent\}/,
  ],
  [
    { data: { name: 'a', types: { b: 'number' } } },
    [0, 'data', 'types', 'b'],
    /must be one of float, .* but is "number"$/,
  ],
  [
    { data: { name: 'a', types: { b: 'int' }, tags: ['b'] } },
    [0, 'data', 'types', 'b'],
    /^a tag is always text: leave "b" out of/,
  ],
  [
    { data: { name: 'a', time: ['at'] } },
    [0, 'data', 'time'],
    /must be text: the key of the record that holds its time/,
  ],
  [{ data: { name: 'a', field: 'b' } }, [0, 'data', 'field'], /^unknown key "field" of data/],
])('%j is a problem', (item, path, text) => {
  expect(parseRules([item], () => 1)).toEqual({
    rules: [],
    problems: [{ path, text: expect.stringMatching(text) }],
  })
})

test('all problems are told at once, and what is right is still read', () => {
  const { rules, problems } = parseRules(
    ['duration', 'tests', { property: { name: 'a', type: 'x', colour: 'red' } }, 'end-time'],
    () => 1,
  )
  expect(rules.map(({ kind }) => kind)).toEqual(['duration', 'end-time'])
  expect(problems.map(({ path }) => path)).toEqual([[1], [2, 'property', 'type'], [2, 'property', 'colour']])
})

test.each<[string, unknown[]]>([
  ['the same rule twice', ['start-time', 'start-time']],
  ['durations in one unit', ['duration', { duration: { 'report-in': 'seconds' } }]],
  ['one property twice', [{ property: 'a' }, { property: { name: 'a', type: 'int' } }]],
  ['two properties in one field', [{ property: { name: 'a', field: 'c' } }, { property: { name: 'b', field: 'c' } }]],
  ['a tag and a field of one name', [{ property: { name: 'a', tag: 'c' } }, { property: { name: 'b', field: 'c' } }]],
])('%s: a double', (_, items) => {
  const [first] = parseRules([items[0]], () => 1).rules
  expect(problemsOf(items)).toEqual([
    {
      path: [1],
      text: expect.stringMatching(
        `^would fill the same column as ${first?.kind}.* \\(captures, line 1\\); give one of them`,
      ),
    },
  ])
})

test.each([
  ['colour', ['color', 'size'], 'did you mean "color"? Known keys: color, size'],
  ['COLOR', ['color'], 'did you mean "color"? Known keys: color'],
  ['unrelated', ['color'], 'Known keys: color'],
])('for %s of %j: %s', (word, known, text) => {
  expect(suggest(word, known, 'keys')).toBe(text)
})

test('whatever the YAML holds, nothing is thrown, and each item is a rule or has a problem', () => {
  const kind = fc.constantFrom('start-time', 'duration', 'property', 'data', 'x', '__proto__')
  const key = fc.constantFrom(
    'name',
    'regex',
    'builder',
    'type',
    'field',
    'tag',
    'tags',
    'report-in',
    'measurement',
    'z',
  )
  const leaf = fc.oneof(fc.jsonValue(), fc.constantFrom('(', '[', 'time', 'int', '', Number.NaN))
  const item = fc.oneof(kind, leaf, fc.dictionary(kind, fc.oneof(leaf, fc.dictionary(key, leaf)), { maxKeys: 2 }))
  fc.assert(
    fc.property(fc.oneof(leaf, fc.array(item, { maxLength: 4 })), (value) => {
      const { rules, problems } = parseRules(value, () => 1)
      const places = new Set(problems.map(({ path }) => path[0]))
      expect(rules.length + places.size).toBeGreaterThanOrEqual(Array.isArray(value) ? value.length : 1)
      for (const { text } of problems) expect(text).not.toMatch(/undefined|\[object/)
    }),
    { numRuns: 1000 },
  )
})

test('a value that contains itself, as an alias of YAML can, is a problem', () => {
  const cyclic: { name?: unknown } = {}
  cyclic.name = cyclic
  expect(problemsOf([{ property: cyclic }])).toHaveLength(1)
  expect(problemsOf([[cyclic, 1]])).toEqual([
    {
      path: [0],
      text: expect.stringMatching(
        /^must be a rule .*, but is a value that contains itself or is nested too deeply\. Known/,
      ),
    },
  ])
})
