import {readdirSync, realpathSync} from 'node:fs'
import type {FileText, ProjectFiles} from '../../plan/project-files.js'
import {readFileBounded} from './read-file.js'

/** Far above any compose, bake or workflow file that people write. */
const MAX_FILE_BYTES = 2 ** 20
const MAX_FILES = 1000

/** Reads the files that define builds, each file and directory once: text only, limited in size and number. */
export function createProjectFiles(): ProjectFiles {
  const known = new Map<string, FileText>()
  const listed = new Map<string, readonly string[]>()
  return {
    read(hostPath) {
      const text = known.get(hostPath) ?? (known.size < MAX_FILES ? readText(hostPath) : TOO_MANY)
      known.set(hostPath, text)
      return text
    },
    listNames(directory) {
      const names = listed.get(directory) ?? readNames(directory)
      listed.set(directory, names)
      return names
    },
    resolve: readRealPath,
    yaml: new WeakMap(),
  }
}

function readNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort()
  } catch {
    return []
  }
}

function readRealPath(hostPath: string): string | null {
  try {
    return realpathSync(hostPath)
  } catch {
    return null
  }
}

const TOO_MANY: FileText = {status: 'unreadable', reason: `more than ${MAX_FILES} files are named`}

function readText(hostPath: string): FileText {
  const read = readFileBounded(hostPath, MAX_FILE_BYTES)
  switch (read.status) {
    case 'read':
      return decode(read.content)
    case 'missing':
      return {status: 'missing'}
    case 'directory':
      return {status: 'unreadable', reason: 'it is a directory'}
    case 'special':
      return {status: 'unreadable', reason: 'it is not a regular file'}
    case 'too-large':
      return {status: 'unreadable', reason: `it is larger than ${MAX_FILE_BYTES} bytes`}
    case 'unreadable':
      return {status: 'unreadable', reason: read.reason}
  }
}

/** A byte-order mark is dropped. */
function decode(content: Uint8Array): FileText {
  try {
    if (content.includes(0)) return {status: 'unreadable', reason: 'it is not text'}
    return {status: 'read', text: new TextDecoder('utf-8', {fatal: true}).decode(content)}
  } catch {
    return {status: 'unreadable', reason: 'it is not UTF-8 text'}
  }
}
