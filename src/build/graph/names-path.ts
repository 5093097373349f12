import {isWithin} from '../../languages/text/container-path.js'

/** Tells whether an instruction's text has a word that is a path of the context, or lies in it. */
export function namesPath(text: string, path: string): boolean {
  return text.split(/[\s"',=[\]]+/).some((word) => isWithin(word.replace(/^(?:\.?\/)+/, ''), path))
}
