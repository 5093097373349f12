import {type Section, writeSection} from './section.js'

/**
 * Joins the head and as many sections as fit, and names what was left out.
 * @param head kept whole
 * @param maxCharacters UTF-16 units, as GitHub's limits count at most
 */
export function fitSections(head: string, sections: readonly Section[], maxCharacters: number): string {
  const parts = [head]
  const shortened: string[] = []
  const noticeLength = 100 + sections.reduce((sum, {name}) => sum + name.length + 40, 0)
  let room = maxCharacters - head.length - noticeLength
  for (const section of sections) {
    const count = countFittingRows(section, room)
    if (count < section.rows.length) {
      shortened.push(`${section.name} (${count} of ${section.rows.length} shown)`)
    }
    if (count === 0 && section.rows.length > 0) continue
    const text = writeSection({...section, rows: section.rows.slice(0, count)})
    parts.push(text)
    room -= text.length + 1
  }
  if (shortened.length > 0) parts.push(`Shortened to fit: ${shortened.join(', ')}.\n`)
  return parts.join('\n')
}

function countFittingRows(section: Section, room: number): number {
  let left = room - writeSection({...section, rows: []}).length - 1
  let count = 0
  for (const row of section.rows) {
    left -= row.length + 1
    if (left < 0) break
    count++
  }
  return count
}
