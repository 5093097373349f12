/** Files that the settings of a server take in: an image whose base starts the server has no command that says so. */

import type {InstructionRef} from '../../../build/graph/timeline.js'
import {
  baseName,
  isWithin,
  joinPath,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../consumers/consumption.js'
import {resolveIn} from '../consumers/needs.js'
import {isCaught, matchLines} from '../consumers/text-lines.js'
import type {Image, SurveyedAction} from '../survey/survey.js'
import type {NamedFiles} from './named-files.js'

/** A file of the context where the image has it. */
interface PlacedSource {
  source: SourceText
  containerPath: string
  where: InstructionRef
}

const NGINX = '/etc/nginx'
const INCLUDE = /^[ \t]*include[ \t]+["']?([\w./-]+)["']?[ \t]*;/gm
/** What packages of nginx bring. */
const OF_NGINX =
  /(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf|fastcgi-php\.conf|snakeoil\.conf)$|\/(?:modules|modules-enabled|modules-available)\//

const PHP_SERVER =
  /(?:^|\/)php:[\w.-]*(?:apache|fpm)|(?:^|\/)(?:serversideup\/php|webdevops\/php|trafex\/php)/
const PHP_ROOTS = ['/var/www/html', '/app', '/var/www']
const REQUIRE =
  /^(?:\$\w+\s*=\s*|return\s+)?require(?:_once)?\s*\(?\s*(?:(?:__DIR__|dirname\(__FILE__\))\s*\.\s*["']\/([^"'\n$]+)["']|["'](?:\.\/)?([\w][^"'\n$]*)["'])/gm
const MAX_SOURCES = 60

/** Lists what nginx and PHP take in when the container starts, with the COPY that brought what asks for it. */
export function listServerIncludes(image: Image): NamedFiles[] {
  if (!image.timeline.isTarget) return []
  return [...listOfNginx(image), ...listOfPhp(image)]
}

function listOfNginx(image: Image): NamedFiles[] {
  return listPlaced(image, NGINX, /\.(?:conf|template|inc)$/).flatMap((one) => {
    const needs = matchLines(one.source.text, INCLUDE).flatMap(({match, line}): Need[] => {
      const containerPath = resolveContainerPath(NGINX, match[1]!)
      if (OF_NGINX.test(containerPath) || !isWithin(containerPath, NGINX)) return []
      const askedBy = {path: one.source.path, line, text: match[0].trim()}
      return findIncluded(one, containerPath, image.project).map(
        (contextPath): Need => ({contextPath, certainty: 'must', askedBy, containerPath, isOpened: true}),
      )
    })
    return needs.length === 0 ? [] : [{action: toAction(image, one.where, 'nginx'), needs}]
  })
}

/** The file of the context that is meant for a place, by its name. */
function findIncluded({source}: PlacedSource, containerPath: string, project: ProjectView): string[] {
  const tail = relativeTo(NGINX, containerPath)
  const name = baseName(tail)
  const own = parentPath(source.path)
  const names = [
    resolveIn(own, tail),
    resolveIn(own, name),
    resolveIn(parentPath(own), tail),
    tail,
    joinPath('nginx', tail),
  ]
  return names.filter((one) => project.isFile(one)).slice(0, 1)
}

function listOfPhp(image: Image): NamedFiles[] {
  const {timeline, project} = image
  if (!PHP_SERVER.test(timeline.imageName)) return []
  const pages = PHP_ROOTS.flatMap((root) =>
    listPlaced(image, root, /(?:^|\/)index\.php$/).filter(({containerPath}) =>
      ['index.php', 'public/index.php'].some((name) => containerPath === `${root}/${name}`),
    ),
  )
  return pages.flatMap(({source, containerPath, where}) => {
    const needs = listRequired(source, containerPath, project)
    return needs.length === 0 ? [] : [{action: toAction(image, where, 'php'), needs}]
  })
}

function listRequired(page: SourceText, place: string, project: ProjectView): Need[] {
  const places = new Map([[page.path, place]])
  const needs: Need[] = []
  for (const [path, own] of places) {
    if (places.size > MAX_SOURCES) break
    const text = project.textOf(path) ?? ''
    for (const {match, line} of matchLines(text, REQUIRE)) {
      const name = match[1] ?? match[2]!
      // a plain name is looked for beside the page first
      const isBeside = match[1] !== undefined
      const contextPath = resolveIn(parentPath(isBeside ? path : page.path), name)
      if (/(?:^|\/)vendor\//.test(contextPath) || contextPath.startsWith('..') || isCaught(text, line))
        continue
      const containerPath = resolveContainerPath(parentPath(isBeside ? own : place), name)
      const askedBy = {path, line, text: match[0].trim().slice(0, 60)}
      needs.push({contextPath, certainty: 'must', askedBy, containerPath, isOpened: true})
      if (project.isFile(contextPath)) places.set(contextPath, containerPath)
    }
  }
  return needs
}

/** The files that copies of the context put below a directory of the image. */
function listPlaced({timeline, project}: Image, directory: string, names: RegExp): PlacedSource[] {
  return timeline.events.flatMap((event) => {
    if (event.kind !== 'arrival' || event.isMount) return []
    return event.placements.flatMap(({contextPath, containerPath}) => {
      if (containerPath === null) return []
      return project.readBelow(contextPath, names).flatMap((source): PlacedSource[] => {
        const isSame = source.path === contextPath
        const rest = isSame ? '' : contextPath === '' ? source.path : relativeTo(contextPath, source.path)
        const place = rest === '' ? containerPath : resolveContainerPath(containerPath, rest)
        return isWithin(place, directory) ? [{source, containerPath: place, where: event.where}] : []
      })
    })
  })
}

/** The server that the base image starts, told as the COPY of what it reads. */
function toAction({timeline}: Image, where: InstructionRef, called: string): SurveyedAction {
  return {
    text: where.text,
    called: where.text,
    words: [called],
    program: 'COPY',
    directory: timeline.directory,
    env: new Map(),
    isCertain: true,
    where,
    at: timeline.events.length,
    isStart: true,
    use: null,
  }
}
