import {formatBytes} from '../../languages/text/amounts.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {escapeToAscii} from '../terminal/escape-to-ascii.js'
import {createStyles, type Screen, type Styles} from '../terminal/style.js'

export interface TextOptions extends Screen {
  /** How many of the largest paths, and of each other long list, are shown. */
  top: number
  /** Every byte instead of three digits. */
  isExact: boolean
  /** Shown instead of the largest paths. */
  tree?: string
}

/** What the sections of a text report need to be written. */
export interface Page {
  /** Columns; Infinity where lines need not be cut. */
  width: number
  top: number
  hasUnicode: boolean
  styles: Styles
  arrow: string
  ellipsis: string
  bytes(bytes: number): string
  /** Makes a name or a message harmless. */
  show(text: string): string
}

export function createPage({width, top, isExact, hasColor, hasUnicode}: TextOptions): Page {
  const ellipsis = hasUnicode ? '…' : '...'
  return {
    width,
    top,
    hasUnicode,
    ellipsis,
    styles: createStyles(hasColor),
    arrow: hasUnicode ? '→' : '->',
    bytes: (bytes) => formatBytes(bytes, isExact),
    show: hasUnicode ? escapeForTerminal : escapeToAscii,
  }
}
