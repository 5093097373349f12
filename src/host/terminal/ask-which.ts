import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  type KeypressEvent,
  useEffect,
  useKeypress,
  useState,
} from '@inquirer/core'
import {SlimCheckError} from '../../errors.js'

/** A question that a person answers by ticking things on a terminal. */
export interface Question {
  /** Which choices are ticked when the list appears. */
  isTicked: readonly boolean[]
  /** Says what the ticked choices come to, by their places. Called again for each change; may take its time. */
  total(ticked: readonly number[]): string | Promise<string>
  /** Returns all that stands on the screen. */
  render(state: PromptState): string
}

/** What the person sees at a moment. */
interface PromptState {
  isTicked: readonly boolean[]
  /** The place of the choice that the pointer stands at. */
  active: number
  /** What `total` said; null while it is being found out. */
  total: string | null
}

/** What a key does. */
type Deed = 'up' | 'down' | 'tick' | 'tick-all' | 'accept' | 'leave'

const DEEDS: Readonly<Record<string, Deed>> = {
  j: 'down',
  k: 'up',
  a: 'tick-all',
  q: 'leave',
  escape: 'leave',
}

/**
 * Lets a person tick on a terminal. The list is taken off the screen afterwards.
 * @returns the places of what was ticked, in order; null where the person left
 * @throws SlimCheckError on Ctrl-C
 */
export async function askWhich(question: Question): Promise<number[] | null> {
  try {
    return await prompt(question, {clearPromptOnDone: true})
  } catch (error) {
    if ((error as Error).name !== 'ExitPromptError') throw error
    throw new SlimCheckError('cancelled', {what: 'nothing was written'})
  }
}

const prompt = createPrompt<number[] | null, Question>(({isTicked: first, total, render}, done) => {
  const [isTicked, setTicked] = useState(first)
  const [active, setActive] = useState(0)
  const [said, setSaid] = useState<string | null>(null)
  useEffect((terminal) => {
    // If the terminal is closed, the answer is no.
    terminal.on('close', () => done(null))
  }, [])
  useEffect(() => {
    let isCurrent = true
    // In a later turn, so that the tick is seen first.
    setImmediate(async () => {
      const text = await total(listTicked(isTicked))
      if (isCurrent) setSaid(text)
    })
    return () => {
      isCurrent = false
    }
  }, [isTicked])
  useKeypress((key, terminal) => {
    terminal.clearLine(0)
    switch (deedOf(key)) {
      case 'up':
        return setActive(Math.max(0, active - 1))
      case 'down':
        return setActive(Math.min(isTicked.length - 1, active + 1))
      case 'tick':
        setSaid(null)
        return setTicked(isTicked.with(active, !isTicked[active]))
      case 'tick-all':
        setSaid(null)
        return setTicked(isTicked.map(() => isTicked.includes(false)))
      case 'accept':
        return done(listTicked(isTicked))
      case 'leave':
        return done(null)
    }
  })
  return `${render({isTicked, active, total: said})}${HIDE_CURSOR}`
})

const HIDE_CURSOR = '\u001b[?25l'

function deedOf(key: KeypressEvent): Deed | undefined {
  if (isUpKey(key)) return 'up'
  if (isDownKey(key)) return 'down'
  if (isSpaceKey(key)) return 'tick'
  if (isEnterKey(key)) return 'accept'
  if (key.ctrl) return key.name === 'd' ? 'leave' : undefined
  return DEEDS[key.name]
}

function listTicked(isTicked: readonly boolean[]): number[] {
  return isTicked.flatMap((one, at) => (one ? [at] : []))
}
