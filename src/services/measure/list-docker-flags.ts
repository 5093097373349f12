import type {MeasureRequest} from './measure-request.js'

/** Flags for the builder: its name, and those behind `--`. */
export function listDockerFlags({dockerFlags = [], builder = null}: MeasureRequest): string[] {
  return [...(builder === null ? [] : [`--builder=${builder}`]), ...dockerFlags]
}
