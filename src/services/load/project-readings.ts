import {listEvidence} from '../../advice/facts/evidence.js'
import {listWantedByRewrites} from '../../advice/rewrites/wanted-evidence.js'
import type {RewriteBuild} from '../../advice/suggest/find-rewrites.js'
import {createProjectFiles} from '../../host/files/create-project-files.js'
import {createBeginningsReader} from '../../host/files/read-file.js'
import type {WalkResult} from '../../tree/walk/walk.js'
import type {Context, GitFacts, ProjectBuild} from '../project.js'
import {Evaluations} from './evaluate-content.js'
import {readOutside} from './read-outside.js'

/**
 * What one run reads, each once: several questions about a project, and builds that share a context and its ignore file,
 * want the same. A later change on disk is not seen.
 */
export class ProjectReadings {
  /** Files that define builds. */
  readonly files = createProjectFiles()
  /** Walks, by what decides them. */
  readonly walks = new Map<string, WalkResult>()
  readonly evaluations = new Evaluations()
  /** Beginnings of files of any context. */
  readonly readBeginnings = createBeginningsReader()
  /** What Git knows of contexts. */
  readonly git = new Map<Context, GitFacts>()
  readonly #forRewrites = new Map<string, Pick<RewriteBuild, 'evidence' | 'outside'>>()

  /** What the rules of rewrites want to know of a build's context, and of what says how images are built. */
  forRewrites({plan, context}: ProjectBuild): Pick<RewriteBuild, 'evidence' | 'outside'> {
    const {tree, hostPath} = context
    const {ignoreFile} = plan.context
    const key = JSON.stringify([hostPath, ignoreFile?.path ?? null])
    const known = this.#forRewrites.get(key)
    if (known !== undefined) return known
    const wanted = listEvidence(tree, listWantedByRewrites(), ignoreFile?.rules ?? null)
    const read = {evidence: this.readBeginnings(hostPath, wanted), outside: readOutside(hostPath)}
    this.#forRewrites.set(key, read)
    return read
  }
}
