import { join } from 'node:path'

/**
 * Scripts that make the same requests and nothing else. They are CommonJS: `import http from 'node:http'` reads every
 * export of it, and the one named WebSocket loads node's own undici, so that a module takes longer than is needed.
 */
export const floors = {
  main: join(import.meta.dirname, 'floor-main.cjs'),
  post: join(import.meta.dirname, 'floor-post.cjs'),
}
