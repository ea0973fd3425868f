import { find, type ReportTool, toCounts } from '../tool.ts'

const ctest: ReportTool = {
  tool: 'ctest',
  version: 'ctest --version',
  project: {
    'CMakeLists.txt': `
cmake_minimum_required(VERSION 3.21)
project(shop NONE)
enable_testing()
add_test(NAME passes COMMAND sh -c "echo ']]> <&'")
add_test(NAME "größe 日本" COMMAND true)
add_test(NAME fails COMMAND sh -c "echo 'a < b & c'; exit 3")
add_test(NAME skips COMMAND sh -c "exit 77")
set_tests_properties(skips PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME disabled COMMAND true)
set_tests_properties(disabled PROPERTIES DISABLED TRUE)
add_test(NAME missing COMMAND no-such-program)
add_test(NAME slow COMMAND sleep 5)
set_tests_properties(slow PROPERTIES TIMEOUT 0.2)
add_test(NAME flaky COMMAND sh -c "test -e tried || { touch tried; exit 1; }")
`,
  },
  reports: [
    {
      file: 'ctest.xml',
      command: 'cmake -S . -B build && ctest --test-dir build --repeat until-pass:2 --output-junit report.xml',
      from: 'build/report.xml',
      // `67% tests passed, 2 tests failed out of 6`, then the tests that did not run by name.
      summary: /\d+% tests passed, [\s\S]*/,
      toCounts: (text) => {
        const skipped = [...text.matchAll(/^\s+\d+ - .*\((?:Skipped|Disabled)\)/gm)].length
        const disabled = [...text.matchAll(/\(Disabled\)/g)].length
        const failed = find(text, /(\d+) tests? failed/)
        const errors = [...text.matchAll(/\(Not Run\)/g)].length
        // Those that are disabled are not among "out of".
        return toCounts({ passed: find(text, /out of (\d+)/) + disabled - failed - skipped, failed, errors, skipped })
      },
    },
  ],
}

const googleTest: ReportTool = {
  tool: 'googletest',
  version: 'dpkg-query --show libgtest-dev',
  project: {
    'shop.cc': `
#include <gtest/gtest.h>
#include <stdexcept>

TEST(Cart, Passes) { RecordProperty("total", 3); }
TEST(Cart, FailsTwice) { EXPECT_EQ(1, 2) << "a < b & \\"c\\" ]]>"; EXPECT_STREQ("größe", "日本 😀"); }
TEST(Cart, Throws) { throw std::runtime_error("no database"); }
TEST(Cart, Skips) { GTEST_SKIP() << "not on this platform"; }
TEST(Cart, DISABLED_NotNow) {}
class Names : public testing::TestWithParam<const char*> {};
TEST_P(Names, IsThere) { EXPECT_STRNE(GetParam(), "<&"); }
INSTANTIATE_TEST_SUITE_P(All, Names, testing::Values("plain", "größe", "<&"));
template <typename T> class Typed : public testing::Test {};
using Types = testing::Types<int, double>;
TYPED_TEST_SUITE(Typed, Types);
TYPED_TEST(Typed, IsSmall) { EXPECT_LE(sizeof(TypeParam), 4u); }
class Broken : public testing::Test { public: static void SetUpTestSuite() { FAIL() << "cannot start"; } };
TEST_F(Broken, One) {}
`,
  },
  reports: [
    {
      file: 'googletest.xml',
      command: 'g++ -std=c++17 shop.cc -lgtest -lgtest_main -lpthread -o shop && ./shop --gtest_output=xml:report.xml',
      from: 'report.xml',
      summary: /\d+ tests from \d+ test suites ran[\s\S]*/,
      toCounts: (text) => {
        const disabled = find(text, /YOU HAVE (\d+) DISABLED/)
        const [failed, skipped] = [find(text, /FAILED {2}\] (\d+) tests?/), find(text, /SKIPPED \] (\d+) tests?/)]
        return toCounts({ passed: find(text, /PASSED {2}\] (\d+) tests?/), failed, skipped: skipped + disabled })
      },
    },
  ],
}

const nextest: ReportTool = {
  tool: 'cargo-nextest',
  // Four minutes of processor time.
  install: 'cargo install cargo-nextest --version 0.9.151 --locked --debug --root $PWD/nextest',
  version: '$TOOLS/nextest/bin/cargo-nextest nextest --version',
  project: {
    'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
    '.config/nextest.toml': `
[profile.default]
retries = 2
fail-fast = false
slow-timeout = { period = "1s", terminate-after = 1 }
[profile.default.junit]
path = "report.xml"
`,
    'src/lib.rs': `
#[cfg(test)]
mod cart {
    mod empty {
        #[test]
        fn total() {}
    }
    #[test]
    fn fails() {
        println!("\\u{1b}[31mred\\u{1b}[0m ]]>");
        assert_eq!("a < b & \\"c\\"", "größe 😀");
    }
    #[test]
    fn flaky() {
        let tried = std::path::Path::new("tried");
        if !tried.exists() {
            std::fs::write(tried, "").unwrap();
            panic!("the first try");
        }
    }
    #[test]
    #[ignore = "not now"]
    fn ignored() {}
    #[test]
    #[should_panic]
    fn panics() {
        panic!("as it should");
    }
    #[test]
    fn hangs() {
        std::thread::sleep(std::time::Duration::from_secs(30));
    }
}
`,
    'tests/whole.rs': '#[test]\nfn whole() {}\n#[test]\nfn aborts() {\n    std::process::abort();\n}\n',
  },
  reports: [
    {
      file: 'nextest.xml',
      command: '$TOOLS/nextest/bin/cargo-nextest nextest run --no-fail-fast',
      from: 'target/nextest/default/report.xml',
      // `Summary [   3.1s] 7 tests run: 4 passed (1 flaky), 2 failed, 1 timed out, 1 skipped`
      summary: /Summary .*/,
      toCounts: (text) =>
        // What is skipped is not in its report.
        toCounts({
          passed: find(text, /(\d+) passed/),
          failed: find(text, /(\d+) failed/) + find(text, /(\d+) timed out/),
          flaky: find(text, /(\d+) flaky/),
        }),
    },
  ],
}

export const native = [ctest, googleTest, nextest]
