import {shortImageName} from './image-name.js'

/** What an image sets for the stages that are made from it. */
export interface ImageFacts {
  /** In order. */
  env: readonly (readonly [name: string, value: string])[]
  workingDir: string
  /** Null: root. */
  user: string | null
  /** Null: the default. */
  shell: readonly string[] | null
  /** Instructions, as ONBUILD has them. */
  onBuild: readonly string[]
  /** Equal for images of the same layers; null where they are not known. */
  layers: string | null
}

/** Of `scratch`. */
export const EMPTY_IMAGE: ImageFacts = {
  env: [],
  workingDir: '/',
  user: null,
  shell: null,
  onBuild: [],
  layers: null,
}

/** Finds what is known of an image by any spelling of its name; what is left out is what an empty image has. */
export function createImageFinder(
  images: Readonly<Record<string, Partial<ImageFacts>>>,
): (name: string) => ImageFacts | null {
  const known = new Map(Object.entries(images).map(([name, facts]) => [shortImageName(name) ?? name, facts]))
  return (name) => {
    const facts = known.get(shortImageName(name) ?? name)
    return facts ? {...EMPTY_IMAGE, ...facts} : null
  }
}
