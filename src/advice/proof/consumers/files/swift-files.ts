import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {joinPath} from '../../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'
import {isKnown, resolveIn} from '../needs.js'
import {lineAt} from '../text-lines.js'

/** A target with its resources, up to the next one. */
const TARGET =
  /\.(?:executableTarget|target|testTarget)\(\s*name:\s*"([^"\n]+)"((?:(?!\.(?:executableTarget|target|testTarget|plugin)\(\s*name:).)*)/gs
const RESOURCE = /\.(?:process|copy|embedInCode)\(\s*"([^"\n]+)"/g

/** The resources that targets of Package.swift name: a build stops without them. */
export function listSwiftResources({program, words, directory}: PlacedAction, project: ProjectView): Need[] {
  if (program !== 'swift' || !/^(?:build|run|test)$/.test(words[1] ?? '')) return []
  return project.basesOf(directory).flatMap((base) => {
    const path = joinPath(base, 'Package.swift')
    const text = project.textOf(path)
    return text === null ? [] : listOf({path, text}, base, words[1] === 'test', project)
  })
}

function listOf({path, text}: SourceText, base: string, isTest: boolean, project: ProjectView): Need[] {
  return [...text.matchAll(TARGET)].flatMap(({0: whole, 1: name = '', 2: rest = '', index}) => {
    if (whole.startsWith('.testTarget') && !isTest) return []
    const own = /\bpath:\s*"([^"\n]+)"/.exec(rest)?.[1]
    const folder = resolveIn(base, own ?? `${whole.startsWith('.testTarget') ? 'Tests' : 'Sources'}/${name}`)
    return [...rest.matchAll(RESOURCE)].flatMap((match): Need[] => {
      const contextPath = resolveIn(folder, match[1]!)
      const {line} = lineAt(text, index + whole.length - rest.length + match.index)
      const askedBy = {path, line, text: match[0]}
      return isKnown(contextPath, base, project) ? [{contextPath, certainty: 'must', askedBy}] : []
    })
  })
}
