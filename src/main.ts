import { runPhase } from './action/phase.ts'
import { start } from './action/start.ts'

void runPhase(start)
