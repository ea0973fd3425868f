import type { JsonObject } from '../../build/json.ts'
import type { ReportFormat } from '../report.ts'
import { csv } from './csv.ts'
import { json, ndjson } from './json.ts'

/** These match any text of their syntax, so they are checked after all other kinds. */
export const jsonFormats: readonly ReportFormat<JsonObject>[] = [ndjson, json, csv]
