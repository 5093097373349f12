import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {quoteWord} from '../../languages/text/quote.js'
import {createWholeFileKind} from './whole-file.js'

const DEFAULT_PATH = 'docker-pre-build'

/** A script for any Makefile or CI, which checks and then runs the build given as its arguments. */
export const script = createWholeFileKind({
  name: 'script',
  summary: 'a script to put before a build in any Makefile or CI',
  findPath: ({projectDir, options}) => path.resolve(projectDir, options.path ?? DEFAULT_PATH),
  createText({installDir, readFile, options}) {
    const source = path.join(installDir, 'hooks/pre-build')
    const content = readFile(source)
    if (content === null) throw new SlimCheckError('project-file-missing', {path: source})
    const text = Buffer.from(content).toString()
    return options.maxTransfer === undefined ? text : setBudget(text, options.maxTransfer)
  },
  readOptions(content) {
    const [, maxTransfer] =
      /^: "\$\{SLIM_CHECK_MAX_TRANSFER:=(.*)\}"$/m.exec(Buffer.from(content).toString()) ?? []
    return maxTransfer === undefined ? {} : {maxTransfer}
  },
  isExecutable: true,
  listNotes: ({projectDir, options}) => {
    const file = options.path ?? DEFAULT_PATH
    const shown = path.isAbsolute(file)
      ? file
      : `./${path.relative(projectDir, path.resolve(projectDir, file))}`
    const budget = options.maxTransfer === undefined ? '--max-transfer 50MB ' : ''
    return [`Call it as: ${quoteWord(shown)} ${budget}-- docker build -t app .`]
  },
})

/** Sets the budget for calls that name none, above the first function. */
function setBudget(text: string, maxTransfer: string): string {
  const lines = [`: "\${SLIM_CHECK_MAX_TRANSFER:=${maxTransfer}}"`, 'export SLIM_CHECK_MAX_TRANSFER']
  return text.replace('\n\n', `\n\n${lines.join('\n')}\n\n`)
}
