import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { testTools } from './tests/tools.ts'
import type { ReportTool } from './tool.ts'

/**
 * npm run reports:make [TOOL...]: runs real tools in a project of their own, and keeps the reports that they write in test/reports/tests, with
 * what they say themselves that they counted. Tools are installed into a temporary folder, $REPORT_TOOLS; of Debian it
 * needs: maven, gradle, golang, cmake, g++, libgtest-dev, phpunit, bats, libtest-simple-perl.
 */
const tools = process.env.REPORT_TOOLS ?? join(tmpdir(), 'report-tools')
/** What is in a report must not name the machine. */
const project = '/tmp/project'
const folder = join(import.meta.dirname, '../../test/reports/tests/files')
const table = join(folder, 'files.json')

interface Row {
  readonly file: string
}

mkdirSync(tools, { recursive: true })
mkdirSync(folder, { recursive: true })
const rows: Row[] = existsSync(table) ? JSON.parse(readFileSync(table, 'utf8')) : []
const asked = process.argv.slice(2)
for (const tool of testTools) {
  if (asked.length > 0 && !asked.includes(tool.tool)) continue
  for (const row of makeReports(tool)) {
    const at = rows.findIndex(({ file }) => file === row.file)
    rows.splice(at < 0 ? rows.length : at, at < 0 ? 0 : 1, row)
    console.log(JSON.stringify(row))
  }
}
writeFileSync(table, `${JSON.stringify(rows, undefined, 2)}\n`)

function makeReports(tool: ReportTool): Row[] {
  const installed = join(tools, `installed ${tool.tool}`)
  if (tool.install !== undefined && readIfThere(installed) !== tool.install) {
    const { status, output } = runBash(tool.install, tools)
    if (status !== 0) throw new Error(`${tool.tool} could not be installed: ${output}`)
    writeFileSync(installed, tool.install)
  }
  rmSync(project, { recursive: true, force: true })
  for (const [path, text] of Object.entries(tool.project)) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text.replace(/^\n/, ''))
  }
  const version = /\d+(?:\.\d+)+/.exec(runBash(tool.version, project).output)?.[0]
  if (version === undefined) throw new Error(`${tool.tool} does not say its version`)
  return tool.reports.map(({ file, command, from, summary, toCounts }) => {
    const { output } = runBash(command, project)
    const [line] = summary.exec(output) ?? []
    if (line === undefined) throw new Error(`${tool.tool} has no summary: ${output}`)
    writeFileSync(join(folder, file), withoutMachine(readFileSync(join(project, from), 'utf8')))
    return { file, tool: tool.tool, version, summary: withoutMachine(line.trim()), counts: toCounts(line) }
  })
}

function runBash(command: string, cwd: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', TZ: 'UTC', TOOLS: tools, NO_COLOR: '1' },
  })
  // Colours are of no account.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  return { status, output: `${stdout}${stderr}`.replace(/\u001b\[[\d;]*m/g, '') }
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Neither its name, nor its folders, nor what surefire writes of the Java that it ran in. */
function withoutMachine(text: string): string {
  return text
    .replaceAll(hostname(), 'host')
    .replace(/(<property name="[^"]*" value=")[^"]*"/g, '$1value"')
    .replaceAll(tools, '/tools')
    .replaceAll(process.env.HOME ?? '/root', '/home/user')
}
