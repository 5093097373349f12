import type {RewriteExample} from '../../../../src/advice/rules/rewrites/define-rewrite.js'
import {findRewrites} from '../../../../src/advice/suggest/find-rewrites.js'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {IgnoreRules} from '../../../../src/languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../../src/languages/ignore/parse-ignore-file.js'
import type {Rewrite} from '../../../../src/report/dockerfile-report.js'
import {createFileTree} from '../create-file-tree.js'

/** They are read, though no example says what stands in them. */
const LOCK = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/

/** What is proposed for the project of an example. */
export function rewritesOf({
  dockerfile,
  ignore,
  tree,
  contents = {},
  outside = {},
  services = {},
}: Omit<RewriteExample, 'title' | 'expected'>): Rewrite[] {
  const build = {
    name: 'Dockerfile',
    targets: [null],
    tree: createFileTree(tree, contents),
    rules: ignore === undefined ? null : new IgnoreRules(parseIgnoreFile(ignore).patterns),
    evidence: new Map([
      ...tree.filter((one) => LOCK.test(one)).map((one) => [one, ''] as const),
      ...Object.entries(contents),
    ]),
    outside: new Map(Object.entries(outside)),
    services: Object.entries(services).map(([service, words]) => ({
      service,
      starts: [{keyword: 'command' as const, words, place: {file: 'compose.yaml', line: 1, column: 1}}],
      mounts: [],
    })),
    evaluate: (text: string, target: string | null) =>
      evaluateDockerfile(parseDockerfile(text), target === null ? {} : {target}),
  }
  return findRewrites({file: 'Dockerfile', text: dockerfile, builds: [build]})
}
