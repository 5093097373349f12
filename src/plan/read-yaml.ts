import type {DocumentNode} from '../languages/documents/document-node.js'
import {readDocuments, YAML_DEPTH, type YamlOptions} from '../languages/documents/parse-yaml.js'
import {readYamlSource} from '../languages/documents/read-yaml-source.js'
import type {SourceDocument} from '../languages/documents/source-node.js'
import type {FileText, ProjectFiles} from './project-files.js'

/** A file that was read. */
type ReadText = Extract<FileText, {status: 'read'}>

/**
 * Reads the documents of a YAML file, as `parseYaml` does.
 * @throws BuildFileError for a broken one
 */
export function readYaml(
  read: ReadText,
  files: ProjectFiles,
  file: string,
  options?: YamlOptions,
): (DocumentNode | null)[] {
  return readDocuments(readYamlText(read, files), file, options)
}

/**
 * What a YAML file says as it is written; null where it is nested too deeply. Kept with the text: the files of one compose
 * project are read by four to ten readers, which took a fifth of an overview.
 */
export function readYamlText(read: ReadText, {yaml}: ProjectFiles): readonly SourceDocument[] | null {
  const known = yaml?.get(read)
  if (known !== undefined) return known
  const documents = readYamlSource(read.text, YAML_DEPTH)
  yaml?.set(read, documents)
  return documents
}
