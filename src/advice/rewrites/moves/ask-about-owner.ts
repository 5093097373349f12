import type {Step} from '../../../build/graph/build-graph.js'
import {parentPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {runsAsRoot} from './runs-as-root.js'

/**
 * Asks about a directory that an install writes into as another user than root: the copy of the source makes it with its
 * own mode, that of a manifest alone makes it as root's.
 * @param writes paths of the context
 */
export function askAboutOwner(
  facts: RewriteFacts,
  install: Step,
  copies: readonly Step[],
  writes: readonly string[],
): string[] {
  if (runsAsRoot(facts, install)) return []
  const {user} = install.instruction.state
  const open = writes.map((path) => parentPath(path)).find((path) => isOpen(facts, copies, path, user))
  return open === undefined
    ? []
    : [
        `Can ${user ?? 'the user of the base image'} write into ${open} if a copy of the manifest makes it, as root and with mode 755?`,
      ]
}

/** Whether a copy makes a directory so that others than its owner write there. */
function isOpen(facts: RewriteFacts, copies: readonly Step[], path: string, user: string | null): boolean {
  const entry = path === '' ? -1 : facts.tree.find(path)
  const copy = copies.findLast((one) => entry >= 0 && facts.targetOf(one, path) !== null)
  if (copy === undefined || copy.reads.some(({landing}) => landing.path === facts.targetOf(copy, path)))
    return false
  const {flags} = copy.instruction.written
  const given = flags.find(({name}) => name === 'chmod')?.value ?? null
  if (given === null && flags.some(({name}) => name === 'chown')) return false
  const mode = given === null ? facts.tree.modeOf(entry) : Number.parseInt(given, 8)
  // without an entry in /etc/passwd a user is of the group 0
  const isOfRoot = user === null || /^\d+(?::(?:0|root))?$/.test(user)
  return !(mode >= 0) || (mode & (isOfRoot ? 0o022 : 0o002)) !== 0
}
