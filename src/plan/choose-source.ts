/** Where builds are read from. */
export type BuildSource = 'compose' | 'bake' | 'workflow' | 'discovery'

/** What the user asked for. */
export interface AskedSources {
  compose: boolean
  bake: boolean
  workflows: boolean
  allDockerfiles: boolean
  /** Services or targets were named. */
  services: boolean
}

/** What the directory holds; asked only when it matters. */
export interface SourceFacts {
  hasRootDockerfile(): boolean
  /** A compose file is there, and builds something. */
  hasComposeBuilds(): boolean
  hasBakeFile(): boolean
}

/**
 * Chooses where the builds come from. What the user asked for wins. Without that a Dockerfile at the root is the one
 * build, as for `docker build .`; then come a compose file that builds something, a bake file, and a search for
 * Dockerfiles. Named services look for the files that have some.
 */
export function chooseSource(asked: AskedSources, facts: SourceFacts): BuildSource {
  if (asked.compose) return 'compose'
  if (asked.bake) return 'bake'
  if (asked.workflows) return 'workflow'
  if (asked.allDockerfiles) return 'discovery'
  if (!asked.services && facts.hasRootDockerfile()) return 'discovery'
  if (facts.hasComposeBuilds()) return 'compose'
  return facts.hasBakeFile() ? 'bake' : 'discovery'
}
