import { type ReportTool, readProject } from '../tool.ts'
import { type BenchmarkSummary, benchmarkReport } from './summary.ts'

const hyperfine: ReportTool<BenchmarkSummary> = {
  tool: 'hyperfine',
  version: 'hyperfine --version',
  project: {},
  reports: [
    benchmarkReport(
      'hyperfine.json',
      "hyperfine --style basic --runs 4 --export-json out.json --parameter-list seconds 0.05,0.1 'sleep {seconds}'",
      'out.json',
      /Benchmark \d+: (?<name>.*)\n +Time \(mean ± σ\): +(?<value>[\d.]+) (?<unit>ms|s)/,
    ),
    benchmarkReport(
      'hyperfine-once.json',
      "hyperfine --style basic --runs 1 --export-json out.json --command-name 'a short sleep' 'sleep 0.06'",
      'out.json',
      /Benchmark \d+: (?<name>.*)\n +Time \(abs ≡\): +(?<value>[\d.]+) (?<unit>ms|s)/,
    ),
  ],
}

const pytestBenchmark: ReportTool<BenchmarkSummary> = {
  tool: 'pytest-benchmark',
  install: 'python3 -m venv bench-py && bench-py/bin/pip install --quiet pytest==9.2.0 pytest-benchmark==5.3.1',
  version: '$TOOLS/bench-py/bin/pip show pytest-benchmark',
  project: readProject('benchmark/python'),
  reports: [
    benchmarkReport(
      'pytest-benchmark.json',
      '$TOOLS/bench-py/bin/pytest --benchmark-min-time=0.001 --benchmark-max-time=0.01 --benchmark-min-rounds=3 --benchmark-time-unit=ns --benchmark-columns=mean --benchmark-json=out.json',
      'out.json',
      /^(?<name>test_\w+(?:\[\S+\])?) {2,}(?<value>[\d,.]+)/,
      { toName: (name) => `test_bench.py::${name}` },
    ),
  ],
}

const goLine = /^(?<name>Benchmark\S*?)-\d+\s+\d+\s+(?<value>[\d.]+) ns\/op/

const go: ReportTool<BenchmarkSummary> = {
  tool: 'go',
  version: 'go version',
  project: readProject('benchmark/go'),
  reports: [
    benchmarkReport(
      'go-bench.txt',
      'GOMAXPROCS=2 go test -run - -bench "Sum|Repeat" -benchtime 5ms -benchmem . | tee out.txt',
      'out.txt',
      goLine,
    ),
    {
      file: 'go-bench-count.txt',
      command: 'GOMAXPROCS=2 go test -run - -bench . -benchtime 5ms -count 3 ./... | tee out.txt',
      from: 'out.txt',
      summary: /[\s\S]+/,
      // The other ones print, or have the name of one in another package.
      toCounts: (text) => {
        const lines = [...text.matchAll(/^(BenchmarkSum\S+)-2\s+\d+\s+([\d.]+) ns\/op/gm)]
        const byName = Map.groupBy(lines, ([, name = '']) => name)
        return Object.fromEntries(
          [...byName].map(([name, repeated]) => {
            const sum = repeated.reduce((all, [, , value]) => all + Number(value), 0)
            return [name, sum / repeated.length / 1e9]
          }),
        )
      },
    },
  ],
}

const google: ReportTool<BenchmarkSummary> = {
  tool: 'google-benchmark',
  version: "dpkg-query --show --showformat '${Version}' libbenchmark-dev",
  project: readProject('benchmark/google'),
  reports: (
    [
      ['google-benchmark.json', '', ''],
      ['google-benchmark-repetitions.json', '--benchmark_repetitions=3', '_mean'],
      [
        'google-benchmark-aggregates.json',
        '--benchmark_repetitions=3 --benchmark_report_aggregates_only=true',
        '_mean',
      ],
    ] as const
  ).map(([file, flags, suffix]) =>
    benchmarkReport(
      file,
      `test -x bench || g++ -O1 bench.cc -lbenchmark -lpthread -o bench; ./bench --benchmark_min_time=0.01 --benchmark_out=out.json ${flags}`,
      'out.json',
      new RegExp(`^(?<name>BM_[\\w/]+?)${suffix} +(?<value>[\\d.]+) (?<unit>ns|us)`),
    ),
  ),
}

