import {execFileSync} from 'node:child_process'

/** Makes a named pipe, which Node cannot. */
export function makePipe(hostPath: string): void {
  execFileSync('mkfifo', [hostPath])
}
