import type {Step} from '../../../build/graph/build-graph.js'
import {isWithin, relativeTo, resolveContainerPath} from '../../../languages/text/container-path.js'
import {readsOfInstall} from '../../rewrites/installs/install-reads.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {type ProposedRewrite, proposeForSteps, type RewriteRule} from './define-rewrite.js'

/** Finds an install that mounts the whole context to read a few manifests. */
const rule: RewriteRule = {
  id: 'whole-context-bind',
  summary: 'Mount what an install reads, not the whole context',
  reason:
    'A RUN with a bind mount runs again when the mounted files change: with the whole context, any change runs the install again. Proved: what the install reads. A mount is read-only by default: the install must not write beside its manifests.',
  examples: [
    {
      title: 'an install of a list of packages',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nRUN --mount=type=bind,target=/src pip install -r /src/requirements.txt\nCOPY . .\n',
      tree: ['requirements.txt', 'a.py'],
      contents: {'requirements.txt': 'x==1\n'},
      expected: {
        confidence: 'review',
        says: /requirements\.txt/,
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nRUN --mount=type=bind,source=requirements.txt,target=/src/requirements.txt pip install -r /src/requirements.txt\nCOPY . .\n',
      },
    },
    {
      title: 'a mount of the manifest',
      dockerfile:
        'FROM python:3.13\nRUN --mount=type=bind,source=requirements.txt,target=/r.txt pip install -r /r.txt\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': ''},
      expected: null,
    },
    {
      title: 'a build',
      dockerfile: 'FROM golang:1.24\nWORKDIR /src\nRUN --mount=type=bind,target=. go build -o /a ./...\n',
      tree: ['go.mod'],
      expected: null,
    },
  ],
  find: (facts) => proposeForSteps(facts, propose),
}
export default rule

const MAX_MOUNTS = 4

function propose(facts: RewriteFacts, step: Step): ProposedRewrite | null {
  const {instruction} = step
  if (instruction.keyword !== 'RUN') return null
  const read = step.reads.find(
    ({how, from, path}) => how === 'mount' && from.kind === 'context' && from.name === null && path === '/',
  )
  const flag = instruction.written.flags.find(
    ({name, value}) =>
      name === 'mount' &&
      /(?:^|,)type=bind/.test(value ?? '') &&
      !/(?:^|,)(?:source|src|from)=(?!\.(?:,|$))/.test(value ?? ''),
  )
  const commands = facts.commandsOf(step)
  const [command] = commands
  if (read === undefined || flag === undefined || command === undefined || commands.length !== 1) return null
  if (/(?:^|,)(?:rw|readwrite)/.test(flag.value ?? '')) return null
  const mounted = resolveContainerPath('/', read.landing.path)
  const locate = (written: string) => {
    const place = resolveContainerPath(command.directory, written)
    return isWithin(place, mounted) ? relativeTo(mounted, place) : null
  }
  const project = locate('.')
  const reads = readsOfInstall(command, project ?? '', {
    evidence: facts.evidence,
    isSent: (path) => facts.isSent(path),
    findDirectories: (glob) => facts.findDirectories(glob),
    findFiles: (below, name) => facts.findFiles(below, name),
    findLink: (glob) => facts.findLink(glob),
    locate,
  })
  if (reads === null || reads.blocker !== undefined || reads.ahead !== undefined || reads.files.length === 0)
    return null
  if (reads.files.length > MAX_MOUNTS || reads.files.some((path) => /[\s,"'$]/.test(path))) return null
  const mounts = reads.files.map(
    (path) => `--mount=type=bind,source=${path},target=${mounted === '/' ? '' : mounted}/${path}`,
  )
  return {
    line: step.line,
    endLine: instruction.endLine,
    title: `mount ${reads.files.join(', ')} only`,
    proof: [{claim: `${reads.title} reads ${reads.files.join(', ')}`, evidence: reads.evidence}],
    questions: [
      ...reads.questions,
      `Does ${reads.title} read anything but ${reads.files.join(', ')} in ${mounted}?`,
    ],
    edits: [{range: flag.range, text: mounts.join(' ')}],
    changes: ['commands'],
  }
}
