import type {FileTree} from '../../tree/model/file-tree.js'
import type {Candidate} from './candidate.js'

/** What other programs leave behind wherever they come by: nobody ships it, and no test is about it. */
const LITTER = new Set([
  'os-litter',
  'python-bytecode',
  'editor-leftovers',
  'python-tool-cache',
  'python-test-environments',
  'js-tool-cache',
  'npm-cache',
  'yarn-state',
  'typescript-build-info',
  'next-cache',
  'vite-cache',
  'angular-cache',
  'gradle-cache',
  'jvm-tool-cache',
  'test-cache',
  'code-tags',
  'shell-history',
  'deleted-open-files',
])

/** Tells whether a path is such litter. */
export function isLitterAnywhere({entry}: Candidate): boolean {
  return LITTER.has(entry?.rule ?? '')
}

/** Models that were trained, or downloaded. */
const MODEL = /^(?:models|datasets)--|\.(?:ckpt|pth?|safetensors|onnx|gguf|h5|keras|pkl|joblib|bin)$/
/** More entries are not looked at. */
const MAX_LOOKED_AT = 50_000

/** Tells whether a record of runs or a cache holds a model: a program may load it from there. */
export function holdsModel(tree: FileTree, {entry, index}: Candidate): boolean {
  if (!/^(?:experiment-runs|tagged-cache)$/.test(entry?.rule ?? '')) return false
  const end = Math.min(tree.endOf(index), index + MAX_LOOKED_AT)
  for (let below = index + 1; below < end; below++) if (MODEL.test(tree.nameOf(below))) return true
  return false
}

/** What belongs to a tool of the directory's name, and is more than a cache that it makes anew. */
const OWNED =
  /^(?:terraform-providers|infrastructure-state|dvc-cache|mercurial|subversion|jujutsu|hosting-state)$/

/** Programs by other names than those of their directories. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  terraform: ['terraform', 'opentofu', 'tofu', 'terragrunt'],
  'aws-sam': ['sam', 'aws-sam-cli'],
  serverless: ['serverless', 'sls'],
  'cdk.out': ['cdk', 'aws-cdk'],
  amplify: ['amplify', 'ampx'],
  firebase: ['firebase', 'firebase-tools'],
}

/** The tools whose things a path holds, by its name: `.dvc/cache` is of dvc; none for a path of no tool. */
export function ownersOf({path, entry}: Candidate): readonly string[] {
  if (!OWNED.test(entry?.rule ?? '')) return []
  const owner = /(?:^|\/)(?:\.([a-z][a-z-]+)(?:\/[^/]+)?|(cdk\.out))$/.exec(path)
  const name = owner?.[1] ?? owner?.[2]
  if (name === undefined) return []
  return Object.hasOwn(OWNERS, name) ? OWNERS[name]! : [name]
}
