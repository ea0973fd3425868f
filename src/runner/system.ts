/** Replacements for node:os: loading it takes a hundredth of the time of main, and few jobs need it. */
export const devNull = process.platform === 'win32' ? '\\\\.\\nul' : '/dev/null'

export function tmpdir(): string {
  return process.getBuiltinModule('node:os').tmpdir()
}
