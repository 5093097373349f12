import type {PathType, PathView} from '../../../src/advice/catalogue/check-evidence.js'

/** A tree made of paths: `a/b.txt` a file, `a/c/` a directory, `d@` a link. Parents come by themselves. */
class TreeNode implements PathView {
  private readonly nodes = new Map<string, TreeNode>()

  constructor(
    readonly name: string,
    readonly type: PathType,
    readonly parent: TreeNode | undefined,
  ) {}

  children(): Iterable<string> {
    return this.nodes.keys()
  }

  child(name: string): TreeNode | undefined {
    return this.nodes.get(name)
  }

  add(name: string, type: PathType): TreeNode {
    const node = this.nodes.get(name) ?? new TreeNode(name, type, this)
    this.nodes.set(name, node)
    return node
  }
}

/** Builds a tree and returns its root. */
export function createTree(paths: readonly string[]): PathView {
  const root = new TreeNode('', 'dir', undefined)
  for (const path of paths) {
    const parts = bare(path).split('/')
    let node = root
    for (const [i, part] of parts.entries())
      node = node.add(part, i < parts.length - 1 ? 'dir' : typeOf(path))
  }
  return root
}

/** Finds the path, written with or without its mark, in a tree. */
export function viewAt(root: PathView, path: string): PathView {
  let view: PathView | undefined = root
  for (const part of bare(path).split('/')) view = view?.child(part)
  if (!view) throw new Error(`no such path in the tree: ${path}`)
  return view
}

/** Drops the mark of a directory or link. */
export function bare(path: string): string {
  return path.replace(/[/@]$/, '')
}

function typeOf(path: string): PathType {
  if (path.endsWith('/')) return 'dir'
  return path.endsWith('@') ? 'symlink' : 'file'
}
