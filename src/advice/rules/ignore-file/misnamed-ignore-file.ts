import {defineRule} from '../define-rule.js'
import {listMisnamedIgnoreFiles, type MisnamedIgnoreFile} from '../unread-ignore-files.js'

const REASONS: Record<MisnamedIgnoreFile['why'], string> = {
  case: 'case matters, on every system',
  podman: 'only Podman and Buildah read it',
  name: 'the name is different',
  dockerfile:
    'the ignore file of a single Dockerfile has the whole name of the Dockerfile before ".dockerignore", and is beside it',
}

/** Finds files that are meant as ignore files and that Docker does not read under their names. */
export default defineRule<MisnamedIgnoreFile>({
  id: 'misnamed-ignore-file',
  severity: 'warning',
  summary: 'Give the ignore file the name that Docker reads',
  reason:
    'Docker reads NAME.dockerignore beside the Dockerfile NAME, or else .dockerignore at the root of the context, and silently skips any other name. Podman prefers .containerignore, which Docker does not read.',
  remedy: 'Rename the file, or link it: ln -s .containerignore .dockerignore works for both.',
  examples: {
    good: [
      {ignore: 'notes', tree: ['notes/a.txt']},
      {ignore: 'notes', tree: ['notes/a.txt', '.containerignore']},
      {ignore: '', tree: ['.dockerignore.example', 'web.Dockerfile', 'web.Dockerfile.dockerignore']},
    ],
    bad: [
      {dockerfile: 'FROM scratch\nCOPY . .', tree: ['dockerignore', 'Dockerfile']},
      {dockerfile: 'FROM scratch\nCOPY . .', tree: ['.dockerIgnore', 'Dockerfile']},
      {dockerfile: 'FROM scratch\nCOPY . .', tree: ['.dockerignore.txt', 'Dockerfile']},
      {dockerfile: 'FROM scratch\nCOPY . .', tree: ['.containerignore', 'Dockerfile']},
      {dockerfile: 'FROM scratch\nCOPY . .', tree: ['prod.dockerignore', 'Dockerfile', 'Dockerfile.prod']},
      {dockerfile: 'FROM scratch\nCOPY . .', tree: ['dockerfile.dockerignore', 'Dockerfile']},
      {ignore: '', tree: ['.dockerignroe', 'Dockerfile']},
    ],
  },
  message: ({path, why}) => `Docker does not read "${path}": ${REASONS[why]}`,
  fix: ({path, wanted, why}) =>
    why === 'podman'
      ? `Link it for Docker: ln -s "${path}" "${wanted}", or rename it to "${wanted}"`
      : `Rename it to "${wanted}"`,
  check: (facts) => listMisnamedIgnoreFiles(facts).map((data) => ({data, place: {file: data.path}})),
})
