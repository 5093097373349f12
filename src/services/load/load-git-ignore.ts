import {readGitIgnoreFiles} from '../../host/files/read-git-ignore.js'
import {createGitIgnore, type GitIgnore} from '../../languages/gitignore/create-git-ignore.js'
import type {FileTree} from '../../tree/model/file-tree.js'

const GITIGNORE = '.gitignore'
const MAX_GITIGNORE_FILES = 500

/** What Git ignores; null where nothing tells. Only the `.gitignore` files that the walk met are read. */
export function loadGitIgnore(contextDir: string, tree: FileTree): GitIgnore | null {
  const indexes = [...tree.indexesNamed(GITIGNORE)].slice(0, MAX_GITIGNORE_FILES)
  const directories = indexes.map((index) => tree.pathOf(index).slice(0, -GITIGNORE.length - 1))
  const {files, prefix} = readGitIgnoreFiles(contextDir, directories)
  return files.length === 0 ? null : createGitIgnore(files, {prefix})
}
