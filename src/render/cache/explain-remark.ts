import {formatThings} from '../../languages/text/amounts.js'
import type {CacheRemark} from '../../report/cache-report.js'

/** One sentence on a path that was given as changed. @param show makes a name harmless */
export function explainRemark(remark: CacheRemark, show: (text: string) => string): string {
  const {path, kind, fileCount, near, ignoredBy} = remark
  const meant = near === null ? '' : `; did you mean ${show(near)}?`
  switch (kind) {
    case 'new':
      return `${show(path)} is not in the context: it is treated as a new file${meant}`
    case 'ignored':
      return ignoredBy === null
        ? `${show(path)} is ignored: no step runs again for it`
        : `${show(path)} is ignored (${show(ignoredBy.file)}:${ignoredBy.line} "${show(ignoredBy.pattern)}"): no step runs again for it`
    case 'not-taken':
      return `${show(path)} is in the context, and no step copies it`
    case 'directory':
      return `${show(path)} is a directory: all of it changes, ${formatThings(fileCount, 'file')}`
    case 'pattern':
      return fileCount === 0
        ? `${show(path)} matches nothing in the context${meant}`
        : `${show(path)} stands for ${formatThings(fileCount, 'file')}`
  }
}
