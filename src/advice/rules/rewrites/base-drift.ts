import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import {relativeTo} from '../../../languages/text/container-path.js'
import {findBase, findUsersOfBase} from '../../rewrites/bases/find-base.js'
import {insertLines} from '../../rewrites/final-image.js'
import {findInstall, type Install} from '../../rewrites/moves/find-install.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

const BASE =
  'FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-dev --no-install-project\n'
const SUMS =
  '# What builds on this image compare with, to notice that it is old\nRUN sha256sum pyproject.toml uv.lock > /app/.dependencies.sha256\n'
const APP = 'FROM example/orders-base:latest\nWORKDIR /app\nCOPY src ./src\nCMD ["python", "-m", "a"]\n'
const TREE = ['pyproject.toml', 'uv.lock', 'src/a.py']
const CONTENTS = {'pyproject.toml': '[project]\nname = "a"\n', 'uv.lock': ''}

/** Finds a base image with packages that nothing compares with the lock file of today. */
const rule: RewriteRule = {
  id: 'base-drift',
  summary: 'Notice a base image that was built from an older lock file',
  reason:
    'A base image of the project has the packages, and the image on top has the code. When a package is added and nobody rebuilds the base, the image on top still builds, and fails when it starts. Two lines make the build fail instead: the base stores checksums of its manifests, and the image on top compares them. Proved: which Dockerfile builds the base image, what it installs from, and that no step on top installs the same again or compares anything. Proposed in two steps: first for the base, then, when the base stores the checksums, for the image on top.',
  examples: [
    {
      title: 'the image on top, when the base keeps the sums',
      dockerfile: APP,
      tree: TREE,
      contents: CONTENTS,
      outside: {
        'Dockerfile.base': BASE + SUMS,
        Makefile: 'base:\n\tdocker build -f Dockerfile.base -t example/orders-base:latest .\n',
      },
      expected: {
        confidence: 'review',
        says: /rebuilt/,
        dockerfile:
          'FROM example/orders-base:latest\nWORKDIR /app\n# An old base image, without a package of today, ends the build here\nRUN --mount=type=bind,source=pyproject.toml,target=/tmp/manifests/pyproject.toml --mount=type=bind,source=uv.lock,target=/tmp/manifests/uv.lock cd /tmp/manifests && sha256sum -c /app/.dependencies.sha256\nCOPY src ./src\nCMD ["python", "-m", "a"]\n',
      },
    },
    {
      title: 'a base that keeps no sums',
      dockerfile: APP,
      tree: TREE,
      contents: CONTENTS,
      outside: {
        'Dockerfile.base': BASE,
        Makefile: 'base:\n\tdocker build -f Dockerfile.base -t $(IMAGE)orders-base .\n',
      },
      expected: {confidence: 'review', says: /Dockerfile\.base/},
    },
    {
      title: 'the base itself',
      dockerfile: BASE,
      tree: TREE,
      contents: CONTENTS,
      outside: {
        'Dockerfile.app': APP,
        Makefile: 'base:\n\tdocker build -f Dockerfile -t example/orders-base:latest .\n',
      },
      expected: {confidence: 'review', says: /Dockerfile\.app/, dockerfile: BASE + SUMS},
    },
    {
      title: 'an image on top that installs the same again',
      dockerfile:
        'FROM example/orders-base:latest\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen --no-dev\nCMD ["python", "-m", "a"]\n',
      tree: TREE,
      contents: CONTENTS,
      outside: {
        'Dockerfile.base': BASE,
        Makefile: 'base:\n\tdocker build -f Dockerfile.base -t example/orders-base .\n',
      },
      expected: null,
    },
    {
      title: 'a base without packages of the project',
      dockerfile: APP,
      tree: TREE,
      contents: CONTENTS,
      outside: {
        'Dockerfile.base': 'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y git\n',
        Makefile: 'base:\n\tdocker build -f Dockerfile.base -t example/orders-base .\n',
      },
      expected: null,
    },
    {
      title: 'an image of others',
      dockerfile: APP,
      tree: TREE,
      contents: CONTENTS,
      expected: null,
    },
  ],
  find: (facts) => {
    if (!facts.isMain) return []
    const found = proposeOnTop(facts) ?? proposeInBase(facts)
    return found === null ? [] : [found]
  },
}
export default rule

/** Sums of files, or anything that compares. */
const COMPARES =
  /\b(?:sha(?:1|224|256|384|512)sum|md5sum|b2sum|cmp|diff|git diff)\b|\bpip check\b|\buv (?:lock|sync) .*--(?:check|locked|dry-run)\b|\bnpm ls\b|\bpoetry check\b/

