import {parentPath} from '../../languages/text/container-path.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {CatalogueEntry} from '../catalogue/catalogue-entry.js'

/** Words in a path which say that what lies there is made up, or is there to try things out. */
const TRIAL =
  /(?:^|[-_./])(?:tests?|testing|testdata|fixtures?|examples?|samples?|demos?|mocks?|e2e|ci|dummy|playground|integrationtest|integration|cypress|playwright)(?:[-_./]|$)/i

/** Beside a `.env` of Symfony, which by its documentation holds defaults and is committed. */
const OF_SYMFONY = ['symfony.lock', 'bin/console']

/**
 * Tells whether a file that Git tracks is no secret, though it bears the name of one: it is there for tests or as an
 * example, it holds defaults by the custom of its framework, or nothing in it is a secret.
 * @param texts beginnings of files; without the file's own, it may hold one
 */
export function isHarmlessInGit(
  tree: FileTree,
  path: string,
  {kind, inGit}: CatalogueEntry,
  texts: ReadonlyMap<string, string>,
): boolean {
  if (isOfTrial(path)) return true
  if (kind === 'dotenv-secrets' && isOfSymfony(tree, path)) return true
  const text = texts.get(path)
  return inGit !== undefined && text !== undefined && !inGit.pattern.test(text.slice(0, inGit.maxBytes))
}

/** Whether a path or a folder says that what lies there is for tests, or an example. */
export function isOfTrial(path: string): boolean {
  return TRIAL.test(path)
}

function isOfSymfony(tree: FileTree, path: string): boolean {
  const folder = parentPath(path)
  return (
    /(?:^|\/)\.env(?:\.dev|\.prod)?$/.test(path) &&
    OF_SYMFONY.some((name) => tree.find(folder === '' ? name : `${folder}/${name}`) >= 0)
  )
}
