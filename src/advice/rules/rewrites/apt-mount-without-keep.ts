import type {Step} from '../../../build/graph/build-graph.js'
import {rootOf} from '../../../build/graph/query-graph.js'
import {resolveContainerPath} from '../../../languages/text/container-path.js'
import {isAlpine, splitImage} from '../../rewrites/final-image.js'
import {chainBefore} from '../../rewrites/moves/chain-before.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {type ProposedRewrite, proposeForSteps, type RewriteRule} from './define-rewrite.js'

/** Finds a cache mount for apt that stays empty. */
const rule: RewriteRule = {
  id: 'apt-mount-without-keep',
  summary: 'Keep packages in a cache mount for apt',
  reason:
    'The official images of Debian and Ubuntu have a file that makes apt delete packages as soon as they are installed, so a cache mount on /var/cache/apt stays empty. And rm -rf /var/lib/apt/lists/* in a RUN with a mount there empties the mount. Proved: the mount, and that no step removes the file. Not proved: that the base image has the file.',
  examples: [
    {
      title: 'a mount for packages',
      dockerfile:
        'FROM debian:13\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y gcc\n',
      tree: ['a'],
      expected: {
        confidence: 'review',
        says: /docker-clean/,
        dockerfile:
          'FROM debian:13\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y gcc\n',
      },
    },
    {
      title: 'lists that are removed from the mount',
      dockerfile:
        'FROM debian:13\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\n',
      tree: ['a'],
      expected: {
        confidence: 'review',
        says: /empties/,
        dockerfile:
          'FROM debian:13\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update && apt-get install -y gcc\n',
      },
    },
    {
      title: 'a file that is gone',
      dockerfile:
        'FROM debian:13\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN --mount=type=cache,target=/var/cache/apt apt-get install -y gcc\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'in the same RUN',
      dockerfile:
        'FROM debian:13\nRUN --mount=type=cache,target=/var/cache/apt rm /etc/apt/apt.conf.d/docker-clean; apt-get install -y gcc\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'no mount',
      dockerfile: 'FROM debian:13\nRUN apt-get install -y gcc\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) => proposeForSteps(facts, propose),
}
export default rule

function propose(facts: RewriteFacts, step: Step): ProposedRewrite | null {
  const {instruction} = step
  if (instruction.keyword !== 'RUN' || instruction.isJson || instruction.written.heredocs.length > 0)
    return null
  const targets = instruction.mounts
    .filter(({type}) => type === 'cache')
    .map(({target}) => resolveContainerPath('/', target))
  const commands = facts.commandsOf(step)
  const installs = commands.some(
    ({words}) => /^apt(?:-get)?$/.test(words[0] ?? '') && words.includes('install'),
  )
  if (!installs || targets.length === 0) return null
  const base = {line: step.line, endLine: instruction.endLine, changes: ['commands'] as const}
  const [first] = commands
  if (
    targets.some((target) => /^\/var\/cache\/apt(?:\/archives)?$/.test(target)) &&
    isDebian(step) &&
    !isKept(facts, step) &&
    first !== undefined
  ) {
    return {
      ...base,
      title: 'remove the setting that empties the cache mount for apt',
      proof: [
        {
          claim: 'a cache mount is at /var/cache/apt',
          evidence:
            'no step before it removes /etc/apt/apt.conf.d/docker-clean or writes Keep-Downloaded-Packages',
        },
      ],
      questions: [
        'Does the base image have /etc/apt/apt.conf.d/docker-clean, as those of Debian and Ubuntu do?',
      ],
      edits: [
        {
          range: {start: first.range.start, end: first.range.start},
          text: 'rm -f /etc/apt/apt.conf.d/docker-clean && ',
        },
      ],
    }
  }
  const last = commands.at(-1)
  const previous = commands.at(-2)
  const empties =
    last !== undefined && /^rm -rf? \/var\/lib\/apt\/lists(?:\/\*?)?$/.test(last.words.join(' '))
  if (!empties || previous === undefined || !targets.includes('/var/lib/apt/lists')) return null
  return {
    ...base,
    title: 'leave the lists in the cache mount',
    proof: [
      {claim: 'the lists are not part of the layer', evidence: 'a cache mount is at /var/lib/apt/lists'},
    ],
    questions: ['rm empties the mount for the next build: can it be removed?'],
    edits: [{range: {start: previous.range.end, end: last.range.end}, text: ''}],
  }
}

function isDebian({base}: Step): boolean {
  const root = rootOf(base)
  return root.kind === 'image' && !isAlpine(splitImage(root.image))
}

function isKept(facts: RewriteFacts, step: Step): boolean {
  return [...chainBefore(step), step].some(({instruction}) =>
    /docker-clean|Keep-Downloaded-Packages|apt\.conf/.test(facts.textAt(instruction.written.range)),
  )
}
