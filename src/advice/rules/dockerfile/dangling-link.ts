import {type Placement, relate, traceBack} from '../../../build/graph/placements.js'
import {createProofInput} from '../../../build/graph/proof-input.js'
import type {StageEvent, Timeline} from '../../../build/graph/timeline.js'
import {baseName, isWithin, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {sentence} from '../../../languages/text/sentence.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import {linkTargetOf} from '../../../tree/model/tree-link-reader.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule, type Hit} from '../define-rule.js'

type State = 'ignored' | 'not-copied' | 'outside' | 'of-this-machine'

interface Data {
  copy: string
  link: string
  /** In the context; as the link says where it leads out of that. */
  target: string
  state: State
  /** Others of the same COPY. */
  others: number
}

type Arrival = StageEvent & {kind: 'arrival'}

/** What builds and installs make: a link to it may lead somewhere later. */
const MADE =
  /(?:^|\/)(?:node_modules|vendor|dist|build|out|target|\.venv|venv|__pycache__|deps|_build)(?:\/|$)/
/** Nobody's program reads these. */
const PAGES = /(?:\.(?:md|mdx|rst|txt|adoc)|(?:^|\/)(?:LICENSE|NOTICE|COPYING)[\w.-]*)$/i

/** Directories of people; those of the usual users of images may be there. */
const OF_PEOPLE =
  /^\/(?:Users|Volumes)\/|^\/home\/(?!(?:node|app|appuser|user|ubuntu|vscode|coder|gitpod|jovyan|runner|www-data|linuxbrew)\/)[^/]+\//

const GAPS: Readonly<Record<State, string>> = {
  ignored: 'which the ignore file keeps out',
  'not-copied': 'which no COPY copies there',
  outside: 'outside the context',
  'of-this-machine': 'a place of this machine',
}

/** Finds links that a COPY takes along, and that lead nowhere in the image. */
export default defineRule<Data>({
  id: 'dangling-link',
  severity: 'warning',
  summary: 'Copy what a copied link points to',
  reason:
    'COPY follows a link that it names itself. A link inside a copied directory stays a link: in the image it points to the same relative path, where there may be nothing.',
  remedy: 'Copy the target to the same relative place, name the link itself in a COPY, or make it a file.',
  examples: {
    good: [
      {dockerfile: 'FROM busybox\nCOPY . /a', ignore: '', tree: ['lib/a.txt', 'app/b.txt -> ../lib/a.txt']},
      {
        dockerfile: 'FROM busybox\nCOPY app/b.txt /',
        ignore: '',
        tree: ['lib/a.txt', 'app/b.txt -> ../lib/a.txt'],
      },
      {
        dockerfile: 'FROM busybox\nCOPY app /app',
        ignore: '',
        tree: ['app/b -> /etc/hosts', 'app/c -> nowhere'],
      },
    ],
    bad: [
      {
        dockerfile: 'FROM busybox\nCOPY app /app',
        ignore: '',
        tree: ['lib/a.txt', 'app/b.txt -> ../lib/a.txt'],
      },
      {
        dockerfile: 'FROM busybox\nCOPY . /a',
        ignore: 'lib',
        tree: ['lib/a.txt', 'app/b.txt -> ../lib/a.txt'],
      },
      {dockerfile: 'FROM busybox\nCOPY . /a', ignore: '', tree: ['app/b.txt -> ../../shared/a.txt']},
      {dockerfile: 'FROM busybox\nCOPY . /a', ignore: '', tree: ['app/b.txt -> /home/jane/a.txt']},
    ],
  },
  message: ({copy, link, target, state, others}) =>
    others === 0
      ? `"${copy}" copies "${link}", a link to "${target}", ${GAPS[state]}: it is broken in the image`
      : sentence`"${copy}" copies "${link}", a link to "${target}", ${GAPS[state]}: it is broken in the image, as are ${{count: others, one: 'other', many: 'others'}}`,
  fix: ({link, target, state}) =>
    state === 'ignored'
      ? `Add "!${target}" to the ignore file, or make "${link}" a file`
      : state === 'outside' || state === 'of-this-machine'
        ? `Make "${link}" a file, or pass what it points to as a named context (--build-context)`
        : `Copy "${target}" to the same relative place, or name "${link}" itself in a COPY, which follows it`,
  check(facts) {
    const {plan, tree, input} = facts
    const links = plan.dockerfile === null || plan.context.git !== undefined ? [] : listSentLinks(facts)
    if (links.length === 0) return []
    const {timelines} = createProofInput(input, tree, new Map())
    const hits = (timelines ?? []).flatMap((timeline) =>
      timeline.events.flatMap((event) =>
        event.kind === 'arrival' && !event.isMount ? checkCopy(facts, timeline, event, links) : [],
      ),
    )
    // images share stages
    return [...new Map(hits.map((hit) => [JSON.stringify([hit.place, hit.data.link]), hit])).values()]
  },
})

