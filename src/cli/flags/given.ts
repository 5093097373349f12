/** The values that were given: a flag that was not is undefined, and a request then lacks the property. */
export function given<Values extends object>(
  values: Values,
): {[Name in keyof Values]?: Exclude<Values[Name], undefined>} {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as ReturnType<typeof given<Values>>
}
