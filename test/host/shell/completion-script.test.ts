/** Completion of the direct command, in the shells themselves; only the key press is left out. */
import assert from 'node:assert/strict'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {createCompletionScript} from '../../../src/host/shell/completion-script.js'
import {hasProgram, runProgram} from '../../helpers/docker.js'
import {projectRoot} from '../../helpers/project.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

/** What each shell offers for the words, the last one unfinished. */
const CASES: [words: string[], expected: string[]][] = [
  [['con'], ['context']],
  [['hook', 'in'], ['install']],
  [['hook', 'install', 'do'], ['docker-build']],
  [['context', '--wr'], ['--write']],
  [['context', '--fail-on', 'w'], ['warning']],
  [['context', '--fail-on=w'], ['--fail-on=warning']],
  [['shell-init', 'f'], ['fish']],
  [['nonsense', 'pa'], []],
  [['context', 'su'], ['DIRECTORIES']],
  [['context', '--file', 'Dock'], ['FILES']],
]

/** Splits as readline does, for which "=" is a word. */
const splitForBash = (words: string[]): string[] => words.flatMap((word) => word.split(/(=)/).filter(Boolean))
const quote = (words: string[]): string => words.map((word) => `'${word}'`).join(' ')

/** Programs that print what is offered, one a line. */
const PROGRAMS: Record<string, (words: string[]) => string> = {
  bash: (words) => `
    compopt() { case "$*" in *dirnames*) echo DIRECTORIES ;; *) hasFiles=no ;; esac; }
    source ./script
    COMP_WORDS=(docker-slim-check ${quote(splitForBash(words))})
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    hasFiles=yes; offered=$(_docker_slim_check; [ -n "$hasFiles" ] && printf '%s\\n' "\${COMPREPLY[@]}" "files=$hasFiles")
    case $offered in
      DIRECTORIES*) echo DIRECTORIES ;;
      *files=yes) echo FILES ;;
      *) printf '%s\\n' "$offered" | grep -v files= | sed '/^$/d' ;;
    esac`,
  zsh: (words) => `
    _describe() { print -l -- "\${(@)\${(@P)3}%%:*}" }
    _files() { if [[ "$1" = -/ ]]; then print DIRECTORIES; else print FILES; fi }
    source ./script
    words=(docker-slim-check ${quote(words)}) CURRENT=$(( $#words ))
    _docker_slim_check | while read -r line; do case $line in ${words.at(-1)}*|FILES|DIRECTORIES) print -r -- $line ;; esac; done`,
  fish: (words) => `
    function __fish_complete_path; echo FILES; end
    function __fish_complete_directories; echo DIRECTORIES; end
    source ./script
    set -g line docker-slim-check ${quote(words)}
    function commandline; if test $argv[1] = -opc; printf '%s\\n' $line[1..-2]; else; echo $line[-1]; end; end
    __docker_slim_check_complete | string replace -r '\\t.*' ''`,
}

describe('completion of docker-slim-check', () => {
  let root: string

  before(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
    root = makeTemporaryDirectory()
    mkdirSync(path.join(root, 'bin'))
    const text = `#!/bin/sh\nexec '${process.execPath}' '${path.join(projectRoot, 'bin/run.js')}' "$@"\n`
    writeFileSync(path.join(root, 'bin/docker-slim-check'), text, {mode: 0o755})
    writeTree(root, {'sub/x': '', Dockerfile: ''})
  })
  after(() => {
    if (root) removeTree(root)
  })

  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    for (const [words, expected] of CASES) {
      it(`offers in ${shell}: ${words.join(' ')}`, function () {
        skipUnless(this, hasProgram(shell), `needs ${shell}`)
        writeFileSync(path.join(root, 'script'), `${createCompletionScript(shell).join('\n')}\n`)
        const env = {PATH: `${path.join(root, 'bin')}:${process.env.PATH}`, HOME: root, XDG_CONFIG_HOME: root}
        const {stdout, stderr} = runProgram(shell, ['-c', PROGRAMS[shell]!(words)], {cwd: root, env})
        const found = stdout.split('\n').filter((line) => line !== '')
        // Readline takes what stands behind the "=".
        const wanted = shell === 'bash' ? expected.map((word) => word.replace(/^--.*=/, '')) : expected
        assert.deepEqual(found, wanted, stderr)
      })
    }
  }
})
