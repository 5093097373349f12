import {applyRewrites} from '../../advice/suggest/find-rewrites.js'
import {editBytes} from '../../languages/dockerfile/edit/apply-edits.js'
import {decodeText} from '../../languages/dockerfile/syntax/source-lines.js'
import type {Rewrite} from '../../report/dockerfile-report.js'
import type {AdvisedFile} from './advised-file.js'

/** More turns than this no file has wanted. */
const MAX_TURNS = 10

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
  let wanted: readonly Rewrite[] = chosen.filter(({edits}) => edits.length > 0)
  for (let turn = 0; turn < MAX_TURNS && open.length > 0; turn++) {
    const text = decodeText(bytes)
    const made = applyRewrites(text, open)
    if (made.applied.length === 0) break
    bytes = editBytes(bytes, made.edits)
    applied.push(...made.applied)
    wanted = made.applied.reduce(leaveOut, wanted)
    const rules = listRules(wanted)
    open = wanted.length === 0 ? [] : rewritesOf(made.text, rules).filter((one) => isAmong(one, wanted))
  }
  return {content: bytes, applied}
}

/** Rules that do another one's work on a text that is in order by then. */
const INSTEAD: Readonly<Record<string, string>> = {'multi-stage': 'build-tools-in-final'}

/** The rules that may propose what is wanted. */
function listRules(wanted: readonly Rewrite[]): ReadonlySet<string> {
  const rules = new Set(wanted.map(({rule}) => rule))
  const others = Object.keys(INSTEAD).filter((rule) => rules.has(INSTEAD[rule]!))
  return new Set([...rules, ...others])
}

/** Leaves out of what is wanted the change that was made, or one that it is made for. */
function leaveOut(wanted: readonly Rewrite[], made: Rewrite): Rewrite[] {
  const own = wanted.indexOf(made)
  const at = own >= 0 ? own : wanted.findIndex((one) => isFor(made, one))
  return wanted.filter((_, index) => index !== at)
}

function isAmong(rewrite: Rewrite, wanted: readonly Rewrite[]): boolean {
  return wanted.some((one) => isFor(rewrite, one))
}

/** The same rule, as sure as what was chosen of it. */
function isFor({rule, confidence}: Rewrite, chosen: Rewrite): boolean {
  const isOfRule = chosen.rule === rule || chosen.rule === INSTEAD[rule]
  return isOfRule && (confidence === 'safe' || confidence === chosen.confidence)
}