function proposeOnTop(facts: RewriteFacts): ProposedRewrite | null {
  const base = findBase(facts)
  const install = base === null ? null : findPackages(base.facts)
  if (base === null || install === null) return null
  const own = stepsBehind(facts.graph.target)
  const isSafe = own.some((step) => compares(facts, step) || reinstalls(facts, step, install))
  const first = facts.graph.target.instructions.find(({keyword}) => /^(?:COPY|ADD|RUN)$/.test(keyword))
  if (isSafe || first === undefined || facts.graph.target.baseStage !== null) return null
  const manifests = listManifests(install)
  const sums = findSums(base.facts, manifests)
  const line = facts.graph.target.line
  const description = {
    line,
    endLine: first.line,
    title: 'compare the manifests with those of the base image',
    proof: [
      {
        claim: `${base.path} builds the base image, and installs its packages`,
        evidence: `${base.evidence}; ${base.path}:${install.step.line} calls ${install.reads.title} for ${install.reads.files.join(', ')}`,
      },
      {
        claim: 'nothing notices a base image that is older than the manifests',
        evidence: 'no step of the image installs from them, or compares anything',
      },
    ],
    changes: ['commands', 'requests'] as const,
  }
  if (sums === null)
    return {
      ...description,
      questions: [
        `Can ${base.path} end with ${writeSums(install, manifests)}? Then this file can compare: run docker slimcheck dockerfile -f ${base.path} first`,
      ],
      edits: [],
    }
  return {
    ...description,
    questions: [`Is the base image rebuilt, with ${base.path}:${sums.line}, before this file is built?`],
    edits: [
      insertLines(facts, first, [
        '# An old base image, without a package of today, ends the build here',
        `RUN ${mountAll(install, manifests)} cd ${PLACE} && sha256sum -c ${sums.path}`,
      ]),
    ],
  }
}

const PLACE = '/tmp/manifests'

function mountAll({project}: Install, manifests: readonly string[]): string {
  return manifests
    .map((name) => {
      const source = project === '' ? name : `${project}/${name}`
      return `--mount=type=bind,source=${source},target=${PLACE}/${name}`
    })
    .join(' ')
}

/** The last step of an image that installs packages of the project from its manifests. */
function findPackages(facts: RewriteFacts): Install | null {
  const steps = stepsBehind(facts.graph.target)
  const installs = steps.flatMap((step) => findInstall(facts, step, []) ?? [])
  const last = installs.at(-1)
  return last === undefined || last.reads.files.length === 0 || listManifests(last).some(isOdd) ? null : last
}

function isOdd(name: string): boolean {
  return !/^[\w@./-]+$/.test(name)
}

/** Relative to the project of an install; a text for people changes no package. */
function listManifests({reads, project}: Install): string[] {
  return reads.files
    .filter((path) => !/(?:^|\/)(?:README|LICEN[CS]E|CHANGELOG)[^/]*$/i.test(path))
    .map((path) => (project === '' ? path : relativeTo(project, path)))
}

function compares(facts: RewriteFacts, step: Step): boolean {
  return facts.commandsOf(step).some(({words}) => COMPARES.test(words.join(' ')))
}

/** It installs from the same files, but not what `--no-deps` leaves out. */
function reinstalls(facts: RewriteFacts, step: Step, {reads}: Install): boolean {
  const own = findInstall(facts, step, [])
  return own?.reads.files.some((path) => reads.files.includes(path)) === true
}

/** Where the base keeps the sums of its manifests. */
function findSums(facts: RewriteFacts, manifests: readonly string[]): {path: string; line: number} | null {
  for (const step of stepsBehind(facts.graph.target)) {
    if (
      !facts
        .commandsOf(step)
        .some(({words}) => words[0] === 'sha256sum' && manifests.every((name) => words.includes(name)))
    )
      continue
    const [, path] =
      /sha256sum[^>]*>\s*(\/[\w./-]+)\s*$/.exec(facts.textAt(step.instruction.written.range)) ?? []
    if (path !== undefined) return {path, line: step.line}
  }
  return null
}

function writeSums({directory}: Install, manifests: readonly string[]): string {
  const target = directory === '/' ? '/.dependencies.sha256' : `${directory}/.dependencies.sha256`
  return `RUN sha256sum ${manifests.join(' ')} > ${target}`
}

function proposeInBase(facts: RewriteFacts): ProposedRewrite | null {
  const install = findPackages(facts)
  if (install === null || findSums(facts, listManifests(install)) !== null) return null
  const [user] = findUsersOfBase(facts)
  const {stage, instruction} = install.step
  if (user === undefined || stage !== facts.graph.target) return null
  const {end} = facts.linesOf(instruction.written)
  const {text} = facts.dockerfile
  const isIn = instruction.state.directory === install.directory
  const sums = writeSums(install, listManifests(install))
  const lines = [
    '# What builds on this image compare with, to notice that it is old',
    isIn ? sums : sums.replace('RUN ', `RUN cd ${install.directory} && `),
  ]
  const isEnded = end === 0 || text[end - 1] === '\n'
  return {
    line: install.step.line,
    endLine: instruction.endLine,
    title: 'store checksums of the manifests, so that an image on top can compare them',
    proof: [
      {
        claim: `${user.path} begins with the image that this file builds`,
        evidence: `${user.path}:${user.line}; ${user.evidence}`,
      },
      {
        claim: `it installs from ${install.reads.files.join(', ')}`,
        evidence: `${facts.file}:${install.step.line} calls ${install.reads.title}`,
      },
    ],
    questions: [
      `Does the base image have sha256sum, as those of Debian and Alpine do? Then ${user.path} can compare`,
    ],
    edits: [
      {
        range: {start: end, end},
        text: `${isEnded ? '' : facts.lineEnd}${lines.join(facts.lineEnd)}${isEnded ? facts.lineEnd : ''}`,
      },
    ],
    changes: ['commands'],
  }
}
