import { askForBuild } from './action/ask-build.ts'
import { runPhase } from './action/edges.ts'

const callbackScript = new URL('callback-worker.js', import.meta.url)

void runPhase(async (edges) => {
  // What the end of a job needs beside is loaded while the request is on its way.
  const asked = askForBuild(edges)
  const { finish } = await import('./action/finish.ts')
  await finish(edges, asked, callbackScript)
})
