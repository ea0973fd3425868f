import { runPhase } from './action/phase.ts'
import { replay } from './action/replay.ts'

void runPhase(replay)
