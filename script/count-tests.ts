import { existsSync, readFileSync } from 'node:fs'
import { addTallies, type Tally, tallyCheck, tallyTests, toReport } from './tally.ts'

/**
 * node script/count-tests.ts TALLY tests=0 'type check=0' ...
 *
 * Adds up the tally of the tests and the exit codes of everything that ran. With CI=true a skip is a failure: in CI
 * everything that the tests need is there, or can be installed.
 */
const [tallyPath = '', ...exitCodes] = process.argv.slice(2)
const testTally = existsSync(tallyPath) ? (JSON.parse(readFileSync(tallyPath, 'utf8')) as Tally) : undefined

const total = addTallies(
  exitCodes.map((argument) => {
    const [name = '', exitCode] = argument.split('=')
    return name === 'tests' ? tallyTests(testTally, Number(exitCode)) : tallyCheck(name, Number(exitCode))
  }),
)

const mayNotSkip = process.env.CI === 'true' && total.skipped.length > 0
if (mayNotSkip) console.log('CI is true: nothing may be skipped.')
console.log(toReport(total).join('\n'))
process.exitCode = total.failed.length > 0 || mayNotSkip ? 1 : 0
