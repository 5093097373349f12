import {readFileSync} from 'node:fs'
import {connect} from 'node:net'

/** Watches a socket that another process listens on. */
export interface SocketWatch {
  /** Resolves once the other side has closed it; never for a socket that cannot be reached. */
  closed: Promise<void>
  /** Looks now: true where the other side is known to have closed it. */
  isClosed(): boolean
  /** Ends the watch, which else keeps the process alive. */
  end(): void
}

const POLL_MS = 100
const ABSTRACT_SOCKETS = '/proc/net/unix'
const NO_WATCH: SocketWatch = {closed: new Promise(() => {}), isClosed: () => false, end() {}}

/** Watches the socket that Docker closes to tell a plugin to stop; `@name` is one without a file, which Linux has. */
export function watchSocket(name: string | undefined): SocketWatch {
  if (!name) return NO_WATCH
  return name.startsWith('@') ? watchName(name) : watchConnection(name)
}

/**
 * Reads the system's list of sockets, which holds the name while a process listens. Connecting does not work: Node 20 fills
 * up the name with zero bytes, which is another name.
 */
function watchName(name: string): SocketWatch {
  const isListed = (): boolean | null => {
    try {
      const lines = readFileSync(ABSTRACT_SOCKETS, 'utf8').split('\n')
      return lines.some((line) => line.endsWith(` ${name}`))
    } catch {
      return null
    }
  }
  // What was never there has not been closed.
  if (isListed() !== true) return NO_WATCH
  const isClosed = (): boolean => isListed() === false
  let timer: NodeJS.Timeout | undefined
  const closed = new Promise<void>((resolve) => {
    timer = setInterval(() => isClosed() && resolve(), POLL_MS)
  })
  return {closed, isClosed, end: () => clearInterval(timer)}
}

function watchConnection(path: string): SocketWatch {
  const socket = connect({path})
  let isConnected = false
  let hasEnded = false
  socket.on('connect', () => {
    isConnected = true
  })
  socket.on('error', () => {})
  socket.resume()
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      hasEnded = isConnected
      if (hasEnded) resolve()
    })
  })
  const end = (): void => {
    // What we close ourselves says nothing of the other side.
    socket.removeAllListeners('close').destroy()
  }
  return {closed, isClosed: () => hasEnded, end}
}
