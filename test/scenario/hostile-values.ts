const esc = String.fromCharCode(27)

/** Values that a log, a table or a line of line protocol could take for more than a value. */
export const hostileValues: Readonly<Record<string, string>> = {
  newlines: 'first\nsecond\r\nthird\rfourth',
  command: '::error::obeyed',
  'command on a line of its own': 'x\n::error title=obeyed::obeyed\n::add-mask::obeyed',
  'old command': '##[error]obeyed',
  'end of the stop of commands': '::stop-commands::obeyed\n::obeyed::',
  'carriage return and a command': 'x\r::error::obeyed',
  ANSI: `${esc}[31mred${esc}[0m ${esc}]0;title${String.fromCharCode(7)}`,
  table: 'a | b || c \\| d\n| --- | --- |',
  markdown: '**bold** _em_ `code` [link](https://example.com) ![image](x) # heading\n# heading\n```\nfence',
  HTML: '<img src=x onerror=alert(1)> </code></td></table><h1>&lt;b&gt; <!-- ',
  mention: '@octocat #1 octo-org/octo-repo#2',
  long: 'long '.repeat(20_000),
  emoji: 'build 🚀 👩‍👩‍👧 Ünï\u202ecode',
  'lone surrogate': 'half \ud83d of one',
  quotes: `"'\\" \\ ' , = \\`,
  blank: ' \t ',
  'commands with encoded ends of lines': 'x%0A::error::obeyed%0D%0A::add-mask::obeyed%250A::error::obeyed',
  'commands behind other ends of lines':
    'a\u2028::error::obeyed\u2029::error::obeyed\u0085::error::obeyed\v::error::obeyed',
  'a command behind odd blanks': '\u00a0\u3000\ufeff::error::obeyed',
  'commands of old':
    '::set-output name=builder::obeyed\n::save-state name=build-stats::obeyed\n::set-env name=PATH::obeyed',
  'command files': 'x\nbuilder=obeyed\nEOF\nBUILD_STATS<<EOF\nobeyed\nEOF\nghadelimiter_\nbuild-stats=obeyed',
  'overrides of direction': 'user\u202e\u2066// admin\u2069\u2066',
  'line protocol': 'a,b=c d="e" 1\nobeyed,a=b c=1 1\n',
  YAML: '"}\n- property: obeyed\n- {"a": &a [*a]',
  details: '</details><details open><summary>obeyed</summary>',
}
