import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseCases } from '../test/conformance/case.ts'
import { checkCases } from '../test/conformance/check.ts'
import { parseTypes } from '../test/conformance/types.ts'

const usage = 'Usage: npm run conformance -- FILE'

/**
 * npm run conformance -- [--types] FILE
 *
 * Runs the cases of a file shaped as test/conformance/buildbot.json: a line for each case that differs from what Buildbot
 * makes of it, then how many passed and failed. Types of fields that differ on purpose count with --types only.
 */
const { values, positionals } = readArguments()
const [file, ...others] = positionals
if (file === undefined || others.length > 0) fail(usage)

const checked = await checkCases(readCases(file), parseTypes(readFileSync(file, 'utf8')))
const told = checked.map(({ name, differences, types }) => ({
  name,
  differences: values.types ? [...differences, ...types] : differences,
}))
const failed = told.filter(({ differences }) => differences.length > 0)
for (const { name, differences } of failed) console.log(toLine(`${name}: ${differences.join('; ')}`))
console.log(`${checked.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

function readArguments() {
  try {
    return parseArgs({ options: { types: { type: 'boolean', default: false } }, allowPositionals: true })
  } catch {
    return fail(usage)
  }
}

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
