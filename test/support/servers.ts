import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Influxd, type InfluxdOptions, influxdPath, startInfluxd } from './influxd.ts'
import { type Influxd2, startInfluxd2 } from './influxd2.ts'
import { javaPath, startQuestDB } from './questdb.ts'
import type { RunningServer } from './running-server.ts'
import { startTelegraf } from './telegraf.ts'
import { startVictoriaMetrics, victoriaMetricsPath } from './victoria-metrics.ts'

/** A server that the tests start; `path` is undefined where it is not on this machine. */
export interface Server<Running extends RunningServer = RunningServer> {
  readonly name: string
  readonly path: string | undefined
  start(): Promise<Running>
}

export interface Influxd1Server extends Server<Influxd> {
  start(options?: InfluxdOptions): Promise<Influxd>
}

const folder =
  process.env.BUILD_STATS_SERVERS ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'build-stats', 'servers')

/** A server that script/servers has built. */
function findBuilt(file: string): string | undefined {
  const path = join(folder, file)
  try {
    accessSync(path, constants.R_OK)
    return path
  } catch {
    return undefined
  }
}

function row<Running extends RunningServer>(
  name: string,
  path: string | undefined,
  start: (path: string) => Promise<Running>,
): Server<Running> {
  return { name, path, start: () => start(path ?? '') }
}

function influxdb1(name: string, path: string | undefined): Influxd1Server {
  return { name, path, start: (options) => startInfluxd({ ...options, path: path ?? '' }) }
}

// Debian's packages, which are old, are on PATH.
export const influxdb16 = influxdb1('InfluxDB 1.6.7', influxdPath)
export const influxdb112 = influxdb1('InfluxDB 1.12.4', findBuilt('influxd-1.12.4'))
export const influxdb27: Server<Influxd2> = row('InfluxDB 2.7.12', findBuilt('influxd-2.7.12'), startInfluxd2)
export const victoriaMetrics179 = row('VictoriaMetrics 1.79', victoriaMetricsPath, startVictoriaMetrics)
export const victoriaMetrics1151 = row(
  'VictoriaMetrics 1.151.0',
  findBuilt('victoria-metrics-1.151.0'),
  startVictoriaMetrics,
)
export const questdb = row('QuestDB 9.3.4', javaPath && findBuilt('questdb-9.3.4.jar'), startQuestDB)
export const telegraf = row('Telegraf 1.37.2', findBuilt('telegraf-1.37.2'), startTelegraf)

/** Those that have types, partial writes, retention, users, and that answer InfluxQL. */
export const influxdbs: readonly Server<Influxd>[] = [influxdb16, influxdb112, influxdb27]

/** Every server that the tests know; a new one is a row. */
export const servers: readonly Server[] = [
  ...influxdbs,
  ...[victoriaMetrics179, victoriaMetrics1151, questdb, telegraf],
]
