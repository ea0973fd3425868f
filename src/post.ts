import { askForBuild } from './action/ask-build.ts'
import { runPhase } from './action/edges.ts'

const callbackScript = new URL('callback-worker.js', import.meta.url)

void runPhase(async (edges) => {
  const asked = askForBuild(edges)
  // Loading the rest takes longer than sending the request, and would hold it up.
  await asked.sent
  const { finish } = await import('./action/finish.ts')
  await finish(edges, asked, callbackScript)
})
