import {readShell} from '../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import {describeFinalImage} from './final-image.js'
import type {RewriteFacts} from './rewrite-facts.js'
import {findStart} from './start-command.js'

/** A shell script of the context that a container starts. */
export interface StartScript {
  path: string
  text: string
  /** Their ranges are of the script. */
  commands: readonly ShellCommand[]
}

/** Finds the script that ENTRYPOINT or CMD starts; null where it is no shell script of the context. */
export function findStartScript(facts: RewriteFacts): StartScript | null {
  const start = findStart(facts.graph)
  const words = start?.commands.at(-1)?.words ?? []
  const named = words.find(
    (word, index) =>
      /[/.]/.test(word) &&
      (index === 0 || /(?:^|\/)(?:ba|da|a)?sh$|tini$|dumb-init$|^--$/.test(words[index - 1] ?? '')),
  )
  if (start === null || named === undefined) return null
  const {steps, directory} = describeFinalImage(facts.graph)
  const place = resolveContainerPath(directory, named)
  const path = steps
    .toReversed()
    .map((step) => facts.sourceOf(step, place))
    .find((one) => one !== null)
  const text = path === undefined || path === null ? undefined : facts.evidence.get(path)
  if (
    path === undefined ||
    path === null ||
    text === undefined ||
    !/^#!\s*\S*(?:\/env\s+)?\S*\b(?:ba|da|a)?sh\b/.test(text)
  )
    return null
  return {path, text, commands: readShell(text, {directory})}
}

/** 1-based. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
