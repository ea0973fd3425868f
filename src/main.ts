import { runPhase } from './action/edges.ts'
import { start } from './action/start.ts'

void runPhase(start)
