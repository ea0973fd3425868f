import { find, type ReportTool, toCounts } from '../tool.ts'

/** `2 failed, 3 passed, 1 skipped, 1 xfailed, 1 xpassed, 1 error, 2 rerun in 0.12s` */
function countPytest(summary: string) {
  const of = (word: string) => find(summary, new RegExp(`(\\d+) ${word}`))
  const errors = of('error')
  return toCounts({
    passed: of('passed') + of('xpassed'),
    failed: of('failed') + errors,
    errors,
    skipped: of('skipped') + of('xfailed'),
  })
}

const summary = /^=+ (?:\d+ \w+(?:, )?)+ in .*=+$/m

export const pytest: ReportTool = {
  tool: 'pytest',
  install:
    'python3 -m venv py && py/bin/pip install --quiet pytest==9.0.2 pytest-rerunfailures==16.1 robotframework==7.4.1',
  version: '$TOOLS/py/bin/pytest --version',
  project: {
    'test_shop.py': `
import pytest

@pytest.mark.parametrize('text', ['plain', 'with space', 'größe', '日本 😀', '<&"\\x1b[31m'])
def test_names(text):
    assert text

def test_fails():
    print('\\x1b[31mcolours\\x1b[0m')
    assert {'a': 1, 'b': [1, 2]} == {'a': 1, 'b': [1, 3]}, 'a < b & "c"'

@pytest.fixture
def database():
    raise ConnectionError('no database')

def test_without_database(database):
    pass

@pytest.mark.skip(reason='not on this platform')
def test_skipped():
    pass

@pytest.mark.xfail(reason='known')
def test_expected():
    assert False

@pytest.mark.xfail
def test_unexpected():
    pass

class TestCart:
    class TestEmpty:
        def test_total(self):
            assert True

    def test_total(self):
        raise ValueError('price')
`,
    'test_broken.py': 'import nothing_of_this_name\n',
    'test_flaky.py': `
import pytest
tries = []

@pytest.mark.flaky(reruns=3)
def test_flaky():
    tries.append(1)
    assert len(tries) == 3

@pytest.mark.flaky(reruns=2)
def test_never():
    assert False

def test_steady():
    pass
`,
  },
  reports: [
    {
      file: 'pytest.xml',
      command:
        '$TOOLS/py/bin/pytest -p no:rerunfailures --junitxml=report.xml --continue-on-collection-errors test_shop.py test_broken.py',
      from: 'report.xml',
      summary,
      toCounts: countPytest,
    },
    {
      file: 'pytest-legacy.xml',
      command: '$TOOLS/py/bin/pytest -o junit_family=xunit1 -o junit_logging=all --junitxml=report.xml test_shop.py',
      from: 'report.xml',
      summary,
      toCounts: countPytest,
    },
    {
      file: 'pytest-rerunfailures.xml',
      command: '$TOOLS/py/bin/pytest --junitxml=report.xml test_flaky.py',
      from: 'report.xml',
      summary,
      toCounts: countPytest,
    },
    {
      file: 'pytest-none.xml',
      command: '$TOOLS/py/bin/pytest --junitxml=report.xml -k nothing_of_this_name test_flaky.py',
      from: 'report.xml',
      summary: /^=+ .* deselected in .*=+$/m,
      toCounts: () => toCounts({}),
    },
  ],
}
