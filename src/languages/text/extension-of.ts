/** From the last dot on; '' where there is none behind the last slash. */
export function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot < 0 || dot < path.lastIndexOf('/') ? '' : path.slice(dot)
}
