import type {Screen} from '../render/terminal/style.js'
import type {CacheReport} from '../report/cache-report.js'
import {addJobSummary, locateInRepository} from '../services/context/save-report.js'
import {deliver} from './deliver.js'
import {chooseFormat, type Format} from './formats.js'

/** How the report is wanted. */
export interface CacheLook {
  format?: string | undefined
  json?: boolean
  output?: string | undefined
  bytes?: boolean
  version: string
  screen: Screen
}

const TOP = 10

/** Writes what the cache holds to standard output, or to a file. */
export async function writeCacheReport(report: CacheReport, look: CacheLook): Promise<void> {
  const format = chooseFormat(look)
  const text = await renderWith(format, report, look)
  deliver(text, look.output, report.context)
  if (format !== 'github') return
  const {renderCacheMarkdown} = await import('../render/markdown/render-cache-markdown.js')
  addJobSummary(renderCacheMarkdown(report), process.env)
}

async function renderWith(format: Format, report: CacheReport, look: CacheLook): Promise<string> {
  switch (format) {
    case 'text':
      return renderTextWith(report, look)
    case 'json':
      return (await import('../render/json/render-json.js')).renderJson(report)
    case 'markdown':
      return (await import('../render/markdown/render-cache-markdown.js')).renderCacheMarkdown(report)
    case 'sarif':
      return renderSarifWith(report, look)
    case 'github': {
      const {toCacheFindings} = await import('../render/cache/to-findings-report.js')
      const {renderAnnotations} = await import('../render/github/render-annotations.js')
      return renderAnnotations(toCacheFindings(report), {contextPath: locateInRepository(report.context)})
    }
    case 'html': {
      const {renderCacheHtml} = await import('../render/html/render-cache-html.js')
      return renderCacheHtml(report, {version: look.version, date: new Date().toISOString().slice(0, 10)})
    }
  }
}

async function renderTextWith(report: CacheReport, look: CacheLook): Promise<string> {
  const {renderCacheText} = await import('../render/text/render-cache.js')
  const screen = look.output === undefined ? look.screen : {...look.screen, hasColor: false}
  return renderCacheText(report, {...screen, top: TOP, isExact: look.bytes ?? false})
}

async function renderSarifWith(report: CacheReport, look: CacheLook): Promise<string> {
  const {CACHE_BUDGET, toCacheFindings} = await import('../render/cache/to-findings-report.js')
  const {renderSarif} = await import('../render/sarif/render-sarif.js')
  const {CACHE_RULES} = await import('../advice/rules/cache/all-cache-rules.js')
  const rules = [...CACHE_RULES, CACHE_BUDGET]
  const options = {toolVersion: look.version, rules, contextPath: locateInRepository(report.context)}
  return renderSarif(toCacheFindings(report), options)
}
