import type { ReportFormat, TestCase } from '../report.ts'
import { junit } from './junit.ts'

/** A file is of the one format that recognizes it. */
export const testFormats: readonly ReportFormat<TestCase>[] = [junit]
