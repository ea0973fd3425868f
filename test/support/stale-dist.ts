import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { rollup } from 'rollup'
import { loadConfigFile } from 'rollup/loadConfigFile'

const root = join(import.meta.dirname, '../..')

/** Reports, before tests run the bundles in dist, that src builds others. It builds in memory, and only if src is newer. */
export async function setup(): Promise<void> {
  const changedMs = Math.max(...['src/**/*.ts', 'rollup.config.mjs', 'package-lock.json'].flatMap(listTimes))
  if (changedMs > Math.max(0, ...listTimes('dist/main.js')) && !(await isBuilt())) {
    console.warn('dist is older than src: npm run build')
  }
}

function listTimes(pattern: string): number[] {
  return globSync(pattern, { cwd: root }).map((path) => statSync(join(root, path)).mtimeMs)
}

async function isBuilt(): Promise<boolean> {
  const { options } = await loadConfigFile(join(root, 'rollup.config.mjs'), { silent: true })
  for (const { output, plugins, ...input } of options) {
    // This one would write the list of licences.
    const others = [plugins]
      .flat()
      .filter((plugin) => plugin && 'name' in plugin && plugin.name !== 'rollup-plugin-license')
    const bundle = await rollup({ ...input, plugins: others, logLevel: 'silent' })
    for (const one of output) {
      for (const file of (await bundle.generate(one)).output) {
        const text = file.type === 'chunk' ? file.code : `${file.source}`
        if (readDist(file.fileName) !== text) return false
      }
    }
    await bundle.close()
  }
  return true
}

function readDist(name: string): string | undefined {
  try {
    return readFileSync(join(root, 'dist', name), 'utf8')
  } catch {
    return undefined
  }
}
