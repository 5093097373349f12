import assert from 'node:assert/strict'
import {applyInlineIgnores, readInlineIgnores} from '../../../src/advice/rules/inline-ignores.js'
import {runRules} from '../../../src/advice/rules/run-rules.js'
import type {Finding} from '../../../src/report/context-report.js'
import {createInput} from './create-input.js'

function finding(rule: string, file: string, line?: number): Finding {
  return {rule, severity: 'warning', message: rule, file, ...(line !== undefined && {line})}
}

/** What is left of one finding in each line of a file, as `line rule`. */
function leftOf(file: string, text: string, rule = 'dead-pattern'): string[] {
  const findings = text.split('\n').map((_, at) => finding(rule, file, at + 1))
  return applyInlineIgnores(findings, new Map([[file, text]])).map(({line, rule}) => `${line} ${rule}`)
}

/** The lines that a comment takes a finding from. */
function ignoredLines(file: string, text: string, rule = 'dead-pattern'): number[] {
  const {isIgnored} = readInlineIgnores(new Map([[file, text]]))
  return text.split('\n').flatMap((_, at) => (isIgnored(finding(rule, file, at + 1)) ? [at + 1] : []))
}

describe('comments of ours', () => {
  const COMMENT = '# slim-check ignore=dead-pattern'
  const COMPOSE = `services:\n  ${COMMENT}\n  a:\n    image: b\n    # why\n    volumes: [c]\n  d:\n    image: e\n`
  const rows: [name: string, file: string, text: string, lines: number[]][] = [
    ['apply to the next pattern', '.dockerignore', `${COMMENT}\na\nb`, [2]],
    ['jump over blank lines and comments', '.dockerignore', `${COMMENT}\n\n# why\na\nb`, [4]],
    ['add up', '.dockerignore', `${COMMENT}\n# slim-check ignore=slow-negation\na`, [3]],
    ['name several rules', '.dockerignore', '#slim-check  ignore = slow-negation , dead-pattern \na', [2]],
    ['end in CRLF', '.dockerignore', `${COMMENT}\r\na\r\nb\r\n`, [2]],
    ['stand behind a byte-order mark', '.dockerignore', `\ufeff${COMMENT}\na\nb`, [2]],
    ['are patterns when indented', '.dockerignore', ` ${COMMENT}\na`, []],
    ['are patterns behind a pattern', '.dockerignore', `a ${COMMENT}\nb`, []],
    ['need our name', '.dockerignore', '# ignore=dead-pattern\na', []],
    ['need a whole word', '.dockerignore', '# slim-check ignored=dead-pattern\na', []],
    ['apply to nothing at the end', '.dockerignore', `a\n${COMMENT}`, []],
    [
      'apply to the whole file',
      'api/Dockerfile.dockerignore',
      'a\nb\n# slim-check ignore-file=dead-pattern',
      [1, 2, 3],
    ],
    ['apply to the next instruction', 'Dockerfile', `FROM a\n  ${COMMENT}\nCOPY a \\\n b\nCOPY c d`, [3]],
    [
      'apply to a whole Dockerfile',
      'Dockerfile',
      '# slim-check ignore-file=dead-pattern\nFROM a\nCOPY b c',
      [1, 2, 3],
    ],
    ['are content in a heredoc', 'Dockerfile', `FROM a\nRUN <<E\n${COMMENT}\nE\nCOPY b c`, []],
    ['are none in a continued line', 'Dockerfile', `FROM a\nRUN a \\\n${COMMENT}\n b\nCOPY b c`, []],
    ['are not read in a broken Dockerfile', 'Dockerfile', `${COMMENT}\nFRO a`, []],
    ['apply to a service of a compose file', 'compose.yaml', COMPOSE, [3, 4, 5, 6]],
    [
      'apply to one item of a list',
      'compose.yml',
      `services:\n  a:\n    volumes:\n      ${COMMENT}\n      - .:/a\n      - b:/b\n`,
      [5],
    ],
    [
      'apply to a key with items as far to the left',
      'deploy/a.YAML',
      `${COMMENT}\nvolumes:\n- a\n- b\nimage: c`,
      [2, 3, 4],
    ],
    ['apply to a whole compose file', 'a.yml', `a: 1\n# slim-check ignore-file=dead-pattern`, [1, 2]],
    ['are content in a block scalar', 'a.yaml', `a: |\n  ${COMMENT}\n  x\nb: 1`, []],
    ['are content behind a value', 'a.yaml', `a: x ${COMMENT}\nb: 1`, []],
    ['end at the end of a compose file', 'a.yaml', `a: 1\n${COMMENT}\n`, []],
    ['stand above an item of maps', 'a.yaml', `a:\n  ${COMMENT}\n  - b: 1\n    c: 2\n  - d: 3`, [3, 4]],
    ['know a Dockerfile of any name', 'x.Dockerfile', `${COMMENT}\nFROM a\nCOPY b c`, [2]],
  ]
  for (const [name, file, text, lines] of rows) {
    it(name, () => assert.deepEqual(ignoredLines(file, text), lines))
  }

  it('take away their rule only, in their file only', () => {
    const texts = new Map([['.dockerignore', `${COMMENT}\na`]])
    const others = [finding('slow-negation', '.dockerignore', 2), finding('dead-pattern', 'Dockerfile', 2)]
    const whole: Finding = {rule: 'dead-pattern', severity: 'warning', message: ''}
    assert.equal(applyInlineIgnores([...others, whole], texts).length, 3)
    assert.deepEqual(leftOf('.dockerignore', `${COMMENT}\na\nb`), ['1 dead-pattern', '3 dead-pattern'])
  })

  it('are told when they name no rule', () => {
    const text =
      '# slim-check ignore=dead-patern\na\n# slim-check ignore=\nb\n# slim-check ignore=\u001b[31m\nc'
    const {findings} = readInlineIgnores(new Map([['.dockerignore', text]]))
    assert.deepEqual(
      findings.map(({severity, line, message}) => `${severity} ${line} ${message}`),
      [
        'info 1 there is no rule "dead-patern" (did you mean dead-pattern?)',
        'info 3 the comment names no rule',
        'info 5 there is no rule "\\u001b[31m"',
      ],
    )
    const quiet = `# slim-check ignore-file=unknown-rule\n${text}`
    assert.deepEqual(readInlineIgnores(new Map([['.dockerignore', quiet]])).findings, [])
  })

  it('take effect before findings are summed up', () => {
    const ignore = Array.from({length: 30}, (_, at) => `gone-${at}`).join('\n')
    const input = createInput({ignore, tree: ['a.js']})
    const isDead = ({rule}: Finding): boolean => rule === 'dead-pattern'
    assert.equal(runRules(input).filter(isDead).length, 21)
    const {isIgnored} = readInlineIgnores(
      new Map([['.dockerignore', `${ignore}\n# slim-check ignore-file=dead-pattern`]]),
    )
    assert.deepEqual(runRules(input, isIgnored).filter(isDead), [])
  })

  it('count each, however many', () => {
    const text = `${COMMENT}\na\n`.repeat(50_000)
    assert.equal(ignoredLines('.dockerignore', text).length, 50_000)
    const nested = `${COMMENT}\n`.repeat(20_000)
    assert.equal(ignoredLines('a.yaml', `${nested}a:\n${'  b: 1\n'.repeat(20_000)}`).length, 20_001)
  })
})
