import { describe, expect, test } from 'vitest'
import { maskText, parseWorkflowCommands } from './workflow-commands.ts'

describe('commands', () => {
  test('are annotations with their properties unescaped once', () => {
    const { annotations } = parseWorkflowCommands(
      '::error file=a.ts,line=3,title=One%3A two%2C%2520::first%0Asecond %250A\n  ::notice::indented\nsays ::warning::no',
    )
    expect(annotations).toEqual([
      {
        level: 'error',
        message: 'first\nsecond %0A',
        properties: { file: 'a.ts', line: '3', title: 'One: two,%20' },
      },
      { level: 'notice', message: 'indented', properties: {} },
    ])
  })

  test('are no commands while they are stopped', () => {
    const { annotations, log } = parseWorkflowCommands(
      '::stop-commands::t0ken\n::error::quoted\n::t0ken::\n::error::meant\n',
    )
    expect(annotations.map(({ message }) => message)).toEqual(['meant'])
    expect(log).toEqual(['::error::quoted', 'Error: meant'])
  })

  test('leave the log that an owner reads', () => {
    const { log } = parseWorkflowCommands(
      '::add-mask::s3cret\n::group::Lines\na\n::endgroup::\n::debug::d\n::unknown::u\n',
    )
    expect(log).toEqual(['▼ Lines', 'a', '::unknown::u'])
  })
})

describe('masks', () => {
  test('of several lines hide each of them', () => {
    const { masks } = parseWorkflowCommands('::add-mask::one%0Atwo\n::add-mask::\n::add-mask::one two')
    expect(masks).toEqual(['one\ntwo', 'one', 'two', 'one two'])
    expect(maskText('one two, one, two', masks)).toBe('***, ***, ***')
  })
})
