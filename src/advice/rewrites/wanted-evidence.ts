import type {EvidenceWant} from '../facts/evidence.js'

/** What the proofs of rewrites want to read: manifests, and lists of packages. */
export function listWantedByRewrites(): EvidenceWant[] {
  return [
    {
      globs: ['package.json', '.npmrc', '.yarnrc', 'pnpm-workspace.yaml', 'pyproject.toml'],
      maxBytes: 256 * 1024,
      maxFiles: 200,
    },
    {globs: ['*.txt', '*.in'], maxBytes: 64 * 1024, maxFiles: 50},
  ]
}
