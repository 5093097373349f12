/** Returns the part from the last dot on; empty if there is no dot after the last slash. */
export function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot < 0 || dot < path.lastIndexOf('/') ? '' : path.slice(dot)
}
