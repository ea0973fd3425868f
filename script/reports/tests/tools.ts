import type { ReportTool } from '../tool.ts'
import { goTools } from './go.ts'
import { jvm } from './jvm.ts'
import { native } from './native.ts'
import { nodeTools } from './node.ts'
import { others } from './others.ts'
import { pytest } from './pytest.ts'

export const testTools: readonly ReportTool[] = [pytest, ...jvm, ...goTools, ...native, ...nodeTools, ...others]
