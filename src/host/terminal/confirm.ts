import {createInterface} from 'node:readline/promises'

/** Asks a question that `y` or `yes` agrees to. @returns null where there is no terminal to ask on */
export async function confirm(question: string): Promise<boolean | null> {
  const {stdin, stderr} = process
  if (!stdin.isTTY || !stderr.isTTY) return null
  const terminal = createInterface({input: stdin, output: stderr})
  try {
    // Ends with no answer when the input does.
    const answer = await Promise.race([
      terminal.question(`${question} [y/N] `),
      new Promise<string>((resolve) => terminal.once('close', () => resolve(''))),
    ])
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}
