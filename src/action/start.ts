import type { Identity } from '../build/build.ts'
import { readEvent, toIdentity } from '../github/context.ts'
import { watchSent } from '../http/client.ts'
import { maxAlike, startPatienceMs, startPointMs } from '../limits.ts'
import type { Point } from '../point/point.ts'
import { layOutStart } from '../point/start-point.ts'
import { createDataFile, readDataFileTime } from '../runner/data-file.ts'
import { devNull } from '../runner/system.ts'
import { redactData } from '../secrets/redact.ts'
import { parseContexts } from '../settings/contexts.ts'
import { readMistakesWarn } from '../settings/early-inputs.ts'
import { SettingsError } from '../settings/problem.ts'
import { toRunFacts } from '../settings/run-facts.ts'
import { parseSettings, type Settings } from '../settings/settings.ts'
import { kindOf } from '../storage/kinds.ts'
import { openStorage, type WrittenTo, writeTo } from '../storage/open-storage.ts'
import { openDeadlines } from './deadlines.ts'
import { explainRepeated, leaveToEarlier, readMarks, stepsVariable, toMarks } from './earlier-steps.ts'
import { toKnownInputs } from './known-inputs.ts'
import { toKnown, toStorageKey } from './known-storages.ts'
import type { Outside } from './phase.ts'
import { reportNotices } from './report-notices.ts'
import { type State, saveState } from './state.ts'

/**
 * The main phase: settings, identity, start point, state. It sends no request to GitHub.
 * @param samplerScript the script of the process that samples the runner
 */
export async function start(outside: Outside, samplerScript: () => URL): Promise<void> {
  const { runner } = outside
  const { env, log } = runner
  const startMs = runner.now()
  const event = readEvent(env)
  const { contexts, problems } = parseContexts(runner.readInput)
  let given: Settings
  try {
    given = await parseSettings(runner.readInput, toRunFacts(runner, 'main', event), problems)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    saveState(runner, 'failed')
    if (readMistakesWarn(runner.readInput)) log.warning(`No statistics of this job are written. ${error.message}`)
    else log.fail(error.message)
    return
  }
  const identity = redactData(
    toIdentity(env, event, redactData(contexts, log.redact), runner.readInput('builder')),
    log.redact,
  )
  const earlier = readMarks(env)
  const { settings, repeated } = leaveToEarlier(given, earlier, identity.builder, runner.readInput)
  // The earlier step has already reported its storages.
  if (repeated.length > 0) log.notice(explainRepeated(repeated))
  for (const warning of given.warnings) log.warning(warning)
  if (settings.storages.length > 0 || repeated.length === 0) reportNotices(given, log)
  const known = given.storages.map((one) => toKnown(one, log.redact))
  let state: State = {
    startMs,
    startWritten: [],
    ...(known.length === 0 ? {} : { storages: known }),
    earlier,
    ...(given.warnsOfMistakes ? { warned: given.warnings.slice(0, maxAlike).map(log.redact) } : {}),
    ...toKnownInputs(runner.readInput, log.redact),
  }
  // Saved before any request, so that a job that is cancelled meanwhile keeps its start. The last state that is saved counts.
  saveState(runner, state)
  const { http, sent } = watchSent(outside.http)
  const writing = settings.startPoint
    ? writeStarts(identity, startMs, settings, { ...outside, http })
    : Promise.resolve([])
  // Variables for later steps are set while the server answers.
  await Promise.race([sent, writing.catch(() => {})])
  const { path: dataFile, problem } = createDataFile(env)
  if (problem !== undefined) log.warning(explainDataFile(dataFile, problem))
  const filesMs = readDataFileTime(dataFile)
  state = { ...state, dataFile, ...(filesMs === undefined ? {} : { filesMs }) }
  // If an earlier step writes to the storages of this one, it also samples.
  if (settings.resources !== undefined && (settings.storages.length > 0 || repeated.length === 0)) {
    const { startSampling } = await import('./resources/start-sampling.ts')
    const sampler = await startSampling(samplerScript(), settings.resources, settings.spool, identity, runner)
    if (sampler !== undefined) state = { ...state, sampler }
    // Saved at once, so that the process is ended even if the job is cancelled.
    saveState(runner, state)
  }
  runner.exportVariable('BUILD_STATS', dataFile)
  runner.exportVariable(stepsVariable, [...earlier, ...toMarks(given, identity.builder, runner.readInput)].join())
  runner.setOutput('builder', identity.builder)
  runner.setOutput('start-time', new Date(startMs).toISOString())
  runner.setOutput('data-file', dataFile)
  const results = await writing
  // This is not a warning, because post tries again and reports the result.
  for (const { name, problems } of results.filter(({ written }) => written === 0)) {
    log.info(
      `Build Stats: the start of this job is not yet written to ${name}: ${problems.join('; ')}. The end of the job tries again.`,
    )
  }
  // Post writes the point again and reports a field that is left out.
  const isWhole = ({ conflicts = [] }: WrittenStart) => conflicts.every(({ isConverted }) => isConverted)
  const startWritten = results.filter((one) => one.written > 0 && isWhole(one)).map(({ key }) => key)
  saveState(runner, { ...state, startWritten })
  log.debug(`Build Stats: ${identity.builder} started at ${new Date(startMs).toISOString()}.`)
}

/** The result of writing the start point to one storage. */
type WrittenStart = WrittenTo & { readonly key: string }

async function writeStarts(
  identity: Identity,
  startMs: number,
  settings: Settings,
  outside: Outside,
): Promise<WrittenStart[]> {
  const deadlines = openDeadlines(
    Math.min(settings.timeoutMs, startPointMs),
    0,
    outside.cancel,
    `the ${startPointMs / 1000} s that the start of a job may take had passed`,
  )
  const writing = { ...deadlines, readSignal: deadlines.signal, patienceMs: startPatienceMs, unsent() {} }
  const starts = settings.storages.flatMap(async (storageSettings, index): Promise<WrittenStart[]> => {
    const { target } = storageSettings
    const point = layOutStart(identity, startMs, storageSettings.layout)
    if (point === undefined || !kindOf(target).outlivesCheckout(target, outside.runner.env.GITHUB_WORKSPACE)) return []
    const result = await writeTo(openStorage(storageSettings, settings, outside), toBatches([point]), 1, writing)
    return [{ ...result, key: toStorageKey(storageSettings, index, outside.runner.log.redact) }]
  })
  return (await Promise.all(starts)).flat()
}

function explainDataFile(path: string, problem: string): string {
  const fate =
    path === devNull ? 'Data that steps append to $BUILD_STATS is lost' : `$BUILD_STATS is the file ${path} instead,`
  return `${fate} because ${problem}. Free disk space on the runner, and check that the runner may write there.`
}

async function* toBatches(points: readonly Point[]): AsyncGenerator<readonly Point[]> {
  yield points
}
