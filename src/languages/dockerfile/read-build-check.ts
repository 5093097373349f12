/** What `docker buildx build --call=check,format=json` says. */
export interface BuildCheck {
  warnings: BuildWarning[]
  /** Why some checks could not be made: a base image that cannot be looked up, for instance. Null: all were. */
  problem: string | null
}

interface BuildWarning {
  /** `StageNameCasing`. */
  name: string
  message: string
  /** 1-based. */
  line: number
  /** Where the check is explained; empty where it does not say. */
  url: string
}

const MAX_WARNINGS = 500

/** Reads the answer; null for anything else, such as nothing. */
export function readBuildCheck(text: string): BuildCheck | null {
  const answer = parse(text)
  if (answer === null) return null
  const {warnings, buildError} = answer
  const list = Array.isArray(warnings) ? warnings : []
  return {
    warnings: list.slice(0, MAX_WARNINGS).flatMap(readWarning),
    problem: isObject(buildError) && typeof buildError.message === 'string' ? buildError.message : null,
  }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const answer: unknown = JSON.parse(text)
    return isObject(answer) ? answer : null
  } catch {
    return null
  }
}

function readWarning(warning: unknown): BuildWarning[] {
  if (!isObject(warning) || typeof warning.ruleName !== 'string') return []
  const {ruleName, detail, description, url} = warning
  const message = typeof detail === 'string' && detail !== '' ? detail : description
  return [
    {
      name: ruleName,
      message: typeof message === 'string' ? message : ruleName,
      line: lineOf(warning.location),
      url: typeof url === 'string' ? url : '',
    },
  ]
}

/** The first line; 1 for a warning about the whole file. */
function lineOf(location: unknown): number {
  const ranges = isObject(location) && Array.isArray(location.ranges) ? location.ranges : []
  const start = isObject(ranges[0]) && isObject(ranges[0].start) ? ranges[0].start.line : 1
  return typeof start === 'number' && Number.isInteger(start) && start > 0 ? start : 1
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
