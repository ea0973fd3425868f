import { type AgentOptions, Agent as PlainAgent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'

/**
 * The package `tunnel`, as @actions/http-client gets it in the bundle: agents of a proxy. Node has its own since 24.5, which
 * src/http uses too; those of the package warn of deprecated code on stderr.
 */
function openPlain({ keepAlive, maxSockets }: AgentOptions): PlainAgent {
  return new PlainAgent({ keepAlive, maxSockets, proxyEnv: process.env })
}

function openSecure({ keepAlive, maxSockets }: AgentOptions): SecureAgent {
  return new SecureAgent({ keepAlive, maxSockets, proxyEnv: process.env })
}

export {
  openPlain as httpOverHttp,
  openPlain as httpOverHttps,
  openSecure as httpsOverHttp,
  openSecure as httpsOverHttps,
}
