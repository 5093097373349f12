/** A line of a text, with those that continue it. */
export interface JoinedLine {
  text: string
  /** 1-based: where it begins. */
  line: number
}

/** The lines of a text; one that ends with a backslash goes on in the next, behind one blank. */
export function joinContinued(text: string): JoinedLine[] {
  const joined: JoinedLine[] = []
  let isOpen = false
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const bare = line.replace(/\\$/, '')
    if (isOpen) joined.at(-1)!.text += ` ${bare.trim()}`
    else joined.push({text: bare, line: index + 1})
    isOpen = line.endsWith('\\')
  }
  return joined
}
