import { readFileSync } from 'node:fs'
import { parseCases } from '../test/conformance/case.ts'
import { checkCases } from '../test/conformance/check.ts'

/**
 * npm run conformance -- FILE
 *
 * Runs the cases of a file shaped as test/conformance/buildbot.json: a line for each case that differs from what Buildbot
 * makes of it, then how many passed and failed.
 */
const [file, ...others] = process.argv.slice(2)
if (file === undefined || others.length > 0) fail('Usage: npm run conformance -- FILE')

const checked = await checkCases(readCases(file))
const failed = checked.filter(({ differences }) => differences.length > 0)
for (const { name, differences } of failed) console.log(toLine(`${name}: ${differences.join('; ')}`))
console.log(`${checked.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

function readCases(path: string) {
  try {
    return parseCases(readFileSync(path, 'utf8'))
  } catch (error) {
    return fail(`${path} holds no cases that can be run: ${(error as Error).message}`)
  }
}

/** One line a case, whatever its name holds. */
function toLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
}

function fail(text: string): never {
  console.error(text)
  process.exit(1)
}
