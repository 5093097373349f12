/** Finds the budget in a command of ours that stands in a file; no options where there is none. */
export function readBudget(content: Uint8Array): {maxTransfer?: string} {
  const [, maxTransfer] = /--max-transfer (\S+)/.exec(Buffer.from(content).toString('latin1')) ?? []
  return maxTransfer === undefined ? {} : {maxTransfer}
}
