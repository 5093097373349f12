import type {Step} from '../../../build/graph/build-graph.js'
import {resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {chainBefore} from './chain-before.js'
import {bringsInto} from './told-by-variables.js'

/** They make a path, or change what is there, and no program is told of it. */
const MAKES =
  /^(?:mkdir|chown|chmod|touch|rm|rmdir|install|groupadd|useradd|addgroup|adduser|usermod|groupmod)$/

/** Settings of package managers, as they lie outside of a project. */
const OF_MANAGERS =
  /(?:^|\/)(?:pip\.conf|\.?npmrc|\.yarnrc(?:\.yml)?|settings\.xml|\.gemrc|\.bundle\/config|\.gitconfig)$/

/**
 * A question about a step before the source is copied that names a file of it, as a link, a setting or a script does:
 * an install may look there. Null if there is none.
 * @param read what the install is known to read: paths of the context
 */
export function findTellingStep(
  facts: RewriteFacts,
  install: Step,
  copies: readonly Step[],
  read: readonly string[],
): string | null {
  const [first] = copies
  if (first === undefined) return null
  const isBrought = (path: string) =>
    copies.some((copy) => bringsInto(facts, copy, path) && !read.includes(facts.sourceOf(copy, path) ?? ''))
  for (const step of chainBefore(first)) {
    if (step === install) break
    const named = namedBy(facts, step).find(isBrought)
    if (named !== undefined)
      return `${facts.file}:${step.line} names ${named}: does the install read it by that?`
    const unread = findUnreadSettings(facts, step)
    if (unread !== null) return `Does ${unread}, copied by line ${step.line}, name a file of the project?`
  }
  return null
}

/** Absolute paths in the commands of a RUN, and in settings that a copy lays outside of the project. */
function namedBy(facts: RewriteFacts, step: Step): string[] {
  const commands = facts.commandsOf(step).filter(({words}) => !MAKES.test(words[0] ?? ''))
  const settings = settingsOf(step).map((path) => facts.wholeTexts.get(path) ?? '')
  return [...commands.map(({words}) => words.join(' ')), ...settings].flatMap(listAbsolute)
}

function listAbsolute(text: string): string[] {
  return Array.from(text.matchAll(/(?<![\w.:/-])\/[\w@+./-]*[\w@+]/g), ([path]) =>
    resolveContainerPath('/', path),
  )
}

function settingsOf({reads}: Step): string[] {
  return reads
    .filter(({from, how}) => how === 'copy' && from.kind === 'context' && from.name === null)
    .map(({path}) => path.slice(1))
    .filter((path) => OF_MANAGERS.test(path))
}

function findUnreadSettings(facts: RewriteFacts, step: Step): string | null {
  return settingsOf(step).find((path) => facts.isSent(path) && !facts.wholeTexts.has(path)) ?? null
}
