import type {Submodule} from '../../../languages/git/tracked-paths.js'
import {defineRule} from '../define-rule.js'

type Data = Pick<Submodule, 'path' | 'state'>

/** Finds submodules of a Git context that the builder cannot fetch, and those that nobody here can judge. */
export default defineRule<Data>({
  id: 'git-submodule',
  severity: 'error',
  summary: 'Give each submodule of a Git context a URL',
  reason:
    'The builder also fetches all submodules of a Git context before it builds, nested ones included. A submodule without a URL in ".gitmodules" stops the build. The content of a submodule is only known if it is checked out.',
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
    ],
    bad: [
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
  message: ({path, state}) =>
    state === 'unnamed'
      ? `".gitmodules" has no URL for the submodule "${path}": the builder fetches submodules, and stops there`
      : `the submodule "${path}" is not checked out here: it is not known what the builder fetches for it`,
  fix: ({path, state}) =>
    state === 'unnamed'
      ? `Add "${path}" to ".gitmodules", or remove it with git rm --cached`
      : 'Run git submodule update --init --recursive',
  check({plan, input}) {
    const {workspace} = plan
    if (workspace?.kind !== 'git') return []
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
