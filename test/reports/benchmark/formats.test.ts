import { describe, expect, test } from 'vitest'
import { benchmarkFormats } from '../../../src/reports/benchmark/formats.ts'
import type { Benchmark } from '../../../src/reports/report.ts'
import { readReport, recognize } from '../read-report.ts'

const toText = (report: object | string) => (typeof report === 'string' ? report : JSON.stringify(report))
const read = (report: object | string, path?: string) =>
  readReport(recognize(benchmarkFormats, toText(report)), toText(report), 7, path)

const estimate = (point: number) => ({
  confidence_interval: { confidence_level: 0.95, lower_bound: point - 1, upper_bound: point + 1 },
  point_estimate: point,
  standard_error: 0.1,
})
const jmh = (more: object, metric: object = {}) => ({
  jmhVersion: '1.37',
  benchmark: 'org.Shop.run',
  mode: 'avgt',
  primaryMetric: {
    score: 2,
    scoreError: 'NaN',
    scorePercentiles: { '0.0': 1, '100.0': 3 },
    scoreUnit: 'us/op',
    rawData: [[1, 3]],
    ...metric,
  },
  secondaryMetrics: {},
  ...more,
})

describe('what is read', () => {
  test.each<[string, object | string, Benchmark[]]>([
    [
      'Bencher: its own measures have units, others are called by their name',
      {
        'a b': {
          latency: { value: 88, lower_value: 80, upper_value: null },
          Throughput: { value: 5 },
          score: { value: 1 },
        },
      },
      [
        { name: 'a b', unit: 's', value: 8.8e-8, min: 8e-8 },
        { name: 'a b', unit: 'ops/s', value: 5 },
        { name: 'a b', unit: 'score', value: 1 },
      ],
    ],
    [
      "github-action-benchmark's data.js: the last run of each suite",
      'window.BENCHMARK_DATA = {"lastUpdate": 1, "entries": {"A": [{"benches": [{"name": "x", "value": 1}]}, {"benches": [{"name": "x", "value": 2, "unit": "ms"}]}], "B": []}};\n',
      [{ name: 'A/x', unit: 's', value: 0.002 }],
    ],
    [
      'hyperfine without a deviation, and with an exit code',
      {
        results: [
          {
            command: 'sleep 1',
            mean: 1,
            stddev: null,
            median: 1,
            user: 0,
            system: 0,
            min: 1,
            max: 1,
            times: [1],
            exit_codes: [0],
          },
        ],
      },
      [{ name: 'sleep 1', unit: 's', value: 1, min: 1, max: 1, runs: 1 }],
    ],
    [
      'pytest-benchmark',
      {
        machine_info: {},
        benchmarks: [
          {
            name: 'f',
            fullname: 't.py::f',
            stats: { min: 1, max: 3, mean: 2, stddev: 0.5, rounds: 4, iterations: 10 },
          },
        ],
      },
      [{ name: 't.py::f', unit: 's', value: 2, min: 1, max: 3, stddev: 0.5, runs: 4 }],
    ],
    [
      'Google Benchmark of old: aggregates by their name, no unit',
      {
        context: {},
        benchmarks: [
          { name: 'BM_A_mean', real_time: 5, cpu_time: 4 },
          { name: 'BM_A_stddev', real_time: 1, cpu_time: 1 },
        ],
      },
      [{ name: 'BM_A', unit: 's', value: 3e-9, min: 1e-9, max: 5e-9, stddev: Math.sqrt(8) / 1e9, runs: 2 }],
    ],
    [
      'Google Benchmark: complexity is no time, counters have units',
      {
        benchmarks: [
          {
            name: 'BM_A/8',
            run_name: 'BM_A/8',
            run_type: 'iteration',
            real_time: 2,
            time_unit: 'ms',
            iterations: 9,
            items_per_second: 5,
            cells: 3,
            label: 'x',
          },
          {
            name: 'BM_A_BigO',
            run_name: 'BM_A',
            run_type: 'aggregate',
            aggregate_name: 'BigO',
            real_coefficient: 1,
            big_o: 'N',
            time_unit: 'ns',
          },
          {
            name: 'BM_B',
            run_name: 'BM_B',
            run_type: 'iteration',
            error_occurred: true,
            error_message: 'no',
            real_time: 0,
            time_unit: 'ns',
          },
        ],
      },
      [
        { name: 'BM_A/8', unit: 's', value: 0.002, runs: 1 },
        { name: 'BM_A/8', unit: 'items/s', value: 5, runs: 1 },
        { name: 'BM_A/8', unit: 'cells', value: 3, runs: 1 },
      ],
    ],
    [
      'Go on one processor: a number at the end belongs to the name',
      'goos: linux\ngoarch: amd64\nBenchmarkA/size-16 \t 100\t 2 ns/op\nBenchmarkA/size-32 \t 100\t 4 ns/op\t 3.5 cells/op\nPASS\nok  \tx\t1.2s\n',
      [
        { name: 'BenchmarkA/size-16', unit: 's', value: 2e-9, runs: 1 },
        { name: 'BenchmarkA/size-32', unit: 's', value: 4e-9, runs: 1 },
        { name: 'BenchmarkA/size-32', unit: 'cells/op', value: 3.5, runs: 1 },
      ],
    ],
    [
      'Go: packages with benchmarks of one name, repeated, and a benchmark that prints',
      'pkg: x/a\nBenchmarkA-8 \t 1\t 2 ns/op\nBenchmarkA-8 \t 1\t 4 ns/op\r\npkg: x/b\nBenchmarkA-8 \thello\n1\n   5\t 8 ns/op\n',
      [
        { name: 'x/a.BenchmarkA', unit: 's', value: 3e-9, min: 2e-9, max: 4e-9, stddev: Math.sqrt(2) / 1e9, runs: 2 },
        { name: 'x/b.BenchmarkA', unit: 's', value: 8e-9, runs: 1 },
      ],
    ],
    [
      "criterion's output: a long name stands above, changes are no times",
      'copy/a long name of sixty characters or more/64\n                        time:   [1.5 ns 2 ns 2.5 ns]\n                        thrpt:  [1 GiB/s 2 GiB/s 3 GiB/s]\n                 change:\n                        time:   [-1.0% +0.2% +3.0%] (p = 0.1)\nshort                   time:   [1 µs 2 µs 3 ms]\n',
      [
        { name: 'copy/a long name of sixty characters or more/64', unit: 's', value: 2e-9, min: 1.5e-9, max: 2.5e-9 },
        { name: 'short', unit: 's', value: 2e-6, min: 1e-6, max: 0.003 },
      ],
    ],
    [
      "libtest's benchmarks",
      'running 1 test\ntest parse::json ... bench:       1,234.50 ns/iter (+/- 34) = 12 MB/s\n',
      [{ name: 'parse::json', unit: 's', value: 1.2345e-6 }],
    ],
    [
      'cargo-criterion: messages of other kinds pass',
      '{"reason":"benchmark-complete","id":"a/b","iteration_count":[1,2],"measured_values":[1,2],"unit":"ns","typical":{"estimate":5,"lower_bound":4,"upper_bound":6,"unit":"ns"},"throughput":[]}\n{"reason":"group-complete","group_name":"a","benchmarks":["a/b"]}\n',
      [{ name: 'a/b', unit: 's', value: 5e-9, min: 4e-9, max: 6e-9, runs: 2 }],
    ],
    [
      'Vitest up to 4: a benchmark that failed has no times',
      {
        files: [
          {
            filepath: '/p/a.ts',
            groups: [
              {
                fullName: 'a.ts > g',
                benchmarks: [{ name: 'x', mean: 2, min: 1, max: 3, sd: 1, sampleCount: 5 }, { name: 'y' }],
              },
            ],
          },
        ],
      },
      [{ name: 'a.ts > g > x', unit: 's', value: 0.002, min: 0.001, max: 0.003, stddev: 0.001, runs: 5 }],
    ],
    [
      'JMH: parameters, operations a time, profilers, values that are none',
      [
        jmh({
          params: { size: '10', kind: 'a' },
          secondaryMetrics: { '·gc.alloc.rate.norm': { score: 24, scoreUnit: 'B/op', rawData: [[24]] } },
        }),
        jmh(
          { benchmark: 'org.Shop.sum', mode: 'thrpt' },
          { score: 'NaN', scoreUnit: 'ops/s', scorePercentiles: { '0.0': 'NaN' }, rawData: [['NaN']] },
        ),
      ],
      [
        {
          name: 'org.Shop.run (size=10, kind=a)',
          unit: 's',
          value: 2e-6,
          min: 1e-6,
          max: 3e-6,
          stddev: Math.SQRT2 / 1e6,
          runs: 2,
        },
        { name: 'org.Shop.run (size=10, kind=a):gc.alloc.rate.norm', unit: 'B/op', value: 24, runs: 1 },
        { name: 'org.Shop.sum', unit: 'ops/s', value: Number.NaN },
      ],
    ],
    [
      'JMH: one benchmark in two modes',
      [jmh({}), jmh({ mode: 'sample' }, { scoreUnit: 's/op', rawDataHistogram: [[[[1, 2]]]], rawData: undefined })],
      [
        { name: 'org.Shop.run:avgt', unit: 's', value: 2e-6, min: 1e-6, max: 3e-6, stddev: Math.SQRT2 / 1e6, runs: 2 },
        { name: 'org.Shop.run:sample', unit: 's', value: 2, min: 1, max: 3 },
      ],
    ],
    [
      // As its documentation has it: the tool needs .NET.
      'BenchmarkDotNet: one that failed has no statistics',
      {
        Title: 'Shop-20260101-120000',
        HostEnvironmentInfo: { BenchmarkDotNetCaption: 'BenchmarkDotNet', BenchmarkDotNetVersion: '0.15.0' },
        Benchmarks: [
          {
            DisplayInfo: 'Shop.Sum: DefaultJob [N=10]',
            Namespace: 'Example',
            Type: 'Shop',
            Method: 'Sum',
            MethodTitle: 'Sum',
            Parameters: 'N=10',
            FullName: 'Example.Shop.Sum(N: 10)',
            Statistics: {
              OriginalValues: [4, 6],
              N: 2,
              Min: 4,
              LowerFence: 1,
              Q1: 4,
              Median: 5,
              Mean: 5,
              Q3: 6,
              UpperFence: 9,
              Max: 6,
              StandardError: 1,
              Variance: 2,
              StandardDeviation: 1.4,
            },
            Memory: {
              Gen0Collections: 1,
              Gen1Collections: 0,
              Gen2Collections: 0,
              TotalOperations: 8,
              BytesAllocatedPerOperation: 32,
            },
          },
          { FullName: 'Example.Shop.Broken', Statistics: null, Memory: null },
          {
            ShortInfo: 'Shop_Old',
            Namespace: 'Example',
            Type: 'Shop',
            Method: 'Old',
            Parameters: 'N=10',
            Statistics: { Mean: 1 },
          },
        ],
      },
      [
        { name: 'Example.Shop.Sum(N: 10)', unit: 's', value: 5e-9, min: 4e-9, max: 6e-9, stddev: 1.4e-9, runs: 2 },
        { name: 'Example.Shop.Sum(N: 10)', unit: 'B/op', value: 32 },
        { name: 'Example.Shop.Old(N: 10)', unit: 's', value: 1e-9 },
      ],
    ],
  ])('%s', (_, report, expected) => {
    expect(read(report)).toEqual(expected)
  })

  test.each([
    ['target/criterion/parse/json 10/new/estimates.json', 'parse/json 10'],
    ['C:\\shop\\target\\criterion\\parse\\base\\estimates.json', 'parse'],
  ])("criterion's estimates in %s", (path, name) => {
    expect(read({ mean: estimate(5), slope: null, std_dev: estimate(2), median: estimate(4) }, path)).toEqual([
      { name, unit: 's', value: 5e-9, min: 4e-9, max: 6e-9, stddev: 2e-9 },
    ])
  })
})

