const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
}

/** Decodes Go's quoting (`%q`), which InfluxDB uses for names since 1.12 and 2.7: `\"`, `\\`, `\u200b`, `\x00`, `\U0001f600`. */
export function unquoteGo(text: string): string {
  return text.replace(
    /\\(?:([abfnrtv\\"])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g,
    (all, plain: string | undefined, ...codes: (string | undefined)[]) => {
      if (plain !== undefined) return escapes[plain] ?? all
      const code = Number.parseInt(codes.slice(0, 3).find((one) => one !== undefined) ?? '', 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : all
    },
  )
}
