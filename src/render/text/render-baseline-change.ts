import {escapeForTerminal} from '../terminal/escape.js'

/** Reports whether the file of a baseline was created or updated. @param isNew whether the file was written */
export function renderBaselineChange({shown, isNew}: {shown: string; isNew: boolean}): string {
  return `${isNew ? 'Wrote' : 'Nothing has changed in'} ${escapeForTerminal(shown)}\n`
}
