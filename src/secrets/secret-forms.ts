import { cleanTag } from '../point/clean.ts'

/** Shorter than this a part of base64 is a part of everything. */
const minBase64 = 8

/** What is the same wherever it is written, but for base64: most tokens are. */
const isPlain = /^[\w.-]*$/

/** How a secret reads where others wrote it: as it is, in JSON, URLs, HTML and base64, and as the yield step cleans it. */
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

/** PHP escapes slashes too, Python what is not ASCII, Go what would be markup. */
function toJson(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const toCode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  // JSON as a text of JSON, as inputs hold it, is escaped twice.
  return [
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll('/', '\\/'),
    json.replace(/[^ -~]/g, toCode),
    json.replace(/[<>&]/g, toCode),
  ]
}

/** Some leave a few characters of punctuation, and Python's quote slashes. */
function toPercent(secret: string): string[] {
  const component = encodeURIComponent(secret)
  const strict = component.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
  const query = new URLSearchParams([['', secret]]).toString().slice(1)
  return [component, strict, query, encodeURI(secret)]
    .flatMap((form) => [form, form.replaceAll('%2F', '/')])
    .flatMap((form) => [form, form.replace(/%../g, (code) => code.toLowerCase())])
    .flatMap((form) => [form, form.replace(/%../g, (code) => code.toUpperCase())])
}

/** Languages spell quotes differently, or leave them. */
function toHtml(secret: string): string[] {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return [text, text.replaceAll('>', '&gt;')].flatMap((one) =>
    ['"', '&quot;', '&#34;'].flatMap((double) =>
      ["'", '&apos;', '&#39;', '&#x27;', '&#039;'].map((single) => one.replaceAll('"', double).replaceAll("'", single)),
    ),
  )
}

/** By itself, and what it leaves of itself wherever it stands among other bytes, as in `user:password`. */
function toBase64(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const whole = bytes.toString('base64')
  const parts = [0, 1, 2].map((before) => {
    const bits = (before + bytes.length) * 8
    // Characters that other bytes have a part in are not its own.
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6))
  })
  return [whole, ...parts]
    .filter((form) => form.length >= minBase64)
    .flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}
