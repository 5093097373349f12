import {baseName} from '../../../languages/text/container-path.js'
import type {CiCache} from '../../../plan/ci/ci-plan.js'
import type {CiFacts, CiProblem, CiRule} from './define-ci-rule.js'

const NODE_LOCKS = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
]

/** What names dependencies without their versions, and what pins them. */
const LOCKS: ReadonlyMap<string, readonly string[]> = new Map([
  ['package.json', NODE_LOCKS],
  ['pyproject.toml', ['uv.lock', 'poetry.lock', 'pdm.lock']],
  ['Pipfile', ['Pipfile.lock']],
  ['Gemfile', ['Gemfile.lock']],
  ['go.mod', ['go.sum']],
  ['Cargo.toml', ['Cargo.lock']],
  ['composer.json', ['composer.lock']],
  ['mix.exs', ['mix.lock']],
])

/** A key with one of these is new for every commit or run. */
const CHANGING =
  /github\.(?:sha|run_id|run_number)|\$\{?(?:CI_COMMIT_SHA|CI_COMMIT_SHORT_SHA|CI_PIPELINE_ID|CI_JOB_ID)\b/

/** The dollar of an expression is left out. */
const GITHUB = (key: string, more = ''): string =>
  `jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/cache@v4\n        with:\n          path: ~/.npm\n          key: ${key.replace('{{', '$${{')}\n${more}`
const GITLAB = (key: string): string =>
  `test:\n  script: [npm ci]\n  cache:\n    key: ${key}\n    paths: [.npm]\n`

/** Finds caches of dependencies whose key does not say which dependencies. */
const rule: CiRule = {
  id: 'ci-cache-key',
  severity: 'warning',
  summary: 'Make the lock file the key of a cache of dependencies',
  reason:
    'A key that holds the manifest instead of the lock file stays the same when versions change; one that is new for each commit is never found; one that never changes is saved once and never again.',
  remedy: 'Write hashFiles of the lock file into the key, or key:files of it on GitLab.',
  examples: [
    {
      title: 'the manifest instead of the lock file',
      system: 'github',
      text: GITHUB("npm-{{ hashFiles('**/package.json') }}"),
      tracked: ['package.json', 'package-lock.json'],
      expected: /"\*\*\/package\.json" names no versions, "package-lock\.json" does/,
    },
    {
      title: 'the same on GitLab',
      system: 'gitlab',
      text: GITLAB('{files: [go.mod]}'),
      tracked: ['go.mod', 'go.sum'],
      expected: /"go\.sum" does/,
    },
    {
      title: 'the lock file',
      system: 'github',
      text: GITHUB("npm-{{ hashFiles('package-lock.json') }}"),
      tracked: ['package.json', 'package-lock.json'],
      expected: null,
    },
    {
      title: 'a manifest without any lock file',
      system: 'github',
      text: GITHUB("npm-{{ hashFiles('package.json') }}"),
      tracked: ['package.json'],
      expected: null,
    },
    {
      title: 'a key of each commit',
      system: 'github',
      text: GITHUB('npm-{{ github.sha }}'),
      expected: /is new for each commit or run, and nothing else is taken/,
    },
    {
      title: 'a key of each commit, with what is near it',
      system: 'github',
      text: GITHUB('npm-{{ github.sha }}', '          restore-keys: npm-\n'),
      expected: null,
    },
    {
      title: 'a key that never changes',
      system: 'github',
      text: GITHUB('npm'),
      expected: /never changes: what is saved first stays/,
    },
    {
      title: 'a key that never changes is renewed on GitLab',
      system: 'gitlab',
      text: GITLAB('npm'),
      expected: null,
    },
    {
      title: 'a pattern that nothing matches',
      system: 'github',
      text: GITHUB("npm-{{ hashFiles('web/yarn.lock') }}"),
      tracked: ['yarn.lock'],
      expected: /matches no file that Git tracks/,
    },
  ],
  find: ({caches, hasFile}) =>
    caches
      // What one job hands to another in one run is no cache.
      .filter(
        ({key, job}) => !caches.some((other) => other.key === key && other.job !== job && CHANGING.test(key)),
      )
      .flatMap((cache) => findProblem(cache, hasFile) ?? []),
}

export default rule

function findProblem(cache: CiCache, hasFile: CiFacts['hasFile']): CiProblem | null {
  const {hashed, key, system, hasFallback, job, place} = cache
  const found =
    hashed === null
      ? judgeText(key, system, hasFallback)
      : (findManifest(hashed, hasFile) ?? findNothing(hashed, hasFile))
  if (found === null) return null
  return {
    place,
    message: `the key of a cache of job "${job}" ${found.what}`,
    fix: 'Make the lock file the key',
    snippet: snippetOf(cache, found.lock),
  }
}

interface Found {
  what: string
  /** To be hashed instead. */
  lock: string
}

/** A key without the content of any file. */
function judgeText(key: string, system: CiCache['system'], hasFallback: boolean): Found | null {
  const lock = 'package-lock.json'
  if (CHANGING.test(key)) {
    return hasFallback ? null : {what: 'is new for each commit or run, and nothing else is taken', lock}
  }
  // GitLab saves a cache at the end of each job.
  if (system === 'gitlab' || /\$\{\{|\$/.test(key.replace(/\$\{\{\s*runner\.\w+\s*\}\}/g, ''))) return null
  return {what: 'never changes: what is saved first stays', lock}
}

function findManifest(hashed: readonly string[], hasFile: CiFacts['hasFile']): Found | null {
  for (const pattern of hashed) {
    const name = baseName(pattern)
    const locks = LOCKS.get(name) ?? []
    if (hashed.some((one) => locks.some((lock) => one.endsWith(lock)))) continue
    const lock = locks.find((one) => hasFile(`**/${one}`) === true)
    if (lock !== undefined)
      return {what: `holds no versions: "${pattern}" names no versions, "${lock}" does`, lock}
  }
  return null
}

function findNothing(hashed: readonly string[], hasFile: CiFacts['hasFile']): Found | null {
  const patterns = hashed.filter((one) => !one.startsWith('!'))
  if (patterns.length === 0 || patterns.some((one) => one.includes('$') || hasFile(one) !== false))
    return null
  return {
    what: `never changes: "${patterns.join(', ')}" matches no file that Git tracks`,
    lock: 'package-lock.json',
  }
}

function snippetOf({system}: CiCache, lock: string): string {
  if (system === 'gitlab') return `key:\n  files: [${lock}]`
  return `key: \${{ runner.os }}-\${{ hashFiles('**/${lock}') }}\nrestore-keys: \${{ runner.os }}-`
}
