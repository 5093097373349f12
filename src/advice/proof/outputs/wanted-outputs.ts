import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {isWithin, relativeTo, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {Image} from '../survey/survey.js'

/** What a build tool makes only if it is told so: parts of its output, by kind, and the words that ask for them. */
interface Output {
  part: RegExp
  asks(words: readonly string[]): boolean
}

const isReleased = (words: readonly string[]) =>
  words.some((word) => /^(?:--release|-r|--profile=\w*release\w*|--profile|install)$/.test(word))

const OUTPUTS: Readonly<Record<string, readonly Output[]>> = {
  'rust-target': [
    {part: /(?:^|\/)release(?:\/|$)/, asks: isReleased},
    {part: /(?:^|\/)debug(?:\/|$)/, asks: (words) => !isReleased(words)},
  ],
  'maven-target': [
    {
      part: /\.[jwe]ar$|^\*/,
      asks: (words) => words.some((word) => /^(?:package|verify|install|deploy|.+:.+)$/.test(word)),
    },
  ],
  'gradle-build': [
    {
      part: /(?:^|\/)(?:libs|distributions|install)(?:\/|$)/,
      asks: (words) =>
        words.some((word) =>
          /(?:^|:)(?:build|assemble|\w*[jJ]ar|\w*[wW]ar|install\w*|dist\w+|publish\w*)$/.test(word),
        ),
    },
  ],
  'dotnet-bin': [
    {
      part: /(?:^|\/)Release(?:\/|$)/i,
      asks: (words) => words.some((word) => /^(?:Release|publish|pack|.*[=:]Release)$/i.test(word)),
    },
  ],
}

/**
 * Finds what is taken of a build tool's output that none of the commands makes: it would be that of this machine.
 * @param landing where the output lies in the image
 * @param makers the commands that make the output
 * @returns the part, as it is named; null where each is made
 */
export function findUnmadeOutput(
  images: readonly Image[],
  {image, landing, kind}: {image: Image; landing: string; kind: string},
  makers: readonly PlacedAction[],
): string | null {
  const outputs = Object.hasOwn(OUTPUTS, kind) ? OUTPUTS[kind]! : []
  if (outputs.length === 0) return null
  for (const part of listTaken(images, image, landing)) {
    const wanted = outputs.filter((one) => one.part.test(part))
    if (wanted.some(({asks}) => !makers.some(({words}) => asks(words)))) return part
  }
  return null
}

/** The parts that other images take, and that commands of this one name. */
export function listTaken(images: readonly Image[], image: Image, landing: string): string[] {
  const {stageIndex, events} = image.timeline
  const handed = images.flatMap(({timeline}) =>
    timeline.events.flatMap((event) =>
      event.kind === 'handover' && event.stageIndex === stageIndex ? event.sources : [],
    ),
  )
  const named = events.flatMap((event) =>
    event.kind === 'run'
      ? event.commands.flatMap(({words, directory}) =>
          words.slice(1).map((word) => resolveContainerPath(directory, word)),
        )
      : [],
  )
  return [...handed, ...named]
    .filter((path) => path !== landing && isWithin(path, landing))
    .map((path) => relativeTo(landing, path))
}
