import path from 'node:path'
import type {HookPlace} from './hook-kind.js'
import {UNPUBLISHED} from './unpublished.js'
import {createWholeFileKind} from './whole-file.js'

/** A workflow for GitHub that runs our action on what can change a build. */
export const github = createWholeFileKind({
  name: 'github',
  summary: 'a GitHub workflow with a summary and annotations',
  findPath: ({projectDir}) => path.join(projectDir, '.github/workflows/docker-context.yml'),
  createText: (place) => `name: docker context
on: [push, pull_request]
permissions:
  contents: read
jobs:
  docker-context:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      # ${UNPUBLISHED.action}
      - uses: docker-slim-check/docker-slim-check@v${place.version.split('.')[0]}
        with:
          context: .
${maxTransfer(place)}`,
  readOptions(content) {
    const [, maxTransfer] = /^ {10}max-transfer: "(.*)"$/m.exec(Buffer.from(content).toString()) ?? []
    return maxTransfer === undefined ? {} : {maxTransfer}
  },
  listNotes: () => ['Commit the file: it runs at the next push', UNPUBLISHED.action],
})

function maxTransfer({options}: HookPlace): string {
  const size = JSON.stringify(options.maxTransfer ?? '50MB')
  return `${options.maxTransfer === undefined ? '          # ' : '          '}max-transfer: ${size}\n`
}
