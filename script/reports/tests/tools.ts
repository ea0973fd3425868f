import type { ReportTool } from '../tool.ts'
import { pytest } from './pytest.ts'

export const testTools: readonly ReportTool[] = [pytest]
