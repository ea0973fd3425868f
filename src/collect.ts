import { collect } from './action/collect.ts'
import { runPhase } from './action/edges.ts'

void runPhase(collect)
