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
      before: showFiles(rule.examples.bad[0]!),
      after: showFirst(rule.examples.good, showFiles),
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
      before: showCache(rule.examples.bad[0]!),
      after: showFirst(rule.examples.good, showCache),
    }),
  ),
  ...REWRITE_RULES.map(
    (rule): Page =>
      rule.examples.some(({expected}) => expected?.dockerfile !== undefined)
        ? describeChange(rule)
        : describeQuestion(rule),
  ),
  ...COMPOSE_RULES.map(
    (rule): Page => ({
      ...rule,
      command: 'compose',
      proved:
        'The compose files are read as Compose reads them, with the Dockerfiles and contexts that they build.',
      open: 'What a program does while it runs is not known.',
      before: showCompose(rule.examples.bad[0]!, 'compose'),
      after:
        rule.examples.bad[0]!.expected === undefined
          ? showFirst(rule.examples.good, (example) => showCompose(example, 'compose'))
          : showCompose(rule.examples.bad[0]!, 'expected'),
    }),
  ),
  ...IMAGE_RULES.map(
    (rule): Page => ({
      ...rule,
      command: 'image',
      proved:
        'The layers of the image are read: the bytes are there, and every host that pulls it loads them.',
      open: 'Whether a program of the image wants the files at run time is for you to know.',
      before: showLayers(rule.examples.bad[0]!),
      after: showFirst(rule.examples.good, showLayers),
    }),
  ),
  ...CI_RULES.map((rule): Page => {
    const [bad, good] = [false, true].map((isGood) =>
      rule.examples.find(({expected}) => (expected === null) === isGood),
    )
    return {
      ...rule,
      command: 'dockerfile --ci',
      proved:
        'The workflow is read as it is written; what an action does with its inputs is that of its current release.',
      open: 'What an organisation sets outside of the repository is not known.',
      before: bad === undefined ? '' : fence('yaml', bad.text),
      after: good === undefined ? '' : fence('yaml', good.text),
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

  it('have names of their own in each command', () => {
    const names = PAGES.map(({id, command}) => `${command} ${id}`)
    assert.equal(new Set(names).size, names.length)
  })
})

function renderIndex(): string {
  const commands = [...new Set(PAGES.map(({command}) => command))]
  const sections = commands.flatMap((command) => [
    `\n## ${command}\n`,
    ...PAGES.filter((page) => page.command === command).map(
      ({id, summary}) => `- [${id}](${id}.md): ${summary}`,
    ),
  ])
  return `# All rules, by the command that has them\n${sections.join('\n')}\n`
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
      `${splitReason(reason)[1]} The new text was evaluated again, for every build and every stage: it asks for no more files, runs the same commands and says the same of the image, but for what the change is about.`.trim(),
    open: isSafe
      ? 'Where the proof has a gap, the change stands with a `?` and says the open question.'
      : 'The change stands with a `?` and says the open question: `--write` leaves it alone, `--all --write` makes it.',
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
    open: 'It stands with a `?` and says the open question. There is no edit: `--write` changes nothing.',
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

function showFiles({dockerfile, ignore, tree}: Example): string {
  return fence(
    '',
    [
      ...(dockerfile === undefined ? [] : ['# Dockerfile', dockerfile]),
      ...(ignore ? ['# .dockerignore', ignore] : []),
      ...(tree.length === 0 ? [] : ['# in the context', ...tree]),
    ]
      .join('\n')
      .replaceAll('\t', '<TAB>'),
  )
}

function showCache({dockerfile, tree}: CacheExample): string {
  return fence('', ['# Dockerfile', dockerfile, '# in the context', ...tree].join('\n'))
}

function showCompose(example: ComposeExample, which: 'compose' | 'expected'): string {
  return fence('yaml', example[which] ?? '')
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
