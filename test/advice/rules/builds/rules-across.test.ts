import assert from 'node:assert/strict'
import type {AcrossFacts, BuildFacts} from '../../../../src/advice/rules/builds/define-rule-across.js'
import {findProblemsAcross} from '../../../../src/advice/rules/builds/find-problems-across.js'

const MB = 1_000_000

/** `NAME CONTEXT IGNORE_FILE BYTES ELIGIBLE_BYTES PATHS`, paths separated by commas, `*` for all, `-` for none. */
function readBuild(line: string): BuildFacts {
  const [name = '', contextPath = '', ignoreFile = '', bytes = '', eligible = '', paths = ''] =
    line.split(' ')
  return {
    name,
    contextPath: contextPath === '.' ? '' : contextPath,
    ignoreFile,
    usesContext: paths !== '-',
    requestedPaths: paths === '*' || paths === '-' ? null : paths.split(','),
    before: createSizes(Number(bytes)),
    eligible: createSizes(Number(eligible)),
  }
}

function createSizes(transferBytes: number): BuildFacts['before'] {
  return {entryCount: 1, fileCount: 1, fileBytes: 1, transferBytes, rebuildTransferBytes: 1}
}

function find(lines: readonly string[], failed: AcrossFacts['failed'] = []): string[] {
  return findProblemsAcross({plans: lines.map(readBuild), failed}).map(
    ({rule, message}) => `${rule}: ${message}`,
  )
}

describe('rules about several builds', () => {
  const rows: [title: string, builds: string[], found: RegExp[]][] = [
    [
      'the same of the same context is sent twice',
      [`api . .dockerignore ${5 * MB} ${5 * MB} *`, `web . .dockerignore ${5 * MB} ${5 * MB} *`],
      [/^repeated-transfer: "api" and "web" each send the same 5,000,000 bytes.* save 5,000,000 bytes$/],
    ],
    [
      'three share, in the order in which they come',
      ['c', 'a', 'b'].map((name) => `${name} . .dockerignore ${MB} ${MB} src`),
      [/^repeated-transfer: "c", "a" and "b" .* save 2,000,000 bytes$/],
    ],
    ['other contexts', [`api api/ .dockerignore ${MB} ${MB} *`, `web web/ .dockerignore ${MB} ${MB} *`], []],
    ['other ignore files', [`api . .dockerignore ${MB} ${MB} *`, `web . web.dockerignore ${MB} ${MB} *`], []],
    ['other requests', [`api . .dockerignore ${MB} ${MB} src`, `web . .dockerignore ${MB} ${MB} lib`], []],
    [
      'a transfer not worth a word',
      ['api . .dockerignore 999999 999999 *', 'web . .dockerignore 999999 999999 *'],
      [],
    ],
    ['nothing is sent', ['api . .dockerignore 0 0 -', 'web . .dockerignore 0 0 -'], []],
    [
      'a whole repository for one folder',
      [`api . .dockerignore ${MB} ${50 * MB} api/src,api/package.json`, `web . .dockerignore 10 ${MB} *`],
      [
        /^oversized-context: the build "api" only needs files in "api", 1,000,000 bytes of a context of 50,000,000$/,
      ],
    ],
    [
      'folders without a common one, a wildcard, a file at the root',
      [
        `a . .dockerignore 10 ${50 * MB} api/src,lib`,
        `b . .dockerignore 10 ${50 * MB} */package.json`,
        `c . .dockerignore 10 ${50 * MB} package.json`,
      ],
      [],
    ],
    ['one build alone', [`api . .dockerignore ${MB} ${50 * MB} api/src`], []],
  ]
  for (const [title, builds, patterns] of rows) {
    it(title, () => {
      const found = find(builds)
      assert.equal(found.length, patterns.length, found.join('\n'))
      for (const [number, pattern] of patterns.entries()) assert.match(found[number]!, pattern)
    })
  }

  it('tells of ignore files that no build reads, also where there is one build', () => {
    const [finding] = findProblemsAcross({
      plans: [readBuild('web web - 1 1 *')],
      failed: [],
      unusedIgnoreFiles: ['.dockerignore'],
    })
    assert.equal(finding?.rule, 'unused-ignore-file')
    assert.equal(finding.message, 'no build reads ".dockerignore": the context is "web"')
    assert.equal(finding.fix, 'Move its lines into the ".dockerignore" of "web"')
  })

  it('tells which build cannot start, and where', () => {
    const failed = [{name: 'web', message: 'unknown instruction: RUM', file: 'web/Dockerfile', line: 3}]
    const [finding] = findProblemsAcross({plans: [readBuild('api . .dockerignore 1 1 *')], failed})
    assert.deepEqual(finding, {
      rule: 'broken-build',
      severity: 'error',
      message: 'the build "web" cannot start: unknown instruction: RUM',
      file: 'web/Dockerfile',
      line: 3,
      plan: 'web',
    })
  })
})
