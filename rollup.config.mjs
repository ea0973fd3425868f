import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import nodeResolve from '@rollup/plugin-node-resolve'
import { transform } from 'esbuild'
import esbuild from 'rollup-plugin-esbuild'
import license from 'rollup-plugin-license'

/**
 * Every request goes through src/http: octokit is given its `fetch`. What @actions/github would load for requests of its
 * own is 1 MB of undici and twice the start-up time of node; modules that do nothing take its place.
 */
const replaced = {
  undici: `export class ProxyAgent {}
    export const fetch = () => { throw new Error('undici is not bundled: requests go through src/http') }`,
  '@actions/http-client': 'export class HttpClient { getAgent() {} getAgentDispatcher() {} }',
  // Octokit for GraphQL, for all pages of a list, and for integers beyond 2^53: nothing here asks for them.
  '@octokit/graphql': 'export const withCustomRequest = () => ({ defaults() {} })',
  '@octokit/plugin-paginate-rest': 'export const paginateRest = () => ({})',
  'json-with-bigint': 'export const { parse: JSONParse, stringify: JSONStringify } = JSON',
}
const withReplaced = {
  name: 'with-replaced',
  resolveId: (source) => (source in replaced ? `\0${source}` : null),
  load: (id) => replaced[id.slice(1)] ?? null,
}

/** When it is loaded, @actions/github reads the event file, and throws where that is empty or a folder. Nothing here uses it. */
const withoutContext = {
  name: 'without-context',
  resolveId: (source, importer) =>
    source === './context.js' && importer?.includes('/@actions/github/') ? '\0context' : null,
  load: (id) => (id === '\0context' ? 'export class Context {}' : null),
}

const packages = new URL('node_modules/', import.meta.url)

/** The numbers of limits.ts, where they are used. As exports of the shared file they cost main a hundredth of its time. */
const limits = await import('./src/limits.ts')
const withLimitsInline = {
  name: 'with-limits-inline',
  transform: (code, id) =>
    id.includes('/src/')
      ? code.replace(/^import \{([^}]*)\} from '[./]*\/limits\.ts'$/gm, (_, names) =>
          names.split(',').map(toConstant).join(''),
        )
      : null,
}

function toConstant(name) {
  const key = name.trim()
  if (key !== '' && typeof limits[key] !== 'number') throw new Error(`limits.ts has no number ${key}`)
  return key === '' ? '' : `const ${key} = ${limits[key]};`
}

/**
 * The client without its own transport over node:http, and the deprecated call in it: ours is used. And what @actions/core
 * takes from crypto.
 */
const lighter = {
  crypto: '../src/runner/random-uuid.ts',
  '@influxdata/influxdb-client': '@influxdata/influxdb-client/dist/index.browser.mjs',
}
const withLighter = {
  name: 'with-lighter',
  resolveId: (source) => (source in lighter ? fileURLToPath(new URL(lighter[source], packages)) : null),
}

/** The client's transport over fetch, and its queries with all that reads their answers: half of it, and nothing here uses them. */
const unused = [
  /(?<=\(n=this\._options\.transport\))!=null\?n:new \w+\(this\._options\)/,
  /,this\.processCSVResponse=\(\w,\w\)=>new \w+\([^)]*\)/,
  /getQueryApi\(\w\)\{return new \w+\([^)]*\)\}/,
]
const withoutQueries = {
  name: 'without-queries',
  transform: (code, id) =>
    id.endsWith('/influxdb-client/dist/index.browser.mjs')
      ? unused.reduce((text, part) => replaceIn(text, part, ''), code)
      : null,
}

/** A release of a package without such text fails the build. */
function replaceIn(text, pattern, replacement) {
  const changed = text.replace(pattern, replacement)
  if (changed === text) throw new Error(`A package has no longer what is replaced in it: ${pattern}`)
  return changed
}

/**
 * The namespaces of fs and os that @actions/core imports: copying all that these modules export takes longer than the few
 * names it uses.
 */
const namespaces = {
  fs: `export { appendFileSync, constants, existsSync, promises } from 'node:fs'`,
  os: `export const EOL = process.platform === 'win32' ? '\\r\\n' : '\\n'`,
}
const withSmallNamespaces = {
  name: 'with-small-namespaces',
  resolveId: (source, importer) =>
    source in namespaces && /@actions\/core\/lib\/(?!platform)/.test(importer) ? `\0namespace:${source}` : null,
  load: (id) => namespaces[/^\0namespace:(.+)/.exec(id)?.[1]] ?? null,
}

/** Octokit's table of all endpoints is 96 kB; src/github calls a few of them. */
const withFewEndpoints = {
  name: 'with-few-endpoints',
  async load(id) {
    if (!id.endsWith('/plugin-rest-endpoint-methods/dist-src/generated/endpoints.js')) return null
    const folder = new URL('src/github/', import.meta.url)
    const source = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
    const { default: endpoints } = await import(id)
    const few = {}
    for (const [, scope, name] of source.join('\n').matchAll(/\b(actions|repos)\.(\w+)\(/g)) {
      if (!(name in endpoints[scope])) throw new Error(`Octokit has no endpoint ${scope}.${name}`)
      few[scope] = { ...few[scope], [name]: endpoints[scope][name] }
    }
    return `export default ${JSON.stringify(few)}`
  },
}

/** What js-yaml makes when it is loaded for its writer and for schemas that are not used here; a third of it falls away. */
const withoutYamlWriter = {
  name: 'without-yaml-writer',
  transform(code, id) {
    if (!id.includes('/js-yaml/dist/')) return null
    const pure = replaceIn(code, /^var \w+ = (?=\w+\()|(?<=scalarStyleRules: )/gm, '$&/* @__PURE__ */ ')
    return replaceIn(pure, /^var (JSON|YAML11|DUMP)_SCHEMA = /gm, '$&() => ')
  },
}

/**
 * CommonJS: an ES import of node:http reads every one of its exports, and the one named WebSocket loads node's own undici,
 * which takes longer than all the rest of a run. The sources are ES modules, and so is the package: hence a package.json.
 */
const asCommonJs = {
  name: 'as-commonjs',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: `${JSON.stringify({ type: 'commonjs' })}\n` })
  },
}

