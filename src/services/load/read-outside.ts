import path from 'node:path'
import {createProjectFiles} from '../../host/files/create-project-files.js'
import {isDockerfileName} from '../../languages/dockerfile/dockerfile-name.js'
import type {ProjectFiles} from '../../plan/project-files.js'

/** Files of CI systems, and what they call. */
const NAMED = ['Makefile', 'Jenkinsfile', '.gitlab-ci.yml', '.circleci/config.yml', 'azure-pipelines.yml']
const WORKFLOWS = '.github/workflows'

/** Directories directly in the context that are looked into for Dockerfiles. */
const MAX_DIRECTORIES = 60
const MAX_FILES = 60
const NOT_ENTERED = /^(?:\.git|node_modules|\.venv|venv|vendor|dist|target|__pycache__)$/

/**
 * Reads what says how images are built, and what is mostly kept out of the context: CI files, Makefiles, and Dockerfiles at
 * most one directory down. By paths relative to the context.
 */
export function readOutside(contextPath: string): Map<string, string> {
  const files = createProjectFiles()
  const workflows = listNames(files, contextPath, WORKFLOWS).filter((name) => /\.ya?ml$/.test(name))
  const names = files.listNames(contextPath)
  const directories = names.filter((name) => !NOT_ENTERED.test(name)).slice(0, MAX_DIRECTORIES)
  const below = directories.flatMap((name) => listNames(files, contextPath, name))
  const found = [...names, ...below].filter((one) => isDockerfileName(path.posix.basename(one)))
  const texts = new Map<string, string>()
  for (const one of [...NAMED, ...workflows, ...found].slice(0, MAX_FILES)) {
    const read = files.read(path.join(contextPath, one))
    if (read.status === 'read') texts.set(one, read.text)
  }
  return texts
}

function listNames(files: ProjectFiles, contextPath: string, directory: string): string[] {
  return files.listNames(path.join(contextPath, directory)).map((name) => `${directory}/${name}`)
}
