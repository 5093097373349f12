/**
 * Packages and build output that only one language's programs can read, in an image that has none of them. It proves
 * nothing by itself: only together with another build of the context that makes or names the path.
 */

import {findMention} from '../../build/graph/find-mention.js'
import {namesPath} from '../../build/graph/names-path.js'
import type {StageEvent} from '../../build/graph/timeline.js'
import {isWithin, parentPath} from '../../languages/text/container-path.js'
import type {Candidate} from './candidate.js'
import type {Image} from './find-producer.js'

interface Language {
  /** What a step says that brings one of its programs, or calls it. */
  sign: RegExp
  /** The images that are made for it. */
  images: RegExp
}

const JAVASCRIPT: Language = {
  sign: /node|npm|npx|yarn|\bbunx?\b|deno|corepack|nvm|volta|fnm|\bnext\b|nuxt|svelte/i,
  images: /^(?:node|bun|deno)$/,
}
const PYTHON: Language = {
  sign: /python|\bpip|conda|mamba|\buv\b|uvx|poetry|pdm|pixi|pyenv|venv|\bpy\d?\b/i,
  images: /^(?:python|uv|distroless\/python3.*)$/,
}

/** Kinds of no use but to their own language. Not `dist`, `build` or `out`: any web server can serve those. */
const READERS: Readonly<Record<string, Language>> = {
  'npm-packages': JAVASCRIPT,
  'next-build': JAVASCRIPT,
  'nuxt-build': JAVASCRIPT,
  'svelte-kit-build': JAVASCRIPT,
  'python-virtualenv': PYTHON,
}

/** Images, by the last part of their name, that bring no language but their own. Not web servers: they serve anything. */
const KNOWN_IMAGES =
  /^(?:alpine|debian|ubuntu|busybox|scratch|node|bun|deno|python|uv|golang|rust|eclipse-temurin|distroless\/(?:static|base|base-nossl|cc|python3|java)(?:-\w+)*)$/

/**
 * Tells whether nothing in the images of a build can use a path that a copy carries along.
 * @param landings where it comes to lie; null where that is not known
 */
export function isOfNoUse(
  images: readonly Image[],
  {path, entry}: Candidate,
  landings: readonly (string | null)[],
): boolean {
  const language = READERS[entry?.kind ?? '']
  const owner = parentPath(path)
  if (language === undefined || owner === '') return false
  const projects = landings.map((landing) => landing && parentPath(landing))
  for (const image of images) {
    if (!isWithout(image, language)) return false
    for (const project of projects) {
      if (project === null || project === '/' || speaksOf(image, project, owner)) return false
    }
  }
  return true
}

/** Tells whether an image is known to hold no program of a language. */
function isWithout({timeline, actions}: Image, {sign, images}: Language): boolean {
  const name = lastPartOf(timeline.imageName)
  if (!KNOWN_IMAGES.test(name) || images.test(name)) return false
  if (timeline.events.some((event) => textsOf(event).some((text) => sign.test(text)))) return false
  return actions.every(({unread, script}) => unread === undefined && !sign.test(script?.text ?? ''))
}

/** What an instruction says, apart from the paths of the context that it copies. */
function textsOf(event: StageEvent): readonly string[] {
  switch (event.kind) {
    case 'arrival':
      return []
    case 'handover':
      return [event.where.text]
    case 'setting':
      return event.values
    case 'run':
      return event.commands.flatMap(({words, env}) => [...words, ...env.values()])
  }
}

/** Tells whether an instruction names the project that a path belongs to, or works in it. */
function speaksOf({timeline}: Image, project: string, owner: string): boolean {
  if (findMention(timeline, project) !== null) return true
  return timeline.events.some((event) => {
    if (event.kind === 'arrival') return namesPath(event.where.text, owner)
    if (event.kind === 'handover') return event.sources.some((source) => isWithin(source, project))
    return event.kind === 'run' && event.commands.some(({directory}) => isWithin(directory, project))
  })
}

/** `gcr.io/distroless/static-debian12:nonroot` is `distroless/static-debian12`, `docker.io/library/python:3` is `python`. */
function lastPartOf(imageName: string): string {
  const bare = imageName.replace(/@.*$/s, '').replace(/:[^:/]*$/, '')
  return /(?:^|\/)((?:distroless\/)?[^/]+)$/.exec(bare)?.[1] ?? bare
}
