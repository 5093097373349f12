/** What sources of Python and JavaScript say in quotes, and load by names that they do not have. */
import {LineIndex} from '../text/line-index.js'

/** A string in a source, or a call that loads a file whose name is computed. */
export interface SourceString {
  text: string
  /** 1-based. */
  line: number
}

const STRING = /(["'])((?:\\.|(?!\1)[^\\\n])*)\1/g

/** The short strings of a source in any language that quotes like Python and JavaScript; comments are not told apart. */
export function readStrings(text: string): SourceString[] {
  const lines = new LineIndex(text)
  return Array.from(text.matchAll(STRING), ({2: value = '', index}) => ({
    text: value,
    line: lines.lineAt(index),
  })).filter(({text: value}) => value !== '' && value.length <= MAX_LENGTH && /^[\w@./:-]+$/.test(value))
}

const MAX_LENGTH = 200

const LOADS =
  /\b(?:importlib\.import_module|__import__|import_string|import_module)\(\s*[^"'\s)][^\n]*|\bpkgutil\.(?:iter_modules|walk_packages)\([^\n]*|\brunpy\.\w+\([^\n]*|\bexecfile\([^\n]*|\brequire\(\s*[^"'`\s)][^\n]*|\bimport\(\s*[^"'`\s)][^\n]*/g

/** Calls that load modules by names that no source has. */
export function readLoaders(text: string): SourceString[] {
  const lines = new LineIndex(text)
  return Array.from(text.matchAll(LOADS), ({0: call, index}) => ({
    text: call.trim().slice(0, 60),
    line: lines.lineAt(index),
  }))
}
