import {byId} from './elements.js'

const SHOWN_MS = 2500

/** Shows the buttons that copy a block of lines, and makes them work. */
export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLElement>('button[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', () => copyBlock(button, byId(button.dataset.copy!)))
  }
}

function copyBlock(button: HTMLElement, block: HTMLElement): void {
  const say = (text: string): void => {
    button.textContent = text
    setTimeout(() => {
      button.textContent = 'Copy'
    }, SHOWN_MS)
  }
  const select = (): void => {
    getSelection()?.selectAllChildren(block)
    say('Selected: press Ctrl+C')
  }
  // A page from an insecure place has no clipboard.
  const clipboard = navigator.clipboard as Clipboard | undefined
  if (clipboard === undefined) select()
  else clipboard.writeText(block.textContent).then(() => say('Copied'), select)
}
