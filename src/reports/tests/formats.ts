import type { ReportFormat, TestCase } from '../report.ts'
import { ctrf } from './ctrf.ts'
import { goTest } from './go-test.ts'
import { jestJson } from './jest-json.ts'
import { junit } from './junit.ts'
import { tap } from './tap.ts'
import { trx } from './trx.ts'

/** Each file is recognised by one format. */
export const testFormats: readonly ReportFormat<TestCase>[] = [junit, ctrf, tap, trx, goTest, jestJson]
