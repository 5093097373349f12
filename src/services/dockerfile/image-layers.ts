import type {Rewrite} from '../../report/dockerfile-report.js'
import type {ImageAnalysis, ImageReport} from '../../report/image-report.js'
import {type ImageRequest, reportRequest, withRequest} from '../image/analyze-image.js'
import {loadDockerfile} from '../image/load-dockerfile.js'
import type {AdvisedFile} from './advised-file.js'

/** An image that was built from a Dockerfile, by the lines that made its layers. */
export class ImageLayers {
  constructor(
    /** As it was named. */
    readonly image: string,
    private readonly report: ImageReport,
  ) {}

  /** What a pull downloads for the layer that a line made; null where none is known. */
  pullBytesOf(line: number): number | null {
    const layer = this.report.layers.find((one) => one.line === line)
    return layer?.pullBytes ?? null
  }

  /** The rewrite with the bytes of files that its lines ship and that the image would not need. */
  weigh(rewrite: Rewrite): Rewrite {
    const imageBytes = rewrite.confidence === 'blocked' ? 0 : this.#bytesOf(rewrite)
    return imageBytes === 0 ? rewrite : {...rewrite, imageBytes}
  }

  /** A whole copy that is left out; else what one of the lines hides of another's. */
  #bytesOf({rule, line, endLine}: Rewrite): number {
    const {layers, hiddenPaths} = this.report
    const isOwn = (at: number) => {
      const {line: made} = layers[at]!
      return made !== null && made >= line && made <= endLine
    }
    if (rule === 'unused-stage-copy') {
      return sum(layers.filter(({index}) => isOwn(index)).map(({fileBytes}) => fileBytes))
    }
    const isShipped = (at: number) => isOwn(at) || (RECOPIES.has(rule) && layers[at]!.line === null)
    const hidden = hiddenPaths.filter((one) => isShipped(one.layer) && isOwn(one.hiddenByLayer))
    return sum(hidden.map(({bytes}) => bytes))
  }
}

/** What they copy again may come with the base image, whose lines nobody knows. */
const RECOPIES: ReadonlySet<string> = new Set(['recopied-tree', 'venv-copied-twice'])

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

/**
 * Reads an image, and finds the Dockerfile whose lines made its layers; null where none of them did.
 * @throws SlimCheckError for what is no image
 */
export async function loadImageLayers(
  source: string,
  files: readonly Pick<AdvisedFile, 'hostPath'>[],
): Promise<{hostPath: string; layers: ImageLayers} | null> {
  const request: ImageRequest = {source, verify: false, takesNames: true}
  return withRequest(request, (loaded) => {
    const found = files.flatMap(({hostPath}) => {
      if (hostPath === null) return []
      const dockerfile = loadDockerfile({dockerfile: hostPath})
      const report = firstOf(reportRequest(request, {...loaded, dockerfile}))
      const count = report?.layers.filter(({line}) => line !== null).length ?? 0
      return report === null || count === 0 ? [] : [{hostPath, report, count}]
    })
    const [best] = found.sort((one, other) => other.count - one.count)
    return best === undefined ? null : {hostPath: best.hostPath, layers: new ImageLayers(source, best.report)}
  })
}

function firstOf({images}: ImageAnalysis): ImageReport | null {
  return images[0] ?? null
}
