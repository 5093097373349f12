import type {Step} from '../../../build/graph/build-graph.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {describeFinalImage, isAlpine, isForDevelopment} from '../../rewrites/final-image.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {splitStage} from '../../rewrites/stages/split-stage.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Leaves out what apt installs besides, where that is known to be much. */
const rule: RewriteRule = {
  id: 'package-recommends',
  summary: 'Install system packages without the packages they only recommend',
  reason:
    'By default apt also installs what a package recommends: a compiler with python3-pip, graphics drivers with ffmpeg. hadolint (DL3015) reports every such install; this rule reports those that add 20 MB or more to the final image, and keeps what the other packages need: certificates for curl, headers for gcc. Sizes are from apt on Debian 12, without what the base image has. Proved: nothing in the Dockerfile turns recommends off. Whether the program uses one of them only a run shows.',
  examples: [
    {
      title: 'pip of the system, with a compiler',
      dockerfile:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl python3-pip && rm -rf /var/lib/apt/lists/*\nCOPY a.py /\nCMD ["python3", "/a.py"]\n',
      tree: ['a.py'],
      expected: {
        confidence: 'review',
        says: /build-essential/,
        dockerfile:
          'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y curl python3-pip ca-certificates && rm -rf /var/lib/apt/lists/*\nCOPY a.py /\nCMD ["python3", "/a.py"]\n',
      },
    },
    {
      title: 'packages that recommend little',
      dockerfile:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl jq\nCOPY a.sh /\nCMD ["/a.sh"]\n',
      tree: ['a.sh'],
      expected: null,
    },
    {
      title: 'recommends that are turned off for all installs',
      dockerfile:
        'FROM debian:12\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/99 && apt-get update && apt-get install -y ffmpeg\nCOPY a.sh /\nCMD ["/a.sh"]\n',
      tree: ['a.sh'],
      expected: null,
    },
    {
      title: 'a stage that only makes something',
      dockerfile:
        'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y imagemagick\nCOPY a.sh /\nRUN /a.sh\nFROM debian:12\nCOPY --from=build /out /out\n',
      tree: ['a.sh'],
      expected: null,
    },
    {
      title: 'hadolint was told to be silent',
      dockerfile:
        'FROM debian:12\n# hadolint ignore=DL3015\nRUN apt-get update && apt-get install -y ffmpeg\nCOPY a.sh /\nCMD ["/a.sh"]\n',
      tree: ['a.sh'],
      expected: null,
    },
  ],
  find: (facts) => {
    const {steps, base} = describeFinalImage(facts.graph)
    const isOff = /Install-Recommends/i.test(facts.dockerfile.text)
    if (isOff || isForDevelopment(facts) || (base !== null && isAlpine(base))) return []
    if (splitStage(facts) !== null) return []
    return steps.flatMap((step) => propose(facts, step) ?? [])
  },
}
export default rule

interface Recommending {
  /** Megabytes that come besides, with their own dependencies. */
  size: number
  /** The best known of them. */
  names: string
  /** One that the package is of no use without. */
  needs?: string
}

/**
 * Measured with `apt-get --simulate` on Debian 12 above its required packages: what comes with recommends, less what
 * comes without, by installed size.
 */
const RECOMMENDING: Readonly<Record<string, Recommending>> = {
  npm: {size: 614, names: 'gcc, g++, git and libllvm15'},
  'texlive-latex-base': {size: 437, names: 'libllvm15 and mupdf-tools'},
  'python3-pip': {size: 371, names: 'build-essential and python3-dev'},
  'libmagickwand-dev': {size: 278, names: 'gcc and ghostscript'},
  wkhtmltopdf: {size: 200, names: 'GTK, icons and udev'},
  chromium: {size: 161, names: 'cpp, samba-libs and udev'},
  ffmpeg: {size: 153, names: 'pocketsphinx-en-us and drivers of graphics cards'},
  imagemagick: {size: 116, names: 'ghostscript and fonts, which PDF files need'},
  gcc: {size: 86, names: 'image codecs and manual pages', needs: 'libc6-dev'},
  'build-essential': {size: 77, names: 'image codecs, manual pages and gnupg'},
  'default-jdk': {size: 70, names: 'librsvg2 and fonts'},
  'openjdk-17-jre': {size: 63, names: 'librsvg2, systemd and fonts'},
  'python3-dev': {size: 59, names: 'image codecs, manual pages and fonts'},
  graphviz: {size: 57, names: 'fonts-liberation, which drawn text needs, and ICU'},
  'default-jre-headless': {size: 55, names: 'ICU and glib'},
  'openjdk-17-jdk-headless': {size: 55, names: 'ICU and glib'},
  'ruby-dev': {size: 31, names: 'documentation of Ruby'},
  'libgtk-3-0': {size: 29, names: 'librsvg2'},
  'software-properties-common': {
    size: 23,
    names: 'gnupg and appstream',
    needs: 'gnupg',
  },
}

/** They recommend certificates, and fail at https:// without. */
const NEEDS_CERTIFICATES = /^(?:curl|wget|git|python3|nodejs|npm|libcurl4)$/

function propose(facts: RewriteFacts, step: Step): ProposedRewrite | null {
  if (step.instruction.isInherited) return null
  const found = facts.commandsOf(step).flatMap((command) => readInstall(command) ?? [])
  const named = found.flatMap(({names}) => names)
  const much = named.filter((name) => Object.hasOwn(RECOMMENDING, name))
  const largest = much.toSorted((one, other) => RECOMMENDING[other]!.size - RECOMMENDING[one]!.size)[0]
  if (largest === undefined) return null
  const {size, names} = RECOMMENDING[largest]!
  return {
    line: step.line,
    endLine: step.instruction.endLine,
    title: `install ${much.slice(0, 3).join(', ')} without what is only recommended`,
    proof: [
      {
        claim: `${largest} recommends ${names}`,
        evidence: `with what they need ${size} MB on Debian 12, less what the base image has`,
      },
      {claim: 'apt installs recommended packages here', evidence: 'no option and no settings turn it off'},
    ],
    questions: [`Does anything in the image use what comes with ${largest}, such as ${names}?`],
    edits: found.flatMap(({install, last, names: own}) => {
      const added = listNeeded(own).filter((name) => !named.includes(name))
      return [
        {range: {start: install.end, end: install.end}, text: ' --no-install-recommends'},
        ...(added.length === 0
          ? []
          : [{range: {start: last.end, end: last.end}, text: ` ${added.join(' ')}`}]),
      ]
    }),
    changes: ['commands'],
  }
}

/** What must be named once it no longer comes by itself. */
function listNeeded(names: readonly string[]): string[] {
  const needed = names.flatMap((name) =>
    Object.hasOwn(RECOMMENDING, name) ? (RECOMMENDING[name]!.needs ?? []) : [],
  )
  return [...needed, ...(names.some((name) => NEEDS_CERTIFICATES.test(name)) ? ['ca-certificates'] : [])]
}

/** An install by apt with what is only recommended; null for another command, and one whose packages are not told. */
function readInstall({words, wordRanges}: ShellCommand) {
  if (!/^apt(?:-get)?$/.test(words[0] ?? '')) return null
  const at = words.indexOf('install')
  const [install, last] = [wordRanges[at], wordRanges.at(-1)]
  if (at < 1 || install === undefined || last === undefined || words.some((word) => word.includes('$')))
    return null
  if (words.some((word) => /recommends/i.test(word))) return null
  const names = words.slice(at + 1).filter((word) => !word.startsWith('-'))
  return {install, last, names: names.map((name) => name.replace(/[:=].*$/, ''))}
}
