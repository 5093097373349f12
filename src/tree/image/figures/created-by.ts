/** A step of a build as its history has it, in the words of the Dockerfile (docs/image.md 2.3). */
export interface CreatedBy {
  /** `RUN`, `COPY` …; empty for what no builder wrote, such as an import. */
  keyword: string
  /** `COPY app ./`, `RUN make`: what builders add is left out. */
  text: string
}

const OLD_BUILDER = /^\/bin\/sh -c #\(nop\)\s+/
const RUN_SHELL = /^(?:\/bin\/sh|\/bin\/bash|cmd|powershell)(?:\s+-o\s+\w+|\s+-[-\w]+|\s+\/S|\s+\/C)*\s+/
const ARGUMENTS = /^\|\d+ /

/** Reads what a builder wrote for a step. */
export function readCreatedBy(createdBy: string): CreatedBy {
  const text = createdBy.replace(/\s+# buildkit$/, '').trim()
  if (OLD_BUILDER.test(text)) return named(text.replace(OLD_BUILDER, ''))
  if (/^RUN\s/.test(text)) return {keyword: 'RUN', text: `RUN ${shellOf(text.slice(4).trim())}`}
  // The old builder writes a RUN as the shell's own words.
  if (ARGUMENTS.test(text) || RUN_SHELL.test(text)) return {keyword: 'RUN', text: `RUN ${shellOf(text)}`}
  return named(text)
}

function named(text: string): CreatedBy {
  const keyword = /^([A-Z]+)(?:\s|$)/.exec(text)?.[1] ?? ''
  return {keyword, text: text.replace(/ in (?=\S+\s*$)/, keyword === '' ? ' in ' : ' ').trim()}
}

/** The command without build arguments and the shell that runs it. */
function shellOf(text: string): string {
  return text
    .replace(/^\|\d+ .*?(?=\/bin\/(?:ba)?sh )/s, '')
    .replace(/^\|\d+ (?:\w+=\S* )+(?=\/)/, '')
    .replace(RUN_SHELL, '')
    .trim()
}