/** A name that is long stands on the line above. */
const criterionLine = /^(?<name>\S[^\n]*?)\n? +time: +\[\S+ \S+ (?<value>[\d.]+) (?<unit>\S+) /

const criterion: ReportTool<BenchmarkSummary> = {
  tool: 'criterion',
  version: "grep '^criterion' Cargo.toml",
  project: readProject('benchmark/criterion'),
  reports: [
    benchmarkReport(
      'criterion.txt',
      'CARGO_TARGET_DIR=$TOOLS/target cargo bench --quiet --bench shop | tee out.txt',
      'out.txt',
      criterionLine,
    ),
    benchmarkReport(
      'criterion-estimates.json',
      'rm -rf $TOOLS/target/criterion; CARGO_TARGET_DIR=$TOOLS/target cargo bench --quiet --bench shop -- fibonacci',
      '../report-tools/target/criterion/fibonacci 15/new/estimates.json',
      criterionLine,
    ),
    benchmarkReport(
      'criterion-bencher.txt',
      'CARGO_TARGET_DIR=$TOOLS/target cargo bench --quiet --bench shop -- --output-format bencher | tee out.txt',
      'out.txt',
      /^test (?<name>.*?) \.\.\. bench: +(?<value>[\d,]+) (?<unit>ns)/,
    ),
  ],
}

const cargoCriterion: ReportTool<BenchmarkSummary> = {
  tool: 'cargo-criterion',
  install: 'cargo install --quiet cargo-criterion --version 1.1.0 --root cargo',
  version: '$TOOLS/cargo/bin/cargo-criterion criterion --version',
  project: readProject('benchmark/criterion'),
  reports: [
    benchmarkReport(
      'cargo-criterion.json',
      'CARGO_TARGET_DIR=$TOOLS/target $TOOLS/cargo/bin/cargo-criterion criterion --message-format json > out.json',
      'out.json',
      criterionLine,
    ),
  ],
}

const table = (name: string) => new RegExp(`^[ ·]*(?<name>${name}) +[\\d,.]+ +[\\d.]+ +[\\d.]+ +(?<value>[\\d.]+) `)

function vitest(tool: string, version: string, project: string, reporters: string, prefix: Record<string, string>) {
  return {
    tool,
    install: `mkdir -p ${tool} && cd ${tool} && npm init --yes > init.log && npm install --silent vitest@${version} vite@8.3.8`,
    version: `grep '"version"' $TOOLS/${tool}/node_modules/vitest/package.json`,
    project: readProject(project),
    reports: [
      benchmarkReport(
        `${tool}.json`,
        `ln -sfn $TOOLS/${tool}/node_modules . && node_modules/.bin/vitest bench --run ${reporters}`,
        'out.json',
        table(Object.keys(prefix).join('|')),
        { unit: 'ms', toName: (name) => `${prefix[name]} > ${name}` },
      ),
    ],
  }
}

const vitest4 = vitest('vitest-bench', '4.1.12', 'benchmark/vitest', '--outputJson=out.json', {
  json: 'shop.bench.js > parse',
  split: 'shop.bench.js > parse',
  sort: 'shop.bench.js',
})
const vitest5 = vitest(
  'vitest5-bench',
  '5.1.2',
  'benchmark/vitest5',
  '--reporter=default --reporter=json --outputFile=out.json',
  {
    json: 'parse > text',
    split: 'parse > text',
    sort: 'numbers',
  },
)

const jmh: ReportTool<BenchmarkSummary> = {
  tool: 'jmh',
  version: "grep 'jmh.version>' pom.xml",
  project: readProject('benchmark/jmh'),
  reports: [
    benchmarkReport(
      'jmh.json',
      'mvn --quiet --batch-mode compile exec:java -Dexec.mainClass=org.openjdk.jmh.Main -Dexec.args="-f 0 -rf json -rff out.json -prof gc"',
      'out.json',
      /^Bench\.(?<name>repeat +\d+) +avgt +\d+ +(?<value>[\d.]+) .*us\/op$/,
      { unit: 'us', toName: (name) => `org.example.shop.Bench.repeat (size=${/\d+/.exec(name)?.[0]})` },
    ),
  ],
}

export const benchmarkTools: readonly ReportTool<BenchmarkSummary>[] = [
  hyperfine,
  pytestBenchmark,
  go,
  google,
  criterion,
  cargoCriterion,
  vitest4,
  vitest5,
  jmh,
]
