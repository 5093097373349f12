import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {type Consumer, firstUse, type GitUse, type Language, surely} from '../consumption.js'
import {findGitSign} from '../git-signs.js'
import {needsIn} from '../needs.js'

const INTERPRETERS: Readonly<Record<string, Language>> = {
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'javascript',
  mts: 'javascript',
  cts: 'javascript',
  tsx: 'javascript',
  rb: 'ruby',
  php: 'php',
}

/** `. "$(dirname "$0")/lib/common.sh"`, also by the variables that people give that directory. */
const BESIDE =
  /^[ \t]*(?:\.|source)\s+"?(?:\$\(dirname\s+(?:--\s+)?"?\$\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?"?\)|\$\{?(?:SCRIPT_?DIR|script_?dir|DIR|BASE_?DIR|HERE|here)\}?)"?\/([\w./-]+)/gm

/** A file of the project that is run: it is needed, and what it calls stands in it. */
export const consumeScript: Consumer = (action) => {
  const {script, program, unread} = action
  // what a step made, or the base image has: it sets variables
  if (script === undefined) return /^(?:\.|source)$/.test(program) && unread === undefined ? {} : null
  const language = languageOf(script.path, script.text)
  const isShell = language === 'shell'
  return {
    needs: [
      {contextPath: script.path, certainty: 'must', askedBy: null},
      ...(isShell
        ? needsIn(script, [
            {
              pattern: /^[ \t]*(?:\.|source)\s+["']?(?:\.\/)?([\w./-]+)["']?\s*(?:$|[;&|])/gm,
              certainty: 'must',
            },
            {pattern: BESIDE, certainty: 'must'},
          ])
        : []),
    ],
    git: readScript(action),
    // what a shell script starts is an action of its own
    runs: isShell || language === null ? [] : [language],
  }
}

/** What a Makefile calls, and when, its own consumer tells. */
function readScript({script, runsMake}: PlacedAction): GitUse | null {
  const sign = script === undefined || runsMake ? null : findGitSign(script)
  return (
    sign && surely(`${sign.path} calls ${/^git\b/.test(sign.found) ? 'git' : sign.found}`, {askedBy: sign})
  )
}

function languageOf(path: string, text: string): Language | null {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? ''
  if (Object.hasOwn(INTERPRETERS, extension)) return INTERPRETERS[extension]!
  const program = /^#!.*?\b(sh|bash|dash|ash|zsh|python|node|ruby|php|perl)/.exec(text)?.[1]
  if (program === undefined) return null
  return program === 'node'
    ? 'javascript'
    : program.endsWith('sh')
      ? 'shell'
      : program === 'python' || program === 'ruby' || program === 'php'
        ? program
        : 'other'
}

/** Git itself. */
export const consumeGit: Consumer = ({program, readsGit, text, makes, makesRepository}) => {
  if (readsGit) return {git: surely(`${text} reads the repository`)}
  return program === 'git' || makesRepository !== undefined ? {git: firstUse(null), ...(makes && {})} : null
}
