import type {MeasuredBuild, MeasuredRewrite} from '../../report/measure/measure-report.js'

/** The rewrites that a baseline proposed and that are no longer proposed: as often as they are gone. */
export function listTaken(before: MeasuredBuild, after: MeasuredBuild): MeasuredRewrite[] {
  const left = new Map<string, number>()
  for (const {rule} of after.rewrites) left.set(rule, (left.get(rule) ?? 0) + 1)
  return before.rewrites.filter(({rule}) => {
    const count = left.get(rule) ?? 0
    left.set(rule, count - 1)
    return count <= 0
  })
}
