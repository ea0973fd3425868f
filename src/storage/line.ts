import { Point as ClientPoint } from '@influxdata/influxdb-client'
import type { FieldValue } from '../build/data.ts'
import type { Point } from '../point/point.ts'

/** A point as a line of line protocol. Servers of v1 know no unsigned integers: there `5u` is written as `5i`. */
export function toLine(point: Point, unsigned: 'u' | 'i' = 'u'): string {
  const line = new ClientPoint(point.measurement)
  for (const [key, value] of point.tags) line.tag(key, value)
  for (const [key, value] of point.fields) setField(line, key, value, unsigned)
  return line.timestamp(String(point.timeNs)).toLineProtocol({ convertTime: String }) ?? ''
}

function setField(line: ClientPoint, key: string, value: FieldValue, unsigned: 'u' | 'i'): void {
  switch (typeof value) {
    case 'number':
      line.floatField(key, value)
      break
    case 'bigint':
      // `intField` goes through a float, and 64-bit ids do not fit in one.
      line.fields[key] = `${value}i`
      break
    case 'boolean':
      line.booleanField(key, value)
      break
    case 'string':
      line.stringField(key, value)
      break
    case 'object':
      line.fields[key] = `${value.value}${unsigned}`
  }
}
