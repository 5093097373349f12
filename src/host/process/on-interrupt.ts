const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls a handler instead of ending the process on Ctrl-C or a signal. A second one ends it
 * at once, as usual.
 * @returns ends the watch
 */
export function onInterrupt(handler: () => void): () => void {
  const end = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal)
  }
  const onSignal = (): void => {
    end()
    handler()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return end
}
