import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { benchmarkTools } from './benchmark/tools.ts'
import { coverageTools } from './coverage/tools.ts'
import { testTools } from './tests/tools.ts'
import type { ReportTool } from './tool.ts'

/**
 * npm run reports:make [TOOL...]: runs real tools in a project of their own, and keeps the reports that they write in test/reports, with what
 * they say themselves that they counted. Tools are installed into a temporary folder, $REPORT_TOOLS; of Debian it needs:
 * maven, gradle, golang, cargo, cmake, g++, clang, llvm, libgtest-dev, libbenchmark-dev, phpunit, php-pcov, bats,
 * libtest-simple-perl, ruby-simplecov, hyperfine.
 */
const tools = process.env.REPORT_TOOLS ?? join(tmpdir(), 'report-tools')
/** What is in a report must not name the machine. */
const project = process.env.REPORT_PROJECT ?? '/tmp/project'

interface Row {
  readonly file: string
}

/** What tools are found and fetched with. */
const machine = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(?:PATH|HOME|GO|CARGO_|RUSTUP_|PIP_|SSL_|NODE_EXTRA_)/.test(name)),
)

mkdirSync(tools, { recursive: true })
const asked = process.argv.slice(2)
makeKind('tests', testTools)
makeKind('coverage', coverageTools)
makeKind('benchmark', benchmarkTools)

function makeKind(kind: string, kindTools: readonly ReportTool<unknown>[]): void {
  const folder = join(import.meta.dirname, '../../test/reports', kind, 'files')
  const table = join(folder, 'files.json')
  mkdirSync(folder, { recursive: true })
  const rows: Row[] = existsSync(table) ? JSON.parse(readFileSync(table, 'utf8')) : []
  for (const tool of kindTools) {
    if (asked.length > 0 && !asked.includes(tool.tool)) continue
    for (const row of makeReports(tool, folder)) {
      const at = rows.findIndex(({ file }) => file === row.file)
      rows.splice(at < 0 ? rows.length : at, at < 0 ? 0 : 1, row)
      console.log(JSON.stringify(row))
    }
    writeFileSync(table, `${JSON.stringify(rows, undefined, 2)}\n`)
  }
}

function makeReports(tool: ReportTool<unknown>, folder: string): Row[] {
  const installed = join(tools, `installed ${tool.tool}`)
  if (tool.install !== undefined && readIfThere(installed) !== tool.install) {
    const { status, output } = runBash(tool.install, tools)
    if (status !== 0) throw new Error(`${tool.tool} could not be installed: ${output}`)
    writeFileSync(installed, tool.install)
  }
  rmSync(project, { recursive: true, force: true })
  mkdirSync(project)
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
    const files = globSync(from, { cwd: project })
      .sort()
      .map((path) => {
        const name = from.includes('*') ? `${file}-${basename(path)}` : file
        writeFileSync(join(folder, name), withoutMachine(readFileSync(join(project, path), 'utf8')))
        return name
      })
    if (files.length === 0) throw new Error(`${tool.tool} has written no report: ${output}`)
    return {
      file,
      ...(from.includes('*') && { files }),
      tool: tool.tool,
      version,
      // All that a benchmark prints is no summary.
      ...(line.length < 1000 && { summary: withoutMachine(line.trim()) }),
      counts: toCounts(line, output),
    }
  })
}

function runBash(command: string, cwd: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 600_000,
    env: { ...machine, LANG: 'C.UTF-8', TZ: 'UTC', TOOLS: tools, NO_COLOR: '1' },
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
    .replaceAll(new RegExp(`\\b${hostname().replace(/\W/g, '\\$&')}\\b`, 'g'), 'host')
    .replace(/(<property name="[^"]*" value=")[^"]*"/g, '$1value"')
    .replaceAll(project, '/tmp/project')
    .replaceAll(tools, '/tools')
    .replaceAll(`../${basename(tools)}`, '/tools')
    .replaceAll(process.execPath, 'node')
    .replaceAll(process.env.HOME ?? '/root', '/home/user')
}
