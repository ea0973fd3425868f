import { isAbsolute, relative, sep } from 'node:path'
import type { Target } from '../storage/target.ts'

/**
 * Whether what main writes there is still there when the job ends. `actions/checkout` empties the workspace: the start
 * point of a file in it is written by post, together with the rest.
 */
export function outlivesCheckout(target: Target, env: NodeJS.ProcessEnv): boolean {
  if (target.kind !== 'file' || !env.GITHUB_WORKSPACE) return true
  const way = relative(env.GITHUB_WORKSPACE, target.path)
  return way.split(sep)[0] === '..' || isAbsolute(way)
}
