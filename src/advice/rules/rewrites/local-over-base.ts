import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import {isWithin, relativeTo, resolveContainerPath} from '../../../languages/text/container-path.js'
import {chainBefore} from '../../rewrites/moves/chain-before.js'
import {findInstall} from '../../rewrites/moves/find-install.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a copy that lays the packages of this machine over those of the image. */
const rule: RewriteRule = {
  id: 'local-over-base',
  summary: 'Keep packages of this machine out of the image',
  reason:
    'If the ignore file does not keep them out, a copy of the source also copies node_modules or .venv of this machine over what an earlier step has installed: compiled for another system, with development packages, or with links to a Python that is not in the image. In CI, where nothing is installed, the build has another result. Proved: the step that installs, and the files that the copy overwrites.',
  examples: [
    {
      title: 'node_modules behind npm ci',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
      tree: ['package.json', 'package-lock.json', 'node_modules/x/index.js', 'a.js'],
      contents: {'package.json': '{}'},
      expected: {confidence: 'review', says: /ignore file/},
    },
    {
      title: 'packages that another stage has installed',
      dockerfile:
        'FROM node:22 AS deps\nWORKDIR /app\nRUN npm install x\nFROM node:22\nWORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY . .\n',
      tree: ['node_modules/x/index.js', 'a.js'],
      expected: {confidence: 'review', says: /node_modules/},
    },
    {
      title: 'ignored',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
      ignore: 'node_modules',
      tree: ['package.json', 'package-lock.json', 'node_modules/x/index.js'],
      contents: {'package.json': '{}'},
      expected: null,
    },
    {
      title: 'a copy that brings none',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY src ./src\n',
      tree: ['package.json', 'package-lock.json', 'node_modules/x/index.js', 'src/a.js'],
      contents: {'package.json': '{}'},
      expected: null,
    },
  ],
  find: (facts) => {
    const reported = new Set<Step>()
    return stepsBehind(facts.graph.target)
      .concat(facts.graph.steps)
      .flatMap((step) => {
        if (reported.has(step)) return []
        reported.add(step)
        const found = propose(facts, step)
        return found === null ? [] : [found]
      })
  },
}
export default rule

function propose(facts: RewriteFacts, copy: Step): ProposedRewrite | null {
  const {instruction} = copy
  if (instruction.keyword !== 'COPY' || instruction.from !== null || instruction.isInherited) return null
  for (const earlier of chainBefore(copy)) {
    for (const place of listInstalled(facts, earlier)) {
      const path = facts.sourceOf(copy, place)
      if (path === null || path === '' || !facts.sendsAnyOf(path)) continue
      return {
        line: earlier.line,
        endLine: instruction.endLine,
        title: `keep ${path} of this machine out of the image`,
        proof: [
          {claim: `${place} is installed`, evidence: `${facts.file}:${earlier.line} puts it there`},
          {
            claim: `${facts.file}:${instruction.line} copies ${path} over it`,
            evidence: 'it is in the context, and no line of the ignore file matches it',
          },
        ],
        questions: [`Can you add ${path} to the ignore file? docker slimcheck context shows what that saves`],
        edits: [],
      }
    }
  }
  return null
}

/** Directories of packages that a step makes or copies from another stage. */
function listInstalled(facts: RewriteFacts, step: Step): string[] {
  if (step.instruction.keyword === 'RUN') {
    const install = findInstall(facts, step, [])
    if (install === null) return []
    const {reads, project, directory} = install
    return reads.writes.flatMap((path) =>
      project === '' || isWithin(path, project)
        ? [resolveContainerPath(directory, project === '' ? path : relativeTo(project, path))]
        : [],
    )
  }
  return step.reads
    .filter(
      ({from, landing}) => from.kind === 'stage' && /\/(?:node_modules|\.venv|venv)$/.test(landing.path),
    )
    .map(({landing}) => landing.path)
}
