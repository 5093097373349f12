/** Elements of the page. */

const SVG = 'http://www.w3.org/2000/svg'

/** Finds an element that every page with a picture has. */
export function byId(id: string): HTMLElement {
  return document.getElementById(id)!
}

/** Makes an element of SVG. */
export function createSvg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  if (text !== undefined) made.textContent = text
  return made
}

/** Makes an element of HTML that holds a text. */
export function createText<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
