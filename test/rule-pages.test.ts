/** One page a rule (docs/rules/ID.md), and a list of all of them: written from what the rules say of themselves. */
import assert from 'node:assert/strict'
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {RULES} from '../src/advice/rules/all-rules.js'
import {RULES_ACROSS} from '../src/advice/rules/builds/rules-across.js'
import {CACHE_RULES} from '../src/advice/rules/cache/all-cache-rules.js'
import {CI_RULES} from '../src/advice/rules/ci/all-ci-rules.js'
import {COMPOSE_RULES} from '../src/advice/rules/compose/all-compose-rules.js'
import type {CacheExample} from '../src/advice/rules/define-cache-rule.js'
import type {ComposeExample} from '../src/advice/rules/define-compose-rule.js'
import type {ImageExample} from '../src/advice/rules/define-image-rule.js'
import type {Example} from '../src/advice/rules/define-rule.js'
import {IMAGE_RULES} from '../src/advice/rules/image/all-image-rules.js'
import {REWRITE_RULES} from '../src/advice/rules/rewrites/all-rewrites.js'
import type {RewriteExample, RewriteRule} from '../src/advice/rules/rewrites/define-rewrite.js'
import {createUnifiedDiff} from '../src/languages/ignore/edit/unified-diff.js'
import type {RuleDescription} from '../src/report/rule-description.js'
import {factsOf} from './advice/rules/ci/ci-facts.js'
import {projectRoot} from './helpers/project.js'

const FOLDER = path.join(projectRoot, 'docs/rules')
const INDEX = 'README.md'

/** A page, as its rule describes it. */
interface Page extends Omit<RuleDescription, 'severity'> {
  severity: string
  command: string
  /** What is known for certain when it speaks. */
  proved: string
  /** What it cannot know; empty where there is nothing. */
  open: string
  /** Examples as Markdown. */
  before: string
  after: string
}

const PAGES: readonly Page[] = [
  ...RULES.map(
    (rule): Page => ({
      ...rule,
      command: 'context',
      proved:
        'The Dockerfile is evaluated, the ignore file applied and the context walked as BuildKit does it: what the finding says happens in this build.',
      open: '',
      ...showPair(rule.examples, showFiles),
    }),
  ),
  ...RULES_ACROSS.map(
    (rule): Page => ({
      ...rule,
      command: 'context',
      proved: 'It compares the builds of the project with each other, each predicted to the byte.',
      open: '',
      before: '',
      after: '',
    }),
  ),
  ...CACHE_RULES.map(
    (rule): Page => ({
      ...rule,
      command: 'cache',
      proved:
        'The cache key of every step is worked out as BuildKit does it: the step runs again after that edit.',
      open: 'Whether the files that a RUN leaves are the same again is not known: such a step is said to be one that may run.',
      ...showPair(rule.examples, showCache),
    }),
  ),
  ...REWRITE_RULES.map(
    (rule): Page =>
      rule.examples.some(({expected}) => expected?.dockerfile !== undefined)
        ? describeChange(rule)
        : describeQuestion(rule),
  ),
  ...COMPOSE_RULES.map((rule): Page => {
    const [bad] = rule.examples.bad
    return {
      ...rule,
      command: 'compose',
      proved:
        'The compose files are read as Compose reads them, with the Dockerfiles and contexts that they build.',
      open: 'What a program does while it runs is not known.',
      before: showCompose(bad!, bad!.compose),
      after:
        bad!.expected === undefined
          ? showFirst(rule.examples.good, (good) => showCompose(good, good.compose))
          : showCompose({...bad!, files: {}}, bad!.expected),
    }
  }),
  ...IMAGE_RULES.map(
    (rule): Page => ({
      ...rule,
      command: 'image',
      proved:
        'The layers of the image are read: the bytes are there, and every host that pulls it loads them.',
      open: 'Whether a program of the image wants the files at run time is for you to know.',
      ...showPair(rule.examples, showLayers),
    }),
  ),
  ...CI_RULES.map((rule): Page => {
    const bad = rule.examples.find(({expected}) => expected !== null)!
    const [found] = rule.find(factsOf(bad))
    return {
      ...rule,
      command: 'dockerfile --ci',
      proved:
        'The workflow is read as it is written; what an action does with its inputs is that of its current release.',
      open: 'What an organisation sets outside of the repository is not known.',
      before: fence('yaml', bad.text),
      after:
        found?.snippet === undefined ? `${found?.fix}.` : `${found.fix}:\n\n${fence('yaml', found.snippet)}`,
    }
  }),
]

