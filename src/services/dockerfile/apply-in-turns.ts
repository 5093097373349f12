import {applyRewrites} from '../../advice/suggest/find-rewrites.js'
import {editBytes} from '../../languages/dockerfile/edit/apply-edits.js'
import {decodeText} from '../../languages/dockerfile/syntax/source-lines.js'
import type {Rewrite} from '../../report/dockerfile-report.js'
import type {AdvisedFile} from './advised-file.js'

/** More turns than this no file has wanted. */
const MAX_TURNS = 5

/**
 * Makes chosen rewrites of a file. Those that touch the same lines cannot be made at once: the new Dockerfile is searched again
 * for what the same rules propose there, until nothing is left of what was chosen.
 * @returns the bytes, and the rewrites that were made, in order; of later turns they are about the text of their turn
 * @throws DockerfileError for a line that is not UTF-8
 */
export function applyInTurns(
  {content, rewritesOf}: Pick<AdvisedFile, 'content' | 'rewritesOf'>,
  chosen: readonly Rewrite[],
): {content: Uint8Array; applied: Rewrite[]} {
  const applied: Rewrite[] = []
  let bytes = content
  let open = chosen
  for (let turn = 0; turn < MAX_TURNS && open.length > 0; turn++) {
    const text = decodeText(bytes)
    const made = applyRewrites(text, open)
    if (made.applied.length === 0) break
    bytes = editBytes(bytes, made.edits)
    applied.push(...made.applied)
    const left = open.filter((one) => one.edits.length > 0 && !made.applied.includes(one))
    open = left.length === 0 ? [] : rewritesOf(made.text).filter((one) => isAmong(one, left))
  }
  return {content: bytes, applied}
}

/** The same rule, as sure as what was chosen of it. */
function isAmong({rule, confidence}: Rewrite, left: readonly Rewrite[]): boolean {
  return left.some((one) => one.rule === rule && (confidence === 'safe' || confidence === one.confidence))
}
