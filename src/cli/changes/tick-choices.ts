import {SlimCheckError} from '../../errors.js'
import type {Screen} from '../../render/terminal/style.js'
import {type PickerText, renderPicker} from '../../render/text/render-picker.js'

const DEFAULT_HEIGHT = 24

/**
 * Lets a person tick on the terminal what `--interactive` writes; the safe ones are ticked when the list appears.
 * @param total says what the ticked ones come to, by their places
 * @returns the places of what was ticked; null where nothing was, or the person left: then it says so
 * @throws SlimCheckError without a terminal, and on Ctrl-C
 */
export async function tickChoices(
  text: PickerText,
  total: (ticked: readonly number[]) => string | Promise<string>,
  screen: () => Screen,
): Promise<number[] | null> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new SlimCheckError('needs-terminal', {flag: '--interactive', instead: '--diff and --write'})
  }
  if (text.choices.length === 0) {
    process.stdout.write(`There are no ${text.noun} to choose from\n`)
    return null
  }
  const {askWhich} = await import('../../host/terminal/ask-which.js')
  const ticked = await askWhich({
    isTicked: text.choices.map(({mark}) => mark === '+'),
    total,
    // The terminal may be another size by now.
    render: (state) =>
      renderPicker(text, state, {...screen(), height: process.stdout.rows || DEFAULT_HEIGHT}),
  })
  if (ticked !== null && ticked.length > 0) return ticked
  process.stdout.write('Nothing was written\n')
  return null
}