describe('the pages of the rules', () => {
  it('are one for each rule, as it describes itself', () => {
    const ids = new Set(PAGES.map(({id}) => id))
    const expected = new Map([...ids].map((id): [string, string] => [`${id}.md`, renderPages(id)]))
    expected.set(INDEX, renderIndex())
    if (process.env.UPDATE_SNAPSHOTS === '1') {
      rmSync(FOLDER, {recursive: true, force: true})
      mkdirSync(FOLDER)
      for (const [name, text] of expected) writeFileSync(path.join(FOLDER, name), text)
    }
    assert.deepEqual(readdirSync(FOLDER).sort(), [...expected.keys()].sort(), 'run with UPDATE_SNAPSHOTS=1')
    for (const [name, text] of expected)
      assert.equal(readFileSync(path.join(FOLDER, name), 'utf8'), text, 'run with UPDATE_SNAPSHOTS=1')
  })

  it('show an example that differs from its remedy, or none', () => {
    for (const {id, before, after} of PAGES) assert.ok(before !== after || before === '', id)
    for (const {id, after} of PAGES) assert.doesNotMatch(after, /^@@ .* \+0,0 @@$/m, id)
  })

  it('have names of their own in each command', () => {
    const names = PAGES.map(({id, command}) => `${command} ${id}`)
    assert.equal(new Set(names).size, names.length)
  })
})

const INDEX_HEAD = `# All rules, by the command that has them

Ids of rules are stable. A finding may be milder or more severe than its rule, where the page says so. The tests run each example. How to turn
a rule off: [configuration](../configuration.md).

Two more ids: \`unknown-rule\` (info) for a comment that names no rule, and \`tar-context\` (info) for a context that comes as a tar,
which is sent whole.
`

function renderIndex(): string {
  const commands = [...new Set(PAGES.map(({command}) => command))]
  const sections = commands.flatMap((command) => [
    `\n## ${command}\n`,
    '| id | severity | summary |\n| --- | --- | --- |',
    ...PAGES.filter((page) => page.command === command).map(
      ({id, severity, summary}) => `| [${id}](${id}.md) | ${severity} | ${summary} |`,
    ),
  ])
  return `${INDEX_HEAD}${sections.join('\n')}\n`
}

/** Two commands may have a rule of one name. */
function renderPages(id: string): string {
  return PAGES.filter((page) => page.id === id)
    .map(renderPage)
    .join('\n---\n\n')
}

function renderPage({id, severity, command, summary, reason, remedy, ...page}: Page): string {
  const parts = [
    `# ${id}`,
    `${summary}.`,
    `Found by \`docker slimcheck ${command}\`; ${KINDS[severity] ?? `severity ${severity}`}.`,
    `## Why\n\n${reason}`,
    `## What is proved, and what is not\n\n${[page.proved, page.open].filter((text) => text !== '').join(' ')}`,
    `## What to do\n\n${remedy}`,
    ...(page.before === '' ? [] : [`## Before\n\n${page.before}`]),
    ...(page.after === ''
      ? []
      : [`## ${page.before === '' ? 'Before and after' : 'After'}\n\n${page.after}`]),
    `## To leave it out\n\n${HAS_COMMENTS.has(command) ? `A comment \`# slim-check ignore=${id}\` on the line above, or ` : ''}\`rules: {${id}: off}\` in \`.slim-check.yaml\`: [configuration](../configuration.md). [All rules](README.md).`,
  ]
  return `${parts.join('\n\n')}\n`
}

/** What the command says, where it is no finding. */
const KINDS: Readonly<Record<string, string>> = {
  change: 'a change that it proposes',
  question: 'a question that it asks',
}

/** Their findings stand at a line that a comment can stand above. */
const HAS_COMMENTS = new Set(['context', 'dockerfile'])

