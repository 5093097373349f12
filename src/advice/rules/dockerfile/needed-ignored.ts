import {baseName, isWithin, parentPath} from '../../../languages/text/container-path.js'
import type {Severity} from '../../../report/context-report.js'
import {findNearPath, type NearPath} from '../../facts/find-near-path.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import type {SourceTree} from '../../proof/consumers/consumption.js'
import {surveyBuild} from '../../proof/survey/survey-build.js'
import {findUnmetNeeds} from '../../proof/unmet/find-unmet-needs.js'
import type {ContextFacts, UnmetNeed} from '../../proof/unmet/unmet-need.js'
import {defineRule} from '../define-rule.js'

interface Data extends UnmetNeed {
  /** All that is needed and missing alike. */
  paths: readonly string[]
  /** As a report quotes the command: `RUN pip install .`. */
  command: string
  /** What may be meant by a path that is nowhere. */
  near: NearPath | null
  /** No file tells the context: what the guess is. */
  guess: string | null
  /** The line of the ignore file that keeps it out. */
  pattern: {text: string; line: number; file: string} | null
}

/** More are counted. */
const MOST_PATHS = 4

/** Finds what the steps of a build need and do not get. */
export default defineRule<Data>({
  id: 'needed-ignored',
  severity: 'warning',
  summary: 'Copy what a step needs before the step runs',
  reason:
    'A step that does not find a file fails, or works differently than in a checkout. The file may be a lock file, a manifest, a README that a manifest names, a script, a file that a program embeds, or the repository that a version comes from. Docker does not warn. It is an error if the step must fail. What cp, mv, install or a start takes out of a copied directory may also lie nowhere.',
  remedy: 'Let the path back in with a negation, copy it before the step, or remove what needs it.',
  examples: {
    good: [
      {
        dockerfile:
          'FROM node\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY src src',
        ignore: 'README.md',
        tree: ['package.json', 'package-lock.json', 'README.md', 'src/a.js'],
        contents: {'package.json': '{"name": "a"}'},
      },
    ],
    bad: [
      {
        dockerfile: 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci',
        ignore: 'package-lock.json',
        tree: ['package.json', 'package-lock.json'],
        contents: {'package.json': '{"name": "a"}'},
      },
      {
        dockerfile: 'FROM node\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .',
        ignore: '.git',
        tree: ['package.json', 'package-lock.json'],
        contents: {'package.json': '{"name": "a"}'},
      },
      {
        dockerfile: 'FROM alpine\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]',
        ignore: '*.sh',
        tree: ['start.sh', 'a.txt'],
        contents: {'start.sh': '#!/bin/sh'},
      },
      {
        dockerfile: 'FROM nginx\nWORKDIR /app\nCOPY . .\nRUN cp site.conf /etc/nginx/conf.d/',
        ignore: '.git',
        tree: ['site.conf.example', 'index.html'],
      },
    ],
  },
  message: (data) =>
    `"${data.command}"${describeInner(data)} ${data.need.certainty === 'may' ? 'reads' : 'needs'} ${listPaths(data.paths)}${describeAsker(data)}${describeGap(data)}${describeGuess(data)}`,
  fix: describeFix,
  restores: ({state, paths, pattern}) => (state === 'ignored' && pattern !== null ? paths : []),
  check(facts) {
    const {plan, input} = facts
    if (plan.dockerfile === null || input.sources === undefined) return []
    const images = surveyBuild(input)
    const unmetNeeds = findUnmetNeeds(images, createContextFacts(facts)).filter((one) => !isTold(facts, one))
    return groupNeeds(unmetNeeds).map(([unmet, paths]) => {
      const {where} = unmet.action
      const command = quoteAction(unmet)
      const data = {
        ...unmet,
        paths,
        command,
        near: findNear(facts, unmet),
        pattern: findPattern(facts, unmet),
        guess: isGuess(unmet) && plan.dockerfile?.isSearched ? plan.context.path : null,
      }
      const line = Number(/:(\d+)$/.exec(where.place)?.[1])
      return {data, place: facts.atRequest({line}), severity: gradeNeed(unmet, data.guess !== null)}
    })
  },
})

