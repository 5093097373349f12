/** What the commands before one have made or changed, as far as their words tell. */

import {baseName} from '../../../languages/text/container-path.js'
import type {Need} from '../consumers/consumption.js'
import type {Image, SurveyedAction} from '../survey/survey.js'
import {timeOf} from './arrivals.js'
import {isBuiltBy, isOutput, isPackages} from './build-outputs.js'

/** Programs that name a file and do not write it. */
const READERS = new Set(
  'chmod chown chgrp ls cat test [ stat file head tail grep echo sha256sum node python python3 sh bash'.split(
    ' ',
  ),
)
/** What people write, and no build makes by itself. */
const SOURCE = /\.(?:dart|go|rs|java|kts?|scala|cs|fs|swift|hs|exs?|erl|c|cc|cpp|cxx|tsx?|vue|svelte|clj)$/
const GENERATED = /(?:^|\/)(?:gen|generated|pb|proto|stubs)(?:\/|$)|[._](?:g|pb|gen|generated)\.\w+$|\.d\.ts$/
const MAKEFILE = /(?:^|\/)(?:GNU)?[Mm]akefile$/
/** What brings or writes a Makefile of others. */
const FETCHERS =
  /^(?:git|tar|curl|wget|unzip|svn|hg|cmake|qmake\d?|autoreconf|(?:auto)?configure|perl|meson|premake\d?|python\d?)$/
/** Programs that write sources. */
const GENERATORS =
  /(?:^|[/:_-])(?:gen|generate|codegen|protoc|buf|prisma|swag|sqlc|wire|templ|ent|mockgen|gqlgen|orval|openapi|flatc|thrift|capnp|bindgen|build_runner|i18n|relay-compiler)(?:$|[:_.-])/i

const WRITES_FILES = /write|dump|save|create|copy|open\([^)\n]*["'][wax]|>\s*["']?[\w./$-]/i

/** The actions before the one of that number; of a start all that the image is made of. */
function listEarlier({actions}: Image, {isStart}: SurveyedAction, number: number): readonly SurveyedAction[] {
  return isStart ? actions.filter((other) => !other.isStart) : actions.slice(0, number)
}

/** Whether an earlier command makes a file, as far as its words tell. @param number of the action in its image */
export function isMadeBefore(image: Image, action: SurveyedAction, number: number, need: Need): boolean {
  const {contextPath, isImport} = need
  const earlier = listEarlier(image, action, number)
  return (
    (isImport === true && earlier.some(isGenerator)) ||
    (MAKEFILE.test(contextPath) && earlier.some(({program}) => FETCHERS.test(program))) ||
    isBuilt(earlier, contextPath) ||
    isWritten(image, action, contextPath)
  )
}

/** Whether a script that ran before names a file that another one opens, and writes files. */
export function isWrittenByScript(image: Image, action: SurveyedAction, number: number, need: Need): boolean {
  const name = baseName(need.contextPath)
  return listEarlier(image, action, number).some(
    ({script}) =>
      script !== undefined &&
      script.path !== need.askedBy?.path &&
      script.text.includes(name) &&
      WRITES_FILES.test(script.text),
  )
}

/** Whether a program that writes sources runs while an image is made, at the latest as a part of this action's step. */
export function hasGenerator({actions}: Image, action: SurveyedAction): boolean {
  return actions.some((other) => !other.isStart && other.at <= action.at && isGenerator(other))
}

function isGenerator({words}: SurveyedAction): boolean {
  return words.some((word) => GENERATORS.test(word))
}

/** Whether an earlier command builds into the directory around a path. */
function isBuilt(earlier: readonly SurveyedAction[], contextPath: string): boolean {
  if (!isOutput(contextPath)) return false
  const isSource = SOURCE.test(contextPath) && !GENERATED.test(contextPath) && !isPackages(contextPath)
  if (isSource && !earlier.some(({words}) => words.some((word) => /gen|proto/i.test(word)))) return false
  return earlier.some(({makes}) => makes?.some((step) => isBuiltBy(step, contextPath)))
}

/** Whether an earlier command names a file of that name, and may have written it. */
function isWritten({timeline}: Image, action: SurveyedAction, contextPath: string): boolean {
  const name = baseName(contextPath)
  return timeline.events
    .slice(0, timeOf(action))
    .some(
      (event) =>
        event.kind === 'run' &&
        !event.isStart &&
        event.commands.some(
          ({words}) =>
            !READERS.has((words[0] ?? '').replace(/^.*\//, '')) &&
            words.slice(1).some((word) => word === name || word.endsWith(`/${name}`)),
        ),
    )
}

/** Whether the step or an earlier one writes into a file: what it says here is not what the action reads. */
export function isEdited({timeline}: Image, action: SurveyedAction, contextPath: string): boolean {
  const name = baseName(contextPath)
  return timeline.events
    .slice(0, timeOf(action) + 1)
    .some(
      (event) =>
        event.kind === 'run' &&
        event.commands.some(
          ({words}) =>
            /(?:^|\/)(?:sed|perl)$/.test(words[0] ?? '') &&
            words.some((word) => /^-[a-z]*i/.test(word)) &&
            words.some((word) => word === name || word.endsWith(`/${name}`)),
        ),
    )
}
