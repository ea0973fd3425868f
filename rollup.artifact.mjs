import { fileURLToPath } from 'node:url'
import { transform } from 'esbuild'

/** @actions/artifact with all that it brings is 3.4 MB; what an upload of files needs of it is a third. */
const unused = [
  // Downloads and deletions, octokit and an unzipper with them.
  /@actions\/artifact\/lib\/internal\/(download|delete|find)\//,
  // Files by patterns.
  /node_modules\/readdir-glob\//,
  /archiver-utils\/file\.js$/,
  // Of azure's client: signing of URLs, copies, queries, leases, and blobs that are no block blobs.
  /storage-blob\/dist\/esm\/(sas|pollers|internal-avro)\//,
  /storage-blob\/dist\/esm\/(BlobQueryResponse|BlobDownloadResponse|BlobLeaseClient|PageBlobRangeResponse|utils\/Batch)\.js$/,
  /storage-blob\/dist\/esm\/generated\/src\/operations\/(appendBlob|container|pageBlob|service)\.js$/,
  // Messages in binary: the service is asked in JSON.
  /@protobuf-ts\/runtime\/.*\/(reflection-)?binary-(reader|writer)\.js$/,
  // Checksums of azure's own, in WebAssembly, which a caller must ask for.
  /storage-common\/dist\/esm\/(crc64(_glue)?|StructuredMessage\w+)\.js$/,
]

/** Node's own modules, for copies of them that serve browsers and node 0.10. */
const builtin = [
  ['readable-stream', /./, 'stream'],
  ['./readable', /lazystream\/node_modules\/readable-stream\/passthrough\.js$/, 'stream'],
  ['graceful-fs', /./, 'fs'],
]

/** What packages of GitHub's get from us. */
const own = {
  '@actions/core': 'src/artifact/silent-core.ts',
  '@azure/storage-blob': 'src/artifact/blob-client.ts',
  tunnel: 'src/artifact/tunnel.ts',
}

/** Modules made of what is used of them. */
const stands = {
  // Zip alone of its formats.
  archiver: `
    import Archiver from 'archiver/lib/core.js'
    import Zip from 'archiver/lib/plugins/zip.js'
    export default {
      create: (format, options) => new Archiver(format, options).setFormat(format).setModule(new Zip(options)),
    }`,
  // One function of a hundred.
  async: `export { default as queue } from 'async/queue.js'`,
  // Of lodash, which brings 40 kB for it.
  'lodash/defaults': `
    export default (target, ...sources) => {
      for (const source of sources) for (const key in source) {
        if (target[key] === undefined) target[key] = source[key]
      }
      return target
    }`,
  // Writes to stderr where the user has a variable DEBUG.
  debug: `export default () => () => {}`,
  // The bundler's namespace of it breaks on what Stream inherits.
  stream: `export { PassThrough, Transform } from 'node:stream'`,
}

/** What packages import, where it is not needed or node has it. What is unused is an empty class, whatever its name. */
export const withoutUnused = {
  name: 'without-unused',
  async resolveId(source, importer = '', options) {
    if (!importer.includes('node_modules')) return null
    const isClient = importer.includes('/@actions/artifact/')
    if (source in own && (isClient || source === 'tunnel')) return fileURLToPath(new URL(own[source], import.meta.url))
    const [, , node] = builtin.find(([name, from]) => name === source && from.test(importer)) ?? []
    if (node !== undefined) return { id: node, external: true }
    if (source in stands && (source !== 'stream' || isClient)) return `\0stand:${source}`
    const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
    return unused.some((pattern) => pattern.test(resolved?.id)) ? '\0unused' : resolved
  },
  load(id) {
    if (id === '\0unused')
      return { code: 'export default new Proxy({}, { get: () => class {} })', syntheticNamedExports: true }
    return id.startsWith('\0stand:') ? stands[id.slice('\0stand:'.length)] : null
  },
}

/**
 * Azure's table of all types, 200 kB, in which those are looked up that others name: what an upload sends and gets names
 * none, and its own types are imported one by one.
 */
const table = 'createSerializer(Mappers,'
export const withoutTable = {
  name: 'without-table',
  transform(code, id) {
    if (!/storage-blob\/dist\/esm\/generated\/src\/operations\//.test(id) || !code.includes(table)) return null
    return { code: code.replace(table, 'createSerializer({},'), map: null }
  },
}

/** Half of what packages bring is documentation, for their callers. Their licences are in licenses.txt. */
export const withoutComments = {
  name: 'without-comments',
  renderChunk: async (code, { name }) =>
    ['artifact', 'callback-parser', 'github', 'yaml-parser'].includes(name)
      ? await transform(code, { target: 'node24', legalComments: 'none' })
      : null,
}
