import {formatSeconds} from '../../languages/text/amounts.js'

/** A build that begins. */
interface BuildStep {
  build: string
  scenario: string
  run: number
  runs: number
  /** Builds that are done, and all. */
  done: number
  total: number
}

/** Shows which build runs: on a terminal on one line of standard error, elsewhere a line for each. */
export interface BuildProgress {
  update(step: BuildStep): void
  end(): void
}

/** @param now milliseconds since any moment that stays the same */
export function createBuildProgress(
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = Date.now,
): BuildProgress {
  const begun = now()
  let isShown = false
  return {
    update(step) {
      const text = describeStep(step, (now() - begun) / 1000)
      stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
      isShown = true
    },
    end() {
      if (isShown && stream.isTTY) stream.write('\r\u001b[K')
      isShown = false
    },
  }
}

/** With how long the rest takes, once some builds tell. */
function describeStep({build, scenario, run, runs, done, total}: BuildStep, seconds: number): string {
  const rest = done === 0 ? '' : `, about ${formatSeconds((seconds / done) * (total - done))} to go`
  const name = build.replace(/[^\w./:@-]/g, '?').slice(0, 40)
  return `Build ${done + 1} of ${total}: ${name}, ${scenario}, run ${run} of ${runs}${rest}`
}
