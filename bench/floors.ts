import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The paths of one floor's two forms. */
interface Floor {
  readonly module: string
  readonly commonjs: string
}

export interface Floors {
  readonly main: Floor
  readonly post: Floor
  remove(): void
}

/**
 * Each floor in two forms, of the same code. `import http from 'node:http'` reads every export of it, and the one named
 * WebSocket loads node's own undici, so that the form that most scripts have takes longer than the other. The targets
 * are set against it; how far the action is from the lower floor is shown beside.
 */
export function createFloors(): Floors {
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-bench-floors-'))
  const createFloor = (phase: 'main' | 'post'): Floor => {
    const commonjs = join(import.meta.dirname, `floor-${phase}.cjs`)
    const module = join(folder, `floor-${phase}.mjs`)
    const source = readFileSync(commonjs, 'utf8')
    const asModule = source.replace("const http = require('node:http')", "import http from 'node:http'")
    if (asModule === source) throw new Error(`${commonjs} does not load node:http as it did`)
    writeFileSync(module, asModule)
    return { module, commonjs }
  }
  return {
    main: createFloor('main'),
    post: createFloor('post'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
