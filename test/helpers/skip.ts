/** Tells whether the tests may become another user, and own files of another. */
export const isRoot = process.geteuid?.() === 0

/** Leaves a test, or all tests of a hook, out where something is missing; the title in the report says what. */
export function skipUnless(context: Mocha.Context, isThere: boolean, reason: string): void {
  if (isThere) return
  const runnable = context.test!
  const isHook = 'type' in runnable && runnable.type === 'hook'
  const titled = isHook ? runnable.parent! : runnable
  titled.title += leftOut(reason)
  context.skip()
}

type Test = (this: Mocha.Context) => void | PromiseLike<void>

/** `it` for tests that are left out where something is missing. */
export function itWhere(isThere: boolean, reason: string): (title: string, test: Test) => void {
  return (title, test) => {
    if (isThere) it(title, test as Mocha.AsyncFunc)
    else it.skip(title + leftOut(reason))
  }
}

function leftOut(reason: string): string {
  return ` (left out: ${reason})`
}
