import checkbox from '@inquirer/checkbox'
import {SlimCheckError} from '../../errors.js'

/** Something to tick. */
export interface Choice {
  value: string
  /** One line, escaped already. */
  name: string
  /** What is left of it in the answer. */
  short: string
  isTicked: boolean
}

/** Lets a person tick on a terminal; returns the values ticked. @throws SlimCheckError on Ctrl-C */
export async function askWhich(message: string, choices: readonly Choice[]): Promise<string[]> {
  try {
    return await checkbox({
      message,
      choices: choices.map(({value, name, short, isTicked}) => ({value, name, short, checked: isTicked})),
      pageSize: Math.min(20, choices.length),
    })
  } catch (error) {
    if ((error as Error).name !== 'ExitPromptError') throw error
    throw new SlimCheckError('cancelled', {what: 'nothing was written'})
  }
}
