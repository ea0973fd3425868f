import { BlockList, isIP } from 'node:net'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Whether a URL is requested without a proxy according to `no_proxy` or `NO_PROXY`, as curl and the runner read it: a domain stands for itself and
 * all its subdomains, with or without a leading dot. Node reads a domain without a dot as one host.
 */
export function bypassesProxy({ hostname, port, protocol }: URL, env: Environment): boolean {
  const entries = (env.no_proxy || env.NO_PROXY || '').split(/[\s,]+/).filter((entry) => entry !== '')
  if (entries.length === 0) return false
  const host = toPlainHost(hostname)
  const ofUrl = port || (protocol === 'https:' ? '443' : '80')
  return entries.some((entry) => matches(entry, host, ofUrl))
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  if (isIP(host) !== 0 && entry.includes('/')) return isInSubnet(host, entry)
  const [, name = entry, ofEntry = port] = isIP(entry) === 0 ? (/^(.+?)(?::(\d+))?$/.exec(entry) ?? []) : []
  const domain = toPlainHost(name.replace(/^\*?\./, ''))
  return ofEntry === port && (host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`)))
}

/** In lower case, as in DNS, without brackets and the dot of the root. */
function toPlainHost(name: string): string {
  const bare = name.replace(/^\[|\]$/g, '')
  const url = isIP(bare) === 6 ? URL.parse(`http://[${bare}]`) : URL.parse(`http://${bare}`)
  return (url?.hostname ?? bare.toLowerCase()).replace(/^\[|\]$|\.$/g, '')
}

function isInSubnet(address: string, subnet: string): boolean {
  const [network = '', bits = ''] = subnet.split('/')
  const [family, most] = isIP(network) === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const)
  if (isIP(network) !== isIP(address) || !/^\d{1,3}$/.test(bits) || Number(bits) > most) return false
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family)
  return list.check(address, family)
}
