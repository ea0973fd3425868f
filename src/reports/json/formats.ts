import type { JsonObject } from '../../build/json.ts'
import type { ReportFormat } from '../report.ts'
import { csv } from './csv.ts'
import { json, ndjson } from './json.ts'

/** Any text of these is one, so they are asked after all other kinds. */
export const jsonFormats: readonly ReportFormat<JsonObject>[] = [ndjson, json, csv]
