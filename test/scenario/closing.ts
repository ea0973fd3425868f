import { onTestFinished } from 'vitest'

/** A server that is closed when the test has ended, whatever its end. */
export function closing<T extends { close(): Promise<void> }>(server: T): T {
  onTestFinished(() => server.close())
  return server
}
