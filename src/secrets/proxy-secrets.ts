const variables = ['http_proxy', 'https_proxy', 'all_proxy']

/**
 * The secrets in proxy variables: URLs with credentials, their passwords (or the user name if it is alone, because
 * then it is a token), and both as headers contain them. Parsed by hand, because messages quote an invalid URL.
 */
export function readProxySecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  // Not a regular expression that ignores case: the first of its kind loads tables, and there are hundreds of names.
  const names = Object.keys(env).filter((name) => variables.includes(name.toLowerCase()))
  return names.flatMap((name) => {
    const text = env[name] ?? ''
    const login = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/]*)@/i.exec(text)?.[1]
    if (login === undefined) return []
    const colon = login.indexOf(':')
    const user = colon < 0 ? login : login.slice(0, colon)
    const password = colon < 0 ? '' : login.slice(colon + 1)
    const secret = password === '' ? user : password
    const url = URL.parse(text)
    return [
      text,
      text.replace(/\/$/, ''),
      ...(url === null ? [] : [url.href, url.href.replace(/\/$/, ''), url.password]),
      secret,
      decode(secret),
      Buffer.from(`${decode(user)}:${decode(password)}`).toString('base64'),
    ].filter((part) => part !== '')
  })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
