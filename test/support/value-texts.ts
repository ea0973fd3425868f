import type { FieldValue } from '../../src/build/data.ts'

/** Texts as tools print them, and what is stored of each where nothing says what it is; undefined: nothing. */
export const valueTexts: readonly (readonly [text: string, value: FieldValue | undefined])[] = [
  ['0', 0],
  ['3', 3],
  ['-3', -3],
  ['+5', 5],
  ['007', 7],
  ['3.0', 3],
  ['1.20', 1.2],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['-0', -0],
  ['1.5e3', 1500],
  ['1e-07', 1e-7],
  ['2e+16', 2e16],
  ['1.5E3', 1500],
  ['1e5', '1e5'],
  ['12345e6', '12345e6'],
  ['12e4567', '12e4567'],
  ['1e400', '1e400'],
  ['1.5e999', undefined],
  ['9007199254740993', 9_007_199_254_740_992],
  ['9223372036854775807', 2 ** 63],
  ['9223372036854775808', 2 ** 63],
  ['123456789012345678901234567890', 1.2345678901234568e29],
  ['NaN', undefined],
  ['nan', undefined],
  ['Infinity', undefined],
  ['-Infinity', undefined],
  ['inf', undefined],
  ['.nan', undefined],
  ['null', undefined],
  ['None', 'None'],
  ['n/a', 'n/a'],
  ['true', true],
  ['false', false],
  ['True', 'True'],
  ['FALSE', 'FALSE'],
  ['yes', 'yes'],
  ['off', 'off'],
  ['0x1F', '0x1F'],
  ['0b11', '0b11'],
  ['0o17', '0o17'],
  ['1_000', '1_000'],
  ['18,794.12', '18,794.12'],
  ['1,234', '1,234'],
  ['0,123', '0,123'],
  ['87,5', '87,5'],
  ['18.794,12', '18.794,12'],
  ['18\u00a0794', '18\u00a0794'],
  ['18\u202f794,12', '18\u202f794,12'],
  ["1'234", "1'234"],
  ['\u22125', '\u22125'],
  ['\uff11\uff12', '\uff11\uff12'],
  ['\u0663', '\u0663'],
  ['1.2.3', '1.2.3'],
  ['v1.2', 'v1.2'],
  ['83.3%', '83.3%'],
  ['83.3 %', '83.3 %'],
  ['2m 3.5s', '2m 3.5s'],
  ['1h 2m', '1h 2m'],
  ['120ms', '120ms'],
  ['500\u00b5s', '500\u00b5s'],
  ['5 us', '5 us'],
  ['1e3ms', '1e3ms'],
  ['90 min', '90 min'],
  ['02:03', '02:03'],
  ['1:02:03.5', '1:02:03.5'],
  ['PT2M3S', 'PT2M3S'],
  ['P1W', 'P1W'],
  ['4.2 MB', '4.2 MB'],
  ['512k', '512k'],
  ['1.5G', '1.5G'],
  ['10KiB', '10KiB'],
  ['1,024 KB', '1,024 KB'],
  ['5m', '5m'],
  ['5 b', '5 b'],
  ['2026-08-01', '2026-08-01'],
  ['a1b2c3d', 'a1b2c3d'],
  ['{"a": 1}x', '{"a": 1}x'],
  ['two words', 'two words'],
]

/** A line of line protocol says itself what is no text: these are not what the same text is elsewhere (docs/data-model.md). */
export const ofLines: ReadonlyMap<string, FieldValue | undefined> = new Map<string, FieldValue | undefined>([
  ['1e5', 100_000],
  ['12345e6', 12_345_000_000],
  ['12e4567', undefined],
  ['1e400', undefined],
  ['True', true],
  ['FALSE', false],
])

/** YAML in which the text is a value by itself: in quotes where YAML would read more than one value in it. */
export function toYaml(text: string): string {
  return /^[\w.+-][\w .:+/%\u00a0-\uffff,'-]*$/.test(text) && !/: |:$/.test(text) ? text : JSON.stringify(text)
}

/** The value in a line: in quotes where line protocol has no other way to say it. */
export function toLineValue(text: string): string {
  const isBare =
    /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$|^[+-]?\.?(?:nan|inf|infinity)$|^(?:null|true|True|false|FALSE)$/i
  return isBare.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}
