import path from 'node:path'
import {SlimCheckError} from '../errors.js'
import {createWholeFileKind} from './whole-file.js'

const DEFAULT_PATH = 'docker-pre-build'

/** A script for any Makefile or CI, which checks and then runs the build given as its arguments. */
export const script = createWholeFileKind({
  name: 'script',
  summary: 'a script to put before a build in any Makefile or CI',
  findPath: ({projectDir, options}) => path.resolve(projectDir, options.path ?? DEFAULT_PATH),
  createText({installDir, readFile}) {
    const source = path.join(installDir, 'hooks/pre-build')
    const content = readFile(source)
    if (content === null) throw new SlimCheckError('project-file-missing', {path: source})
    return Buffer.from(content).toString()
  },
  isExecutable: true,
  notes: ['Call it as: ./docker-pre-build --max-transfer 50MB -- docker build -t app .'],
})
