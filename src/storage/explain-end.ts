/** Why the time for writing is over, a clause: whoever aborts the signal says so. */
export function explainEnd({ reason }: AbortSignal): string {
  return reason instanceof EndOfWriting ? reason.message : 'its time was over (input timeout)'
}

/** Why writing must end, a clause: `the job was cancelled`. */
export class EndOfWriting extends Error {}
