import { appendFileSync } from 'node:fs'

console.log(`report=${JSON.stringify(process.env)}`)
appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# From post\n')
