import type { HttpClient } from '../http/client.ts'
import type { StorageSettings } from '../settings/storages.ts'
import { openStorage, type StorageOutside } from '../storage/open-storage.ts'
import type { Sending } from './server.ts'

/** Converts a storage of the settings for the sender. */
export function toSending(
  settings: StorageSettings,
  dryRun: boolean,
  outside: StorageOutside,
  isKnownUp: boolean,
): Sending {
  const watched = watch(outside.http)
  return {
    ...(settings.name === undefined ? {} : { name: settings.name }),
    target: settings.target,
    isKnownUp,
    open: () => openStorage(settings, { dryRun }, { ...outside, http: watched.http }),
    takeOutage: watched.takeOutage,
    onRefusal: watched.onRefusal,
  }
}

/** Error codes of an unreachable server. ECONNRESET is not one: a server may reset a connection because of what was sent. */
const unreachable = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|ENOTFOUND|EAI_AGAIN)$/

function watch(http: HttpClient): Pick<Sending, 'takeOutage' | 'onRefusal'> & { http: HttpClient } {
  let outage: string | undefined
  let tellRefusal = () => {}
  return {
    http: {
      async request(request) {
        try {
          const response = await http.request(request)
          outage = undefined
          if (response.status >= 300) tellRefusal()
          return response
        } catch (error) {
          const code = findCode(error)
          if (unreachable.test(code)) outage = code
          throw error
        }
      },
    },
    onRefusal(listener) {
      tellRefusal = listener
    },
    takeOutage() {
      const taken = outage
      outage = undefined
      return taken
    },
  }
}

function findCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return findCode(error.errors[0])
  return String((error as NodeJS.ErrnoException | undefined)?.code)
}
