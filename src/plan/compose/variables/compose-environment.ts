import path from 'node:path'
import {BuildFileError} from '../../../errors.js'
import type {ProjectFiles} from '../../project-files.js'
import type {Lookup} from './interpolate.js'
import {parseEnvFile} from './parse-env-file.js'

/** The variables of a Compose project: the process's environment, then environment files, the first one wins. */
export class ComposeEnvironment {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  static from(env: Readonly<Record<string, string | undefined>>): ComposeEnvironment {
    const values = new Map<string, string>()
    for (const [name, value] of Object.entries(env)) if (value !== undefined) values.set(name, value)
    return new ComposeEnvironment(values)
  }

  readonly lookup: Lookup = (name) => this.values.get(name)

  /** Adds a variable that is not set otherwise. */
  withDefault(name: string, value: string): ComposeEnvironment {
    return this.values.has(name) ? this : new ComposeEnvironment(new Map([...this.values, [name, value]]))
  }

  /** Adds what environment files say, each able to use the ones before it. @throws BuildFileError if one is missing or broken */
  withFiles(hostPaths: readonly string[], files: ProjectFiles): ComposeEnvironment {
    const added = new Map<string, string>()
    for (const hostPath of hostPaths) {
      const read = files.read(hostPath)
      if (read.status !== 'read') {
        const reason = read.status === 'missing' ? 'there is no such environment file' : read.reason
        throw new BuildFileError(reason, hostPath, null)
      }
      const lookup: Lookup = (name) => this.values.get(name) ?? added.get(name)
      for (const [name, value] of parseEnvFile(read.text, hostPath, lookup)) added.set(name, value)
    }
    return new ComposeEnvironment(new Map([...added, ...this.values]))
  }

  /** Adds the `.env` of a directory, if there is one. */
  withDefaultFile(directory: string, files: ProjectFiles): ComposeEnvironment {
    const hostPath = path.join(directory, '.env')
    const {status} = files.read(hostPath)
    const isThere = status !== 'missing' && files.listNames(directory).includes('.env')
    return isThere && status === 'read' ? this.withFiles([hostPath], files) : this
  }

  /** Adds `COMPOSE_ENV_FILES`, or the `.env` of a directory unless `COMPOSE_DISABLE_ENV_FILE` is set. */
  withProjectFiles(directory: string, workingDir: string, files: ProjectFiles): ComposeEnvironment {
    const named = this.lookup('COMPOSE_ENV_FILES')
    if (named) {
      const hostPaths = named.split(',').map((name) => path.resolve(workingDir, name))
      return this.withFiles(hostPaths, files)
    }
    const isOff = /^(?:1|t|T|true|TRUE|True)$/.test(this.lookup('COMPOSE_DISABLE_ENV_FILE') ?? '')
    return isOff ? this : this.withDefaultFile(directory, files)
  }
}
