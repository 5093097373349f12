import type {ContextRequest} from '../../../build/graph/requests/list-requests.js'
import {defineRule} from '../define-rule.js'

/** Finds tmpfs mounts that widen the transfer to everything. */
export default defineRule<{text: string}>({
  id: 'tmpfs-mount',
  severity: 'warning',
  summary: 'Give a tmpfs mount a small source',
  reason:
    'BuildKit sends the source of a tmpfs mount, by default the whole context, although nothing reads it, as soon as any other step needs the context.',
  remedy: 'Add "source=" with a path that is sent anyway, or use "type=cache".',
  examples: {
    good: [
      {
        dockerfile: 'FROM scratch\nCOPY a /\nRUN --mount=type=tmpfs,target=/t,source=a x',
        ignore: '',
        tree: ['a', 'b'],
      },
    ],
    bad: [
      {
        dockerfile: 'FROM scratch\nCOPY a /\nRUN --mount=type=tmpfs,target=/t x',
        ignore: '',
        tree: ['a', 'b'],
      },
    ],
  },
  message: ({text}) => `"${text}" makes Docker send the whole context, as the source of the tmpfs mount`,
  check(facts) {
    const {requests, usesContext} = facts
    const isTmpfs = (reason: ContextRequest['implicitReason']) => reason === 'tmpfs-mount'
    const isAskedAnyway = requests.some(({isRoot, implicitReason}) => isRoot && !isTmpfs(implicitReason))
    if (!usesContext || isAskedAnyway) return []
    return requests
      .filter(({isRoot, implicitReason}) => isRoot && isTmpfs(implicitReason))
      .map((request) => ({data: {text: request.text}, place: facts.atRequest(request)}))
  },
})
