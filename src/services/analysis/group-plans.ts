import path from 'node:path'
import {IGNORE_FILE} from '../load/load-ignore-file.js'
import type {MeasuredPlan} from './measure-plan.js'

/** Builds that one ignore file governs, or would govern if it existed: they share a context. */
export interface PlanGroup {
  /** At least one. */
  members: readonly MeasuredPlan[]
  /** The ignore file, relative to the context. */
  ignoreFile: string
  /** The context, relative to the report's, with a slash behind; empty for the same directory. */
  prefix: string
}

/** Groups plans by context and ignore file, in the order in which they come. @param baseDir the report's context, absolute */
export function groupPlans(plans: readonly MeasuredPlan[], baseDir: string): PlanGroup[] {
  const groups = new Map<string, MeasuredPlan[]>()
  for (const measured of plans) {
    const key = `${measured.plan.context.hostPath}\0${ignoreFileOf(measured)}`
    const group = groups.get(key)
    if (group) group.push(measured)
    else groups.set(key, [measured])
  }
  return [...groups.values()].map((members) => ({
    members,
    ignoreFile: ignoreFileOf(members[0]!),
    prefix: prefixOf(members[0]!.plan.context.hostPath, baseDir),
  }))
}

/** A directory relative to the report's context, with a slash behind; empty for the same one. */
function prefixOf(hostPath: string, baseDir: string): string {
  const relative = path.relative(baseDir, hostPath).split(path.sep).join('/')
  return relative === '' ? '' : `${relative}/`
}

/** A context path below a prefix, `..` resolved. */
export function joinPrefix(prefix: string, contextPath: string): string {
  return prefix === '' ? contextPath : path.posix.join(prefix, contextPath)
}

function ignoreFileOf({plan}: MeasuredPlan): string {
  return plan.context.ignoreFile?.path ?? IGNORE_FILE
}
