import { collect } from './action/collect.ts'
import { runPhase } from './action/phase.ts'

void runPhase(collect)
