import {measureWidth} from '../terminal/measure-width.js'
import {shorten} from '../terminal/table.js'

/**
 * Shortens a path to fit: whole directories in the middle go first (`web/…/dist/app.js`), then letters.
 * @param width columns
 */
export function shortenPath(path: string, width: number, ellipsis: string): string {
  if (measureWidth(path) <= width) return path
  const [first, ...others] = path.split('/')
  for (let from = 1; from < others.length; from++) {
    const candidate = [first, ellipsis, ...others.slice(from)].join('/')
    if (measureWidth(candidate) <= width) return candidate
  }
  return shorten(path, width, ellipsis)
}
