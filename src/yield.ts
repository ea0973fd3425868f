import { runPhase } from './action/edges.ts'
import { yieldData } from './action/yield.ts'

void runPhase(yieldData)
