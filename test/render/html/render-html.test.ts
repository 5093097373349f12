import assert from 'node:assert/strict'
import {createHash} from 'node:crypto'
import {escapeHtml} from '../../../src/render/html/escape-html.js'
import {renderHtml} from '../../../src/render/html/render-html.js'
import type {TreemapData} from '../../../src/render/html/treemap-data.js'
import type {Suggestion} from '../../../src/report/context-report.js'
import {makeTree} from '../../measure/figures/size-trees.js'
import {HOSTILE, LEAN, REPORT, SEVERAL, TREE} from './sample.js'

/** The text of a page as a reader sees it, scripts and styles left out. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<title>.*?<\/title>/gs, '')
    .replace(/<(?:wbr|\/?bdi|\/?code|\/?small|\/?span|\/?i)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('renderHtml', () => {
  const html = renderHtml(REPORT, TREE, {version: '1.2.3', date: '2026-01-31'})
  const text = textOf(html)

  const shown: [what: string, expected: string][] = [
    ['the transfer before and after', '1.24 GB →18.3 MB 98.5 % less'],
    ['files', 'Files 48,211 → 412'],
    ['what every rebuild sends', 'Again on every rebuild 2.49 MB → 30 kB'],
    ['the time of a first build', 'First build at 100 Mbit/s 1 min 39 s → 1.5 s'],
    ['the Dockerfile, target and ignore file', 'Dockerfile → runtime, .dockerignore'],
    [
      'a suggestion with its confidence, reason and saving',
      'Safe .git no step and no program of the image uses Git saves 301 MB512 files',
    ],
    ['a few of many paths', 'a, b, c and 2 more'],
    ['a blocked line, which saves nothing', 'names it (Dockerfile:7) 3 files'],
    [
      'a finding with its place',
      'Warning &quot;src/dist&quot; matches nothing .dockerignore:4 · dead-pattern',
    ],
    ['a finding without a place', 'Note There is no ignore file no-ignore-file'],
    ['the largest paths', 'web/node_modules npm packages 31,204 812 MB 96 %'],
    ['the kinds', 'npm packages 220 MB, 35 %'],
    ['the version and date', 'slim-check 1.2.3, 2026-01-31'],
  ]
  for (const [what, expected] of shown) {
    it(`shows ${what}`, () => assert.ok(text.includes(expected), text))
  }

  it('names the project, and its path where that says more', () => {
    const headingOf = (page: string): string => textOf(/<h1>.*?<\/h1>/s.exec(page)![0]).trim()
    assert.equal(headingOf(html), 'Build context shop')
    assert.equal(
      headingOf(renderHtml({...REPORT, context: '.'}, TREE, {project: 'orders'})),
      'Build context orders',
    )
    assert.equal(
      headingOf(renderHtml({...REPORT, context: '../x'}, TREE, {project: 'x'})),
      'Build context x ../x',
    )
    assert.match(
      renderHtml({...REPORT, context: '.'}, TREE, {project: 'a<b'}),
      /<title>Build context a&lt;b<\/title>/,
    )
  })

  it('gives the same number of files in all places, with the ignore file that is new', () => {
    const tree = makeTree(
      [
        ['src/a', 100],
        ['.git/b', 900],
      ],
      ['.git'],
    )
    const before = {...REPORT.before, transferBytes: tree.transferBytes, fileCount: tree.fileCount}
    const after = {...REPORT.after, transferBytes: 130, fileCount: 2}
    const page = renderHtml({...REPORT, before, after}, tree)
    assert.match(textOf(page), /Files 2 Again/)
    assert.match(textOf(page), /After the suggestions 130 B, 2 files, drawn/)
    const data = JSON.parse(/id="size-tree">(.*?)<\/script>/s.exec(page)![1]!) as TreemapData
    assert.deepEqual([data.files[0]! - data.leavingFiles[0]!, data.stays[0]], [2, '130 B'])
  })

  it('puts the worst finding first', () => {
    assert.ok(text.indexOf('Error &lt;') < text.indexOf('Warning &quot;'))
  })

  it('offers the safe lines to copy, and with `all` those to review', () => {
    const block = /<pre id="lines-0">([^<]*)<\/pre>/
    assert.equal(block.exec(html)?.[1], '**/node_modules\n.git')
    assert.equal(block.exec(renderHtml(REPORT, TREE, {all: true}))?.[1], '**/node_modules\n.git\ndocs')
  })

  it('allows its own script and nothing from elsewhere', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
    const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    assert.equal(
      policy,
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    )
    assert.doesNotMatch(html, /(?:src|href)="(?!data:,"|#content")/)
    assert.doesNotMatch(html, /@import|https?:\/\/(?!www\.w3\.org)/)
  })

  it('lets no name be anything but text', () => {
    for (const page of [html, renderHtml(SEVERAL, TREE)]) {
      assert.equal(page.match(/<script\b/g)?.length, 2)
      assert.equal(page.match(/<style\b/g)?.length, 1)
      assert.doesNotMatch(page, /<img|<!--|[\u001b\u202e]/)
      assert.ok(page.includes(escapeHtml(HOSTILE.attribute).replaceAll('/', '/<wbr>')))
    }
  })

  it('has a row for each build, its named contexts and the sum', () => {
    const several = textOf(renderHtml(SEVERAL, TREE))
    assert.match(several, /3 builds/)
    assert.match(several, /api api\/Dockerfile \.dockerignore, context \. 900 MB 8 MB 99\.1 % less 1\.6 MB/)
    assert.match(several, /and from context lib \.\.\/lib 1 MB 1 MB 900 B/)
    assert.match(several, /All builds 1\.24 GB 18\.3 MB 98\.5 % less 2\.49 MB/)
    assert.doesNotMatch(text, /All builds/)
  })

  it('says which budgets pass and fail, the failed ones first, and what would help', () => {
    const several = textOf(renderHtml(SEVERAL, TREE))
    const verdicts = [...several.matchAll(/(PASS|FAIL) (\S+) of (\S+)/g)].map(([all]) => all)
    assert.deepEqual(verdicts, ['FAIL max-transfer of api', 'FAIL max-files of api', 'PASS max-files of web'])
    assert.match(several, /850 MB too much/)
    assert.match(several, /29,000 files too many; without web\/node_modules \(29,500 files\) it would pass/)
  })

  it('says of the picture of several builds where it shows more than one builder gets', () => {
    const tree = makeTree([['src/a', 100]])
    const [plan] = LEAN.plans
    const show = (transferBytes: number) => {
      const plans = [plan!, {...plan!, name: 'other'}]
      return textOf(renderHtml({...LEAN, plans, before: {...LEAN.before, transferBytes}}, tree))
    }
    assert.match(show(tree.transferBytes / 2), /Each build on a fresh builder/)
    assert.match(show(tree.transferBytes), /All of it/)
  })

  it('draws one picture where nothing leaves, and says that there is nothing to suggest', () => {
    const page = renderHtml(LEAN, makeTree([['src/a', 100]]))
    assert.equal(page.match(/<svg data-view=/g)?.length, 1)
    assert.match(textOf(page), /18\.3 MB .*There is nothing to suggest/)
    assert.doesNotMatch(textOf(page), /would leave|% less/)
  })

  it('says so when nothing is transferred', () => {
    const [plan] = REPORT.plans
    const page = renderHtml({...LEAN, plans: [{...plan!, usesContext: false}]}, makeTree([]))
    assert.match(textOf(page), /Docker will transfer nothing/)
    assert.doesNotMatch(page, /<svg data-view|id="size-tree"/)
  })

  it('says so when there is no Dockerfile', () => {
    const [plan] = REPORT.plans
    const page = renderHtml({...LEAN, plans: [{...plan!, dockerfile: null}]}, TREE)
    assert.match(textOf(page), /there is no Dockerfile: these are the sizes of COPY \. \./)
  })

  it('takes the rates it is given', () => {
    const page = renderHtml(REPORT, TREE, {rates: [{bytesPerSecond: 1000, label: '8 kbit/s'}]})
    assert.match(textOf(page), /First build at 8 kbit\/s 14 d 8 h → 5 h 5 min/)
    assert.doesNotMatch(textOf(page), /100 Mbit/)
  })

  it('stays small whatever comes', () => {
    const name = '\u202e<'.repeat(40)
    const tree = makeTree(
      Array.from({length: 30_000}, (_, at) => [
        `${name}/d${at % 300}${name}/${at}${name}`,
        Math.ceil(1e9 / (at + 1)),
      ]),
      [name],
    )
    const suggestion = REPORT.suggestions[0] as Suggestion
    const suggestions = Array.from({length: 700}, (_, at) => ({...suggestion, pattern: `${name}${at}`}))
    const findings = Array.from({length: 5000}, () => REPORT.findings[0]!)
    const page = renderHtml({...REPORT, suggestions, findings}, tree)
    assert.ok(page.length < 2_000_000, `${page.length} characters`)
    assert.match(textOf(page), /And 500 more.*And 4,800 more/)
  })
})
