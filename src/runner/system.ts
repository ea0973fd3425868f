/** What node:os knows, without loading it: that takes a hundredth of a run of main, and few jobs need it. */
export const devNull = process.platform === 'win32' ? '\\\\.\\nul' : '/dev/null'

export function tmpdir(): string {
  return process.getBuiltinModule('node:os').tmpdir()
}
