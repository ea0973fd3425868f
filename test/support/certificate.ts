import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findExecutable } from './server-process.ts'

export const opensslPath = findExecutable('openssl')

export interface Certificate {
  readonly key: string
  readonly cert: string
  /** The file of `cert`, for NODE_EXTRA_CA_CERTS. */
  readonly path: string
  close(): Promise<void>
}

/** A certificate of 127.0.0.1 that only itself vouches for, as servers in a company's network have them. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-certificate-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const request = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=influx'
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]
  const { status, stderr } = spawnSync(opensslPath ?? 'openssl', ['req', ...request.split(' '), ...names])
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr}`)
  return {
    key: readFileSync(key, 'utf8'),
    cert: readFileSync(cert, 'utf8'),
    path: cert,
    close: async () => rmSync(folder, { recursive: true, force: true }),
  }
}
