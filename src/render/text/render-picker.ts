import {measureWidth} from '../terminal/measure-width.js'
import {createStyles, type Screen, type Style, type Styles} from '../terminal/style.js'
import {wrapText} from '../terminal/table.js'

/** Something to tick. Texts are escaped already. */
export interface Choice {
  mark: '+' | '?'
  /** What it is: a line to write, a change of a file. */
  title: string
  /** What it saves; empty where that is not known. */
  gain: string
  /** Why, and what is open: a paragraph each. */
  reasons: readonly string[]
}

/** What is shown at a moment. */
export interface PickerState {
  isTicked: readonly boolean[]
  /** The place of the choice that the pointer stands at. */
  active: number
  /** What the ticked choices come to; null while it is being found out. */
  total: string | null
}

/** What stays the same while a person ticks. */
export interface PickerText {
  heading: string
  choices: readonly Choice[]
  /** The word for several of them: `lines`. */
  noun: string
}

/** A terminal: `Screen` with its height in lines. */
export interface PickerScreen extends Screen {
  height: number
}

/** Pointer and box. */
const INDENT = ' '.repeat(6)
/** In place of what is below the screen of a single choice. */
const MORE = `${INDENT}  … (a higher window shows the rest)`
const KEYS = ['space ticks', 'a ticks all', 'enter writes', 'q or Esc leaves without writing']

/** Renders a list to tick, with all reasons whole: a page of it, where it is longer than the screen. */
export function renderPicker(text: PickerText, state: PickerState, screen: PickerScreen): string {
  const styles = createStyles(screen.hasColor)
  const blocks = text.choices.map((choice, at) => renderChoice(choice, at, state, screen))
  const keys = wrapAll([KEYS.join(', ')], screen.width).map(styles.dim)
  const sum = wrapAll([describeTotal(text, state)], screen.width).map(styles.bold)
  // The heading, an empty line below the list, and one for the cursor.
  const room = Math.max(3, screen.height - sum.length - keys.length - 4)
  const {lines, above, below} = takePage(blocks, state.active, room)
  const more = [
    ...(above > 0 ? [`${above} more above`] : []),
    ...(below > 0 ? [`${below} more below`] : []),
  ].join(', ')
  return [
    styles.bold(text.heading),
    ...lines,
    more === '' ? '' : styles.dim(`${INDENT}${more}`),
    ...sum,
    ...keys,
  ].join('\n')
}

function describeTotal({choices, noun}: PickerText, {isTicked, total}: PickerState): string {
  const count = isTicked.filter((one) => one).length
  return `${count} of ${choices.length} ${noun} ticked: ${total ?? '…'}`
}

function renderChoice(
  {mark, title, gain, reasons}: Choice,
  at: number,
  {isTicked, active}: PickerState,
  screen: PickerScreen,
): string[] {
  const styles = createStyles(screen.hasColor)
  const pointer = at === active ? (screen.hasUnicode ? '❯' : '>') : ' '
  const box = isTicked[at] ? '[x]' : '[ ]'
  const width = Math.min(screen.width, 110) - INDENT.length
  const style = styleOf(mark, at === active, styles)
  const [first = '', ...others] = wrapAll([`${mark} ${title}${gain === '' ? '' : `   ${gain}`}`], width)
  return [
    `${pointer} ${box} ${style(first)}`,
    ...others.map((line) => INDENT + style(line)),
    ...wrapAll(reasons, width - 2).map((line) => `${INDENT}  ${styles.dim(line)}`),
  ]
}

function styleOf(mark: Choice['mark'], isActive: boolean, {green, yellow, bold}: Styles): Style {
  const style = mark === '+' ? green : yellow
  return isActive ? (text) => bold(style(text)) : style
}

/** The page with the active choice: as many whole choices as fit, from the first on; of a longer one its beginning. */
function takePage(
  blocks: readonly (readonly string[])[],
  active: number,
  room: number,
): {lines: string[]; above: number; below: number} {
  let start = 0
  let used = 0
  let end = 0
  for (const [at, {length}] of blocks.entries()) {
    if (used + length > room && at > start) {
      if (active < at) break
      start = at
      used = 0
    }
    used += length
    end = at + 1
  }
  const whole = blocks.slice(start, end).flat()
  const lines = whole.length > room ? [...whole.slice(0, room - 1), MORE] : whole
  return {lines, above: start, below: blocks.length - end}
}

/** Paragraphs in lines of at most `width` columns; a word that is longer is broken, too. */
function wrapAll(paragraphs: readonly string[], width: number): string[] {
  const most = Math.max(10, width)
  return paragraphs.flatMap((text) => wrapText(text, most)).flatMap((line) => breakLine(line, most))
}

function breakLine(line: string, width: number): string[] {
  if (measureWidth(line) <= width) return [line]
  const lines: string[] = []
  let part = ''
  for (const character of line) {
    if (measureWidth(part + character) > width) {
      lines.push(part)
      part = ''
    }
    part += character
  }
  return [...lines, part]
}
