import {RULES} from './rules/all-rules.js'
import {RULES_ACROSS} from './rules/builds/rules-across.js'

/** Of the findings that no rule of the table makes. */
export const OTHER_RULE_IDS = {
  /** A file that lists builds says what cannot be known here, or the context is guessed (services/analyze-request.ts). */
  buildDefinition: 'build-definition',
  /** A comment names a rule there is not (rules/inline-ignores.ts). */
  unknownRule: 'unknown-rule',
  /** A context given as a tar is sent whole (services/analyze-tar.ts). */
  tarContext: 'tar-context',
} as const

/** Every id that a finding can have, sorted: what a configuration and a comment may name. */
const RULE_IDS: readonly string[] = [
  ...RULES.map(({id}) => id),
  ...RULES_ACROSS.map(({id}) => id),
  ...Object.values(OTHER_RULE_IDS),
].sort()

/** The rules of rewrites (rules/rewrites), which have no severity to set; sorted. */
export const REWRITE_IDS: readonly string[] = [
  'apt-mount-without-keep',
  'base-drift',
  'build-tools-in-final',
  'cache-mount',
  'changing-arg-early',
  'dev-dependencies-in-final',
  'double-install',
  'entrypoint-without-exec',
  'install-after-source',
  'late-cleanup',
  'link-named-owner',
  'link-through-symlink',
  'link-without-merge',
  'local-over-base',
  'lock-file-not-copied',
  'missing-certificates',
  'multi-stage',
  'narrow-copy',
  'no-health-check',
  'no-lock',
  'ownership-copy',
  'package-lists',
  'package-recommends',
  'packages-apart',
  'recopied-tree',
  'root-at-run-time',
  'services-share-imports',
  'shell-is-pid-1',
  'slim-base',
  'start-installs',
  'unused-packages',
  'unused-stage-copy',
  'venv-copied-twice',
  'whole-context-bind',
]

/** The rules about Compose projects (rules/compose), sorted. */
export const COMPOSE_IDS: readonly string[] = [
  'compose-check-program',
  'compose-conflicting-limits',
  'compose-cut-command',
  'compose-foreign-program',
  'compose-hidden-copy',
  'compose-hidden-install',
  'compose-no-health-check',
  'compose-no-init',
  'compose-no-limits',
  'compose-refused',
  'compose-repeated-build',
  'compose-same-port',
  'compose-shell-is-pid-1',
  'compose-short-grace',
  'compose-stale-volume',
  'compose-start-install',
]

/** The rules about images (rules/image), which only `image` runs; sorted. */
export const IMAGE_RULE_IDS: readonly string[] = [
  'image-cache-left',
  'image-compiler',
  'image-dev-dependencies',
  'image-duplicates',
  'image-early-change',
  'image-ownership-copied',
  'image-removed-too-late',
  'image-repository',
  'image-secret',
  'image-source-tree',
  'venv-copied-twice',
]

/** The rules about CI (rules/ci), sorted. */
export const CI_RULE_IDS: readonly string[] = [
  'ci-cache-key',
  'ci-cache-one-way',
  'ci-cache-scope',
  'ci-needs-builder',
  'ci-no-cache',
  'ci-squash',
]

/** What a configuration may name: also rewrites, images, CI, and checks of BuildKit as `buildkit/NAME`. A Dockerfile and its image may have a rule in common. */
export const CONFIGURABLE_IDS: readonly string[] = [
  ...new Set([...RULE_IDS, ...REWRITE_IDS, ...COMPOSE_IDS, ...IMAGE_RULE_IDS, ...CI_RULE_IDS]),
].sort()
