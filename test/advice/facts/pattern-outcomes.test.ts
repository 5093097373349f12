import assert from 'node:assert/strict'
import {findPlaces} from '../rules/create-input.js'

/** Ignore lines joined by ` | `, the tree, and the findings in the ignore file as `line rule`. */
type Row = [ignore: string, tree: string, findings: string[]]

const ROWS: Record<string, Row[]> = {
  'dead or shadowed': [
    ['gone', 'a.js', ['1 dead-pattern']],
    ['gone/*.js', 'a.js', ['1 dead-pattern']],
    ['**/gone', 'a.js x/b', ['1 dead-pattern']],
    ['old.foo', 'a.js', ['1 dead-pattern']],
    ['*.foo', 'a.js', []],
    ['src/dist', 'a.js', ['1 dead-pattern']],
    ['src/dist', 'src/a.js', []],
    ['src/.env', 'src/a.js', []],
    ['lib | lib/a/b', 'lib/a/b lib/c', ['2 shadowed-pattern']],
    ['lib/a/b | lib', 'lib/a/b lib/c', ['1 shadowed-pattern']],
    ['lib | lib/gone', 'lib/a', ['2 shadowed-pattern']],
    ['lib | lib/*/x', 'lib/a/x', ['2 shadowed-pattern']],
    ['lib/* | lib/a/x', 'lib/a/x', ['2 shadowed-pattern']],
    ['*.js | **/*.js', 'a.js', ['2 shadowed-pattern']],
    ['*.js | **/*.js', 'a.js x/b.js', ['1 shadowed-pattern']],
    ['**/*.js | a.js', 'a.js x/b.js', ['2 shadowed-pattern']],
    ['b.js | *.js', 'b.js', ['1 shadowed-pattern']],
    // ".git" is one directory of many that the other may match in
    ['*/node_modules | .git', '.git/HEAD web/a.js', []],
    ['*/gone | .git', '.git/HEAD web/a.js', ['1 dead-pattern']],
    ['lib* | lib*/gone', 'lib1/a web/b', ['2 shadowed-pattern']],
    ['* | */gone | !web', 'lib1/a web/b', ['2 dead-pattern']],
    // the tree alone makes them equal
    ['a.js | b.js | *.js | *.j*', 'a.js', ['1 shadowed-pattern', '2 dead-pattern']],
    // a pattern that is there in case, behind one that takes everything
    ['* | !src | **/node_modules', 'src/a.js node_modules/x b', []],
    ['* | !src | **/*.log', 'src/a.js x.log', []],
    // its turn comes only after the negation
    ['lib | !lib/a | lib/a/x', 'lib/a/x lib/a/y lib/b', []],
    ['lib/* | !lib/a | lib/a/gone', 'lib/a/y lib/b', ['3 dead-pattern']],
    // a wildcard negation stops pruning: Docker looks there, and so do we
    [
      'lib | lib/gone | !*.md',
      'lib/a README.md',
      ['3 useless-negation', '2 dead-pattern', '3 slow-negation'],
    ],
  ],
  duplicates: [
    ['lib | lib', 'lib/a', ['2 duplicate-pattern']],
    ['lib | other | /lib/', 'lib/a other', ['3 duplicate-pattern']],
    ['gone | gone', 'a', ['1 dead-pattern', '2 duplicate-pattern']],
    // the negation is overruled; without it the first line would be the duplicate
    ['*.js | !a.js | *.js', 'a.js b.js', ['2 useless-negation']],
    ['*.js | !a.js | !a.js', 'a.js b.js', ['3 duplicate-pattern']],
  ],
  negations: [
    ['* | !src', 'src/a b', []],
    ['* | !src/a', 'src/a src/b', []],
    ['!src | *', 'src/a', ['1 useless-negation']],
    ['* | !gone', 'a', ['2 useless-negation']],
    ['a/b | !a', 'a/b a/c', ['2 useless-negation']],
    ['lib | !lib/a | lib/*', 'lib/a lib/b', ['2 useless-negation']],
    ['lib/* | !lib/.gitkeep', 'lib/a', []],
    ['**/*.md | !README.md', 'README.md x.md', []],
    ['lib | !lib/*.js', 'lib/a.js lib/b', ['2 slow-negation']],
    ['lib | !lib/a/**', 'lib/a/x lib/b', []],
  ],
  'what Git would do': [
    ['node_modules', 'node_modules/a web/node_modules/b', ['1 git-style-pattern']],
    ['node_modules/', 'web/node_modules/b', ['1 git-style-pattern']],
    ['*.log', 'a.log web/b.log', ['1 git-style-pattern']],
    ['*.log | web', 'a.log web/b.log', []],
    ['*.log | **/*.log', 'a.log web/b.log', ['1 shadowed-pattern']],
    ['/*.log', 'a.log web/b.log', []],
    ['docs', 'docs/a src/docs/b', []],
    ['build', 'build/a src/build/b.ts', []],
    ['.env', '.env web/.env', ['1 git-style-pattern']],
    ['*', 'a x/b', []],
  ],
  'what is no comment': [
    ['lib # mine', 'lib/a', ['1 inline-comment']],
    ['lib # mine', '"lib # mine"', ['1 inline-comment']],
    [' # lib', 'lib/a', ['1 indented-comment']],
    ['// lib', 'lib/a', ['1 slash-comment']],
    ['//lib', 'lib/a', []],
    ['//gone', 'lib/a', ['1 slash-comment']],
    ['lib#1', 'lib#1', []],
  ],
  capitals: [
    ['Lib', 'lib/a', ['1 case-mismatch']],
    ['LIB/**', 'lib/a', ['1 case-mismatch']],
    ['lib | LIB', 'lib/a', ['2 dead-pattern']],
    ['*.md | !readme.md', 'README.md', ['2 case-mismatch']],
    ['[Ll]IB', 'lib/a', ['1 dead-pattern']],
  ],
  'broken ones': [
    ['* | a[b-a]c', 'x', ['2 broken-pattern-unreached']],
    ['* | \\cx*', 'x', ['2 broken-pattern-unreached']],
  ],
}

