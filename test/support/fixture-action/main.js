import { appendFileSync } from 'node:fs'

const append = (variable, text) => appendFileSync(process.env[variable], text)

console.log(`report=${JSON.stringify(process.env)}`)
console.log('::add-mask::hunter2')
console.log('::warning title=Odd%2C really,line=3::the password is hunter2%0Aand 100%25 odd')
console.error('::debug::not shown')
append('GITHUB_OUTPUT', 'builder=CI/test\nnotes<<END\nfirst\nsecond=2\nEND\n')
append('GITHUB_STATE', 'startedAt=2026-01-02T03:04:05Z\n')
append('GITHUB_ENV', 'BUILD_STATS=/somewhere\n')
append('GITHUB_PATH', '/opt/first\n')
append('GITHUB_STEP_SUMMARY', '# From main\n')

const behavior = process.env.INPUT_BEHAVIOR
if (behavior === 'fail') process.exitCode = 1
if (behavior === 'hang') setInterval(() => {}, 1000)