/** A rule that writes a change. */
function describeChange({id, summary, reason, examples}: RewriteRule): Page {
  const shown = examples.find(({expected}) => expected?.dockerfile !== undefined)!
  const isSafe = shown.expected?.confidence === 'safe'
  return {
    id,
    summary,
    severity: 'change',
    command: 'dockerfile',
    reason: splitReason(reason)[0],
    proved:
      `${splitReason(reason)[1]} The new text was evaluated again for every build and every stage: it sends no more files, runs the same commands, and sets the same configuration of the image, except for what the change is about.`.trim(),
    open: isSafe
      ? 'A change with a gap in its proof has a `?` and says the open question.'
      : 'The change has a `?` and says the open question: only `--all --write` makes it.',
    remedy: isSafe
      ? 'See the change with `--diff`, make it with `--write`, build both texts and compare them with `--verify`.'
      : 'See the change with `--all --diff`, make it with `--all --write`, build both texts and compare them with `--all --verify`.',
    before: '',
    after: showChange(shown),
  }
}

/** A rule that says what is wrong and asks, since what to write is for a person. */
function describeQuestion({id, summary, reason, examples}: RewriteRule): Page {
  return {
    id,
    summary,
    severity: 'question',
    command: 'dockerfile',
    reason: splitReason(reason)[0],
    proved: splitReason(reason)[1],
    open: 'It has a `?` and says the open question. There is no edit: `--write` changes nothing.',
    remedy: 'Answer the question that the report asks, and make the change by hand.',
    before: fence('dockerfile', examples[0]!.dockerfile),
    after: '',
  }
}

/** A reason says first what goes wrong, then what is proved. */
function splitReason(reason: string): [why: string, proved: string] {
  const at = reason.search(/(?<=\. )Proved\b/)
  return at < 0 ? [reason, ''] : [reason.slice(0, at).trim(), reason.slice(at)]
}

function showFirst<Item>(items: readonly Item[], show: (item: Item) => string): string {
  return items.length === 0 ? '' : show(items[0]!)
}

function showPair<Item>(
  {bad, good}: {bad: readonly Item[]; good: readonly Item[]},
  show: (item: Item) => string,
): Pick<Page, 'before' | 'after'> {
  return {before: show(bad[0]!), after: showFirst(good, show)}
}

function showFiles({dockerfile, ignore, tree, ...about}: Example): string {
  return fence(
    '',
    [
      ...(dockerfile === undefined ? [] : ['# Dockerfile', dockerfile]),
      ...(ignore ? ['# .dockerignore', ignore] : []),
      ...(ignore === '' ? ['# .dockerignore (empty)'] : []),
      ...(tree.length === 0 ? [] : ['# in the context', ...tree]),
      ...showSurroundings(about),
    ]
      .join('\n')
      .replaceAll('\t', '<TAB>'),
  )
}

/** What a rule looks at besides the files. */
function showSurroundings({workspace, hasXattrs}: Partial<Example>): string[] {
  if (hasXattrs === false) return ['# the package @napi-rs/xattr is not installed']
  if (workspace === undefined) return []
  const {kind, isShallow, place} = workspace
  return [
    `# ${place.file}`,
    kind === 'empty'
      ? 'no actions/checkout'
      : `actions/checkout, ${isShallow ? 'the last commit alone' : 'with fetch-depth: 0'}`,
  ]
}

function showCache({dockerfile, tree, cacheTo}: CacheExample): string {
  return fence(
    '',
    [
      '# Dockerfile',
      dockerfile.trimEnd(),
      ...(tree.length === 0 ? [] : ['# in the context', ...tree]),
      ...(cacheTo === undefined
        ? []
        : ['# in the workflow', cacheTo === null ? 'no cache-to' : `cache-to: ${cacheTo}`]),
    ].join('\n'),
  )
}

function showCompose({files = {}}: ComposeExample, text: string): string {
  const {Dockerfile: dockerfile} = files
  const built =
    dockerfile === undefined
      ? []
      : [
          '# Dockerfile:',
          ...dockerfile
            .trimEnd()
            .split('\n')
            .map((line) => `#   ${line}`),
        ]
  return fence('yaml', [...built, text].join('\n'))
}

function showLayers({layers}: ImageExample): string {
  return fence(
    '',
    layers.flatMap(({by, entries}) => [by, ...entries.map((entry) => `    ${entry}`)]).join('\n'),
  )
}

function showChange({dockerfile, expected}: RewriteExample): string {
  const after = Buffer.from(expected!.dockerfile!)
  return fence('diff', createUnifiedDiff('Dockerfile', Buffer.from(dockerfile), after))
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}
