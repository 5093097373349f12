import type {OtherInstruction} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {describeFinalImage, type FinalImage} from './final-image.js'
import type {RewriteFacts} from './rewrite-facts.js'
import {findStart, type StartCommand} from './start-command.js'
import {findStartScript} from './start-script.js'

/** An image that listens on ports, built from files of the context. */
export interface Service {
  image: FinalImage
  start: StartCommand
  /** As EXPOSE names them, without protocol; without it as the start command does. */
  ports: readonly number[]
  /** The CMD or ENTRYPOINT that stands first. */
  firstStart: OtherInstruction
}

/** Reads an image as a service; null where it listens on no port, or where nothing of it comes from the context. */
export function findService(facts: RewriteFacts): Service | null {
  const start = findStart(facts.graph)
  const image = describeFinalImage(facts.graph)
  const exposed = image.instructions.flatMap((instruction) =>
    instruction.keyword === 'EXPOSE' ? instruction.args.map((arg) => Number.parseInt(arg, 10)) : [],
  )
  const ports = exposed.length > 0 ? exposed : findPorts(start)
  const isOwn = image.steps.some(({reads}) =>
    reads.some(({from, how}) => how === 'copy' && (from.kind === 'context' || from.kind === 'stage')),
  )
  const firstStart = image.instructions.find(
    (one): one is OtherInstruction =>
      (one.keyword === 'CMD' || one.keyword === 'ENTRYPOINT') && !one.isInherited && one.args.length > 0,
  )
  const known = ports.filter((port) => port > 0)
  return start === null || firstStart === undefined || known.length === 0 || !isOwn
    ? null
    : {image, start, ports: known, firstStart}
}

const PORT = /^(?:--port|--server\.port|--http-port)(?:=|$)/
const BIND = /^(?:-b|--bind)(?:=|$)/

/** The ports that the options of a server name. */
function findPorts(start: StartCommand | null): number[] {
  return (start?.commands ?? []).flatMap(({words}) =>
    words.flatMap((word, index) => {
      const option = PORT.test(word) ? /^(\d+)$/ : BIND.test(word) ? /:(\d+)$/ : null
      if (option === null) return []
      const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : (words[index + 1] ?? '')
      const [, port] = option.exec(value) ?? []
      return port === undefined ? [] : [Number(port)]
    }),
  )
}

/** Services that run the image with a command of their own, by name. */
export function listOtherStarts({services}: RewriteFacts): string[] {
  return services
    .filter(({starts}) => starts.some(({keyword}) => keyword !== 'healthcheck'))
    .map(({service}) => service)
}

/** Tells whether a start script or command gives up the rights of root by itself. */
export function dropsRights(facts: RewriteFacts, {start, image}: Service): boolean {
  const script = findStartScript(facts)
  const text = `${start.script.text}\n${script?.text ?? ''}`
  const isUnread = script === null && /entrypoint|\.sh\b|\binit\b/.test(start.script.text)
  return (
    isUnread ||
    DROPS.test(text) ||
    image.steps.some((step) => facts.commandsOf(step).some(({words}) => DROPS.test(words.join(' '))))
  )
}

const DROPS =
  /\b(?:gosu|su-exec|setpriv|runuser|s6-setuidgid|chpst|setuidgid|sudo|su -|nginx|apache2|httpd|supervisord|php-fpm|crond?|sshd|postfix|s6-svscan|s6-overlay|\/init)\b/
