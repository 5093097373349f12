/** Files that a program of Go opens when it is started: what it does not embed must lie beside it. */

import {rememberReadings} from '../../../../languages/sources/remember-readings.js'
import {parentPath, resolveContainerPath} from '../../../../languages/text/container-path.js'
import {quoteCode} from '../../../../languages/text/quote.js'
import type {Need, ProjectView} from '../consumption.js'
import {resolveIn} from '../needs.js'
import {rememberBySources} from '../remember-by-sources.js'
import {matchLines} from '../text-lines.js'

const TEMPLATES = /\b(?:LoadHTMLGlob|LoadHTMLFiles|ParseGlob|ParseFiles)\(\s*"([^"\n]+)"/g
const MIGRATIONS = /["`]file:\/\/(?:\.\/)?([\w][\w./-]*)["`]/g
const ASIDE = /_test\.go$|(?:^|\/)(?:vendor|testdata|examples?|hack|tools?)\//

/** The paths that programs open, in the sources that may be theirs. */
const findOpened = rememberBySources((sources) =>
  sources
    .filter(({path}) => !ASIDE.test(path))
    .flatMap(({path, text}) => readOpened(text).map((opened) => ({path, ...opened}))),
)

const readOpened = rememberReadings((text) => [
  ...(/\b(?:LoadHTML|Parse)(?:Glob|Files)\(/.test(text) ? matchLines(text, TEMPLATES) : []),
  ...(text.includes('golang-migrate') ? matchLines(text, MIGRATIONS) : []),
])

/** Where a base image that says nothing starts to work is the root in all the small ones. */
const UNKNOWN = /^\/?\?/

/** @param workDirectory where the program starts @param module the directory in the image that it was built in */
export function listGoFiles(workDirectory: string, module: string, project: ProjectView): Need[] {
  const bases = project.read(module, 'go.mod').map(({path}) => parentPath(path))
  const opened = findOpened(project.readAll(module, /\.go$/))
  return bases.flatMap((base) =>
    opened.flatMap(({path, match, line, content}): Need[] => {
      const name = match[1]!.replace(/\/?[^/]*\*.*$/, '')
      if (!/^[\w][\w./-]*$/.test(name) || /^\s*\/\//.test(content)) return []
      const askedBy = {path, line, text: quoteCode(match[0])}
      const containerPath = resolveContainerPath(UNKNOWN.test(workDirectory) ? '/' : workDirectory, name)
      return [{contextPath: resolveIn(base, name), certainty: 'must', askedBy, containerPath, isOpened: true}]
    }),
  )
}
