import assert from 'node:assert/strict'
import fc from 'fast-check'
import {toCode, toProse} from '../../../src/render/markdown/escape-markdown.js'
import {renderMarkdown} from '../../../src/render/markdown/render-markdown.js'
import {
  CLEAN,
  createBudget,
  createLargest,
  createPlan,
  createReport,
  createSuggestion,
  FAT,
  HOSTILE,
  REPORTS,
} from '../../helpers/report-fixtures.js'
import {matchSnapshot} from '../../helpers/snapshot.js'

/** What a comment on GitHub may hold. */
const GITHUB_LIMIT = 65_536

describe('renderMarkdown', () => {
  for (const [name, report] of REPORTS) {
    it(`renders the ${name} report`, () => matchSnapshot(`markdown/${name}.md`, renderMarkdown(report)))
  }

  it('begins with a marker by which the comment is found again', () => {
    const firstLine = (key?: string): string =>
      renderMarkdown(CLEAN, key === undefined ? {} : {key}).split('\n')[0]!
    assert.equal(firstLine(), '<!-- slim-check -->')
    assert.equal(firstLine('api'), '<!-- slim-check: api -->')
    assert.equal(firstLine('a --> <b>\n--'), '<!-- slim-check: a-b- -->')
    assert.match(renderMarkdown(CLEAN, {hasMarker: false}), /^### Docker build context: /)
  })

  it('says the verdict in its heading', () => {
    const heading = (report: typeof FAT): string => /^### .*$/m.exec(renderMarkdown(report))![0]
    assert.match(heading(FAT), /: 1 of 2 budgets failed$/)
    assert.match(
      heading({...FAT, budgets: []}),
      /: 1\.24 GB in 48,211 files, 18\.3 MB after the suggestions$/,
    )
    assert.match(heading(CLEAN), /: 48\.2 kB in 12 files, within budget$/)
  })

  it('keeps every table rectangular and every fold closed, whatever the names', () => {
    const text = renderMarkdown(HOSTILE)
    const rows = text.split('\n').filter((line) => line.startsWith('| '))
    assert.ok(rows.length > 40, String(rows.length))
    const widths = new Set([4, 5, 6, 7].map((cells) => cells + 1))
    for (const row of rows) assert.ok(widths.has(row.split('|').length - 1), row)
    assert.equal(text.split('<details').length, text.split('\n</details>').length)
    assert.equal(text.split('<!-- slim-check').filter((_, at) => at > 0).length, 1 + countQuoted(text))
  })

  for (const maxCharacters of [GITHUB_LIMIT, 20_000, 5_000]) {
    it(`stays below ${maxCharacters} characters and says what it left out`, () => {
      const name = (at: number): string => `${'|`\\'.repeat(30)}${at}`
      const many = <Value>(make: (at: number) => Value): Value[] =>
        Array.from({length: 300}, (_, at) => make(at))
      const report = createReport(
        many((at) => createPlan(`build ${at}`)),
        {
          largest: many((at) => createLargest(name(at), 300 - at, 1)),
          suggestions: many((at) => createSuggestion(name(at), 300 - at, {ignoreFile: at % 2 ? 'a' : 'b'})),
          findings: many((at) => ({rule: 'x', severity: 'error', message: `"${name(at)}" is wrong`})),
          budgets: [createBudget({ok: false, plan: 'build 1'})],
        },
      )
      const text = renderMarkdown(report, {maxCharacters})
      assert.ok(text.length <= maxCharacters, String(text.length))
      assert.match(text, /\nShortened to fit: .*largest paths \(\d+ of 100 shown\)\.\n$/)
      assert.match(text, /^\| \*\*FAIL\*\* /m)
      assert.equal(text.split('<details').length, text.split('</details>').length)
    })
  }

  it('stays below the limit with the longest of names in what is never left out', () => {
    const name = '\u202e|`@'.repeat(2_000)
    const relievedBy = Array.from({length: 3}, () => ({path: name, transferBytes: 1, fileCount: 1}))
    const budgets = Array.from({length: 100}, () => createBudget({ok: false, plan: name, relievedBy}))
    assert.ok(renderMarkdown(createReport([createPlan(name)], {budgets})).length < GITHUB_LIMIT)
  })
})

describe('names in Markdown', () => {
  const rows: [name: string, code: string][] = [
    ['web/node_modules', '`web/node_modules`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    [' a ', '`  a  `'],
    ['a|b', '`a`<code>&#124;</code>`b`'],
    ['\\|', '`\\`<code>&#124;</code>'],
    ['', '<code></code>'],
    ['a\nb\u202e', '`a\\nb\\u{202e}`'],
    ['x'.repeat(300), `\`${'x'.repeat(199)}…\``],
  ]
  for (const [name, code] of rows) it(JSON.stringify(name), () => assert.equal(toCode(name), code))

  it('never end the code that they stand in', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('`', '|', '\\', ' ', 'a', '<', '\n')}), (name) => {
        const rest = toCode(name)
          .replaceAll('<code>&#124;</code>', 'X')
          .replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
        assert.match(rest, /^(X*|<code><\/code>)$/)
      }),
    )
  })

  const prose: [text: string, expected: string][] = [
    ['"a|b" matches nothing', '`a`<code>&#124;</code>`b` matches nothing'],
    ['RUN npm i @types/node now', 'RUN npm i `@types/node` now'],
    ['see https://evil.example', 'see `https://evil.example`'],
    ['as in #12 and GH-3', 'as in `#12` and `GH-3`'],
    ['<b>*x*</b> [y](z)', '&#60;b&#62;&#42;x&#42;&#60;/b&#62; &#91;y&#93;(z)'],
  ]
  for (const [text, expected] of prose) it(`in ${text}`, () => assert.equal(toProse(text), expected))
})

/** A hostile name imitates the marker, as code. */
function countQuoted(text: string): number {
  return text.match(/<\/details><!-- slim-check -->/g)!.length
}