/** What the usual job loads. */
const chunks = ['shared', 'yaml', 'github', 'finish', 'compare', 'verdict']

/**
 * The usual job loads a third less, which is a twentieth of its time and one garbage collection of two. Functions keep their names, for
 * stack traces. Elsewhere, what packages bring of documentation for their callers goes; their licences are in licenses.txt.
 */
const minified = {
  name: 'minified',
  renderChunk: async (code, { name }) =>
    await transform(code, {
      target: 'node24',
      legalComments: 'none',
      minify: ['main', 'post', ...chunks].includes(name),
    }),
}

/** By name: modules come in an order that differs from one build to the next. */
function formatLicenses(packages) {
  const sorted = packages.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return sorted.map((one) => one.text()).join('\n\n---\n\n')
}

/** Chunks that the build makes no more must not stay. */
const intoEmptyFolder = {
  name: 'into-empty-folder',
  generateBundle({ dir = '' }, _bundle, isWritten) {
    if (isWritten && dir !== '') rmSync(dir, { recursive: true, force: true })
  },
}

/** The modules that an entry loads before anything else, as ids. */
function listLoaded(entry, getModuleInfo) {
  const found = new Set()
  const queue = [fileURLToPath(new URL(entry, import.meta.url))]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue
    found.add(next)
    queue.push(...(getModuleInfo(next)?.importedIds ?? []))
  }
  return found
}

/** A file more takes as long as 15 kB: what the usual job loads is in as few as can be, and what it does not is not in them. */
function toSharedChunk(id, { getModuleInfo }) {
  // The usual job has rules. In a file of their own they cost it a twentieth.
  if (/\/valibot\/|\/src\/capture\/(parse-rules|rule-keys|rule-kinds|kinds\/\w+)\.ts$/.test(id)) return 'shared'
  if (/\/js-yaml\/|\/src\/settings\/yaml-parser\.ts$/.test(id)) return 'yaml'
  if (/\/src\/(main|post)\.ts$/.test(id)) return undefined
  // Main reads values only where inputs hold some, and post always does.
  if (/\/src\/(build\/(value|measures|numerals|json-text)|settings\/plain-data)\.ts$/.test(id)) return 'github'
  const isLoadedBy = (entry) => listLoaded(`src/${entry}.ts`, getModuleInfo).has(id)
  // Main would load all of the end for one small module.
  if (isLoadedBy('action/finish') && isLoadedBy('action/resources/start-sampling')) return 'shared'
  if (isLoadedBy('post') && !isLoadedBy('main')) return 'github'
  if (isLoadedBy('action/finish') && !isLoadedBy('main')) return 'finish'
  if (!isLoadedBy('main')) {
    // Main, too, parses the input `compare`.
    if (isLoadedBy('settings/compare')) return isLoadedBy('capture/parse-rules') ? 'shared' : 'compare'
    return isLoadedBy('action/compare/compare-build') ? 'verdict' : undefined
  }
  return ['post', 'action/finish', 'replay', 'yield', 'collect'].some(isLoadedBy) ? 'shared' : undefined
}

const plugins = [
  withReplaced,
  withoutContext,
  withLighter,
  withoutQueries,
  withSmallNamespaces,
  withFewEndpoints,
  withoutYamlWriter,
  nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }),
  commonjs(),
  json(),
  withLimitsInline,
  esbuild({ target: 'node24' }),
  minified,
]

const bundles = {
  input: {
    main: 'src/main.ts',
    post: 'src/post.ts',
    yield: 'src/yield.ts',
    replay: 'src/replay.ts',
    collect: 'src/collect.ts',
    'callback-worker': 'src/callback-worker.ts',
  },
  output: {
    dir: 'dist',
    format: 'cjs',
    interop: 'default',
    exports: 'auto',
    hoistTransitiveImports: false,
    manualChunks: toSharedChunk,
    experimentalMinChunkSize: 1000,
    entryFileNames: '[name].js',
    chunkFileNames: ({ isDynamicEntry, name }) => (isDynamicEntry || chunks.includes(name) ? '[name].js' : 'common.js'),
    minifyInternalExports: true,
    generatedCode: 'es2015',
  },
  plugins: [
    intoEmptyFolder,
    ...plugins,
    asCommonJs,
    license({ thirdParty: { output: { file: 'dist/licenses.txt', template: formatLicenses } } }),
  ],
  treeshake: {
    // Importing these, and what node brings, does nothing but define: what is not used falls away.
    moduleSideEffects: (id, external) =>
      !external && !/node_modules\/(@actions\/core|@influxdata|valibot|js-yaml|leven|fflate)\//.test(id),
  },
  onwarn(warning, warn) {
    if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return
    if (warning.code === 'THIS_IS_UNDEFINED') return
    warn(warning)
  },
}

/** By itself: the process that it is stays for as long as the job does, and what it loads is memory that the job has not. */
const sampler = {
  input: { sampler: 'src/sampler.ts' },
  output: { dir: 'dist', format: 'cjs', entryFileNames: '[name].js', generatedCode: 'es2015' },
  plugins,
}

export default [bundles, sampler]
