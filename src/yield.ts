import { runPhase } from './action/phase.ts'
import { yieldData } from './action/yield/yield.ts'

void runPhase(yieldData)
