import type { Log } from '../runner/log.ts'
import type { Settings } from '../settings/settings.ts'

/** Reports why points go to a file. A fork explains a missing secret; otherwise its name is probably wrong: a warning. */
export function reportNotices({ notices, missingSecrets }: Settings, log: Log): void {
  for (const notice of notices) {
    if (missingSecrets.includes(notice)) log.warning(notice)
    else log.notice(notice)
  }
}
