import { maxKnownInputsBytes } from '../limits.ts'
import { type InputName, inputNames, type ReadInput } from '../runner/input-names.ts'
import { credentialInputs, storageInputs } from '../settings/early-inputs.ts'

/** The inputs of main, as far as post may know them. */
export interface KnownInputs {
  /** Values that hold no secret. */
  readonly inputs: Readonly<Record<string, string>>
  /** Names of the other inputs that had a value. */
  readonly otherInputs: readonly InputName[]
}

const isCredential = (name: InputName) => (credentialInputs as readonly InputName[]).includes(name)
/** Inputs that determine where points go. */
const placeInputs = [...storageInputs, 'config' as const].filter((name) => !isCredential(name))
/** Values that steps may have set since main. An expression such as `toJSON(steps)` is never empty. */
const contexts = ['steps', 'needs', 'inputs', 'job'] as const
/** Inputs that post reads itself. */
const ownInputs: ReadonlySet<InputName> = new Set([
  ...credentialInputs,
  ...contexts,
  'github-token',
  'properties',
] as const)

export function toKnownInputs(read: ReadInput, redact: (text: string) => string): KnownInputs {
  const given = inputNames.main.filter((name) => read(name) !== '')
  const entries = given
    .filter((name) => !ownInputs.has(name) && redact(read(name)) === read(name))
    .map((name) => [name, read(name)] as const)
  const all = Object.fromEntries(entries)
  const inputs = Buffer.byteLength(JSON.stringify(all)) > maxKnownInputsBytes ? {} : all
  return { inputs, otherInputs: given.filter((name) => !(name in inputs)) }
}

export interface EndInputs {
  readonly read: ReadInput
  /** Sentences about what differs from main. */
  readonly warnings: readonly string[]
}

/**
 * Reads the inputs of post. Some runners give post the inputs of an outer composite action, or none
 * (https://github.com/actions/runner/issues/2030, https://github.com/actions/runner/issues/2800). Inputs that main had and post has
 * not are those of main, except secrets, which main does not hand on.
 * @param hasConfig whether main read the file of `config`
 */
export function readEndInputs(read: ReadInput, known: KnownInputs | undefined, hasConfig: boolean): EndInputs {
  if (known === undefined) return { read, warnings: [] }
  const { inputs, otherInputs } = known
  const isLost = (name: InputName) => read(name) === '' && (inputs[name] !== undefined || otherInputs.includes(name))
  const wasConfig = hasConfig ? inputs.config : undefined
  const isOtherConfig = wasConfig !== undefined && read('config') !== '' && read('config') !== wasConfig
  // Any other input may be empty because its author wants so when the job ends, such as `compare` of a failed job.
  if (![...placeInputs, ...credentialInputs, ...contexts].some(isLost) && !isOtherConfig) return { read, warnings: [] }
  const isSamePlace = placeInputs.every(
    (name) => read(name) === '' || read(name) === inputs[name] || (name === 'config' && isOtherConfig),
  )
  const isReplaced = (name: InputName) =>
    isLost(name) && inputs[name] !== undefined && (isSamePlace || !(placeInputs as readonly InputName[]).includes(name))
  const lost = inputNames.main.filter(isLost)
  return {
    read: (name) => {
      if (name === 'config' && isOtherConfig) return wasConfig
      return isReplaced(name) ? (inputs[name] ?? '') : read(name)
    },
    warnings: [
      ...(isOtherConfig
        ? [`The input config was ${wasConfig} when the job began, and is ${read('config')} now: ${wasConfig} is read.`]
        : []),
      ...explainLost(lost.filter(isReplaced), 'what they had then is used'),
      ...explainLost(
        lost.filter((name) => !isReplaced(name)),
        'what they had then is not known',
      ),
    ],
  }
}

function explainLost(names: readonly InputName[], fate: string): string[] {
  if (names.length === 0) return []
  return [
    `These inputs had a value when the job began, and are empty when it ends: ${names.join(', ')}; ${fate}. Runners lose inputs of a composite action inside another: see docs/roll-out.md.`,
  ]
}
