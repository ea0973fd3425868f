import { afterAll } from 'vitest'

const opened: { close(): Promise<void> }[] = []
// Of the file, whose tests run side by side: `onTestFinished` knows only which of them is under way.
afterAll(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()))
})

/** A server that is closed when the tests of this file have ended, whatever their end. */
export function closing<T extends { close(): Promise<void> }>(server: T): T {
  opened.push(server)
  return server
}