interface Link {
  path: string
  written: string
  /** Where it leads in the context; begins with `..` outside. */
  target: string
}

function listSentLinks({tree, isSent}: RuleFacts): Link[] {
  const found: Link[] = []
  for (const entry of tree.rareEntries()) {
    const written = linkTargetOf(tree, entry)
    if (written === null || isSent[entry] === 0) continue
    if (written.startsWith('/') && !OF_PEOPLE.test(written)) continue
    const path = tree.pathOf(entry)
    const target = written.startsWith('/') ? written : resolveInContext(parentPath(path), written)
    found.push({path, written, target})
  }
  return found
}

function resolveInContext(directory: string, path: string): string {
  const parts = directory === '' ? [] : directory.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}

function checkCopy(
  facts: RuleFacts,
  timeline: Timeline,
  event: Arrival,
  links: readonly Link[],
): Hit<Data>[] {
  const found = links.flatMap((link) => {
    const landing = findLanding(event.placements, link.path)
    const state = landing === null ? null : stateOf(facts, link)
    if (landing === null || state === null || MADE.test(link.target)) return []
    const place = resolveContainerPath(parentPath(landing), link.written)
    return comesThere(facts, timeline, place) ? [] : [{link, state}]
  })
  const [first] = found
  if (first === undefined) return []
  const {path, target, written} = first.link
  const isPage = found.every(({link}) => PAGES.test(link.path))
  return [
    {
      data: {
        copy: event.where.text,
        link: path,
        target: first.state === 'outside' ? written : target,
        state: first.state,
        others: found.length - 1,
      },
      place: facts.atRequest({line: Number(/:(\d+)$/.exec(event.where.place)?.[1])}),
      ...(isPage && {severity: 'info' as const}),
    },
  ]
}

/** Where a directory that a COPY names carries a link to; null where the link itself is named, and followed. */
function findLanding(placements: readonly Placement[], path: string): string | null {
  for (const placement of placements) {
    const relation = relate(placement, path)
    if (relation?.how === 'carried') return relation.landing
  }
  return null
}

/** Why a target may be missing; null for one that is nowhere on this disk either. */
function stateOf({tree, isSent, ignoreUse}: RuleFacts, {target}: Link): State | null {
  if (target.startsWith('/')) return 'of-this-machine'
  if (target === '..' || target.startsWith('../')) return 'outside'
  if (target === '') return null
  const entry = tree.find(target)
  for (let at = target; at !== ''; at = parentPath(at))
    if (ignoreUse.prunedDirectories.has(at)) return 'ignored'
  if (entry < 0) return null
  return ignoreUse.isIgnored[entry] === 1 && !isSomethingSent(tree, isSent, entry) ? 'ignored' : 'not-copied'
}

function isSomethingSent(tree: FileTree, isSent: Uint8Array, entry: number): boolean {
  for (let at = entry; at < tree.endOf(entry); at++) if (isSent[at] === 1) return true
  return false
}

/** Whether anything in the image may put something at a container path. */
function comesThere({tree, isSent}: RuleFacts, {events}: Timeline, place: string): boolean {
  const name = baseName(place)
  return events.some((event) => {
    switch (event.kind) {
      case 'arrival':
        return (
          !event.isMount &&
          event.placements.some((placement) => {
            if (placement.containerPath === null) return true
            const path = traceBack(placement, place)
            const entry = path === null ? -1 : path === '' ? 0 : tree.find(path)
            return (
              path === '' ||
              (entry >= 0 && isSomethingSent(tree, isSent, entry)) ||
              isWithin(placement.containerPath, place)
            )
          })
        )
      case 'handover':
        return isWithin(place, event.destination) || isWithin(event.destination, place)
      case 'run':
        return event.commands.some(({words}) => words.some((word) => word.split(/[/=:]/).includes(name)))
      default:
        return false
    }
  })
}
