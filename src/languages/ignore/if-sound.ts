import {IgnorePatternError} from '../../errors.js'

/** Asks a matcher about a path that a build need not reach; null where a pattern turns out broken there. */
export function ifSound<Answer>(ask: () => Answer): Answer | null {
  try {
    return ask()
  } catch (error) {
    if (error instanceof IgnorePatternError) return null
    throw error
  }
}
