import assert from 'node:assert/strict'
import stringWidth from 'string-width'
import {sentence, toMessageFields} from '../../../src/languages/text/sentence.js'
import {renderText, type TextOptions} from '../../../src/render/text/render-text.js'
import type {ContextReport} from '../../../src/report/context-report.js'
import {
  CLEAN,
  createBudget,
  createLargest,
  createPlan,
  createReport,
  createSizes,
  createSuggestion,
  FAT,
  HOSTILE,
  REPORTS,
  SEVERAL,
} from '../../helpers/report-fixtures.js'
import {matchSnapshot} from '../../helpers/snapshot.js'

const OPTIONS: TextOptions = {width: 80, hasColor: false, hasUnicode: true, top: 10, isExact: false}

/** Longer words than this stand as they are: a name has to be copied. */
const LONGEST_WORD = 24

describe('renderText', () => {
  for (const [name, report] of REPORTS) {
    for (const width of [40, 60, 80, 100, 200]) {
      it(`shows the ${name} report on ${width} columns`, () => {
        matchSnapshot(`text/${name}-${width}.txt`, renderText(report, {...OPTIONS, width}))
      })
    }
    it(`shows the ${name} report in ASCII, to the byte`, () => {
      const text = renderText(report, {...OPTIONS, hasUnicode: false, isExact: true})
      assert.match(text, /^[\x20-\x7e\n]*$/)
      matchSnapshot(`text/${name}-ascii.txt`, text)
    })
    it(`says the same of the ${name} report with colour as without`, () => {
      const colored = renderText(report, {...OPTIONS, hasColor: true})
      const plain = renderText(report, OPTIONS)
      assert.notEqual(colored, plain)
      assert.equal(colored.replace(/\u001b\[\d+m/g, ''), plain)
    })
  }

  for (const report of [CLEAN, FAT, SEVERAL]) {
    for (let width = 40; width <= 200; width += 5) {
      it(`fits ${report.plans.length} builds of ${report.before.transferBytes} B into ${width} columns`, () => {
        const lines = renderText(report, {...OPTIONS, width}).split('\n')
        const wide = lines.filter(
          (line) =>
            stringWidth(line) > width && line.split(' ').every((word) => stringWidth(word) < LONGEST_WORD),
        )
        assert.deepEqual(wide, [])
      })
    }
  }

  it('writes the amounts of a message as all others: to the byte where that is asked for', () => {
    const amounts = sentence`they send ${{bytes: 12_345_678}}`
    const finding = {rule: 'repeated-transfer', severity: 'info' as const, ...toMessageFields(amounts)}
    const report = {...CLEAN, findings: [finding]}
    assert.match(renderText(report, OPTIONS), /they send 12\.3 MB/)
    assert.match(renderText(report, {...OPTIONS, isExact: true}), /they send 12,345,678 B/)
    const read = JSON.parse(JSON.stringify(report)) as ContextReport
    assert.match(renderText(read, OPTIONS), /they send 12,345,678 bytes/)
  })

  it('lets no control or direction character through, and no name break a line', () => {
    const text = renderText(HOSTILE, {...OPTIONS, width: 500})
    assert.doesNotMatch(text, /[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u)
    assert.doesNotMatch(text, /^::/m)
  })

  it('keeps the summary in sight whatever the lists hold', () => {
    const many = <Value>(make: (at: number) => Value): Value[] =>
      Array.from({length: 500}, (_, at) => make(at))
    const report = createReport(
      many((at) => createPlan(`build-${at}`, {dockerfile: `${at}/Dockerfile`})),
      {
        largest: many((at) => createLargest(`path-${at}`, 500 - at, 1)),
        suggestions: many((at) =>
          createSuggestion(`pattern-${at}`, 500 - at, {
            confidence: (['safe', 'review', 'blocked'] as const)[at % 3]!,
          }),
        ),
        findings: many((at) => ({
          rule: 'x',
          severity: at < 300 ? 'error' : 'info',
          message: `message ${at}`,
        })),
        budgets: many((at) => createBudget({plan: `build-${at}`, ok: at % 2 === 0})),
      },
    )
    const lines = renderText(report, {...OPTIONS, width: 200}).split('\n')
    assert.ok(lines.length < 200, `${lines.length} lines`)
    assert.match(lines[2]!, /Docker will transfer/)
    const text = lines.join('\n')
    assert.match(text, /^ {2}and 290 errors, 200 info more: --format json shows all$/m)
    assert.match(text, /^ {2}and 470 more: --format json shows all$/m)
    assert.match(text, /^ {5}and 147 smaller safe ones: --top 500 shows them$/m)
    assert.match(text, /^ {5}and 157 smaller ones to review: /m)
    assert.match(text, /^ {2}480 more +/m)
  })

  it('names a build once that is called after its Dockerfile', () => {
    const plans = ['a/Dockerfile', 'b/Dockerfile'].map((name) => createPlan(name, {dockerfile: name}))
    const finding = {rule: 'x', severity: 'info', message: 'm', plan: 'a/Dockerfile'} as const
    const findings = [
      {...finding, file: 'a/Dockerfile', line: 3},
      {...finding, file: 'other', line: 4, message: 'n'},
    ]
    const text = renderText(createReport(plans, {findings}), OPTIONS)
    assert.match(text, /^ {2}info {5}a\/Dockerfile:3 m \(x\)$/m)
    assert.match(text, /^ {2}info {5}a\/Dockerfile: other:4 n \(x\)$/m)
  })

  it('says once what is the case in several places', () => {
    const finding = {rule: 'x', severity: 'info', message: 'm', fix: 'f'} as const
    const findings = [
      {...finding, file: 'a', line: 3},
      {...finding, file: 'b', line: 4},
      {...finding, file: 'b', line: 4, message: 'n'},
      {...finding, file: 'c'},
      {...finding, severity: 'error' as const, file: 'd'},
    ]
    const text = renderText({...CLEAN, findings}, OPTIONS)
    const problems = text.slice(text.indexOf('Problems\n')).split('\n').slice(1, 6)
    assert.deepEqual(problems, [
      '  info     a:3 m (x)',
      '           also: b:4, c',
      '  info     b:4 n (x)',
      '  error    d m (x)',
      '           fix: f',
    ])
  })

  it('says of what the shares are where builds share paths', () => {
    const sizes = createSizes(90, 3)
    const plans = ['a', 'b'].map((name) => createPlan(name, {before: sizes}))
    const note = /^ {2}of 100 B: what several builds transfer is counted once$/m
    assert.match(renderText(createReport(plans, {largest: [createLargest('x', 100, 3)]}), OPTIONS), note)
    const apart = createReport(plans, {largest: [createLargest('x', 180, 3)]})
    assert.doesNotMatch(renderText(apart, OPTIONS), /counted once/)
  })

  it('ends in the next step', () => {
    const cases = [
      [[], /nothing to suggest\.$/],
      [['safe'], /--write to add the \+ lines, --diff to see the change\.$/],
      [['safe', 'review'], /--diff to see the change; add --all for the \? lines, .*reviewed them\.$/],
      [['review'], /--all --diff to see the \? lines as a change, --all --write to add them\.$/],
    ] as const
    for (const [confidences, expected] of cases) {
      const suggestions = confidences.map((confidence) => createSuggestion('p', 1, {confidence}))
      const text = renderText(createReport([createPlan('app')], {suggestions}), {...OPTIONS, width: 200})
      assert.match(text.trimEnd(), expected)
    }
  })

  it('tells what a budget needs', () => {
    const plan = createPlan('app', {
      before: createSizes(90_000_000, 9_000),
      after: createSizes(40_000_000, 8_000),
    })
    const cases = [
      [
        {limit: 50_000_000, actual: 90_000_000},
        'run again with --write: the suggested lines reduce it to 40 MB',
      ],
      [
        {limit: 30_000_000, actual: 90_000_000},
        'the suggested lines reduce it to 40 MB, which is still over: ignore more',
      ],
      [{name: 'max-entry', limit: 1_000_000, actual: 2_000_000}, 'ignore it, copy less, or raise the limit'],
      [{name: 'max-files', unit: 'files', limit: 8_000, actual: 9_000}, 'reduce it to 8,000 files'],
      [{plan: 'gone', limit: 1, actual: 2}, 'ignore it, copy less, or raise the limit'],
      [{name: 'baseline-transfer', limit: 1, actual: 2, baseline: 0}, 'grew by 2 B from the baseline of 0 B'],
    ] as const
    for (const [budget, expected] of cases) {
      const budgets = [createBudget({plan: 'app', ok: false, ...budget})]
      const text = renderText(createReport([plan], {budgets}), {...OPTIONS, width: 200})
      assert.ok(text.includes(expected), `${expected} in ${text}`)
      assert.match(text, /^ {2}FAIL /m)
    }
  })

  it('says why a build counts for less than it sends, where one run builds several', () => {
    const plans = ['api', 'web'].map((name) => createPlan(name, {before: createSizes(90_000_000, 9_000)}))
    const show = (actual: number) => {
      const budgets = [createBudget({plan: 'web', limit: 100_000_000, actual})]
      return renderText(createReport(plans, {budgets}), OPTIONS)
    }
    assert.match(show(0), /^ {2}One run builds them all: /m)
    assert.doesNotMatch(show(90_000_000), /One run/)
  })

  it('says of a line whose paths the lines above keep out, too, that it saves nothing more', () => {
    const suggestions = [
      createSuggestion('docs', 50_000_000),
      createSuggestion('**/.cache', 20_000_000, {furtherSavedBytes: 0}),
    ]
    const text = renderText(createReport([createPlan('Dockerfile')], {suggestions}), OPTIONS)
    assert.match(text, /^ {2}\+ {2}\*\*\/\.cache +saves nothing more/m)
  })

  it('shows nothing, and more than can be', () => {
    const nothing = createPlan('Dockerfile', {usesContext: false, before: createSizes(0, 0)})
    const text = renderText(createReport([nothing]), OPTIONS)
    assert.match(text, /This Dockerfile uses nothing from the context: Docker will transfer nothing\.\n/)
    const lib = {name: 'lib', context: '../lib', usesContext: true, requestedPaths: null}
    const named = {...lib, before: createSizes(1000, 1), after: createSizes(1000, 1)}
    const fromLib = renderText(createReport([{...nothing, namedContexts: [named]}]), OPTIONS)
    assert.match(fromLib, /Docker will transfer nothing\.\n {2}and from context lib +1 kB/)
    const grown = createPlan('Dockerfile', {before: createSizes(1000, 1), after: createSizes(1001, 2)})
    assert.match(renderText(createReport([grown]), OPTIONS), /1 B more/)
  })
})
