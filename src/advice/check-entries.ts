import type {ContextModel} from '../context/context-model.js'
import type {Finding} from '../report/context-report.js'
import type {Selection} from '../transfer/select-entries.js'

/** Finds what makes Docker fail on a single entry of the transfer: an unreadable directory, a name it refuses. */
export function checkEntries(model: ContextModel, selection: Selection): Finding[] {
  const unreadable = selection.unreadable.map((index) => reportUnreadable(model, index))
  const sent = new Set(selection.entries)
  const refused = [...model.rareIndexes()]
    .filter((index) => sent.has(index))
    .flatMap((index) => checkName(model, index))
  return [...unreadable, ...refused]
}

/** Says that the figures leave extended attributes out, where they do. */
export function checkXattrs(hasXattrs: boolean): Finding[] {
  if (hasXattrs) return []
  return [
    {
      rule: 'xattrs-not-read',
      severity: 'info',
      message: 'extended attributes are not counted: the optional package @napi-rs/xattr is missing here',
    },
  ]
}

function reportUnreadable(model: ContextModel, index: number): Finding {
  const code = model.rareOf(index)?.unreadable
  return {
    rule: 'unreadable-directory',
    severity: 'error',
    message: `"${model.pathOf(index)}" cannot be read (${code}): docker build fails here`,
  }
}

function checkName(model: ContextModel, index: number): Finding[] {
  const {nameBytes, linkTarget} = model.rareOf(index) ?? {}
  if (nameBytes === undefined && (linkTarget === undefined || typeof linkTarget === 'string')) return []
  const what = nameBytes === undefined ? 'the target of this link' : 'this name'
  return [
    {
      rule: 'invalid-utf8-name',
      severity: 'error',
      message: `"${model.pathOf(index)}": ${what} is not valid UTF-8, which BuildKit refuses`,
    },
  ]
}
