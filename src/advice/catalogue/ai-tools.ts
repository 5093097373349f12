import type {CatalogueEntry} from './catalogue-entry.js'

/** What coding assistants keep in a project. Instructions that an application may read itself are not meant. */
export const AI_TOOLS: readonly CatalogueEntry[] = [
  {
    kind: 'assistant-settings',
    rule: 'assistant-settings',
    title: 'coding assistant settings',
    names: [
      '.claude',
      '.cursor',
      '.windsurf',
      '.continue',
      '.copilot',
      '.gemini',
      '.codex',
      '.roo',
      '.kiro',
      '.junie',
      '.aider.tags.cache.v[0-9]*',
    ],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'assistant-settings',
    rule: 'assistant-settings',
    title: 'coding assistant settings',
    names: [
      '.aider*',
      '.cursorignore',
      '.cursorindexingignore',
      '.cursorrules',
      '.windsurfrules',
      '.clinerules',
      'CLAUDE.local.md',
    ],
    type: 'file',
    disposition: 'junk',
  },
]
