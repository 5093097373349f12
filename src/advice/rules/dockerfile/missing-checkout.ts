import {defineRule} from '../define-rule.js'

/** Finds a step of a workflow that builds a directory of a repository which nothing has checked out. */
export default defineRule<{dockerfile: string}>({
  id: 'missing-checkout',
  severity: 'error',
  summary: 'Check the repository out before a step builds it',
  reason:
    'A job begins with an empty workspace. With a path as context, "." included, docker build finds no Dockerfile there. Only the default context of docker/build-push-action is fetched by the builder itself.',
  remedy: 'Add a step with actions/checkout before it, or remove the context.',
  examples: {
    good: [
      {
        dockerfile: 'FROM scratch\nCOPY a /',
        tree: ['a', 'Dockerfile'],
        workspace: {kind: 'checkout', maker: null, place: {file: '.github/workflows/ci.yml', line: 7}},
      },
    ],
    bad: [
      {
        dockerfile: 'FROM scratch\nCOPY a /',
        tree: ['a', 'Dockerfile'],
        workspace: {kind: 'empty', maker: null, place: {file: '.github/workflows/ci.yml', line: 7}},
      },
    ],
  },
  message: ({dockerfile}) =>
    `no step checks the repository out before this one builds it: docker build finds no "${dockerfile}" there`,
  fix: () => 'Add "- uses: actions/checkout@v4" before it',
  check({plan}) {
    if (plan.workspace?.kind !== 'empty') return []
    return [{data: {dockerfile: plan.dockerfile?.path ?? 'Dockerfile'}, place: plan.workspace.place}]
  },
})
