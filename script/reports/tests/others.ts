import { find, type ReportTool, toCounts } from '../tool.ts'

const phpunit: ReportTool = {
  tool: 'phpunit',
  version: 'phpunit --version',
  project: {
    'tests/CartTest.php': `
<?php
use PHPUnit\\Framework\\TestCase;

final class CartTest extends TestCase
{
    public function testPasses(): void { $this->assertTrue(true); }
    public function testFails(): void { $this->assertSame('a < b & "c"', 'größe 😀'); }
    public function testThrows(): void { throw new RuntimeException('no database'); }
    public function testSkipped(): void { $this->markTestSkipped('not on this platform'); }
    public function testIncomplete(): void { $this->markTestIncomplete('to do'); }
    /** @dataProvider names */
    public function testNames(string $name): void { $this->assertNotSame('<&', $name); }
    public function names(): array { return ['plain' => ['plain'], 'größe' => ['größe'], '<&' => ['<&']]; }
}
`,
    'tests/EmptyTest.php': `
<?php
use PHPUnit\\Framework\\TestCase;

final class EmptyTest extends TestCase
{
    public static function setUpBeforeClass(): void { throw new LogicException('cannot start'); }
    public function testOne(): void { $this->assertTrue(true); }
    public function testTwo(): void { $this->assertTrue(true); }
}
`,
    'tests/WarnTest.php': `
<?php
use PHPUnit\\Framework\\TestCase;

final class WarnTest extends TestCase
{
    public function testRisky(): void {}
    /** @dataProvider nothing */
    public function testProvided(): void { $this->assertTrue(true); }
}
`,
  },
  reports: [
    {
      file: 'phpunit.xml',
      command: 'phpunit --log-junit report.xml tests',
      from: 'report.xml',
      // `Tests: 12, Assertions: 6, Errors: 2, Failures: 2, Warnings: 1, Skipped: 1, Incomplete: 1, Risky: 1.`
      summary: /^Tests: .*$/m,
      toCounts: (summary) => {
        const of = (word: string) => find(summary, new RegExp(`${word}: (\\d+)`))
        const [errors, skipped] = [of('Errors'), of('Skipped') + of('Incomplete')]
        const failed = errors + of('Failures')
        return toCounts({ passed: of('Tests') - failed - skipped, failed, errors, skipped })
      },
    },
  ],
}

const robot: ReportTool = {
  tool: 'robotframework',
  install: 'python3 -m venv robot && robot/bin/pip install --quiet robotframework==7.4.1',
  version: '$TOOLS/robot/bin/robot --version',
  project: {
    'shop/cart.robot': `
*** Test Cases ***
Passes
    Should Be Equal    1    1

Fails
    Should Be Equal    a < b & "c"    größe 😀

Skips
    Skip    not on this platform
`,
    'shop/deep/names.robot': `
*** Test Cases ***
größe 日本 <&"
    Log    ]]>

No keyword
    No Such Keyword
`,
    'shop/deep/broken.robot': `
*** Settings ***
Suite Setup    Fail    cannot start

*** Test Cases ***
One
    No Operation

Two
    No Operation
`,
  },
  reports: [
    {
      file: 'robot.xml',
      command: '$TOOLS/robot/bin/robot --xunit report.xml shop',
      from: 'report.xml',
      // `7 tests, 2 passed, 4 failed, 1 skipped`: that of the whole comes last.
      summary: /\d+ tests?, \d+ passed, .*(?![\s\S]*\d+ tests?, \d+ passed)/,
      toCounts: (summary) =>
        toCounts({
          passed: find(summary, /(\d+) passed/),
          failed: find(summary, /(\d+) failed/),
          skipped: find(summary, /(\d+) skipped/),
        }),
    },
  ],
}

/** `12 tests, 2 failures, 1 skipped` */
function countBats(summary: string) {
  const [failed, skipped] = [find(summary, /(\d+) failures?/), find(summary, /(\d+) skipped/)]
  return toCounts({ passed: find(summary, /(\d+) tests?/) - failed - skipped, failed, skipped })
}

const bats: ReportTool = {
  tool: 'bats',
  version: 'bats --version',
  project: {
    'shop.bats': `
@test "passes" { true; }
@test "größe 日本 # hash <&" { true; }
@test "fails" { echo "a < b"; [ 1 -eq 2 ]; }
@test "skips" { skip "not on this platform"; }
@test "no command" { no-such-command; }
`,
  },
  reports: (['tap', 'tap13', 'junit'] as const).map((format) => ({
    file: format === 'junit' ? 'bats.xml' : `bats-${format}.tap`,
    command: `TERM=xterm bats --formatter pretty shop.bats; bats --formatter ${format} shop.bats > report`,
    from: 'report',
    summary: /^\d+ tests?, .*$/m,
    toCounts: countBats,
  })),
}

const perl: ReportTool = {
  tool: 'prove',
  version: 'prove --version',
  project: {
    'shop.t': `
use Test::More;
ok(1, 'plain');
ok(1, 'größe # hash');
subtest 'cart' => sub {
    plan tests => 2;
    ok(1, 'inner');
    subtest 'deep' => sub { ok(1); ok(1); done_testing };
};
subtest 'fails' => sub { ok(1); ok(0, 'no'); done_testing };
is(1, 2, 'is not');
SKIP: { skip 'not on this platform', 2; ok(0); ok(0) }
done_testing;
`,
  },
  reports: [
    {
      file: 'perl.tap',
      command: 'perl shop.t > report.tap 2>errors; prove shop.t',
      from: 'report.tap',
      // `shop.t (Wstat: 512 (exited 2) Tests: 7 Failed: 2)`, `less 2 skipped subtests: 3 okay`
      summary: /^\t?\(less[\s\S]*Tests: .*$/m,
      toCounts: (summary) => {
        const [failed, skipped] = [find(summary, /Failed: (\d+)/), find(summary, /less (\d+) skipped/)]
        return toCounts({ passed: find(summary, /Tests: (\d+)/) - failed - skipped, failed, skipped })
      },
    },
  ],
}

const unittest: ReportTool = {
  tool: 'unittest-xml-reporting',
  install: 'python3 -m venv unittest && unittest/bin/pip install --quiet unittest-xml-reporting==4.0.0',
  version: '$TOOLS/unittest/bin/pip show unittest-xml-reporting',
  project: {
    'test_shop.py': `
import unittest

class Cart(unittest.TestCase):
    def test_passes(self):
        print('größe')
    def test_fails(self):
        self.assertEqual('a < b', '日本')
    def test_errors(self):
        raise ValueError('no database')
    @unittest.skip('not now')
    def test_skipped(self):
        pass
    @unittest.expectedFailure
    def test_expected(self):
        self.fail()
`,
  },
  reports: [
    {
      file: 'unittest.xml',
      command: '$TOOLS/unittest/bin/python -m xmlrunner --output-file report.xml test_shop',
      from: 'report.xml',
      // `Ran 5 tests`, `FAILED (failures=1, errors=1, skipped=1, expected failures=1)`
      summary: /^Ran \d+ tests[\s\S]*^FAILED .*$/m,
      toCounts: (summary) => {
        const [errors, skipped] = [
          find(summary, /errors=(\d+)/),
          find(summary, /skipped=(\d+)/) + find(summary, /expected failures=(\d+)/),
        ]
        const failed = errors + find(summary, /\(failures=(\d+)/)
        return toCounts({ passed: find(summary, /Ran (\d+)/) - failed - skipped, failed, errors, skipped })
      },
    },
  ],
}

export const others = [phpunit, robot, bats, perl, unittest]
