import {styleText} from 'node:util'

/** What the reader's screen can do. */
export interface Screen {
  /** Columns; Infinity where lines need not be cut. */
  width: number
  hasColor: boolean
  /** False where only ASCII can be shown. */
  hasUnicode: boolean
}

export type Style = (text: string) => string

/** The styles that reports use. Without colour they return the text unchanged. */
export interface Styles {
  bold: Style
  dim: Style
  red: Style
  yellow: Style
  green: Style
  cyan: Style
}

export function createStyles(hasColor: boolean): Styles {
  const style = (format: 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'): Style =>
    hasColor ? (text) => styleText(format, text, {validateStream: false}) : (text) => text
  return {
    bold: style('bold'),
    dim: style('dim'),
    red: style('red'),
    yellow: style('yellow'),
    green: style('green'),
    cyan: style('cyan'),
  }
}
