import assert from 'node:assert/strict'
import {
  listGoOperands,
  readGoEmbeds,
  readGoImports,
  readModuleName,
} from '../../../src/languages/sources/go-source.js'

const at = (found: readonly {path: string; line: number}[]) => found.map(({path, line}) => `${line} ${path}`)

describe('sources of Go', () => {
  const IMPORTS: readonly [text: string, expected: readonly string[]][] = [
    ['package a\n\nimport "fmt"\n', ['3 fmt']],
    ['package a\nimport f "fmt"\nimport _ `embed`\n', ['2 fmt', '3 embed']],
    ['package a\nimport (\n\t"fmt"\n\n\tx "a/b" // of (c)\n\t// "d"\n)\n', ['3 fmt', '5 a/b']],
    ['package a\n/*\nimport "fmt"\n*/\nvar list = []string{\n"a/b",\n}\n', []],
  ]
  for (const [text, expected] of IMPORTS)
    it(`imports ${JSON.stringify(text)}`, () => assert.deepEqual(at(readGoImports(text)), expected))

  const EMBEDS: readonly [text: string, expected: readonly string[]][] = [
    ['//go:embed a.txt all:web/dist\nvar x embed.FS\n', ['1 a.txt', '1 web/dist']],
    ['package a\n\n//go:embed "with blank.txt" `b*`\n', ['3 with blank.txt', '3 b*']],
    ['package a\n// go:embed a.txt\n', []],
    ['package a\n\nvar (\n\t//go:embed static\n\tfiles embed.FS\n)\n', ['4 static']],
  ]
  for (const [text, expected] of EMBEDS)
    it(`embeds ${JSON.stringify(text)}`, () => assert.deepEqual(at(readGoEmbeds(text)), expected))

  const OPERANDS: readonly [args: string, expected: string][] = [
    ['-o /bin/a -trimpath ./cmd/a', './cmd/a'],
    ['-ldflags -s -tags=netgo -buildvcs=false .', '.'],
    ['-mod vendor -p 4', ''],
    ['tool', 'tool'],
  ]
  for (const [args, expected] of OPERANDS)
    it(`operands of ${args}`, () => assert.equal(listGoOperands(args.split(' ')).join(' '), expected))

  const MODULES: readonly [text: string, expected: string | undefined][] = [
    ['// a\nmodule example.org/a\n', 'example.org/a'],
    ['module "example.org/a"\ngo 1.25\n', 'example.org/a'],
    ['go 1.25\n', undefined],
  ]
  for (const [text, expected] of MODULES)
    it(`module of ${JSON.stringify(text)}`, () => assert.equal(readModuleName(text), expected))
})
