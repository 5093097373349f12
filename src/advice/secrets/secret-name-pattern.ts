import {baseName} from '../../languages/text/container-path.js'
import {CATALOGUE} from '../catalogue/catalogue.js'

/** A regular expression, regardless of case, for the names of files that only their content shows to be secrets. */
export const SECRET_NAME_PATTERN: string = `^(?:${listNames().map(toPattern).join('|')})$`

function listNames(): string[] {
  const entries = CATALOGUE.filter(
    ({disposition, content}) => disposition === 'secret' && content !== undefined,
  )
  return [...new Set(entries.flatMap(({names}) => names.map(baseName)))]
}

/** What stands for any letters stands for any letters here, too: a name too many costs a look. */
function toPattern(glob: string): string {
  return glob
    .split(/[*?]+|\[[^\]]*\]|\{[^}]*\}/)
    .map((part) => part.replace(/[.+^$()|\\]/g, '\\$&'))
    .join('.*')
}
