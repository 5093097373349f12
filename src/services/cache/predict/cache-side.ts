import path from 'node:path'
import {ContextView} from '../../../build/cache/context-view.js'
import type {CacheBuild} from '../../../build/cache/simulate-build.js'
import type {BuildGraph} from '../../../build/graph/build-graph.js'
import type {Selection} from '../../../build/transfer/select-entries.js'
import {SlimCheckError} from '../../../errors.js'
import {createImageFinder, type ImageFacts} from '../../../languages/dockerfile/evaluate/names/image-facts.js'
import {splitPair} from '../../../languages/text/split-pair.js'
import type {BuildPlan} from '../../../plan/build-plan.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import {loadPlan} from '../../load/load-plan.js'
import type {Build, Context} from '../../project.js'
import type {DirectoryDigests} from './file-digests.js'

/** One build, as `docker build` would be told of it. */
export interface CacheSide {
  contextDir: string
  /** Relative to `contextDir`. Default: `Dockerfile`. */
  dockerfile?: string
  target?: string
  buildArgs?: Readonly<Record<string, string>>
  /** `os/architecture[/variant]`. Default: linux on this machine's architecture. */
  platform?: string
  /** Default: `default`. */
  networkMode?: 'default' | 'none' | 'host'
  noCache?: boolean
  /** Names of stages. */
  noCacheFilter?: readonly string[]
  /** What is known of base images, by name. One that is not known stands for itself. */
  images?: Readonly<Record<string, BaseImage>>
  /**
   * Where the engine keeps images: with `containerd`, or where BuildKit runs in a container, `COPY --link` is two steps.
   * Default: `classic`.
   */
  imageStore?: 'classic' | 'containerd'
  /** Named contexts: name to directory, relative to the working directory. */
  buildContexts?: Readonly<Record<string, string>>
}

/** What is known of a base image. What is left out is what an empty image has. */
export interface BaseImage {
  /** Anything that is equal for images of the same layers. */
  layers?: string
  /** Its variables, in order: `{NAME: 'value'}`, or `['NAME=value']` as Docker lists them. */
  env?: Readonly<Record<string, string>> | readonly string[]
  workingDir?: string
  user?: string
  shell?: readonly string[]
  /** The instructions of its ONBUILD. */
  onBuild?: readonly string[]
}

/** Loads the plan of a side. @throws SlimCheckError if Docker would not start the build */
export function loadSide(side: CacheSide): BuildPlan & {dockerfile: NonNullable<BuildPlan['dockerfile']>} {
  const {
    contextDir,
    dockerfile = 'Dockerfile',
    target,
    buildArgs,
    platform,
    buildContexts,
    images = {},
  } = side
  const plan = loadPlan({
    contextDir,
    dockerfile: path.join(contextDir, dockerfile),
    ...(target && {target}),
    ...(buildArgs && {buildArgs}),
    ...(platform && {platform}),
    ...(buildContexts && {buildContexts}),
    images: readImages(images),
  })
  const {dockerfile: loaded} = plan
  if (loaded === null) throw new SlimCheckError('dockerfile-not-found', {path: dockerfile})
  return {...plan, dockerfile: loaded}
}

function readImages(images: Readonly<Record<string, BaseImage>>): Record<string, Partial<ImageFacts>> {
  const read = Object.entries(images).map(([name, {env, workingDir, ...facts}]) => {
    const pairs = Array.isArray(env) ? env.map(splitPair) : Object.entries(env ?? {})
    const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '')
    return [
      name,
      {
        ...Object.fromEntries(known),
        env: pairs.map(([key, value]) => [key, value ?? '']),
        workingDir: workingDir || '/',
      },
    ]
  })
  return Object.fromEntries(read)
}

/** What the prediction needs of a side, but for its contexts. */
export function describeSide(graph: BuildGraph, side: CacheSide): Omit<CacheBuild, 'contexts'> {
  const {
    networkMode = 'default',
    noCache = false,
    noCacheFilter = [],
    buildArgs = {},
    images = {},
    imageStore = 'classic',
  } = side
  const filtered = new Set(noCacheFilter.map((name) => name.toLowerCase()))
  const findImage = createImageFinder(readImages(images))
  return {
    graph,
    settings: {networkMode, epoch: buildArgs.SOURCE_DATE_EPOCH || null},
    layersOf: (image, platform) => findImage(image)?.layers ?? `${image} ${platform}`,
    linksCopies: imageStore === 'containerd',
    ignoresCache: (stage) => noCache || (stage !== null && filtered.has(stage)),
  }
}

/** The contexts that a build sends, by name, null for the main one. @param digestsOf one for each directory */
export function viewContexts(
  {context, main, named}: Build,
  digestsOf: (hostPath: string, tree: FileTree) => DirectoryDigests,
): Map<string | null, ContextView> {
  const views = new Map<string | null, ContextView>()
  const view = ({tree, hostPath}: Context, selection: Selection) =>
    new ContextView(tree, selection, digestsOf(hostPath, tree))
  views.set(null, view(context, main.selection))
  for (const one of named) views.set(one.name, view(one.context, one.measured.selection))
  return views
}
