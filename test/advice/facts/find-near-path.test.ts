import assert from 'node:assert/strict'
import {findNearPath} from '../../../src/advice/facts/find-near-path.js'
import {createFileTree} from '../rules/create-file-tree.js'

/** The tree, the path that is not there, and what was meant. The context is called `client`. */
const ROWS: readonly [tree: string, path: string, expected: ReturnType<typeof findNearPath>][] = [
  ['a.txt', 'b.md', null],
  ['src/app/main.txt', 'src\\\\app\\\\main.txt', {kind: 'slashes', path: 'src/app/main.txt'}],
  ['Src/App.js', 'src/app.js', {kind: 'case', path: 'Src/App.js'}],
  ['requirements.txt', 'requirement.txt', {kind: 'spelling', path: 'requirements.txt'}],
  ['app/main.py', 'app/mian.py', {kind: 'spelling', path: 'app/main.py'}],
  ['client.csproj', 'client/client.csproj', {kind: 'parent', path: 'client.csproj'}],
  ['app.jar', 'home/dev/app.jar', {kind: 'shallower', path: 'app.jar'}],
  ['server/package.json', 'package.json', {kind: 'deeper', paths: ['server/package.json']}],
  ['a/x.json b/x.json c/x.json d/x.json', 'x.json', null],
  ['node_modules/a/package.json', 'package.json', null],
  ['build.gradle', 'build/libs/a.jar', {kind: 'output', tool: 'Gradle', command: 'gradle bootJar'}],
  [
    'web/package.json',
    'web/dist',
    {kind: 'output', tool: 'the build script of package.json', command: 'npm run build'},
  ],
  ['pom.xml', 'target', {kind: 'output', tool: 'Maven', command: 'mvn package'}],
  ['api/Cargo.toml', 'target/release/api', null],
  ['web/go.mod', 'web/go.sum', {kind: 'lock', command: 'go mod tidy', mayBeAbsent: true, other: null}],
  [
    'package.json yarn.lock',
    'package-lock.json',
    {kind: 'lock', command: 'npm install', mayBeAbsent: false, other: 'yarn.lock'},
  ],
  ['a.txt', 'go.sum', null],
  ['a.txt', '.git/HEAD', {kind: 'repository', state: 'absent'}],
  ['.git', '.git/HEAD', {kind: 'repository', state: 'worktree'}],
  ['.git/packed-refs', '.git/refs/heads/main', {kind: 'repository', state: 'lacks it'}],
]

/** A Makefile's text, the path that is not there, and the command that makes it; null: nobody knows one. */
const MAKEFILES: readonly [text: string, path: string, command: string | null][] = [
  ['build: fmt\n\tgo build -o app ./cmd\n', 'app', 'make build'],
  ['BIN = bin\nall:\n\tgo build -o ./$(BIN)/app .\n', 'bin/app', 'make all'],
  ['dist/app.js: src\n\tesbuild\n', 'dist/app.js', 'make dist/app.js'],
  ['doc:\n\tpandoc a.md > out.html\n', 'out.html', 'make doc'],
  ['doc:\n\tcc -output-x app\n', 'app', null],
]

describe('findNearPath', () => {
  for (const [tree, path, expected] of ROWS) {
    it(`${path} in ${tree}`, () =>
      assert.deepEqual(findNearPath(createFileTree(tree.split(' ')), path, 'client'), expected))
  }

  for (const [text, path, command] of MAKEFILES) {
    it(`${path}, which ${text.split('\n')[0]} makes`, () => {
      const texts = new Map([['Makefile', text]])
      const expected = command && {kind: 'output', tool: '"Makefile"', command, isGoal: true}
      assert.deepEqual(findNearPath(createFileTree(['Makefile']), path, 'client', {texts}), expected)
    })
  }

  it('what a directory above holds, but for a part of a build output', () => {
    const above = new Map([
      ['a.txt', 2],
      ['target', 1],
    ])
    const tree = createFileTree(['pom.xml'])
    assert.deepEqual(findNearPath(tree, 'a.txt', 'client', {above}), {kind: 'above', levels: 2})
    assert.equal(findNearPath(tree, 'target', 'client', {above})?.kind, 'output')
  })
})
