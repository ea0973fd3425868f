import { runPhase } from './action/phase.ts'
import { start } from './action/start.ts'

const samplerScript = () => new URL('sampler.js', import.meta.url)

void runPhase((outside) => start(outside, samplerScript))
