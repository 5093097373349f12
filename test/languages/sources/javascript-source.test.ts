import assert from 'node:assert/strict'
import {
  isBuiltIn,
  listModuleFiles,
  packageOf,
  readCompilerPaths,
  readJavaScriptImports,
  readJavaScriptStrings,
} from '../../../src/languages/sources/javascript-source.js'

describe('the imports of a JavaScript source', () => {
  const rows: [text: string, found: string[]][] = [
    ['import a from "a"', ['a']],
    ['import "./a.css"', ['./a.css']],
    ['import {\n  a,\n  b as c,\n} from "../a.js"', ['../a.js']],
    ['import a, {b} from "a"; import * as c from "c"', ['a']],
    ['export * from "./a"\nexport {b} from "./b"', ['./a', './b']],
    ['import type {A} from "a"', ['a?']],
    ['import type from "a"', ['a']],
    ['export const a = 1\nconst b = "c"', []],
    ['export function a() {\n  return "from"\n}', []],
    ['const a = require("a")', ['a']],
    ['const {\n  a,\n} = require("a/b")', ['a/b']],
    ['require("a")', ['a']],
    ['if (x) require("a")', ['a?']],
    ['function f() {\n  const a = require("a")\n}', ['a?']],
    ['const a = await import("./a.js")', ['./a.js?']],
    ['import(/* webpackChunkName: "x" */ "./a")', ['./a?']],
    ['require.resolve("a")', ['a?']],
    ['import a from "./a.svg?raw"', ['./a.svg']],
    ['// import a from "a"\n/* require("b")\nrequire("c") */\n * import "d"', []],
    ['const glob = "src/**/*.js"\nrequire("a")\nconst other = "**/*.ts"', ['a']],
    ['require(name)', []],
    [`import(\`./\${name}.js\`)`, []],
  ]
  for (const [text, expected] of rows) {
    it(JSON.stringify(text), () => {
      const found = readJavaScriptImports(text).map(({name, isCertain}) => `${name}${isCertain ? '' : '?'}`)
      assert.deepEqual(found, expected)
    })
  }

  it('stand in their lines', () => {
    const text = 'import a from "a"\n\n// b\nimport {\n  c,\n} from "c"\nconst d = require("d")\n'
    assert.deepEqual(
      readJavaScriptImports(text).map(({line}) => line),
      [1, 6, 7],
    )
  })

  it('may be strings, and pieces of templates', () => {
    const found = readJavaScriptStrings(`a("./b.js", \`\${__dirname}/views/\${name}.pug\`, "no path")`)
    assert.deepEqual(
      found.map(({text}) => text),
      ['./b.js', 'views/', '.pug'],
    )
  })

  it('stand for files', () => {
    assert.deepEqual(
      ['a.js', 'a.ts', 'a/index.js'].map((file) => listModuleFiles('a').includes(file)),
      [true, true, true],
    )
    assert.ok(listModuleFiles('a.mjs').includes('a.mts'))
    assert.ok(!listModuleFiles('a.css').includes('a.ts'))
  })

  it('are of packages, of Node.js, or of a compiler', () => {
    assert.deepEqual(['a/b', '@a/b/c', 'a'].map(packageOf), ['a', '@a/b', 'a'])
    assert.deepEqual(['fs', 'fs/promises', 'node:test', 'bun:sqlite', 'fsx', '@a/fs'].map(isBuiltIn), [
      true,
      true,
      true,
      true,
      false,
      false,
    ])
    assert.deepEqual(readCompilerPaths('{"baseUrl": "src", "paths": {"@/*": ["./lib/*"]}}'), [
      {prefix: '@/', folder: 'src/./lib/'},
    ])
  })
})
