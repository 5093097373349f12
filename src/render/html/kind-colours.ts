import type {SizeNode} from '../../report/size-node.js'

/** Kinds of one colour in the legend. */
interface KindGroup {
  /** The class of its tiles: `k1` … `k9`, `k0` for what is not known. */
  colour: string
  title: string
  transferBytes: number
}

export interface KindColours {
  /** In the order of the legend: the largest first, then what is left over. */
  groups: KindGroup[]
  colourOf: (kind: string) => string
}

/** Kinds that mean the same to a reader: they have one colour, in every report. */
interface Family {
  colour: string
  title: string
  /** Matches their names; the first family that matches has the kind. */
  kinds: RegExp
}

const FAMILIES: readonly Family[] = [
  {
    colour: 'k5',
    title: 'secrets',
    kinds:
      /secrets?$|credentials$|password|^private-key|^key-store|^rails-key|-token$|^service-account|^shell-history|^ssh-|^terraform-(?:plan|state|variables)|^vpn-/,
  },
  {
    colour: 'k8',
    title: 'settings and build files',
    kinds:
      /settings$|^(?:compose-file|dockerfile|dev-container|editorconfig|git-(?:hooks|ignore-file)|repository-bots|slim-check-files|kubernetes-manifests|helm-chart|dotnet-user-files|pending-changelog)$/,
  },
  {
    colour: 'k2',
    title: 'version control',
    kinds: /^(?:git|jujutsu|mercurial|other|subversion|cvs)-(?:history|worktrees|data|link)$|^repository$/,
  },
  {
    colour: 'k4',
    title: 'caches and temporary files',
    kinds:
      /cache|-lists$|^python-bytecode|^temporary-files|-state$|^(?:typescript-build-info|dart-tool-data|pnpm-store|cargo-registry|dvc-cache|code-tags|editor-history|eclipse-workspace|xcode-data)$/,
  },
  {
    colour: 'k6',
    title: 'documents and tests',
    kinds:
      /^(?:documentation|project-papers|notebooks)$|^test-|^coverage-|-test-results$|test-binary$|^rust-mutants$/,
  },
  {
    colour: 'k7',
    title: 'data, media and archives',
    kinds:
      /^data|^database|^model-|^training-|^experiment-|^archives$|image|^video|^design-|^traffic-|^oci-|uploads$|^rails-storage$|service-data$|^system-packages$|-gem$|-package$|^java-archives$|extension$/,
  },
  {
    colour: 'k1',
    title: 'packages and tools',
    kinds:
      /packages$|virtualenv$|environments?$|^go-(?:vendor|modules)|gems$|eggs$|egg-info$|^cocoapods|^carthage|-switch$|^yarn-|^maven-repository|toolchain$|^gcc$|-providers$|^composer-program$/,
  },
  {
    colour: 'k3',
    title: 'build output',
    kinds:
      /build$|output$|target$|^dotnet-|-dist$|artifacts$|assets$|^(?:object|cmake)-files$|classes$|binaries$|^go-profiles$|^cmake-/,
  },
]
const OTHERS = {colour: 'k9', title: 'logs and other known files'}
const UNKNOWN = {colour: 'k0', title: 'sources and everything else'}

/** A kind with less of what crosses now, and of what stays, is not named in the legend. */
const SEEN_SHARE = 0.002
/** Kinds that the legend names of one colour. */
const MAX_NAMES = 3

interface KindSum {
  title: string
  transferBytes: number
  stayingBytes: number
}

/** Gives each kind the colour of its family, the same in every report, and says which are seen in this one. */
export function assignColours(tree: SizeNode): KindColours {
  const kinds = new Map<string, KindSum>()
  addKinds(tree, kinds)
  const colours = new Map<string, [kind: string, sum: KindSum][]>()
  for (const one of kinds) {
    const {colour} = familyOf(one[0])
    colours.set(colour, [...(colours.get(colour) ?? []), one])
  }
  const groups = [...colours.values()].map((members) => sumUp(members, tree))
  return {
    groups: groups.filter(({transferBytes}) => transferBytes > 0).sort(compareGroups),
    colourOf: (kind) => familyOf(kind).colour,
  }
}

/** The family of a kind; an unknown path has the kind `other`. */
export function familyOf(kind: string): {colour: string; title: string} {
  if (kind === 'other' || kind === '') return UNKNOWN
  return FAMILIES.find(({kinds}) => kinds.test(kind)) ?? OTHERS
}

/** One kind is named alone, several behind the name of their family. */
function sumUp(members: readonly [kind: string, sum: KindSum][], tree: SizeNode): KindGroup {
  const {colour, title} = familyOf(members[0]![0])
  const sorted = members.toSorted(([, one], [, other]) => other.transferBytes - one.transferBytes)
  const names = [...new Set(sorted.filter(([, sum]) => isSeen(sum, tree)).map(([, sum]) => sum.title))]
  const shown = names.slice(0, MAX_NAMES)
  const hidden = names.length - shown.length
  const list = `${shown.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`
  const transferBytes = members.reduce((sum, [, kind]) => sum + kind.transferBytes, 0)
  const isPlain = colour === UNKNOWN.colour || list === ''
  return {colour, title: isPlain ? title : members.length === 1 ? list : `${title}: ${list}`, transferBytes}
}

function isSeen({transferBytes, stayingBytes}: KindSum, tree: SizeNode): boolean {
  const staying = tree.transferBytes - tree.leavingBytes
  return (
    transferBytes >= tree.transferBytes * SEEN_SHARE ||
    (stayingBytes > 0 && stayingBytes >= staying * SEEN_SHARE)
  )
}

/** The largest first, what is not known last. */
function compareGroups(one: KindGroup, other: KindGroup): number {
  const isLast = ({colour}: KindGroup): number => (colour === UNKNOWN.colour ? 1 : 0)
  return isLast(one) - isLast(other) || other.transferBytes - one.transferBytes
}

function addKinds(node: SizeNode, kinds: Map<string, KindSum>): void {
  for (const child of node.children) addKinds(child, kinds)
  if (node.children.length > 0) return
  const kind = kinds.get(node.kind) ?? {title: node.title, transferBytes: 0, stayingBytes: 0}
  kind.transferBytes += node.transferBytes
  kind.stayingBytes += node.transferBytes - node.leavingBytes
  kinds.set(node.kind, kind)
}
