/** Leaves a test, or all tests of a hook, out where something is missing; the title in the report says what. */
export function skipUnless(context: Mocha.Context, isThere: boolean, reason: string): void {
  if (isThere) return
  const runnable = context.test!
  const isHook = 'type' in runnable && runnable.type === 'hook'
  const titled = isHook ? runnable.parent! : runnable
  titled.title += ` (left out: ${reason})`
  context.skip()
}
