import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certificate {
  readonly key: string
  readonly cert: string
  /** The file of `cert`, for NODE_EXTRA_CA_CERTS. */
  readonly path: string
  close(): Promise<void>
}

/** In days from now, and whether it is one of 127.0.0.1. */
interface Validity {
  readonly fromDays?: number
  readonly untilDays?: number
  readonly hasAddress?: boolean
}

/** A certificate of 127.0.0.1, and of these names, that only itself vouches for, as servers in a company's network have them. */
export function makeCertificate(
  hosts: readonly string[] = [],
  { fromDays = -1, untilDays = 1, hasAddress = true }: Validity = {},
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const body = toBody(publicKey.export({ type: 'spki', format: 'der' }), hosts, { fromDays, untilDays, hasAddress })
  const signature = sign('sha256', body, privateKey)
  const der = sequence(body, ecdsaWithSha256, element(0x03, Buffer.of(0), signature))
  // A signature is of one length or another: an empty line behind a full one would make it no certificate.
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  const cert = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-certificate-'))
  const path = join(folder, 'cert.pem')
  writeFileSync(path, cert)
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert,
    path,
    close: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** An element of DER: its tag, its length and what it holds. */
function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

const sequence = (...parts: readonly Uint8Array[]) => element(0x30, ...parts)
const octets = (...parts: readonly Uint8Array[]) => element(0x04, ...parts)
const integer = (value: number) => element(0x02, Buffer.of(value))
const objectId = (hex: string) => element(0x06, Buffer.from(hex, 'hex'))
const isTrue = element(0x01, Buffer.of(0xff))

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
const commonName = objectId('550403')
const subjectAltName = objectId('551d11')
const basicConstraints = objectId('551d13')

/** What is signed, as RFC 5280 lays it out: an authority that is its own server, from yesterday to tomorrow. */
function toBody(publicKey: Uint8Array, hosts: readonly string[], validity: Required<Validity>): Buffer {
  const name = sequence(element(0x31, sequence(commonName, element(0x0c, Buffer.from('influx')))))
  const dayMs = 24 * 60 * 60 * 1000
  const address = element(0x87, Buffer.of(127, 0, 0, 1))
  const names = hosts.map((host) => element(0x82, Buffer.from(host)))
  const extensions = sequence(
    sequence(subjectAltName, octets(sequence(...(validity.hasAddress ? [address] : []), ...names))),
    sequence(basicConstraints, isTrue, octets(sequence(isTrue))),
  )
  return sequence(
    element(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    sequence(toTime(Date.now() + validity.fromDays * dayMs), toTime(Date.now() + validity.untilDays * dayMs)),
    name,
    publicKey,
    element(0xa3, extensions),
  )
}

/** `YYMMDDhhmmssZ` */
function toTime(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/^..|[-:T]|\.\d+/g, '')
  return element(0x17, Buffer.from(text))
}
