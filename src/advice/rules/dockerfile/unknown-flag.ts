import {parseDockerfile} from '../../../languages/dockerfile/syntax/parse-dockerfile.js'
import {defineRule} from '../define-rule.js'

/** A flag and the frontends that know it: `docker/dockerfile:VERSION`, and the one in an engine. */
interface NewFlag {
  keyword: string
  flag: string
  /** The first stable version, and the first of the labs channel. */
  since: readonly [major: number, minor: number]
  labs?: readonly [major: number, minor: number]
  /** The newest engine seen to refuse it without a syntax line. */
  refusedBy?: string
}

/** From the release notes of the frontend; what an engine refuses was seen on it. */
const NEW_FLAGS: readonly NewFlag[] = [
  {keyword: 'COPY', flag: 'parents', since: [1, 20], labs: [1, 7], refusedBy: 'Engine 28.5'},
  {keyword: 'COPY', flag: 'exclude', since: [1, 19], labs: [1, 7], refusedBy: 'Engine 26.1'},
  {keyword: 'ADD', flag: 'exclude', since: [1, 19], labs: [1, 7], refusedBy: 'Engine 26.1'},
  {keyword: 'ADD', flag: 'unpack', since: [1, 17]},
  {keyword: 'ADD', flag: 'checksum', since: [1, 6]},
  {keyword: 'ADD', flag: 'keep-git-dir', since: [1, 1]},
  {keyword: 'COPY', flag: 'link', since: [1, 4]},
  {keyword: 'ADD', flag: 'link', since: [1, 4]},
  {keyword: 'COPY', flag: 'chmod', since: [1, 2]},
  {keyword: 'ADD', flag: 'chmod', since: [1, 2]},
  {keyword: 'RUN', flag: 'mount', since: [1, 2]},
  {keyword: 'RUN', flag: 'device', since: [1, 14]},
]

/** A heredoc is no flag, and came with a version all the same. */
const HEREDOC: Pick<NewFlag, 'since' | 'labs'> = {since: [1, 4], labs: [1, 3]}

interface Data {
  keyword: string
  flag: string
  /** What the syntax line says; null without one. */
  syntax: string | null
  since: string
  refusedBy: string
}

/** Finds flags that the frontend in force does not know. */
export default defineRule<Data>({
  id: 'unknown-flag',
  severity: 'warning',
  summary: 'Name a frontend that supports the flags',
  reason:
    'Without a "# syntax=" line the engine\'s own frontend reads the Dockerfile, with one, the version that it names. Both refuse flags that are newer: the build stops before its first step.',
  remedy: 'Begin the Dockerfile with "# syntax=docker/dockerfile:1".',
  examples: {
    good: [
      {
        dockerfile: '# syntax=docker/dockerfile:1\nFROM scratch\nCOPY --parents a/b.txt /',
        ignore: '',
        tree: ['a/b.txt'],
      },
      {
        dockerfile: '# syntax=docker/dockerfile:1.7-labs\nFROM scratch\nCOPY --parents a/b.txt /',
        ignore: '',
        tree: ['a/b.txt'],
      },
      {dockerfile: 'FROM scratch\nCOPY --link a/b.txt /', ignore: '', tree: ['a/b.txt']},
    ],
    bad: [
      {dockerfile: 'FROM scratch\nCOPY --parents a/b.txt /', ignore: '', tree: ['a/b.txt']},
      {
        dockerfile: '# syntax=docker/dockerfile:1.4\nFROM scratch\nCOPY --parents a/b.txt /',
        ignore: '',
        tree: ['a/b.txt'],
      },
    ],
  },
  message: ({keyword, flag, syntax, since, refusedBy}) =>
    flag === '<<'
      ? `"# syntax=${syntax}" is too old for the heredoc of ${keyword}, which came with ${since}: docker build fails here`
      : syntax === null
        ? `${keyword} --${flag} came with docker/dockerfile ${since}: the frontend of ${refusedBy} refuses it`
        : `"# syntax=${syntax}" is too old for ${keyword} --${flag}, which came with ${since}: docker build fails here`,
  fix: () => 'Begin the Dockerfile with "# syntax=docker/dockerfile:1"',
  check(facts) {
    const {plan} = facts
    if (plan.dockerfile === null) return []
    const {directives, instructions} = parseDockerfile(plan.dockerfile.content)
    const syntax = directives.find(({name}) => name === 'syntax')?.value ?? null
    // An unknown flag is an error wherever it stands in the file.
    const known = {keyword: '', flag: '<<', ...HEREDOC}
    const heredocs = !isRefused(known, syntax)
      ? []
      : instructions
          .filter(({heredocs}) => heredocs.length > 0)
          .slice(0, 1)
          .map(({keyword, line}) => ({
            data: describeFlag({...known, keyword}, syntax),
            place: facts.atRequest({line}),
          }))
    const unknown = instructions.flatMap(({keyword, flags, line}) =>
      NEW_FLAGS.filter((known) => known.keyword === keyword && flags.some(({name}) => name === known.flag))
        .filter((known) => isRefused(known, syntax))
        .map((known) => ({data: describeFlag(known, syntax), place: facts.atRequest({line})})),
    )
    return [...heredocs, ...unknown]
  },
})

function isRefused({since, labs, refusedBy}: NewFlag, syntax: string | null): boolean {
  if (syntax === null) return refusedBy !== undefined
  const version = /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?:(\d+)\.(\d+)(?:\.\d+)?(-labs)?$/.exec(
    syntax,
  )
  if (version === null) return false
  const first = version[3] !== undefined && labs !== undefined ? labs : since
  const [major, minor] = [Number(version[1]), Number(version[2])]
  return major < first[0] || (major === first[0] && minor < first[1])
}

function describeFlag({keyword, flag, since, refusedBy = ''}: NewFlag, syntax: string | null): Data {
  return {keyword, flag, syntax, since: since.join('.'), refusedBy}
}
