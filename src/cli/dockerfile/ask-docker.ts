import {onInterrupt} from '../../host/process/on-interrupt.js'
import {escapeForTerminal} from '../../render/terminal/escape.js'
import type {DockerfileReport} from '../../report/dockerfile-report.js'
import type {DockerfileAdvice} from '../../services/dockerfile/advise-dockerfiles.js'
import type {RewriteChange} from '../../services/dockerfile/write-rewrites.js'

/** The flags that docker is asked with. */
export interface DockerFlags {
  check: boolean
  verify: boolean
  builder: string | undefined
  secret: string[] | undefined
  ssh: string[] | undefined
  network: string | undefined
}

/**
 * Adds to a report what only docker can tell, where a flag asks for it. Ctrl-C ends its builds, too.
 * @throws SlimCheckError for `--verify` without docker
 */
export async function askDocker(
  advice: DockerfileAdvice,
  changes: readonly RewriteChange[],
  {check, verify, builder, ...flags}: DockerFlags,
): Promise<DockerfileReport> {
  if (!check && !verify) return advice.report
  const controller = new AbortController()
  const unwatch = onInterrupt(() => controller.abort())
  const {signal} = controller
  const words = builder === undefined ? [] : [`--builder=${builder}`]
  try {
    const report = check ? await checkWith(advice, words, signal) : advice.report
    if (!verify) return report
    const {verifyRewrites} = await import('../../services/dockerfile/verify-rewrites.js')
    const call = {flags: [...words, ...listBuildFlags(flags)], signal, onBuild: tellBuild}
    return {...report, verifications: await verifyRewrites(changes, call)}
  } finally {
    unwatch()
  }
}

async function checkWith(
  advice: DockerfileAdvice,
  words: readonly string[],
  signal: AbortSignal,
): Promise<DockerfileReport> {
  const {addBuildChecks} = await import('../../services/dockerfile/check-with-docker.js')
  return addBuildChecks(advice, words, signal)
}

function tellBuild(build: string, which: string): void {
  process.stderr.write(`Building ${escapeForTerminal(build)}: ${which}\n`)
}

/** As `docker build` takes them. */
function listBuildFlags({
  secret = [],
  ssh = [],
  network,
}: Pick<DockerFlags, 'secret' | 'ssh' | 'network'>): string[] {
  return [
    ...secret.map((one) => `--secret=${one}`),
    ...ssh.map((one) => `--ssh=${one}`),
    ...(network === undefined ? [] : [`--network=${network}`]),
  ]
}
