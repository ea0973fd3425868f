import { unzipSync } from 'fflate'

/** What an artifact may hold: a hundred times what the jobs of a bad day leave. */
const maxFiles = 100
const maxTotalBytes = 256 * 1024 * 1024

/**
 * Takes files out of a zip, by name and in its order. Their sizes, as the zip has them, are looked at before there is memory for
 * them, and nothing grows beyond that; no name becomes a path.
 * @throws Error where it is no zip, a damaged one, or one that holds too much
 */
export function unzipFiles(zip: Uint8Array, isWanted: (name: string) => boolean): Map<string, Uint8Array> {
  let files = 0
  let bytes = 0
  const sizes = new Map<string, number>()
  const found = unzipSync(zip, {
    filter({ name, originalSize }) {
      files++
      if (files > maxFiles) throw new Error(`it holds more than ${maxFiles} files`)
      if (!isWanted(name)) return false
      if (sizes.has(name)) throw new Error('it holds two files of one name')
      bytes += originalSize
      if (!(bytes <= maxTotalBytes)) throw new Error(`it holds more than ${maxTotalBytes} bytes`)
      sizes.set(name, originalSize)
      return true
    },
  })
  for (const [name, size] of sizes) if (found[name]?.length !== size) throw new Error('it is damaged')
  return new Map(Object.entries(found))
}
