import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactStore } from './artifacts-api.ts'

/** The artifacts that act's server has put into a folder, numbered by their place in it. */
export function storeActArtifacts(folder: string): ArtifactStore {
  function list() {
    const paths = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : []
    return paths
      .filter((path) => path.endsWith('.zip'))
      .map((path, index) => {
        const [, name = ''] = path.split('/')
        return { id: index + 1, name, zip: readFileSync(join(folder, path)), path }
      })
  }
  return {
    list,
    delete(id) {
      const found = list().find((one) => one.id === id)
      if (found !== undefined) rmSync(join(folder, found.path))
    },
  }
}
