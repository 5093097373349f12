import type {Step} from '../../../build/graph/build-graph.js'
import {rootOf} from '../../../build/graph/query-graph.js'
import type {RewriteFacts} from '../rewrite-facts.js'

/** The official images run as root, and so does whatever installs packages of the system; else it is not known here. */
export function runsAsRoot(facts: RewriteFacts, {instruction, base, stage}: Step): boolean {
  const {user} = instruction.state
  const installs = stage.steps.some(
    (one) =>
      one.instruction.state.user === null &&
      facts.commandsOf(one).some(({words}) => /^(?:apt-get|apt|apk|dnf|yum|microdnf)$/.test(words[0] ?? '')),
  )
  if (user === null && installs) return true
  if (user !== null) return /^(?:root|0)(?::|$)/.test(user)
  const root = rootOf(base)
  return (
    root.kind === 'scratch' ||
    (root.kind === 'image' && !root.image.replace(/^docker\.io\/library\//, '').includes('/'))
  )
}
