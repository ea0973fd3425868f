import { Point as ClientPoint } from '@influxdata/influxdb-client'
import type { FieldValue } from '../build/data.ts'
import type { Point } from '../point/point.ts'

/** A point, with or without a time. */
type Timeless = Omit<Point, 'timeNs'> & { readonly timeNs?: bigint }

/**
 * Writes a point as a line of line protocol. v1 servers do not have unsigned integers: `5u` is written as `5i` for them.
 * @param written numbers to be written as given
 */
export function toLine(point: Timeless, unsigned: 'u' | 'i' = 'u', written?: ReadonlyMap<string, string>): string {
  const line = new ClientPoint(point.measurement)
  for (const [key, value] of point.tags) line.tag(key, value)
  for (const [key, value] of point.fields) setField(line, key, value, unsigned)
  for (const [key, text] of written ?? []) if (key in line.fields) line.fields[key] = text
  if (point.timeNs === undefined) return line.toLineProtocol({ convertTime: noTime }) ?? ''
  return line.timestamp(String(point.timeNs)).toLineProtocol({ convertTime: String }) ?? ''
}

/** Without it, the client takes the clock's time. */
const noTime = () => undefined

/** The point's line; undefined for a point without fields, or with a number that is not finite. */
export function toLineOrNone(point: Point, unsigned: 'u' | 'i' = 'u'): string | undefined {
  try {
    return toLine(point, unsigned) || undefined
  } catch {
    return undefined
  }
}

function setField(line: ClientPoint, key: string, value: FieldValue, unsigned: 'u' | 'i'): void {
  switch (typeof value) {
    case 'number':
      line.floatField(key, value)
      break
    case 'bigint':
      // `intField` converts to a float, in which 64-bit ids do not fit.
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
