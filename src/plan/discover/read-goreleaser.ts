import path from 'node:path'
import {childOf, type DocumentNode, itemsAt, wordAt} from '../../languages/documents/document-node.js'
import {parseYamlQuietly} from '../../languages/documents/parse-yaml.js'
import type {Location} from '../../languages/text/range.js'

/** An image that GoReleaser builds: its context holds the binaries and what is listed, nothing else. */
export interface ReleaserBuild {
  /** Absolute. */
  dockerfilePath: string
  /** Files and directories of the context, relative to the repository. */
  extraFiles: readonly string[]
  place: Location
}

/** Reads the images of a `.goreleaser.yaml`; those whose Dockerfile a template names are left out. @param file absolute */
export function readGoReleaser(text: string, file: string): ReleaserBuild[] {
  const images = parseYamlQuietly(text, file).flatMap((root) => [
    ...itemsAt(root, 'dockers'),
    ...itemsAt(root, 'dockers_v2'),
  ])
  return images.flatMap((image) => {
    const dockerfile = wordAt(image, 'dockerfile') ?? 'Dockerfile'
    if (dockerfile.includes('{{') || !KEYS.some((key) => childOf(image, key) !== undefined)) return []
    return [
      {
        dockerfilePath: path.resolve(path.dirname(file), dockerfile),
        extraFiles: listExtraFiles(image),
        place: image.place,
      },
    ]
  })
}

/** An item with none of these says nothing of an image. */
const KEYS = ['image_templates', 'images', 'dockerfile']

function listExtraFiles(image: DocumentNode): string[] {
  return itemsAt(image, 'extra_files')
    .flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
    .map((one) => one.replace(/^\.\//, '').replace(/\/$/, ''))
    .filter((one) => one !== '')
}
