import type {VertexEvent} from './step-times.js'

/** What became of the steps of one build, by the names that Docker prints: true, its result was there; false, it ran. */
export function sumUpStates(events: Iterable<VertexEvent>): Map<string, boolean> {
  const states = new Map<string, boolean>()
  for (const {name, started, cached} of events) {
    // It ran if any event of it starts without `cached`; one that never starts was not asked for.
    if (started === undefined) continue
    states.set(name, (states.get(name) ?? true) && cached === true)
  }
  return states
}
