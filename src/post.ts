import { runPhase } from './action/edges.ts'
import { finish } from './action/finish.ts'

const callbackScript = new URL('callback-worker.js', import.meta.url)

void runPhase((edges) => finish(edges, callbackScript))
