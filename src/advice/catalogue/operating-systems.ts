import type {CatalogueEntry} from './catalogue-entry.js'

/** What file managers and file systems leave behind. */
export const OPERATING_SYSTEMS: readonly CatalogueEntry[] = [
  {
    kind: 'os-litter',
    rule: 'os-litter',
    title: 'file manager litter',
    names: [
      '.DS_Store',
      '._*',
      '.LSOverride',
      '[Tt]humbs.db',
      'ehthumbs.db',
      'ehthumbs_vista.db',
      '[Dd]esktop.ini',
      '.directory',
      '.localized',
    ],
    type: 'file',
    disposition: 'junk',
  },
  {
    kind: 'os-litter',
    rule: 'os-litter',
    title: 'file manager litter',
    names: [
      '__MACOSX',
      '.AppleDouble',
      '.Spotlight-V100',
      '.Trashes',
      '.Trash-[0-9]*',
      '.fseventsd',
      '.TemporaryItems',
      '.DocumentRevisions-V100',
      '$RECYCLE.BIN',
      'System Volume Information',
      'lost+found',
    ],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'deleted-open-files',
    rule: 'deleted-open-files',
    title: 'deleted file that a program still holds open',
    names: ['.nfs[0-9a-f][0-9a-f]*', '.fuse_hidden*'],
    type: 'file',
    disposition: 'junk',
  },
]