describe('the outcome of patterns', () => {
  for (const [title, rows] of Object.entries(ROWS)) {
    describe(title, () => {
      for (const [ignore, tree, findings] of rows) {
        it(`${ignore}  in  ${tree}  ->  ${findings.join(', ') || 'nothing'}`, () => {
          const example = {ignore: ignore.replaceAll(' | ', '\n'), tree: tree.split(' ')}
          assert.deepEqual(findPlaces(example, '.dockerignore'), findings)
        })
      }
    })
  }

  for (const [name, ignore] of Object.entries(TEMPLATES())) {
    it(`is left in peace in ${name}, whatever is not there yet`, () => {
      assert.deepEqual(
        findPlaces({ignore, tree: ['src/app.js', 'package.json', 'config/routes.rb']}, '.dockerignore'),
        [],
      )
    })
  }
})

/** Lists that people start from. */
function TEMPLATES(): Record<string, string> {
  return {
    'the list of docker init':
      '**/.classpath\n**/.dockerignore\n**/.env\n**/.git\n**/.gitignore\n**/.project\n**/.settings\n**/.toolstarget\n**/.vs\n**/.vscode\n**/*.*proj.user\n**/*.dbmdl\n**/*.jfm\n**/bin\n**/charts\n**/docker-compose*\n**/compose.y*ml\n**/Dockerfile*\n**/node_modules\n**/npm-debug.log\n**/obj\n**/secrets.dev.yaml\n**/values.dev.yaml\n**/build\n**/dist\nLICENSE\nREADME.md\n**/__pycache__\n**/.venv',
    'the list of Rails':
      '/.git/\n/.gitignore\n/.bundle\n/.env*\n/config/master.key\n/config/credentials/*.key\n/log/*\n!/log/.keep\n/tmp/*\n!/tmp/.keep\n/tmp/pids/*\n!/tmp/pids/.keep\n/storage/*\n!/storage/.keep\n/node_modules/\n/app/assets/builds/*\n!/app/assets/builds/.keep\n/public/assets\n/.github\n/.kamal\n/.devcontainer\n/.dockerignore\n/Dockerfile*',
    'a list for Node.js':
      'node_modules\nnpm-debug.log*\nyarn-error.log\n.next\nout\ncoverage\n.nyc_output\n.DS_Store\n*.pem\n.env*.local\n.vercel\n*.tsbuildinfo\n.idea\n.turbo\n.cache\n.eslintcache\n*.swp',
    'a list for Python':
      '__pycache__\n*.pyc\n*.py[cod]\n.Python\nenv\nvenv\n.venv\npip-log.txt\n.tox\n.coverage\n.coverage.*\n.cache\nnosetests.xml\ncoverage.xml\n*.cover\n*.log\n.git\n.mypy_cache\n.pytest_cache\n.hypothesis\n*.egg-info\ndb.sqlite3\n.ipynb_checkpoints',
  }
}
