import type {ImageAnswer} from '../../services/image/image-command.js'
import type {ReportForms, TextView} from './write-report.js'

/** What the text of an image shows besides. */
export interface ImageExtras {
  duplicates: boolean
}

const WORDS = {nothing: 'It has no files.', leaves: 'hidden'}

/** The forms of what images hold. */
export function imageForms(answer: ImageAnswer, extras: ImageExtras): ReportForms {
  const {analysis, pictures} = answer
  return {
    contextDir: null,
    text: (view) => renderTextWith(answer, view, extras),
    json: () => analysis,
    markdown: async () =>
      (await import('../../render/markdown/render-image-markdown.js')).renderImageMarkdown(analysis),
    html: async (stamp) => {
      const {renderImageHtml} = await import('../../render/html/render-image-html.js')
      return renderImageHtml(analysis, pictures, stamp)
    },
    findings: async () => {
      const {IMAGE_BUDGET, toFindingsReport} = await import('../../render/image/to-findings-report.js')
      const {IMAGE_RULES} = await import('../../advice/rules/image/all-image-rules.js')
      return {report: toFindingsReport(analysis), rules: [...IMAGE_RULES, IMAGE_BUDGET], category: 'image'}
    },
  }
}

async function renderTextWith(
  {analysis, trees}: ImageAnswer,
  view: TextView,
  {duplicates}: ImageExtras,
): Promise<string> {
  const {renderImageText} = await import('../../render/text/render-image.js')
  if (trees.length === 0) return renderImageText(analysis, {...view, duplicates, trees: []})
  const {renderTree} = await import('../../render/text/render-tree.js')
  const drawn = trees.map(({title, tree}) => ({title, text: renderTree(tree, {...view, words: WORDS})}))
  return renderImageText(analysis, {...view, duplicates, trees: drawn})
}
