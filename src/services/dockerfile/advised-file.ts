import type {Rewrite} from '../../report/dockerfile-report.js'
import type {ProjectBuild} from '../project.js'

/** A Dockerfile with its rewrites, and the builds that they are proved for. */
export interface AdvisedFile {
  /** As the report names it. */
  file: string
  /** Absolute; null for standard input. */
  hostPath: string | null
  content: Uint8Array
  /** The content as text, without its byte-order mark. */
  text: string
  rewrites: readonly Rewrite[]
  builds: readonly ProjectBuild[]
  /** Builds of it that nobody asked for; the rewrites are proved for them, too. */
  witnesses: readonly ProjectBuild[]
  /** Finds the rewrites of another text of it that some rules propose, proved for the same builds. */
  rewritesOf(text: string, rules: ReadonlySet<string>): readonly Rewrite[]
}
