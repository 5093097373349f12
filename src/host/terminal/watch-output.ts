/** What became of the streams that a program writes to. */
export interface OutputWatch {
  /** Why standard output could not be written, as an error code; null if it could, or if its reader went away. */
  readonly problem: string | null
}

/**
 * Keeps a failing output from ending the program with a stack. A reader that goes away (`| head`) is no failure.
 * @param onProblem called once, when standard output cannot be written
 */
export function watchOutput(onProblem: (code: string) => void): OutputWatch {
  let problem: string | null = null
  for (const stream of [process.stdout, process.stderr]) {
    // oclif throws what it meets here.
    stream.removeAllListeners('error')
    stream.on('error', ({code = 'EIO'}: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || stream === process.stderr || problem !== null) return
      problem = code
      onProblem(code)
    })
  }
  return {
    get problem() {
      return problem
    },
  }
}
