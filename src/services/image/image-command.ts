import {findContents} from '../../advice/facts/image/image-contents.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {buildImageSizeTree} from '../../measure/image/build-image-size-tree.js'
import {
  IMAGE_BUDGET_NAMES,
  type ImageAnalysis,
  type ImageLimits,
  type ImageReport,
} from '../../report/image-report.js'
import type {SizeNode} from '../../report/size-node.js'
import {loadConfig} from '../load/load-config.js'
import {type ImageRequest, reportRequest, withRequest} from './analyze-image.js'
import type {LoadedImage} from './load/load-images.js'

/** Which trees of sizes are wanted besides. */
export interface WantedTrees {
  /** Of what the first image shows in the end. */
  image: boolean
  /** Of these layers of the first image, 0-based; `all`: of each. */
  layers: readonly number[] | 'all'
  /** Of each image: all its layers under one root. */
  pictures: boolean
}

export interface ImageAnswer {
  analysis: ImageAnalysis
  trees: {title: string; tree: SizeNode}[]
  pictures: SizeNode[]
  settings: Settings
}

/** A request whose limits are those of the command line. @param configFile instead of a search */
export interface CommandRequest extends ImageRequest {
  configFile?: string
}

/** Analyses images for the command. @throws SlimCheckError as `analyzeImage` does, and for a configuration that is none */
export async function analyzeForCommand(given: CommandRequest, wanted: WantedTrees): Promise<ImageAnswer> {
  const {settings} = await loadConfig({
    contextDir: given.contextDir ?? '.',
    ...(given.configFile !== undefined && {file: given.configFile}),
  })
  const request = {...given, rules: settings.rules, limits: chooseLimits(given, settings)}
  return withRequest({...request, takesNames: true}, (loaded) => {
    const analysis = reportRequest(request, loaded)
    const {images} = loaded.main
    const isDrawn = wanted.pictures || settings.format === 'html'
    return {
      analysis,
      trees: images.length === 0 ? [] : listTrees(images[0]!, analysis.images[0]!, wanted),
      pictures: isDrawn ? images.map((image, at) => drawLayers(image, analysis.images[at]!)) : [],
      settings,
    }
  })
}

/** Flags win; a deploy that nothing is compared with is not judged by the configuration. */
function chooseLimits({limits = {}, to, deployed}: ImageRequest, {image}: Settings): ImageLimits {
  const {'max-deploy': maxDeploy, ...others} = image ?? {}
  const isCompared = to !== undefined || deployed !== undefined
  const configured: ImageLimits = isCompared && maxDeploy ? {...others, 'max-deploy': maxDeploy} : others
  const own = IMAGE_BUDGET_NAMES.filter((name) => limits[name] !== undefined)
  return {...configured, ...Object.fromEntries(own.map((name) => [name, limits[name]]))}
}

function listTrees(image: LoadedImage, report: ImageReport, wanted: WantedTrees): ImageAnswer['trees'] {
  const layers = wanted.layers === 'all' ? report.layers.map(({index}) => index) : wanted.layers
  const missing = layers.find((index) => report.layers[index] === undefined)
  if (missing !== undefined) {
    const message = `--layer ${missing + 1}: the image has ${report.layers.length} layers`
    throw new SlimCheckError('bad-flag', {message, nextStep: 'The lowest layer is 1'})
  }
  if (!wanted.image && layers.length === 0) return []
  const contents = findContents(image.stack, () => null)
  const draw = (title: string, layer: number | null, bytes: number): ImageAnswer['trees'][number] => {
    return {title, tree: buildImageSizeTree(image.stack, contents, layer, bytes)}
  }
  const parts = layers.map((index) => {
    const {fileBytes, step} = report.layers[index]!
    return draw(`Layer ${index + 1}  ${(step ?? '').replace(/\s+/g, ' ')}`.trimEnd(), index, fileBytes)
  })
  return wanted.image ? [draw('What the image shows', null, report.fileBytes), ...parts] : parts
}

/** All layers side by side; the largest first, as a picture has them. */
function drawLayers(image: LoadedImage, report: ImageReport): SizeNode {
  const contents = findContents(image.stack, () => null)
  const children = report.layers
    .map(({index, step}) => {
      const tree = buildImageSizeTree(image.stack, contents, index, report.unpackedBytes)
      const name = `layer ${index + 1}  ${step ?? ''}`
      return {...tree, name, path: name, isDirectory: false}
    })
    .filter(({transferBytes}) => transferBytes > 0)
    .sort((one, other) => other.transferBytes - one.transferBytes)
  return {
    name: '',
    path: '',
    kind: 'other',
    title: '',
    isDirectory: true,
    fileCount: children.reduce((sum, {fileCount}) => sum + fileCount, 0),
    transferBytes: report.unpackedBytes,
    leavingFileCount: children.reduce((sum, node) => sum + node.leavingFileCount, 0),
    leavingBytes: report.hiddenBytes,
    children,
  }
}
