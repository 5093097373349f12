import assert from 'node:assert/strict'
import {
  readArguments,
  readPathExpression,
  readStatement,
  type ScriptLanguage,
} from '../../../src/languages/sources/path-expression.js'

const CONSTANTS = new Map([['BASE', {from: 'source' as const, path: 'settings.py/..'}]])

describe('paths that sources put together', () => {
  const PATHS: readonly [language: ScriptLanguage, text: string, expected: string | null][] = [
    ['javascript', "'a/b.json'", 'work a/b.json'],
    ['javascript', '"/etc/a"', 'root /etc/a'],
    ['javascript', "path.join(__dirname, 'certs', 'a.key')", 'source certs/a.key'],
    ['javascript', "path.resolve(__dirname, '../locales')", 'source ../locales'],
    ['javascript', "__dirname + '/a.txt'", 'source a.txt'],
    ['javascript', '`$' + '{__dirname}/a.txt`', 'source a.txt'],
    ['javascript', "path.join(process.cwd(), 'content')", 'work content'],
    ['javascript', "new URL('./a.txt', import.meta.url)", 'source ./a.txt'],
    ['javascript', 'path.join(__dirname, name)', null],
    ['javascript', "'https://a.b/c'", null],
    ['javascript', "'a/*.json'", null],
    ['python', 'BASE / "a.json"', 'source settings.py/../a.json'],
    ['python', 'os.path.join(os.path.dirname(os.path.abspath(__file__)), "a")', 'source x.py/../a'],
    ['python', 'Path(__file__).resolve().parent.parent / "a" / "b"', 'source x.py/../../a/b'],
    ['python', 'Path(__file__).parents[1] / "a"', 'source x.py/../../a'],
    ['python', 'f"{BASE}/a.json"', 'source settings.py/../a.json'],
    ['python', 'Path.cwd() / "a"', 'work a'],
    ['python', 'get_path()', null],
    ['python', '""', null],
  ]
  for (const [language, text, expected] of PATHS)
    it(`${language}: ${text}`, () => {
      const found = readPathExpression(text, {language, file: 'x.py', constants: CONSTANTS})
      assert.equal(found && `${found.from} ${found.path}`, expected)
    })

  it('reads arguments over brackets and strings', () => {
    assert.deepEqual(readArguments('f(a, "x,y", [1, 2]) + g(3)', 2), ['a', '"x,y"', '[1, 2]'])
    assert.deepEqual(readArguments('f(a', 2), [])
  })
  it('reads a statement over lines', () => assert.equal(readStatement('a = b(\n1)\nc', 4), 'b(\n1)'))
})
