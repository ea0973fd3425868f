/** What of the proxy variables must never be seen: URLs with credentials, their passwords, and these as headers have them. */
export function readProxySecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  const names = Object.keys(env).filter((name) => /^(https?|all)_proxy$/i.test(name))
  return names.flatMap((name) => {
    const text = env[name] ?? ''
    const url = URL.parse(text) ?? URL.parse(`http://${text}`)
    if (url === null || url.password === '') return []
    const { href, username } = url
    const password = decode(url.password)
    const header = Buffer.from(`${decode(username)}:${password}`).toString('base64')
    return [text, href, href.replace(/\/$/, ''), url.password, password, header]
  })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
