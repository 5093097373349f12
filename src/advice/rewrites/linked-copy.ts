import type {BuildGraph, Step} from '../../build/graph/build-graph.js'
import type {TextEdit} from '../../languages/dockerfile/edit/apply-edits.js'
import type {CopyInstruction} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {RewriteFacts} from './rewrite-facts.js'

/** A COPY or an ADD. */
export interface CopyStep extends Step {
  instruction: CopyInstruction
}

/** The copies that are layers of their own where the image store can merge: with --chmod they are plain ones (docs/cache.md, 4). */
export function listLinkedCopies({steps}: BuildGraph): CopyStep[] {
  return steps.filter((step): step is CopyStep => {
    const {instruction} = step
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false
    const {flags, isInherited} = instruction
    return flags.link && flags.chmod === '' && !isInherited
  })
}

/** Takes `--link` away, with the space behind it. */
export function removeLinkFlag({dockerfile}: RewriteFacts, {instruction}: CopyStep): TextEdit[] {
  return instruction.written.flags
    .filter(({name}) => name === 'link')
    .map(({range: {start, end}}) => {
      const isSpaced = /[ \t]/.test(dockerfile.text[end] ?? '')
      return {range: {start, end: isSpaced ? end + 1 : end}, text: ''}
    })
}
