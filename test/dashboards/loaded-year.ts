import type { Influxd } from '../support/influxd.ts'
import { influxdb16, type Server } from '../support/servers.ts'
import { simulateYear } from './simulated-year.ts'

export const database = 'ci'

/** A server that has the simulated year. */
export async function startLoadedInfluxd(server: Server<Influxd> = influxdb16): Promise<Influxd> {
  const influxd = await server.start()
  try {
    await influxd.createDatabase(database)
    // The next lines are made while the server takes in those before.
    let writing: Promise<unknown> = Promise.resolve()
    for (const lines of simulateYear()) {
      await writing
      writing = influxd.write(database, lines).then(({ status, body }) => {
        if (status !== 204) throw new Error(`${status}: ${body}`)
      })
      // It is awaited after the next lines are made.
      writing.catch(() => {})
    }
    await writing
  } catch (error) {
    await influxd.stop()
    throw error
  }
  return influxd
}
