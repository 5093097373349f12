import {SlimCheckError} from '../../errors.js'
import {openArchive} from '../../host/archive/image/open-archive.js'
import type {ImageAnalysis} from '../../report/image-report.js'
import {contentsOf} from './compare-contents.js'
import {loadImages} from './load-images.js'
import {reportImage} from './report-image.js'

/** What `analyzeImage` is asked. */
export interface AnalyzeImageOptions {
  /** The path of an archive or of an unpacked directory. */
  source: string
  /** Reports the images of all platforms. */
  allPlatforms?: boolean
  /** `OS/ARCHITECTURE[/VARIANT]`; default: this machine's if it is there, else the archive's first. */
  platform?: string
  /** Compares every digest and diff id; default: true. Else only headers are read where that is possible. */
  verify?: boolean
}

/**
 * Analyses the images of an archive.
 * @throws SlimCheckError for what is no image, and for one that contradicts itself
 */
export async function analyzeImage(options: AnalyzeImageOptions): Promise<ImageAnalysis> {
  // Scripts may be in plain JavaScript.
  if (typeof options?.source !== 'string' || options.source === '')
    throw new SlimCheckError('bad-option', {
      name: 'source',
      wanted: 'the path of an archive',
      type: 'AnalyzeImageOptions',
    })
  const {source, platform, allPlatforms = false, verify = true} = options
  const loaded = await loadImages(source, (verifies) => openArchive(source, verifies), {
    platform,
    allPlatforms,
    verify,
  })
  try {
    return {
      source,
      images: loaded.images.map((image) => reportImage(image, contentsOf(loaded.archive, image, verify))),
      absentPlatforms: loaded.absentPlatforms,
      isVerified: verify,
    }
  } finally {
    loaded.archive.close()
  }
}
