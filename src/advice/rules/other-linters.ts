import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import {outlineDockerfile} from './inline-ignores.js'

/** What comments for other linters ask to leave out of ours, too. */
export interface OtherIgnores {
  /** @param rule a rule of rewrites, or `buildkit/NAME` */
  isIgnored(rule: string, line: number): boolean
}

/** Rules of hadolint by number, and those of ours and of BuildKit that say the same. */
const HADOLINT_RULES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    DL3000: ['buildkit/WorkdirRelativePath'],
    DL3002: ['root-at-run-time'],
    DL3009: ['package-lists'],
    DL3012: ['buildkit/MultipleInstructionsDisallowed'],
    DL3015: ['package-recommends'],
    DL3024: ['buildkit/DuplicateStageName'],
    DL3025: ['shell-is-pid-1', 'buildkit/JSONArgsRecommended'],
    DL3029: ['buildkit/FromPlatformFlagConstDisallowed'],
    DL3042: ['cache-mount'],
    DL3057: ['no-health-check'],
    DL3059: ['late-cleanup'],
    DL3063: ['buildkit/ReservedStageName'],
    DL3064: ['buildkit/SecretsUsedInArgOrEnv'],
    DL4000: ['buildkit/MaintainerDeprecated'],
    DL4003: ['buildkit/MultipleInstructionsDisallowed'],
    DL4004: ['buildkit/MultipleInstructionsDisallowed'],
  }),
)

/** Checks of BuildKit and the rules of ours that say the same. */
const BUILDKIT_CHECKS: ReadonlyMap<string, readonly string[]> = new Map([
  ['JSONArgsRecommended', ['shell-is-pid-1']],
])

const COMMENT = /^#[ \t]*hadolint[ \t]+(global[ \t]+)?ignore[ \t]*=[ \t]*([^#]*)/
const SKIP = /(?:^|;)\s*skip\s*=\s*([^;]*)/i

/**
 * Reads `# hadolint ignore=` (the next instruction), `# hadolint global ignore=` (the file) and the directive
 * `# check=skip=` of BuildKit.
 * @param text of a Dockerfile
 */
export function readOtherIgnores(text: string): OtherIgnores {
  const everywhere = new Set(listSkipped(text))
  const at = new Map<number, Set<string>>()
  const {comments, targets} = outlineDockerfile(text)
  for (const {line, text: comment} of comments) {
    const [, isGlobal, list = ''] = COMMENT.exec(comment) ?? []
    const rules = list.split(',').flatMap((code) => HADOLINT_RULES.get(code.trim()) ?? [])
    const target = targets.find((one) => one > line) ?? 0
    const known = isGlobal === undefined ? (at.get(target) ?? new Set()) : everywhere
    for (const rule of rules) known.add(rule)
    if (isGlobal === undefined) at.set(target, known)
  }
  return {isIgnored: (rule, line) => everywhere.has(rule) || at.get(line)?.has(rule) === true}
}

/** `all` skips every check of BuildKit. */
function listSkipped(text: string): string[] {
  const value = readDirective(text)
  const names = (SKIP.exec(value)?.[1] ?? '').split(',').map((name) => name.trim())
  const skipped = names.includes('all') ? [...BUILDKIT_CHECKS.keys()] : names
  return skipped.flatMap((name) => BUILDKIT_CHECKS.get(name) ?? [])
}

function readDirective(text: string): string {
  return parseDockerfile(text).directives.find(({name}) => name === 'check')?.value ?? ''
}
