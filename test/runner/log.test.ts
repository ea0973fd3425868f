import { afterEach, describe, expect, test } from 'vitest'
import { type Log, openLog } from '../../src/runner/log.ts'
import { parseWorkflowCommands } from '../support/workflow-commands.ts'

/** What a log prints. */
function capture(act: (log: Log) => void, secrets: string[] = []): string {
  const { write } = process.stdout
  let printed = ''
  process.stdout.write = (chunk: string | Uint8Array) => {
    printed += chunk
    return true
  }
  try {
    act(openLog(secrets))
  } finally {
    process.stdout.write = write
  }
  return printed
}

const { exitCode } = process
afterEach(() => {
  process.exitCode = exitCode
})

const levels = ['notice', 'warning', 'error'] as const

describe('levels', () => {
  test.each(levels)('%s is an annotation with a title', (level) => {
    const printed = parseWorkflowCommands(capture((log) => log[level]('two\nlines, 100%')))
    expect(printed.annotations).toEqual([{ level, message: 'two\nlines, 100%', properties: { title: 'Build Stats' } }])
  })

  test('info is a line, debug is none', () => {
    expect(capture((log) => log.info('text'))).toBe('text\n')
    expect(parseWorkflowCommands(capture((log) => log.debug('text')))).toEqual({ annotations: [], masks: [], log: [] })
  })

  test('fail is an error that fails the process', () => {
    process.exitCode = undefined
    expect(parseWorkflowCommands(capture((log) => log.fail('text'))).annotations).toMatchObject([{ level: 'error' }])
    expect(process.exitCode).toBe(1)
  })
})

describe('secrets', () => {
  test('are masked before anything is logged', () => {
    const printed = capture((log) => log.info('x'), ['one', 'two words'])
    expect(parseWorkflowCommands(printed).masks).toEqual(['one', 'two words'])
    expect(printed.indexOf('add-mask')).toBeLessThan(printed.indexOf('x\n'))
  })

  test.each([...levels, 'debug', 'info', 'fail'] as const)('%s shows none', (level) => {
    const printed = capture((log) => log[level]('a hunter2 b'), ['hunter2'])
    expect(printed.replace('::add-mask::hunter2', '')).not.toContain('hunter2')
    expect(printed).toContain('a *** b')
  })

  test('print shows none', () => {
    const printed = capture((log) => log.print(['m f="hunter2"', 'm f="ci"']), ['hunter2', 'ci'])
    expect(printed.replaceAll(/^::add-mask::.*$/gm, '')).not.toMatch(/hunter2|ci/)
  })

  test.each([...levels, 'debug', 'info', 'fail'] as const)('%s shows none that is short either', (level) => {
    const printed = capture((log) => log[level]('a ci b hunter2 c'), ['ci', 'hunter2'])
    expect(printed).toContain('a *** b *** c')
  })

  test('of fewer than six characters stay in what is stored: they are a part of everything', () => {
    const redacted: string[] = []
    capture((log) => redacted.push(log.redact('CI/test of ci: 12345, 123456')), ['ci', 'test', '12345', '123456'])
    expect(redacted).toEqual(['CI/test of ci: 12345, ***'])
  })
})

describe('long text', () => {
  const every = [...levels, 'debug', 'info', 'fail'] as const
  const head = `h${' h'.repeat(999)}h`
  const tail = `tt${' t'.repeat(999)}`

  test.each(every)('%s keeps its start and its end: behind a line it quotes, a server says what is wrong', (level) => {
    expect(capture((log) => log[level](`${head}${tail}`))).toContain(`${head}${tail}`)
    expect(capture((log) => log[level](`${head} middle ${tail}`))).toContain(`${head}…  ${tail}`)
  })

  test('is cut once secrets are gone: no half of one stays', () => {
    const secret = '0123456789'
    for (let before = 1980; before <= 2020; before++) {
      const text = `${'h'.repeat(before)}${secret}${'x'.repeat(3000)}${secret}${'t'.repeat(before)}`
      const printed = capture((log) => log.warning(text), [secret]).replace(`::add-mask::${secret}`, '')
      expect(printed).not.toMatch(/\d/)
    }
  })

  test('printed lines are whole', () => {
    const line = `m f="${'x'.repeat(10_000)}"`
    expect(capture((log) => log.print([line]))).toContain(line)
  })
})

describe('hostile text', () => {
  const every = [...levels, 'debug', 'info', 'fail'] as const

  test.each(every)('%s shows control characters as replacements', (level) => {
    const printed = capture((log) => log[level]('a\u001b[31m\u0007\u009b b\tc\rd\u007f\0'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
    expect(printed.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
    expect(printed).toContain('a\ufffd[31m\ufffd\ufffd b c\ufffdd\ufffd\ufffd')
  })

  test.each([
    ['at the start', '::error::forged'],
    ['after a newline', 'text\n::add-mask::forged'],
    ['after blanks', 'text\n  ::stop-commands::forged'],
    ['after a carriage return', 'text\r::warning::forged'],
    ['after an escape', '%0A::warning::forged'],
  ])('a command %s is not obeyed', (_, text) => {
    for (const level of every) {
      const { annotations, masks, log } = parseWorkflowCommands(capture((open) => open[level](text)))
      expect(masks).toEqual([])
      expect(annotations.filter(({ message }) => message === 'forged')).toEqual([])
      if (level === 'info') expect(log.join('\n')).toContain('forged')
    }
  })

  test.each(['info', 'notice', 'warning', 'error', 'fail'] as const)(
    'a command of the old form in %s is not obeyed',
    (level) => {
      // The runner looks for it anywhere in a line (ActionCommand.cs, TryParse), and the log's page in an annotation's lines.
      expect(capture((log) => log[level]('some ##[error]forged\n##[endgroup]'))).not.toContain('##[')
    },
  )

  test.each([...every, 'print'] as const)(
    '%s shows neither overrides of direction nor other ends of lines',
    (level) => {
      const text = 'a\u202eb\u2066c\u2069d\u2028::error::e\u2029f\u200e\u05d0\u200f'
      const printed = capture((log) => (level === 'print' ? log.print([text]) : log[level](text)))
      expect(printed).toContain('a\ufffdb\ufffdc\ufffdd\ufffd::error::e\ufffdf\u200e\u05d0\u200f')
    },
  )

  test('printed lines are obeyed neither', () => {
    const printed = capture((log) => log.print(['::error::forged', '::add-mask::x', 'm f="a\n::error::b"']))
    expect(parseWorkflowCommands(printed)).toEqual({
      annotations: [],
      masks: [],
      log: ['::error::forged', '::add-mask::x', 'm f="a', '::error::b"'],
    })
  })

  test('commands are obeyed again after printed lines', () => {
    const printed = capture((log) => {
      log.print(['x'])
      log.notice('after')
    })
    expect(parseWorkflowCommands(printed).annotations).toMatchObject([{ level: 'notice', message: 'after' }])
  })
})
