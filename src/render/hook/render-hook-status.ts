import type {HookStatus} from '../../report/hook-status.js'
import {escapeForTerminal} from '../terminal/escape.js'

/** Renders the state of every kind, a line each. */
export function renderHookStatus(
  rows: readonly {name: string; summary: string; status: HookStatus; problem?: string}[],
): string {
  const width = Math.max(...rows.map(({name}) => name.length))
  return rows
    .map(({name, summary, status, problem}) => {
      const state = status.isInstalled ? `installed  ${status.where}` : `-          ${problem ?? summary}`
      const lines = [`${name.padEnd(width)}  ${escapeForTerminal(state)}`]
      if (status.isInstalled && problem !== undefined) {
        lines.push(`${' '.repeat(width)}  but        ${escapeForTerminal(problem)}`)
      }
      return lines.map((line) => `${line}\n`).join('')
    })
    .join('')
}
