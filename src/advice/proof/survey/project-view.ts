import {listMatching} from '../../../build/graph/list-matching.js'
import {findFiles, type ProofInput, sourcesOf} from '../../../build/graph/proof-input.js'
import type {Timeline} from '../../../build/graph/timeline.js'
import {
  isWithin,
  joinPath,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../languages/text/container-path.js'
import type {ProjectView, SourceText} from '../consumers/consumption.js'
import {resolveIn} from '../consumers/needs.js'

/** Shows the files of a context as the actions of one image find them, as far as they were read. */
export function createProjectView(input: ProofInput, timeline: Timeline): ProjectView {
  return new ImageProject(input, timeline)
}

class ImageProject implements ProjectView {
  readonly context: object
  readonly lacksGit: boolean
  readonly imageName: string
  private readonly found = new Map<string, readonly SourceText[]>()

  constructor(
    private readonly input: ProofInput,
    private readonly timeline: Timeline,
  ) {
    this.context = input.tree
    this.lacksGit = lacksGit(timeline)
    this.imageName = timeline.imageName
  }

  read(directory: string, ...names: string[]): readonly SourceText[] {
    return names.flatMap((name) => {
      const path = resolveContainerPath(directory, name)
      const slash = path.lastIndexOf('/')
      return findFiles(this.input, this.timeline, path.slice(0, slash) || '/', path.slice(slash + 1)).flatMap(
        (one) => this.sourceOf(one),
      )
    })
  }

  readAll(directory: string, pattern: RegExp): readonly SourceText[] {
    // where the base image starts to work is not known: it may be anywhere
    const below = /^\/?\?(?:\/|$)/.test(directory) ? '/' : directory
    const key = `${directory} ${pattern}`
    const known = this.found.get(key)
    if (known !== undefined) return known
    const roots = new Set([...this.sourcesOf(directory), ...this.listPlacedBelow(below)])
    const listed = listMatching(this.input.evidence, pattern, [...roots])
    this.found.set(key, listed)
    return listed
  }

  readBelow(contextDirectory: string, pattern: RegExp): readonly SourceText[] {
    return listMatching(this.input.evidence, pattern, [contextDirectory])
  }

  textOf(contextPath: string): string | null {
    return this.input.evidence.get(contextPath) ?? null
  }

  has(contextPath: string): boolean {
    return contextPath === '' || this.input.tree.find(contextPath) >= 0
  }

  isFile(contextPath: string): boolean {
    const entry = this.input.tree.find(contextPath)
    return contextPath !== '' && entry >= 0 && !this.input.tree.isDirectory(entry)
  }

  findClosed(contextPath: string): string | null {
    const {tree} = this.input
    for (let at = contextPath; at !== ''; at = parentPath(at)) {
      const entry = tree.find(at)
      if (entry >= 0) return tree.isDirectory(entry) && tree.endOf(entry) === entry + 1 ? at : null
    }
    return null
  }

  sourcesOf(directory: string): readonly string[] {
    return sourcesOf(this.input, this.timeline, directory)
  }

  filesBelow(contextDirectory: string, pattern: RegExp): readonly string[] {
    const {tree} = this.input
    const root = contextDirectory === '' ? 0 : tree.find(contextDirectory)
    const end = contextDirectory === '' ? tree.length : root < 0 ? 0 : tree.endOf(root)
    const found: string[] = []
    for (let entry = Math.max(root, 0); entry < end; entry++) {
      if (tree.typeOf(entry) === 'file' && pattern.test(tree.nameOf(entry))) found.push(tree.pathOf(entry))
    }
    return found
  }

  basesOf(directory: string): readonly string[] {
    const placed = this.timeline.events.flatMap((event) =>
      event.kind !== 'arrival'
        ? []
        : event.placements.flatMap(({contextPath, containerPath}) =>
            containerPath !== null && parentPath(containerPath) === directory && this.isFile(contextPath)
              ? [parentPath(contextPath)]
              : [],
          ),
    )
    return [...new Set([...this.sourcesOf(directory), ...placed])]
  }

  guessSources(directory: string, name: string): readonly string[] {
    const path = resolveContainerPath(directory, name)
    const known = this.sourcesOf(path).filter((one) => one !== '')
    if (known.length > 0) return known
    const beside = name.startsWith('/') ? [] : this.basesOf(directory).map((base) => resolveIn(base, name))
    const found = beside.filter((one) => one !== '' && this.has(one))
    for (let at = parentPath(path); found.length === 0 && at !== '/' && at !== ''; at = parentPath(at)) {
      const bases = this.basesOf(at).map((base) => joinPath(base, relativeTo(at, path)))
      found.push(...bases.filter((one) => this.has(one)))
    }
    return found
  }

  /** What was put somewhere below a directory. */
  private listPlacedBelow(directory: string): string[] {
    return this.timeline.events.flatMap((event) => {
      if (event.kind === 'handover' && isWithin(event.destination, directory)) {
        return this.sourcesOf(resolveContainerPath('/', event.destination)).slice()
      }
      if (event.kind !== 'arrival') return []
      return event.placements.flatMap(({contextPath, containerPath}) =>
        containerPath === null || isWithin(containerPath, directory) ? [contextPath] : [],
      )
    })
  }

  private sourceOf(path: string): SourceText[] {
    const text = this.input.evidence.get(path)
    return text === undefined ? [] : [{path, text}]
  }
}

/** Small variants of images bring no git until it is installed. */
function lacksGit({imageName, events}: Timeline): boolean {
  return !installsGit(events) && isSmall(imageName)
}

function isSmall(imageName: string): boolean {
  const isNamed = ['alpine', 'slim', 'distroless', 'scratch', 'busybox'].some((word) =>
    imageName.includes(word),
  )
  return isNamed || /^(?:.*\/)?(?:nginx|httpd|caddy|redis|postgres|php)\b/.test(imageName)
}

function installsGit(events: Timeline['events']): boolean {
  return events.some(
    (event) =>
      event.kind === 'run' &&
      event.commands.some(({words}) =>
        words.some((word) => /^(?:git|git-lfs|build-essential-git)$/.test(word)),
      ),
  )
}
