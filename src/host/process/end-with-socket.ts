import {watchSocket} from './watch-socket.js'

/**
 * Ends the process by SIGINT, as Ctrl-C does, once the other side closes a socket: Docker passes no signal on to a
 * plugin whose standard output is no terminal (docs/buildkit.md 7).
 * @returns what ends the watch, which else keeps the process alive
 */
export function endWithSocket(name: string): () => void {
  const watch = watchSocket(name)
  watch.closed.then(() => process.kill(process.pid, 'SIGINT'))
  return () => watch.end()
}
