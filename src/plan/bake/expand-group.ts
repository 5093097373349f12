/** A group that is being read. */
interface OpenGroup {
  name: string
  members: readonly string[]
  /** How many of the members are read. */
  readCount: number
  targets: Set<string>
}

/**
 * Lists the targets of a group in its order, groups in it resolved. As in buildx a group wins over a target of its name,
 * but a name that leads back to a group on the way means the target: `group app = [app, db]` builds the target `app`, too.
 * A group in it that lists nothing means the target of its name.
 * @returns the name itself where there is no such group
 */
export function expandGroup(groups: ReadonlyMap<string, readonly string[]>, name: string): string[] {
  const outer = groups.get(name)
  if (outer === undefined) return [name]
  const root = openGroup(name, outer)
  const known = new Map<string, ReadonlySet<string>>([[name, root.targets]])
  const open = [root]
  for (let group = open.at(-1); group !== undefined; group = open.at(-1)) {
    const member = group.members[group.readCount]
    if (member === undefined) {
      open.pop()
      continue
    }
    const members = groups.get(member)
    const found = known.get(member)
    if (members !== undefined && found === undefined) {
      const inner = openGroup(member, members)
      known.set(member, inner.targets)
      open.push(inner)
      continue
    }
    group.readCount++
    // What is still being read counts as empty: its targets are known once it is closed.
    const targets = open.some((one) => one.name === member) ? undefined : found
    for (const target of targets?.size ? targets : [member]) group.targets.add(target)
  }
  return [...root.targets]
}

function openGroup(name: string, members: readonly string[]): OpenGroup {
  return {name, members, readCount: 0, targets: new Set()}
}
