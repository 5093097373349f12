/** What a step of a stage finds set; the same object for steps between which nothing is set. */
export interface StepState {
  /** What a RUN gets, used or not: ENV, and ARG with a value. `listEnvironment` tells the order. */
  environment: EnvironmentEntry | null
  /** As spelled, a slash at the end kept; below `?` when the base image alone knows. */
  directory: string
  /** As spelled; null: the one of the base image. */
  user: string | null
  /** Null: the one of the base image, or the default. */
  shell: readonly string[] | null
}

/** A variable and those that were set before it. */
export interface EnvironmentEntry {
  name: string
  value: string
  earlier: EnvironmentEntry | null
}

/** Before any instruction, on a base that sets nothing. */
export const EMPTY_STATE: StepState = {environment: null, directory: '/', user: null, shell: null}

/** The variables in order; one that is set again stands where it was set last. */
export function listEnvironment(last: EnvironmentEntry | null): [name: string, value: string][] {
  const found = new Map<string, string>()
  for (let entry = last; entry !== null; entry = entry.earlier) {
    if (!found.has(entry.name)) found.set(entry.name, entry.value)
  }
  return [...found].reverse()
}

/** The state with one more variable set. */
export function setVariable(state: StepState, name: string, value: string): StepState {
  return {...state, environment: {name, value, earlier: state.environment}}
}
