import {formatBytes, formatFiles} from '../../languages/text/amounts.js'
import type {ImageAnalysis, ImageReport} from '../../report/image-report.js'
import {describeBase, listLayerRows} from '../image/layer-rows.js'
import {writeImageDeploy, writeImageReasons} from '../image/write-comparison.js'
import {describeInstruction, describePull, nameImage} from '../image/write-image.js'
import {writeMessage} from '../write-message.js'
import {toCode, toProse} from './escape-markdown.js'
import {markReport} from './mark-report.js'

const MAX_ROWS = 50

/** Renders an analysis of images as Markdown, for a comment or a summary. Ends in a newline. */
export function renderImageMarkdown(analysis: ImageAnalysis): string {
  return `${markReport('image')}\n\n${analysis.images.map((image) => renderImage(image, analysis)).join('\n\n')}\n`
}

function renderImage(image: ImageReport, {isVerified}: ImageAnalysis): string {
  const {unpackedBytes, fileBytes, hiddenBytes, fileCount} = image
  const sections = [
    `## Image ${toCode(nameImage(image))} ${toCode(image.platform ?? 'unknown platform')}`,
    table(
      ['pull', 'unpacked', 'files', 'hidden'],
      [
        [
          describePull(image, formatBytes),
          formatBytes(unpackedBytes),
          `${formatBytes(fileBytes)}, ${formatFiles(fileCount)}`,
          formatBytes(hiddenBytes),
        ],
      ],
    ),
    ...renderList(
      'A deploy',
      [...writeImageDeploy(image, formatBytes), ...writeImageReasons(image, formatBytes, 10)].map(toProse),
    ),
    ...renderList(
      'Budgets',
      image.budgets.map(
        ({name, limit, actual, ok}) =>
          `${ok ? 'ok' : '**over**'}: ${name} ${formatBytes(actual)} of ${formatBytes(limit)}`,
      ),
    ),
    ...renderList(
      'Problems',
      image.findings
        .slice(0, MAX_ROWS)
        .map(
          (finding) =>
            `**${finding.severity}** ${toProse(writeMessage(finding))} (${finding.rule}). ${toProse(finding.fix ?? '')}`,
        ),
    ),
    renderLayers(image),
    ...renderHidden(image),
    ...(isVerified ? [] : ['Digests were not checked.']),
  ]
  return sections.join('\n\n')
}

function renderLayers(image: ImageReport): string {
  const rows = listLayerRows(image)
    .slice(-MAX_ROWS)
    .map(({numbers, fileBytes, pullBytes, pullIsEstimate, hiddenBytes, layer}) => [
      numbers,
      formatBytes(fileBytes),
      `${pullIsEstimate ? '≈ ' : ''}${formatBytes(pullBytes)}`,
      hiddenBytes === 0 ? '' : formatBytes(hiddenBytes),
      layer === null ? toProse(describeBase(image)) : toCode(describeInstruction(layer), 100),
    ])
  return table(['layer', 'unpacked', 'pull', 'hidden', 'instruction'], rows)
}

function renderHidden({hiddenPaths}: ImageReport): string[] {
  if (hiddenPaths.length === 0) return []
  const sorted = hiddenPaths.toSorted((one, other) => other.bytes - one.bytes).slice(0, 20)
  const rows = sorted.map(({path, bytes, layer, hiddenByLayer, kind}) => [
    formatBytes(bytes),
    toCode(`/${path}`),
    `${layer + 1}`,
    `${hiddenByLayer + 1} (${kind})`,
  ])
  return [
    `<details><summary>Hidden files</summary>\n\n${table(['bytes', 'path', 'layer', 'hidden by'], rows)}\n\n</details>`,
  ]
}

function renderList(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
