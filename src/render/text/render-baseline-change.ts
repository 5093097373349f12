import {escapeForTerminal} from '../terminal/escape.js'

/** Says what became of the file of a baseline. @param isNew whether the file was written */
export function renderBaselineChange({shown, isNew}: {shown: string; isNew: boolean}): string {
  return `${isNew ? 'Wrote' : 'Nothing has changed in'} ${escapeForTerminal(shown)}\n`
}
