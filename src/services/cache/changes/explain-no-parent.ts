import {SlimCheckError} from '../../../errors.js'
import type {CacheCommit} from '../../../report/cache-report.js'
import type {GitDirectory} from '../../load/git-repository.js'

const REASONS: Readonly<Record<Awaited<ReturnType<GitDirectory['explainNoParent']>>, string>> = {
  'no-commit': 'there is no commit yet',
  'first-commit': 'it is the first, with nothing before it to compare it with',
  shallow:
    'this clone lacks the one before it; fetch that with "git fetch --deepen=1", in GitHub Actions with fetch-depth: 2',
}

/** Says why what the last commit runs again cannot be told, and what would help. @param error of the attempt */
export async function explainLastCommit(git: GitDirectory, error: SlimCheckError): Promise<string> {
  return `The last commit is not shown: ${await explain(git, error)}`
}

async function explain(git: GitDirectory, error: SlimCheckError): Promise<string> {
  if (error.code !== 'revision-unknown') return error.message
  try {
    return REASONS[await git.explainNoParent()]
  } catch (other) {
    if (other instanceof SlimCheckError) return other.message
    throw other
  }
}

/** The same of several commits, of which fewer are known than were asked for; null where all that there are were told. */
export async function explainHistory(
  git: GitDirectory,
  known: readonly Pick<CacheCommit, 'problem'>[],
  asked: number,
): Promise<string | null> {
  const lacking = asked - known.length
  const isBroken = known.some(({problem}) => problem !== null)
  if (lacking <= 0 || isBroken || (await git.explainNoParent()) !== 'shallow') return null
  return `${lacking} of the last ${asked} commits ${lacking === 1 ? 'is' : 'are'} not shown: this clone is shallow; fetch more with "git fetch --deepen=${lacking}", in GitHub Actions with fetch-depth: ${asked + 1}`
}
