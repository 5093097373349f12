const UNITS = ['', 'k', 'm', 'g', 't']

/** Docker's units are powers of 1024 in every spelling (`k`, `kb`). A text that is no number stays as it is. */
export function parseAmount(text: string): number | string {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?\s*$/i.exec(text) ?? []
  return number === undefined ? text : Number(number) * 1024 ** UNITS.indexOf(unit.toLowerCase())
}
