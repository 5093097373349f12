/**
 * Writes the manual page (man/docker-slim-check.1) from the manifest and the topics of help. `npm run manifest` calls it,
 * test/man-page.test.ts compares.
 */
import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NAME = 'docker-slim-check'

/** Renders the page in the macros of man(7). */
export function renderManPage() {
  const {commands, version} = JSON.parse(readFileSync(path.join(ROOT, 'oclif.manifest.json'), 'utf8'))
  const shown = Object.values(commands).filter(({hidden}) => hidden !== true)
  return `${[
    `.TH ${NAME.toUpperCase()} 1 "" "${NAME} ${version}" "User Commands"`,
    '.SH NAME',
    `${escapeRoff(NAME)} \\- see what docker build sends, runs again and ships, before you build`,
    '.SH SYNOPSIS',
    `.B ${escapeRoff(NAME)}`,
    escapeRoff('[DIR | COMMAND] [OPTIONS]'),
    '.br',
    '.B docker slimcheck',
    escapeRoff('[DIR | COMMAND] [OPTIONS]'),
    '.SH DESCRIPTION',
    escapeRoff(
      'Without a command, or with a directory alone, it shows an overview: context, rebuild, Dockerfile, image and services in a line or two each, and what to do first.',
    ),
    '.SH COMMANDS',
    ...shown.flatMap(renderCommand),
    ...renderTopic('EXIT STATUS', 'exit-codes'),
    ...renderTopic('ENVIRONMENT', 'environment'),
    '.SH SEE ALSO',
    '.BR docker (1),',
    '.BR dockerfile (5)',
  ].join('\n')}\n`
}

function renderCommand({id, summary, description = '', flags, args, examples = [], usage}) {
  const command = id.replaceAll(':', ' ')
  const usages = usage === undefined ? [`${command} ${Object.keys(args).join(' ')}`] : [usage].flat()
  return [
    `.SS ${escapeRoff(command)}`,
    `${escapeRoff(summary)}.`,
    '.PP',
    '.nf',
    ...usages.map((one) => escapeRoff(`${NAME} ${one.replace('<%= command.id %>', command)}`.trim())),
    '.fi',
    ...(description === '' || description === summary ? [] : ['.PP', escapeRoff(description)]),
    ...Object.values(args).flatMap(renderArgument),
    ...Object.values(flags)
      .filter(({hidden}) => hidden !== true)
      .flatMap(renderFlag),
    ...examples.flatMap((example) => renderExample(example, command)),
  ]
}

function renderArgument({name, description = ''}) {
  const [head, ...kinds] = description.split('\n')
  const list = kinds.flatMap((kind) => ['.br', escapeRoff(kind)])
  return ['.TP', `\\fB${escapeRoff(name)}\\fR`, escapeRoff(head), ...list]
}

function renderFlag({name, char, description = '', type, helpValue, options, allowNo}) {
  const value = type === 'boolean' ? '' : ` ${helpValue ?? options?.join('|') ?? 'VALUE'}`
  const short = char === undefined ? '' : `\\-${char}, `
  return [
    '.TP',
    `${short}\\fB\\-\\-${allowNo ? '[no\\-]' : ''}${escapeRoff(name)}\\fR${escapeRoff(value)}`,
    escapeRoff(description),
  ]
}

function renderExample({description, command}, id) {
  const text = command.replaceAll('<%= config.bin %>', NAME).replaceAll('<%= command.id %>', id)
  return ['.PP', `${escapeRoff(description)}:`, '.PP', '.nf', `    ${escapeRoff(text)}`, '.fi']
}

/** What `help TOPIC` prints, without its heading. */
function renderTopic(title, topic) {
  const text = execFileSync(process.execPath, [path.join(ROOT, 'bin/run.js'), 'help', topic], {
    encoding: 'utf8',
  })
  const lines = text.trimEnd().split('\n').slice(2)
  return [`.SH ${title}`, '.nf', ...lines.map(escapeRoff), '.fi']
}

/** A line that begins with a dot or an apostrophe would be a request. */
function escapeRoff(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(path.join(ROOT, 'man'), {recursive: true})
  writeFileSync(path.join(ROOT, `man/${NAME}.1`), renderManPage())
}
