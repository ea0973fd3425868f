import { type Browser, chromium } from 'playwright-core'
import { findExecutable } from './server-process.ts'

/** Chromium on PATH (Debian's package, or Chrome); tests skip visibly without it. */
export const chromiumPath: string | undefined = ['chromium', 'google-chrome']
  .map((name) => findExecutable(name))
  .find((path) => path !== undefined)

/** Close it when done: it is a process of its own. */
export function startChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('chromium is not on PATH')
  return chromium.launch({
    executablePath: chromiumPath,
    // Containers grant no sandbox, and little shared memory.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  })
}
