import { askForBuild } from './action/ask-build.ts'
import { runPhase } from './action/phase.ts'

const callbackScript = new URL('callback-worker.js', import.meta.url)

void runPhase(async (outside) => {
  const asked = askForBuild(outside)
  // Loading the rest takes longer than sending the request, and would hold it up.
  await asked.sent
  const { finish } = await import('./action/finish.ts')
  await finish(outside, asked, callbackScript)
})
