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
]

describe('findNearPath', () => {
  for (const [tree, path, expected] of ROWS) {
    it(`${path} in ${tree}`, () =>
      assert.deepEqual(findNearPath(createFileTree(tree.split(' ')), path, 'client'), expected))
  }
})
