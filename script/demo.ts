import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ApiJob, exampleJob, startGitHubApi } from '../test/support/github-api.ts'
import { createJob } from '../test/support/job-runner.ts'
import { parseRows, printRows, queryRows } from './rows.ts'

/** The job: its first step is this repository's action, the others are what this repository's own CI does. */
const repository = join(import.meta.dirname, '..')
const steps = [
  [
    'check',
    `cd "$REPOSITORY" && npm run --silent typecheck && echo "files=$(git ls-files src | wc -l)" >> "$GITHUB_OUTPUT"`,
  ],
  ['build', 'cd "$REPOSITORY" && npm run --silent build -- --silent --dir "$RUNNER_TEMP/dist"'],
  [
    'size',
    `cd "$RUNNER_TEMP/dist"
echo "dist_bytes=$(cat *.js | wc -c)" >> "$GITHUB_OUTPUT"
for bundle in *.js; do
  echo "bundle,name=$bundle bytes=$(wc -c < "$bundle")" >> "$BUILD_STATS"
done`,
  ],
] as const

const captures = `
- start-time
- end-time
- duration
- property: dist_bytes
- property: {name: files, type: int, field: source_files}
- data: bundle
`

const { INFLUX_URL = '', INFLUX_DATABASE = '', INFLUX_TOKEN = '', INFLUX_BUCKET = '', INFLUX_ORG = '' } = process.env
const influx = {
  url: INFLUX_URL,
  database: INFLUX_DATABASE,
  token: INFLUX_TOKEN,
  bucket: INFLUX_BUCKET,
  org: INFLUX_ORG,
}
const file = join(mkdtempSync(join(tmpdir(), 'build-stats-demo-')), 'build-stats.lp')

const started = new Date().toISOString()
/** What GitHub tells of the steps, which is what they really took. */
const told: NonNullable<ApiJob['steps']> = []
const api = await startGitHubApi({ job: exampleJob({ started_at: started, created_at: started, steps: told }) })
const job = await createJob({
  action: repository,
  token: 'a-token-of-the-job',
  with: { steps: `\${{ toJSON(steps) }}`, captures, ...(INFLUX_URL === '' ? { file } : influx) },
  env: { GITHUB_API_URL: api.url, REPOSITORY: repository },
  // The runner obeys workflow commands and does not show them.
  onOutput: (text: string) => process.stdout.write(text.replace(/^::(?:add-mask|debug)::.*\n/gm, '')),
})
try {
  title('Build Stats, at the start of the job')
  const main = await job.main()
  if (main.exitCode === 0 && main.log.trim() === '') console.log('It has nothing to report.')
  const isShown = main.exitCode === 0 && (await runJob())
  if (main.exitCode !== 0) console.log('The inputs are not right, so the job ends here.')
  process.exitCode = isShown && job.status === 'success' ? 0 : 1
} finally {
  await job.remove()
  await api.close()
}

/** Whether the end of the job wrote rows that can be read back. */
async function runJob(): Promise<boolean> {
  for (const [id, script] of steps) {
    title(`Step ${id}`)
    const started_at = new Date().toISOString()
    const { conclusion } = await job.step(id, script)
    const completed_at = new Date().toISOString()
    told.push({ name: id, number: told.length + 1, status: 'completed', conclusion, started_at, completed_at })
    console.log(conclusion)
  }
  title('Build Stats, at the end of the job')
  const post = await job.post()

  title('The rows')
  const target = {
    url: INFLUX_URL.replace(/\/+$/, ''),
    database: INFLUX_DATABASE || INFLUX_BUCKET,
    token: INFLUX_TOKEN,
  }
  let isShown = post.exitCode === 0
  try {
    const rows = INFLUX_URL === '' ? parseRows(readFileSync(file, 'utf8')) : await queryRows(target)
    if (rows.length === 0) throw new Error('there are none')
    printRows(rows)
  } catch (error) {
    console.log(`The rows could not be read back: ${(error as Error).message}`)
    isShown = false
  }
  const summary = join(tmpdir(), `build-stats-demo-summary-${process.pid}.md`)
  writeFileSync(summary, job.summary)
  console.log(`\nThe job's summary is in ${summary}`)
  if (INFLUX_URL === '') console.log(`The line protocol is in ${file}`)
  return isShown
}

function title(text: string): void {
  console.log(`\n\u001b[1m${text}\u001b[0m`)
}
