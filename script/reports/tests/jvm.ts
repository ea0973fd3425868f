import { find, type ReportTool, toCounts } from '../tool.ts'

/** `Tests run: 13, Failures: 2, Errors: 2, Skipped: 2, Flakes: 1` */
function countSurefire(summary: string) {
  const [tests, failures, errors] = [/Tests run: (\d+)/, /Failures: (\d+)/, /Errors: (\d+)/].map((one) =>
    find(summary, one),
  )
  const skipped = find(summary, /Skipped: (\d+)/)
  const failed = (failures ?? 0) + (errors ?? 0)
  return toCounts({
    passed: (tests ?? 0) - failed - skipped,
    failed,
    errors: errors ?? 0,
    skipped,
    flaky: find(summary, /Flakes: (\d+)/),
  })
}

const pom = `
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>shop</groupId>
  <artifactId>shop</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.junit.jupiter</groupId>
      <artifactId>junit-jupiter</artifactId>
      <version>5.11.4</version>
      <scope>test</scope>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-surefire-plugin</artifactId>
        <version>3.5.2</version>
      </plugin>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.13.0</version>
      </plugin>
    </plugins>
  </build>
</project>
`

const imports = `package shop;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
`

const broken = `${imports}
class BrokenTest {
  @BeforeAll static void start() { throw new IllegalStateException("cannot start"); }
  @Test void one() {}
  @Test void two() {}
}
`

const cases = `
  @Test void passes() { System.out.println("]]> and \\u001b[31mred"); }
  @Test void fails() { assertEquals("a < b & \\"c\\"", "größe 😀"); }
  @Test void errors() { throw new IllegalStateException("no database"); }
  @Test @Disabled("not now") void skipped() {}
  @Test void assumes() { Assumptions.assumeTrue(false, "other platform"); }
  @ParameterizedTest(name = "{0}") @ValueSource(strings = {"plain", "größe", "<&\\"", "日本 😀"}) void names(String text) {}
`

/** The last one: it is that of all classes. */
const summary = /Tests run: .*(?![\s\S]*Tests run: )/

const surefire: ReportTool = {
  tool: 'surefire',
  version: "grep -A1 surefire pom.xml | grep -o '[0-9.]*[0-9]'",
  project: {
    'pom.xml': pom,
    'src/test/java/shop/BrokenTest.java': broken,
    'src/test/java/shop/CartTest.java': `${imports}
class CartTest {${cases}
  @Nested class Empty {
    @Test void total() {}
    @Test void broken() { fail("no"); }
  }
}
`,
  },
  reports: [
    {
      file: 'surefire',
      command: 'mvn -B test',
      from: 'target/surefire-reports/TEST-*.xml',
      summary,
      toCounts: countSurefire,
    },
  ],
}

const surefireRerun: ReportTool = {
  ...surefire,
  project: {
    'pom.xml': pom,
    'src/test/java/shop/BrokenTest.java': broken,
    'src/test/java/shop/CartTest.java': `${imports}
class CartTest {
  static int failures = 0;
  static int errors = 0;
${cases}
  @Test void flaky() { assertEquals(3, ++failures); }
  @Test void flakyError() { if (++errors < 2) throw new IllegalStateException("first"); }
}
`,
  },
  reports: [
    {
      file: 'surefire-rerun',
      command: 'mvn -B test -Dsurefire.rerunFailingTestsCount=3',
      from: 'target/surefire-reports/TEST-*.xml',
      summary,
      toCounts: countSurefire,
    },
  ],
}

/** Debian's, which knows JUnit 4 only. */
const gradle: ReportTool = {
  tool: 'gradle',
  version: "gradle --version | grep '^Gradle'",
  project: {
    'build.gradle': `
apply plugin: 'java'
dependencies { testCompile files('/usr/share/java/junit4.jar', '/usr/share/java/hamcrest-core.jar') }
`,
    'src/test/java/shop/CartTest.java': `
package shop;

import static org.junit.Assert.*;
import org.junit.*;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

public class CartTest {
  @Test public void passes() { System.out.println("]]> and \\u001b[31mred"); }
  @Test public void fails() { assertEquals("a < b & \\"c\\"", "größe"); }
  @Test public void errors() { throw new IllegalStateException("no database"); }
  @Test @Ignore("not now") public void skipped() {}
  @Test public void assumes() { Assume.assumeTrue(false); }
}
`,
    'src/test/java/shop/NamesTest.java': `
package shop;

import org.junit.*;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

@RunWith(Parameterized.class)
public class NamesTest {
  @Parameterized.Parameters(name = "{0}") public static Object[] names() { return new Object[] {"plain", "größe", "<&"}; }
  @Parameterized.Parameter public String name;
  @Test public void isThere() { Assert.assertNotEquals("<&", name); }
}
`,
  },
  reports: [
    {
      file: 'gradle',
      command: 'gradle --offline --no-daemon test',
      from: 'build/test-results/test/TEST-*.xml',
      summary: /\d+ tests completed, .*/,
      toCounts: (text) => {
        const [failed, skipped] = [find(text, /(\d+) failed/), find(text, /(\d+) skipped/)]
        return toCounts({ passed: find(text, /(\d+) tests/) - failed - skipped, failed, skipped })
      },
    },
  ],
}

export const jvm = [surefire, surefireRerun, gradle]
