import assert from 'node:assert/strict'
import {listLoadedLines} from '../../../src/languages/sources/loaded-lines.js'
import type {ScriptLanguage} from '../../../src/languages/sources/path-expression.js'

/** Lines that run are marked with `+` at their end, in a comment. */
const TEXTS: readonly [name: string, language: ScriptLanguage, isStarted: boolean, text: string][] = [
  ['statements and with', 'python', false, 'a = 1 # +\nwith open("x") as f: # +\n    b = f # +'],
  ['a function that nobody calls', 'python', false, 'def f():\n    a = 1'],
  ['a function that is called at once', 'python', false, 'def f():\n    a = 1 # +\nx = f() # +'],
  [
    'a condition in a function',
    'python',
    false,
    'def f():\n    if b:\n        a = 1\n    c = 2 # +\nx = f() # +',
  ],
  ['try', 'python', false, 'try:\n    a = 1\nexcept OSError:\n    a = 2'],
  ['the program itself', 'python', true, 'if __name__ == "__main__":\n    a = 1 # +'],
  ['a module that is imported', 'python', false, 'if __name__ == "__main__":\n    a = 1'],
  ['an object', 'javascript', false, 'const a = { // +\n  key: read("x"), // +\n}'],
  ['a handler', 'javascript', false, 'app.get("/", (req, res) => {\n  read("x")\n})'],
  ['a function of JavaScript', 'javascript', false, 'function f() {\n  read("x") // +\n}\nf() // +'],
  ['called where it stands', 'javascript', false, '(async () => {\n  read("x") // +\n})()'],
  ['one of two', 'javascript', false, 'const a = b ? read("x") : 1'],
]

describe('lines that run when a module is loaded', () => {
  for (const [name, language, isStarted, text] of TEXTS)
    it(`${language}: ${name}`, () => {
      const loaded = listLoadedLines(text, language, isStarted)
      const marked = text.split('\n').flatMap((line, at) => (line.endsWith('+') ? [at] : []))
      const found = loaded.flatMap((isLoaded, at) => (isLoaded && !isHead(text, at) ? [at] : []))
      assert.deepEqual(found, marked)
    })
})

/** Lines that do nothing by themselves. */
function isHead(text: string, at: number): boolean {
  return /^(?:\(async \(\) => \{$|if __name__|[})])/.test(text.split('\n')[at]!)
}
