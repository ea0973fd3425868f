/** What a code of Node's says of a server, and the remedy; the first that matches. */
const causes: readonly (readonly [codes: RegExp, text: string])[] = [
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT)$/,
    'check that the server is up, and that this runner can reach it',
  ],
  [/^ERR_INVALID_CHAR$/, 'check that the token holds no line break'],
  [/^HPE_HEADER_OVERFLOW$/, 'its headers are longer than 16 KiB: check what answers there, a proxy for instance'],
  [/^HPE_/, 'the answer is not HTTP'],
  [/^CERT_HAS_EXPIRED$/, "renew the server's certificate, or set this runner's clock where that is wrong"],
  [/^CERT_NOT_YET_VALID$/, "check the clock of this runner, and when the server's certificate begins"],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'give the url with a host that the certificate names, or the server a certificate of this host',
  ],
  [
    /^(CERT_REVOKED|CERT_REJECTED|CERT_SIGNATURE_FAILURE|INVALID_PURPOSE|INVALID_CA)$/,
    'replace the certificate of the server',
  ],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/, "give the server's own CA to the runner as NODE_EXTRA_CA_CERTS"],
]

/** The likely cause of a network error, by its code: empty, or a clause behind a colon. */
export function explainCause(error: unknown): string {
  const code = codeOf(error)
  const found = causes.find(([codes]) => codes.test(code))
  return found === undefined ? '' : `: ${found[1]}`
}

/** A network that fails may come back. A certificate, a server that speaks something else, or a proxy's address that is none stays as it is. */
export function isLasting(error: unknown): boolean {
  const code = codeOf(error)
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^INVALID_|^(HPE_|ERR_SSL|ERR_TLS|EPROTO|ERR_PROXY_INVALID_CONFIG|ERR_INVALID_CHAR)/.test(
    code,
  )
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code)
}
