import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openHttp } from './influxd.ts'
import { type RunningServer, toRow } from './running-server.ts'
import { findExecutable, startServer } from './server-process.ts'

export interface QuestDB extends RunningServer {
  /** What a statement of its SQL answers; a table that is not there has no rows. */
  ask(sql: string): Promise<Required<Omit<Answer, 'error'>>>
}

export const javaPath: string | undefined = findExecutable('java')

/** QuestDB with its HTTP server alone. It has tables and no databases: what `db` says is all the same. */
export async function startQuestDB(jar: string): Promise<QuestDB> {
  if (javaPath === undefined) throw new Error('java is not on PATH')
  const server = await startServer({
    path: javaPath,
    portCount: 1,
    arguments: async (folder, [port]) => {
      const others = ['http.min', 'pg', 'line.tcp', 'telemetry'].map((name) => `${name}.enabled=false`)
      await mkdir(join(folder, 'conf'))
      const settings = [`http.bind.to=127.0.0.1:${port}`, ...others]
      await writeFile(join(folder, 'conf', 'server.conf'), settings.join('\n'))
      return ['-Xmx512m', '-cp', jar, 'io.questdb.ServerMain', '-d', folder, '-n']
    },
    isReady: async ([port]) => (await fetch(`http://127.0.0.1:${port}/ping`)).ok,
  })
  const url = `http://127.0.0.1:${server.ports[0]}`
  const ask = async (query: string): Promise<Required<Omit<Answer, 'error'>>> => {
    const response = await fetch(`${url}/exec?${new URLSearchParams({ query })}`)
    const { error = '', columns = [], dataset = [] } = (await response.json()) as Answer
    if (error !== '' && !/table does not exist/.test(error)) throw new Error(`${query}: ${error}`)
    return { columns, dataset }
  }
  // A connection that is kept goes on writing to a table that is dropped: each write has its own.
  const write = (db: string, lines: string | Uint8Array) => {
    const { post, close } = openHttp(url, undefined)
    return post(`/write?${new URLSearchParams({ db, precision: 'ns' })}`, lines).finally(close)
  }
  const dropTables = async () => {
    for (const [name] of (await ask('SELECT table_name FROM tables()')).dataset) await ask(`DROP TABLE "${name}"`)
  }
  return {
    url,
    ask,
    get pid() {
      return server.pid
    },
    inputs: (database) => ({ url, database }),
    createDatabase: dropTables,
    dropDatabase: dropTables,
    write,
    readRows: async (_, measurement) => {
      const { columns, dataset } = await ask(`SELECT * FROM "${measurement}"`)
      return dataset.map((row) => toRow(columns.map(({ name }, index) => [name, row[index]])))
    },
    readType: async (_, measurement, field) => {
      const { columns } = await ask(`SELECT * FROM "${measurement}" LIMIT 1`)
      const type = columns.find(({ name }) => name === field)?.type ?? ''
      return types[type]
    },
    kill: server.kill,
    restart: server.restart,
    stop: server.stop,
  }
}

const types: Readonly<Record<string, string>> = {
  LONG: 'integer',
  DOUBLE: 'float',
  VARCHAR: 'string',
  BOOLEAN: 'boolean',
}

interface Answer {
  readonly error?: string
  readonly columns?: readonly { readonly name: string; readonly type: string }[]
  readonly dataset?: readonly (readonly unknown[])[]
}
