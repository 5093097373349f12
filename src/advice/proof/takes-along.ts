import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {baseName, isWithin, resolveContainerPath} from '../../languages/text/container-path.js'

/** Programs that take a whole directory along, or show it to others. */
const CARRIERS =
  /^(?:cp|mv|tar|zip|7z|rsync|cpio|scp|serve|http-server|busybox|php|caddy|static-web-server|darkhttpd)$|^http\.server$/

/** Tells whether a command copies, packs or serves a path, or what is around it. @param landing a container path */
export function takesAlong({words, directory}: ShellCommand, landing: string): boolean {
  if (!words.some((word) => CARRIERS.test(baseName(word)))) return false
  // the last word of a copy is where it goes
  const given = /^(?:cp|mv|rsync|scp)$/.test(words[0]!) ? words.slice(1, -1) : words.slice(1)
  return given.some((word) => {
    const path = word === '*' ? '.' : word.replace(/\/?\*$/, '')
    if (path === '' || path.startsWith('-') || path.startsWith('$')) return false
    const resolved = resolveContainerPath(directory, path)
    return resolved !== '/' && isWithin(landing, resolved)
  })
}
