let isQuiet = false

/** Says for the whole run whether reports for people are left out. */
export function setQuiet(quiet: boolean): void {
  isQuiet = quiet
}

/** Writes what is for people, unless they want none of it. */
export function say(text: string): void {
  if (!isQuiet) process.stdout.write(text)
}
