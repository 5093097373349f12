/** The first line of a report: by it a later comment on a pull request, or a later file, takes the place of this one. */
export function markReport(command: string): string {
  return `<!-- slim-check ${command} -->`
}
