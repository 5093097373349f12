/** A part of the document that may lose rows, the last ones first. */
export interface Section {
  /** Its name in the note that it was shortened. */
  name: string
  head: string[]
  rows: string[]
  foot: string[]
}

/** Writes a section. */
export function writeSection({head, rows, foot}: Section): string {
  return `${[...head, ...rows, ...foot].join('\n')}\n`
}

/** A table; columns headed by a text that begins with `>` are aligned to the right. */
export function createTable(name: string, titles: readonly string[], rows: string[][]): Section {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rules = titles.map((title) => (title.startsWith('>') ? '---:' : '---'))
  const head = [line(titles.map((title) => title.replace(/^>/, ''))), line(rules)]
  return {name, head, rows: rows.map(line), foot: []}
}

/** Folds a section below a line that says what it is. @param title HTML */
export function fold(section: Section, title: string, isOpen = false): Section {
  return {
    ...section,
    head: [`<details${isOpen ? ' open' : ''}><summary>${title}</summary>`, '', ...section.head],
    foot: [...section.foot, '', '</details>'],
  }
}
