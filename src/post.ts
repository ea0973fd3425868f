import { runPhase } from './action/edges.ts'
import { finish } from './action/finish.ts'

void runPhase(finish)
