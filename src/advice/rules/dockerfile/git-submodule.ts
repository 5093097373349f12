import type {Submodule} from '../../../languages/git/tracked-paths.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {isProse} from '../../proof/survey/source-files.js'
import {defineRule, type Hit} from '../define-rule.js'

type Data = Pick<Submodule, 'path' | 'state'> & {
  /** It arrives as an empty directory: the build is not of a Git context. */
  isEmpty?: true
}

/** Finds submodules of a Git context that the builder cannot fetch, those that nobody here can judge, and empty ones that are copied. */
export default defineRule<Data>({
  id: 'git-submodule',
  severity: 'error',
  summary: 'Give each submodule of a Git context a URL',
  reason:
    'The builder also fetches all submodules of a Git context before it builds, nested ones included. A submodule without a URL in ".gitmodules" stops the build. The content of a submodule is only known if it is checked out. A submodule that is not fetched is an empty directory, and COPY brings just that: a warning where a file of the project names it, else an info.',
  remedy:
    'Add the submodule to ".gitmodules", or remove it from the repository; check it out to include it in this report.',
  examples: {
    good: [
      {
        dockerfile: 'FROM scratch\nCOPY lib/a /',
        tree: ['lib/a'],
        tracked: ['lib/a'],
        submodules: [{path: 'lib', state: 'here'}],
        workspace: {kind: 'git', maker: null, place: {file: '.github/workflows/ci.yml', line: 7}},
      },
      {
        dockerfile: 'FROM scratch\nCOPY a /',
        tree: ['a', 'lib/'],
        tracked: ['a', 'lib'],
        submodules: [{path: 'lib', state: 'unnamed'}],
      },
      {
        dockerfile: 'FROM scratch\nCOPY . /',
        ignore: 'lib',
        tree: ['a', 'lib/', '.gitmodules'],
        contents: {'.gitmodules': '[submodule "lib"]\n\tpath = lib\n'},
      },
    ],
    bad: [
      {
        dockerfile: 'FROM scratch\nCOPY . /',
        ignore: '',
        tree: ['Makefile', 'lib/', '.gitmodules'],
        contents: {
          '.gitmodules': '[submodule "lib"]\n\tpath = lib\n',
          Makefile: 'all:\n\tmake -C lib\n',
        },
      },
      {
        dockerfile: 'FROM scratch\nCOPY a /',
        tree: ['a', 'lib/'],
        tracked: ['a', 'lib'],
        submodules: [{path: 'lib', state: 'unnamed'}],
        workspace: {kind: 'git', maker: null, place: {file: '.github/workflows/ci.yml', line: 7}},
      },
      {
        dockerfile: 'FROM scratch\nCOPY lib/a /',
        tree: ['lib/'],
        tracked: ['lib'],
        submodules: [{path: 'lib', state: 'absent'}],
        workspace: {kind: 'git', maker: null, place: {file: '.github/workflows/ci.yml', line: 7}},
      },
    ],
  },
  message: ({path, state, isEmpty}) =>
    isEmpty
      ? `the submodule "${path}" is not fetched: an empty directory is copied`
      : state === 'unnamed'
        ? `".gitmodules" has no URL for the submodule "${path}": the builder fetches submodules, and stops there`
        : `the submodule "${path}" is not checked out here: it is not known what the builder fetches for it`,
  fix: ({path, state}) =>
    state === 'unnamed'
      ? `Add "${path}" to ".gitmodules", or remove it with git rm --cached`
      : 'Run git submodule update --init --recursive',
  check(facts) {
    const {plan, input} = facts
    const {workspace} = plan
    if (workspace === undefined) return findEmpty(facts)
    if (workspace.kind !== 'git') return []
    const doubtful = (input.tracked?.submodules ?? []).filter(
      ({state}) => state === 'unnamed' || state === 'absent',
    )
    return doubtful.map((data) => ({
      data,
      place: workspace.place,
      ...(data.state === 'absent' && {severity: 'info' as const}),
    }))
  },
})

/** Directories that `.gitmodules` names, that are empty, and that arrive all the same. */
function findEmpty(facts: RuleFacts): Hit<Data>[] {
  const {tree, isSent, input} = facts
  const {sources} = input
  const text = sources?.get('.gitmodules')
  if (text === undefined) return []
  const paths = [...text.matchAll(/^[ \t]*path\s*=\s*(.+?)\s*$/gm)].map(([, path]) => path!)
  return paths.flatMap((path): Hit<Data>[] => {
    const entry = tree.find(path)
    const isEmpty = entry >= 0 && tree.isDirectory(entry) && tree.endOf(entry) === entry + 1
    if (!isEmpty || isSent[entry] === 0) return []
    const isNamed = [...sources!].some(
      ([name, one]) =>
        name !== '.gitmodules' && !isProse(name) && (namesPath(one, path) || isTheme(name, one, path)),
    )
    const severity = isNamed ? 'warning' : 'info'
    return [{data: {path, state: 'absent', isEmpty: true}, place: {file: '.gitmodules'}, severity}]
  })
}

/** Tells whether settings of Hugo name the directory as the theme of the site. */
function isTheme(name: string, text: string, path: string): boolean {
  if (!/(?:^|\/)(?:hugo|config)\.(?:toml|ya?ml|json)$/.test(name) || !path.includes('themes/')) return false
  const theme = path.slice(path.lastIndexOf('/') + 1).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`\\btheme["']?\\s*[=:].*["'\\s[]${theme}\\b`).test(text)
}

/** Tells whether a text holds a path as words of their own. */
function namesPath(text: string, path: string): boolean {
  const quoted = path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w./-])${quoted}(?![\\w-])`).test(text)
}