/** Whether it would be an error with a context that a file tells. */
function isGuess(unmet: UnmetNeed): boolean {
  return unmet.state !== 'ignored' && gradeNeed(unmet, false) === 'error'
}

/** Whether the build stops before, at a COPY of that very path, and the report says so. */
function isTold({outcomes}: RuleFacts, {state, need}: UnmetNeed): boolean {
  return (
    state === 'ignored' &&
    outcomes.some((one) => one.kind === 'ignored' && one.isFatal && one.path === need.contextPath)
  )
}

/** The command as the Dockerfile has it. */
function quoteAction({action: {where, isStart, text, program}}: UnmetNeed): string {
  if (program === 'COPY') return text
  return `${isStart ? where.text.split(/\s/, 1)[0] : 'RUN'} ${text}`
}

/** What a script of it calls. */
function describeInner({action: {text, called}}: UnmetNeed): string {
  return called === text ? '' : `, which runs "${called}",`
}

/** Needs of one command that are missing for one reason, and that one file asks for, are one finding. */
function groupNeeds(needs: readonly UnmetNeed[]): [first: UnmetNeed, paths: string[]][] {
  const groups = new Map<string, [UnmetNeed, string[]]>()
  for (const unmet of needs) {
    const {action, state, decidedBy, need} = unmet
    const asker =
      need.askedBy === null ? '' : `${need.askedBy.path}:${state === 'not-copied' ? '' : need.askedBy.line}`
    const key = JSON.stringify([
      action.where.place,
      action.called,
      state,
      decidedBy,
      asker,
      gradeNeed(unmet, false),
      unmet.missedPlace,
    ])
    const group = groups.get(key) ?? [unmet, []]
    group[1].push(need.contextPath)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function listPaths(paths: readonly string[], sign = ''): string {
  const shown = paths.slice(0, MOST_PATHS).map((path) => `"${sign}${path}"`)
  const others = paths.length - shown.length
  return `${shown.join(', ')}${others === 0 ? '' : ` and ${others} more`}`
}

function createContextFacts({tree, ignoreFacts, ignoreUse, isSent, input}: RuleFacts): ContextFacts {
  const findIgnoring = (path: string): number | null => {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const pruned = ignoreUse.prunedDirectories.get(at)
      if (pruned !== undefined) return pruned
    }
    const entry = tree.find(path)
    if (entry < 0 || ignoreUse.isIgnored[entry] === 0) return null
    for (let index = entry; index < tree.endOf(entry); index++) if (isSent[index] === 1) return null
    return ignoreFacts.rules.matchPath(path).decidedBy
  }
  /** The topmost directory around an entry that is kept out in whole. */
  const findTop = (entry: number, root: number): number => {
    const parent = tree.parentOf(entry)
    return parent !== root && findIgnoring(tree.pathOf(parent)) !== null ? findTop(parent, root) : entry
  }
  const findIgnoredSource = (directory: string, {files, folders}: SourceTree) => {
    for (const [path, decidedBy] of ignoreUse.prunedDirectories)
      if (isWithin(path, directory) && folders?.test(baseName(path))) return {path, decidedBy}
    const root = tree.find(directory)
    for (let entry = root; root >= 0 && entry < tree.endOf(root); entry++) {
      if (
        ignoreUse.isIgnored[entry] === 0 ||
        tree.typeOf(entry) !== 'file' ||
        !files.test(tree.nameOf(entry))
      )
        continue
      const path = tree.pathOf(findTop(entry, root))
      return {path, decidedBy: ignoreFacts.rules.matchPath(path).decidedBy}
    }
    return null
  }
  const isTracked = (path: string) => input.tracked?.has(path) === true
  const isUntracked = (path: string) =>
    input.tracked == null
      ? input.gitIgnore?.isIgnored(path, false).ignored === true
      : !input.tracked.has(path)
  const isMissing = (path: string) => {
    if (tree.find(path) >= 0) return false
    for (let at = path; at !== ''; at = parentPath(at)) {
      // nobody looked into it
      if (ignoreUse.prunedDirectories.has(at)) return false
      const entry = tree.find(at)
      if (entry >= 0) return tree.isDirectory(entry)
    }
    return true
  }
  return {
    tree,
    isMissing,
    findIgnoring,
    findIgnoredSource,
    isTracked,
    isUntracked,
    textOf: (path) => input.sources?.get(path) ?? null,
  }
}

function findPattern({patterns, ignoreFile}: RuleFacts, {decidedBy}: UnmetNeed): Data['pattern'] {
  const pattern = patterns[decidedBy]
  if (pattern === undefined || ignoreFile === null) return null
  return {text: pattern.text, line: pattern.line, file: ignoreFile.path}
}

function findNear({tree, input, plan}: RuleFacts, {state, need}: UnmetNeed): NearPath | null {
  if (state !== 'absent') return null
  const contextName = baseName(plan.context.hostPath)
  const near = findNearPath(tree, need.contextPath, contextName, {texts: input.sources})
  if (near !== null) return near
  const name = baseName(need.contextPath)
  const paths = [...tree.entriesNamed(name)].slice(0, MOST_NEAR).map((entry) => tree.pathOf(entry))
  return paths.length === 0 ? null : {kind: 'deeper', paths}
}

const MOST_NEAR = 3

/**
 * What must fail is an error; what happens only when a container starts, on a condition, or with a context that is a guess,
 * is not proved to.
 */
function gradeNeed({action, need}: UnmetNeed, isGuess: boolean): Severity {
  const grades: readonly Severity[] = ['error', 'warning', 'info']
  const own = need.certainty === 'must' ? 0 : need.certainty === 'likely' ? 1 : 2
  const isDoubtful = action.isStart || !action.isCertain || (isGuess && own === 0)
  return grades[action.hasFallback ? 2 : Math.min(2, own + Number(isDoubtful))]!
}

function describeAsker({need: {askedBy}, git}: Data): string {
  if (git !== null) return ` (${git.reason}${askedBy === null ? '' : `, ${askedBy.path}:${askedBy.line}`})`
  return askedBy === null ? '' : ` (${askedBy.path}:${askedBy.line} ${askedBy.text})`
}

function describeGuess({guess}: Data): string {
  return guess === null ? '' : `, if "${guess}" is its context (no file tells)`
}

function describeGap({state, paths, pattern, later, git, action, missedPlace}: Data): string {
  if (missedPlace !== undefined) return `, which no COPY puts at "${missedPlace}"`
  switch (state) {
    case 'ignored': {
      const by =
        pattern === null ? '' : `, which "${pattern.text}" (${pattern.file}:${pattern.line}) keeps out`
      return `${by}${action.isStart ? '; no step makes it' : ''}`
    }
    case 'not-copied':
      return `, and no COPY before it copies ${paths.length === 1 ? 'it' : 'them'}${later === null ? '' : `: "${later.text}" (${later.place}) is later`}`
    case 'outside':
      return ', which is outside the context'
    case 'absent':
      return ', which is not in the context, and no step before makes it'
    case 'worktree':
      return `, which is a link to "${git?.target}", outside the context`
  }
}

function describeNear(near: NearPath | null): string {
  switch (near?.kind) {
    case 'case':
    case 'spelling':
    case 'shallower':
    case 'slashes':
      return `Write "${near.path}", which is there`
    case 'deeper':
      return `It exists as ${near.paths.map((path) => `"${path}"`).join(', ')}`
    case 'output':
      return `${near.tool} creates it: run ${near.command} before the build, or in a stage`
    default:
      return 'Correct the path, or create the file before the build'
  }
}

function describeFix({state, paths, need: {contextPath}, pattern, git, near, missedPlace}: Data): string {
  if (missedPlace !== undefined) return `Copy it there: COPY ${contextPath} ${missedPlace}`
  const instead = git?.instead ? `, or ${git.instead}` : ''
  switch (state) {
    case 'ignored':
      return `Add ${listPaths(paths, '!')} below line ${pattern?.line ?? 0}, or remove that line${instead}`
    case 'not-copied':
      return git === null
        ? `Copy ${paths.length === 1 ? 'it' : 'them'} before the step`
        : `Mount it for the step: RUN --mount=type=bind,source=${contextPath},target=${contextPath}${instead}`
    case 'outside':
      return 'Build with the parent directory as the context, or pass it as a named context (--build-context)'
    case 'absent':
      return describeNear(near)
    case 'worktree':
      return 'Pass the version as a build argument (ARG), or the main repository as a named context (--build-context)'
  }
}
