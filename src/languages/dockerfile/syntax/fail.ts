import {DockerfileError} from '../../../errors.js'

/** Reports what is wrong with the text at hand; whoever makes it knows the line. */
export type Fail = (message: string) => never

/** Makes the reporter of one instruction: it throws a `DockerfileError` with that line. */
export function failAt(line: number): Fail {
  return (message) => {
    throw new DockerfileError(message, line)
  }
}
