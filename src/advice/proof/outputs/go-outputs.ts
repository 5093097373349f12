import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {
  isWithin,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../languages/text/container-path.js'
import type {Image} from '../survey/survey.js'
import {listTaken} from './wanted-outputs.js'

/**
 * Says why `go build` does not prove that it makes a directory of programs again; null if it makes each that is taken.
 * @param landing where the directory lies in the image
 * @param makers the commands of the image that build
 */
export function checkGoOutput(
  images: readonly Image[],
  {image, landing}: {image: Image; landing: string},
  makers: readonly PlacedAction[],
): string | null {
  const made = makers.flatMap((action) => listGoOutputs(action))
  const taken = [...new Set([...listTaken(images, image, landing), ...listStarted(image, landing)])]
  if (taken.length === 0) return 'builds, and nothing names what is taken of it: is the rest used?'
  const unmade = taken.find((part) => {
    const path = resolveContainerPath(landing, part)
    return !made.some(
      (output) => output === path || (output.endsWith('/') && isWithin(path, output.slice(0, -1))),
    )
  })
  return unmade === undefined ? null : `does not write "${unmade}" there`
}

/** `-o bin/app`, and `-o bin/`: whatever is built lands in it. Without a name that is known, nothing. */
export function listGoOutputs({words, directory}: PlacedAction): string[] {
  return words.flatMap((word, at) => {
    const value = word === '-o' ? words[at + 1] : /^--?o=(.+)$/.exec(word)?.[1]
    if (value === undefined || /[$?*]/.test(value)) return []
    const path = resolveContainerPath(directory, value)
    return [value.endsWith('/') ? `${path}/` : path]
  })
}

/** Programs of the directory that a start runs. */
function listStarted({actions}: Image, landing: string): string[] {
  return actions.flatMap(({isStart, words, directory}) => {
    const path = resolveContainerPath(directory, words[0] ?? '')
    return isStart && parentPath(path) === landing ? [relativeTo(landing, path)] : []
  })
}
