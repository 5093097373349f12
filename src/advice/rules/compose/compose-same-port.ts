import {joinNames, sentence} from '../../../languages/text/sentence.js'
import type {PublishedPort} from '../../../plan/compose/service/read-ports.js'
import type {ServiceFacts} from '../../facts/compose/compose-facts.js'
import type {ComposeHit, ComposeRule} from '../define-compose-rule.js'

const MAX_NAMES = 4

/** No project publishes as many; each is compared with those before it. */
const MAX_PORTS = 2_000

/** Finds ports of the host that are published twice. */
const rule: ComposeRule = {
  id: 'compose-same-port',
  severity: 'warning',
  summary: 'Publish each port of the host once',
  reason:
    'Docker gives a port of the host to one container: the second one stops with "port is already allocated". For images of others of which no service needs two it is an info: people start one of them.',
  remedy: 'Publish one of them on another port, or give the services profiles of which one is started.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  a: {image: example/a, ports: ["8080:80"]}\n  b: {image: example/b, ports: ["127.0.0.1:8080:3000"]}\n',
      },
      {
        compose:
          'services:\n  a: {image: example/a, ports: ["8080-8090:80-90"]}\n  b: {image: example/b, ports: [{target: 80, published: 8085}]}\n',
      },
      {compose: 'services:\n  a: {image: example/a, ports: ["8080:80", "8080:81"]}\n'},
    ],
    good: [
      {
        compose:
          'services:\n  a: {image: example/a, ports: ["8080:80"]}\n  b: {image: example/b, ports: ["8080:80/udp", "8081:80"]}\n',
      },
      {
        compose:
          'services:\n  a: {image: example/a, ports: ["127.0.0.1:80:80"]}\n  b: {image: example/b, ports: ["127.0.0.2:80:80", "80"]}\n',
      },
      {
        compose:
          'services:\n  a: {image: example/a, ports: ["80:80"], profiles: [one]}\n  b: {image: example/b, ports: ["80:80"], profiles: [other]}\n',
      },
      {compose: 'services:\n  a: {image: example/a, ports: ["80:80", "80:80"]}\n'},
    ],
  },
  check: ({services}) => {
    const published = services
      .flatMap((one) => one.service.ports.map((port) => ({one, port})))
      .slice(0, MAX_PORTS)
    const groups = new Map<Published, Published[]>()
    for (const [at, later] of published.entries()) {
      const earlier = published.slice(0, at).find((other) => collide(other, later))
      if (earlier === undefined) continue
      const first = [...groups].find(([, others]) => others.includes(earlier))?.[0] ?? earlier
      groups.set(first, [...(groups.get(first) ?? []), later])
    }
    return [...groups].map(([first, others]) =>
      describe(first, others, isChoice([first, ...others], services)),
    )
  },
}
export default rule

/** A port with the service that publishes it. */
interface Published {
  one: ServiceFacts
  port: PublishedPort
}

function collide(earlier: Published, later: Published): boolean {
  // Compose leaves out what a service says twice.
  const isRepeated = earlier.one === later.one && earlier.port.target === later.port.target
  return isSame(earlier.port, later.port) && !isRepeated && !areAlternatives(earlier.one, later.one)
}

/** Images of others that know nothing of each other, and that nothing needs together: people start the one that they need. */
function isChoice(published: readonly Published[], services: readonly ServiceFacts[]): boolean {
  const names = new Set(published.map(({one}) => one.service.name))
  const areOfOthers = published.every(({one}) => one.service.build === null)
  return areOfOthers && services.every((one) => countNeeded(one, names, services) < 2)
}

/** How many of some services run where one does. */
function countNeeded(
  from: ServiceFacts,
  names: ReadonlySet<string>,
  services: readonly ServiceFacts[],
): number {
  const seen = new Set([from])
  for (const one of seen) {
    for (const {name} of one.service.dependencies) {
      const other = services.find(({service}) => service.name === name)
      if (other !== undefined) seen.add(other)
    }
  }
  return [...seen].filter(({service}) => names.has(service.name)).length
}

function isSame(one: PublishedPort, other: PublishedPort): boolean {
  const onSameAddress = one.address === '' || other.address === '' || one.address === other.address
  const overlap = one.first <= other.last && other.first <= one.last
  return onSameAddress && overlap && one.protocol === other.protocol
}

/** People start one or the other. */
function areAlternatives({service: one}: ServiceFacts, {service: other}: ServiceFacts): boolean {
  const isApart = !one.profiles.some((name) => other.profiles.includes(name))
  return one.profiles.length > 0 && other.profiles.length > 0 && isApart
}

function describe(first: Published, others: readonly Published[], mayBeChoice: boolean): ComposeHit {
  const {port} = others[0]!
  const ports = port.first === port.last ? `port ${port.first}` : `ports ${port.first} to ${port.last}`
  const what = port.protocol === 'tcp' ? ports : `${ports} (${port.protocol})`
  const names = [...new Set([first, ...others].map(({one}) => one.service.name))]
  const [only, ...more] = names
  // One line that two services have from an anchor or from `extends` is for neither to choose.
  const isInherited = others.some(
    ({port: {place}}) => place.line === first.port.place.line && more.length > 0,
  )
  const severity = isInherited || more.length === 0 ? 'error' : mayBeChoice ? 'info' : 'warning'
  return {
    message:
      more.length === 0
        ? sentence`"${only!}" publishes ${what} of the host twice: Docker gives it to one only`
        : sentence`${joinNames(names, MAX_NAMES)} publish ${what} of the host: Docker gives it to one only`,
    place: port.place,
    ...(more.length < 2 && {service: others[0]!.one.service.name}),
    severity,
    fix: 'Publish each on another port',
  }
}