describe('what is wrong is named', () => {
  test.each<[string, object | string, RegExp]>([
    ['no name', { mean: estimate(5), slope: estimate(6) }, /^it must be in the folder target\/criterion\/NAME\/new\//],
    ['a value that is text', { results: [{ command: 'a', mean: '1,5' }] }, /^"results.0.mean" is "1,5", not a number$/],
    [
      'a list of nothing known',
      { context: { num_cpus: 1, library_build_type: 'x' }, benchmarks: [5] },
      /^"benchmarks.0" is 5, not Object$/,
    ],
    ['cut off', '{"results": [{"command": "a", "mean": 1},\n{"command": "b"', /^its JSON is incomplete/],
    ['data.js without entries', 'window.BENCHMARK_DATA = {}', /^it has no "entries" with "benches"$/],
  ])('%s', (_, report, message) => {
    expect(() => read(report)).toThrow(message)
  })

  test('values that are not finite are handed on, to be left out by name', () => {
    expect(read('{"results": [{"command": "a", "mean": NaN, "min": -Infinity}]}')).toEqual([
      { name: 'a', unit: 's', value: Infinity, min: -Infinity },
    ])
  })
})

test.each<[string, object | string]>([
  ['an object of numbers', { a: 1, b: 2 }],
  [
    'records',
    [
      { name: 'a', seconds: 1 },
      { name: 'b', seconds: 2 },
    ],
  ],
  ['nothing', {}],
  ['an empty list', []],
  ['benchmarks of another kind', { benchmarks: [{ title: 'a' }] }],
  ['a log', 'BenchmarkFoo is slow\ntest foo ... ok\n'],
])('%s: of no format', (_, report) => {
  expect(benchmarkFormats.filter((format) => format.recognizes(toText(report)))).toEqual([])
})
