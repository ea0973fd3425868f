import { InfluxDB, type WriteApi } from '@influxdata/influxdb-client'
import type { HttpClient } from '../../http/client.ts'
import { readAheadCharacters } from '../../limits.ts'
import { openPatience } from '../patience.ts'
import { readAhead } from '../read-ahead.ts'
import type { Storage } from '../storage.ts'
import type { InfluxTarget } from '../target.ts'
import { createRequests, type WriteRequest } from './requests.ts'
import { createSender } from './sender.ts'
import { explainRefused, listChanges, listLostLines } from './sent.ts'
import { createTransport, type ServerTraits } from './transport.ts'

/** An InfluxDB server, through the official client. */
export function openInfluxDB(target: InfluxTarget, http: HttpClient): Storage {
  return {
    name: nameTarget(target),
    async write(batches, given) {
      const patience = openPatience(http, given)
      const { signal, remainingMs } = patience
      const writing = { ...given, signal, remainingMs }
      const server = { losesLineBreaks: false }
      const sender = createSender(openWriteApi(target, patience.http, signal, server), target, writing, server)
      const requests = createRequests(target.api === 'v1' ? 'i' : 'u')
      let gaveUp = false
      async function* readUntilAborted() {
        for await (const batch of batches) {
          gaveUp = writing.readSignal.aborted
          if (gaveUp) break
          yield batch
        }
      }
      const sizeOf = ({ text }: WriteRequest) => text.length
      for await (const request of readAhead(requests.from(readUntilAborted()), sizeOf, readAheadCharacters)) {
        await sender.send(request)
      }
      await sender.end()
      patience.close()
      const { written, unsent, lost, problems, conflicts } = sender.sent
      const refused = explainRefused(sender.sent)
      const lostLines = listLostLines(sender.sent)
      const changes = listChanges(sender.sent)
      if (refused !== undefined) problems.add(refused)
      const { unsayable } = requests
      if (unsayable > 0) problems.add(`${unsayable} of the points cannot be written as line protocol`)
      return {
        written,
        unsent,
        lost: lost + unsayable,
        gaveUp,
        ...(sender.isOver ? { isDown: true } : {}),
        problems: [...problems],
        conflicts,
        ...(lostLines.length > 0 ? { lostLines } : {}),
        ...(changes.length > 0 ? { changes } : {}),
      }
    },
  }
}

export function nameTarget(target: InfluxTarget): string {
  const place = target.api === 'v2' ? `bucket ${target.bucket}` : `database ${target.database}`
  return `${target.givenUrl ?? target.url} (${target.api}, ${place})`
}

/**
 * The client's own retries and timers are off: `close()` discards its buffer, `flush(true)` continues in the background,
 * and a batch that grows too long is sent without waiting for the result.
 */
function openWriteApi(target: InfluxTarget, http: HttpClient, signal: AbortSignal, server: ServerTraits): WriteApi {
  const transport = createTransport(target, http, signal, server)
  const writeOptions = {
    maxRetries: 0,
    flushInterval: 0,
    // Here, a record of the client is the body of a whole request.
    batchSize: 2,
    maxBatchBytes: Number.MAX_SAFE_INTEGER,
  }
  return new InfluxDB({ url: target.url, transport }).getWriteApi('', '', 'ns', writeOptions)
}
