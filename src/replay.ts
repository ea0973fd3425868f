import { runPhase } from './action/edges.ts'
import { replay } from './action/replay.ts'

void runPhase(replay)
