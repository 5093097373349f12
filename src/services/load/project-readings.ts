import {listEvidence} from '../../advice/facts/evidence.js'
import {listWantedByRewrites} from '../../advice/rewrites/wanted-evidence.js'
import type {RewriteBuild} from '../../advice/suggest/find-rewrites.js'
import {createBeginningsReader} from '../../host/files/read-file.js'
import type {ProjectBuild} from '../project.js'
import {readOutside} from './read-outside.js'

/** The files that one run reads, each once: builds that share a context and its ignore file want the same. */
export class ProjectReadings {
  /** Beginnings of files of any context. */
  readonly readBeginnings = createBeginningsReader()
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
