import { find, type MadeReport, type ReportTool, toCounts } from '../tool.ts'

/** What gotestsum ran again and passed then, which it does not count. */
const flaky: Readonly<Record<string, number>> = {
  'go-test-count.json': 1,
  'gotestsum-rerun.json': 1,
  'gotestsum-rerun.xml': 1,
}

/** `DONE 22 tests, 1 skipped, 7 failures, 1 error`: what fails outside of a test is a failure, but not a test. */
function countGo(file: string, summary: string, output: string) {
  const [skipped, failed] = [find(summary, /(\d+) skipped/), find(summary, /(\d+) failures?/)]
  const outside = [...output.matchAll(/^=== FAIL: \S+ {2}\(/gm)].length
  const passed = find(summary, /(\d+) tests?/) + outside - failed - skipped
  const errors = file.endsWith('.xml') ? 0 : find(summary, /(\d+) errors?/)
  return toCounts({ passed, failed, skipped, errors, flaky: flaky[file] ?? 0 })
}

const summary = /^DONE .*(?![\s\S]*^DONE )/m

const install = ['GOBIN=$PWD/go go install gotest.tools/gotestsum@v1.13.0', 'ls go/gotestsum'].join(' && ')

const report = (file: string, command: string, from: string): MadeReport => ({
  file,
  command: `rm -f cart/tried; $TOOLS/go/gotestsum --jsonfile out.json --junitfile out.xml ${command}`,
  from,
  summary,
  toCounts: (text, output) => countGo(file, text, output),
})

const project = {
  'go.mod': 'module example.com/shop\n\ngo 1.24\n',
  'none/none.go': 'package none\n',
  'cart/cart_test.go': `
package cart

import (
	"os"
	"testing"
	"time"
)

func TestPasses(t *testing.T) { t.Log("\\x1b[31mred\\x1b[0m <&\\"]]>") }

func TestFails(t *testing.T) { t.Errorf("total is %d, not %d", 3, 4) }

func TestSkipped(t *testing.T) { t.Skip("not on this platform") }

func TestTable(t *testing.T) {
	for _, name := range []string{"plain", "with space", "größe", "日本 😀", "same", "same"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			time.Sleep(10 * time.Millisecond)
			if name == "größe" {
				t.Fatal("no")
			}
			t.Run("deep", func(t *testing.T) { time.Sleep(10 * time.Millisecond) })
		})
	}
}

func TestFlaky(t *testing.T) {
	if _, err := os.Stat("tried"); err != nil {
		os.WriteFile("tried", nil, 0o600)
		t.Fatal("the first try")
	}
}

func Example() {
	print()
	// Output:
}

func FuzzText(f *testing.F) {
	f.Add("a")
	f.Fuzz(func(t *testing.T, text string) {})
}

func BenchmarkNothing(b *testing.B) {
	for b.Loop() {
	}
}
`,
  'good/good_test.go': `
package good

import "testing"

func TestPasses(t *testing.T) {}

func BenchmarkNothing(b *testing.B) {
	for b.Loop() {
	}
}
`,
  'broken/broken_test.go': `
package broken

import "testing"

func TestNothing(t *testing.T) { nothing() }
`,
  'crash/crash_test.go': `
package crash

import "testing"

func TestBefore(t *testing.T) {}

func TestCrashes(t *testing.T) { panic("no way on") }

func TestAfter(t *testing.T) {}
`,
  'exit/exit_test.go': `
package exit

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) { m.Run(); os.Exit(3) }

func TestPasses(t *testing.T) {}
`,
}

export const goTools: readonly ReportTool[] = [
  {
    tool: 'go test',
    install,
    version: 'go version',
    project,
    reports: [
      report('go-test.json', '-- ./...', 'out.json'),
      report('go-test-count.json', '-- -count 2 ./good ./cart', 'out.json'),
    ],
  },
  {
    tool: 'gotestsum',
    install,
    version: '$TOOLS/go/gotestsum --version; go version -m $TOOLS/go/gotestsum | grep mod',
    project,
    reports: [
      report('gotestsum.xml', '-- ./...', 'out.xml'),
      report('gotestsum-rerun.xml', '--rerun-fails --packages "./cart ./good"', 'out.xml'),
      report('gotestsum-rerun.json', '--rerun-fails --packages "./cart ./good"', 'out.json'),
    ],
  },
]
