import { cleanTag } from '../point/clean.ts'

/** A shorter part of base64 would be found in ordinary text. */
const minBase64 = 8

/** Text that is the same in every form but base64, as most tokens are. */
const isPlain = /^[\w.-]*$/

/** All forms in which a secret may appear: unchanged, in JSON, URLs, HTML and base64, and as the yield step sanitises it. */
export function toSecretForms(given: string): string[] {
  if (isPlain.test(given)) return [...new Set([given, ...toBase64(given)])].filter((form) => form !== '')
  const secret = given.toWellFormed()
  const forms = [
    given,
    given.trim(),
    cleanTag(secret, Number.POSITIVE_INFINITY),
    ...toJson(secret),
    ...toPercent(secret),
    ...toHtml(secret),
    ...toBase64(secret),
  ]
  return [...new Set(forms)].filter((form) => form !== '')
}

/** PHP also escapes slashes, Python non-ASCII characters, Go characters of markup. */
function toJson(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const toCode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  // JSON inside a JSON string, as in inputs, is escaped twice.
  return [
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll('/', '\\/'),
    json.replace(/[^ -~]/g, toCode),
    json.replace(/[<>&]/g, toCode),
  ]
}

/** Some languages leave some punctuation unescaped, and Python's quote leaves slashes. */
function toPercent(secret: string): string[] {
  const component = encodeURIComponent(secret)
  const strict = component.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
  const query = new URLSearchParams([['', secret]]).toString().slice(1)
  return [component, strict, query, encodeURI(secret)]
    .flatMap((form) => [form, form.replaceAll('%2F', '/')])
    .flatMap((form) => [form, form.replace(/%../g, (code) => code.toLowerCase())])
    .flatMap((form) => [form, form.replace(/%../g, (code) => code.toUpperCase())])
}

/** Languages escape quotes differently, or not at all. */
function toHtml(secret: string): string[] {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return [text, text.replaceAll('>', '&gt;')].flatMap((one) =>
    ['"', '&quot;', '&#34;'].flatMap((double) =>
      ["'", '&apos;', '&#39;', '&#x27;', '&#039;'].map((single) => one.replaceAll('"', double).replaceAll("'", single)),
    ),
  )
}

/** Base64 of the secret alone, and the part of it that does not depend on surrounding bytes, as in `user:password`. */
function toBase64(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const whole = bytes.toString('base64')
  const parts = [0, 1, 2].map((before) => {
    const bits = (before + bytes.length) * 8
    // Characters that also encode neighbouring bytes are left out.
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6))
  })
  return [whole, ...parts]
    .filter((form) => form.length >= minBase64)
    .flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}
