import type {NamedBuild} from '../../../plan/named-build.js'

/** Builds that some file below DIR tells of, though nobody asked for that file. */
export interface ToldBuilds {
  /** Of compose files and development containers: called as they are called there. */
  named: NamedBuild[]
  /** Of workflows, whose steps are called after what they do. */
  ofWorkflows: NamedBuild[]
  /** Of files that a tool of its own runs, such as Skaffold or Jenkins. */
  ofTools: NamedBuild[]
  /** Of Makefiles, CI files, package scripts, shell scripts and a README: of a guess they say the context. */
  ofScripts: NamedBuild[]
}
