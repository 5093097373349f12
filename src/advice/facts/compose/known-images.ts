import {shortImageName} from '../../../languages/dockerfile/evaluate/names/image-name.js'

/** Docker Official Images have no HEALTHCHECK of their own; for these there is a usual one. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  postgres: ['CMD-SHELL', 'pg_isready -U "$${POSTGRES_USER:-postgres}"'],
  mysql: ['CMD-SHELL', 'mysqladmin ping -h 127.0.0.1 -p"$$MYSQL_ROOT_PASSWORD"'],
  mariadb: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'],
  redis: ['CMD', 'redis-cli', 'ping'],
  valkey: ['CMD', 'valkey-cli', 'ping'],
  mongo: ['CMD', 'mongosh', '--quiet', '--eval', 'db.adminCommand("ping")'],
  rabbitmq: ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'],
  memcached: ['CMD-SHELL', 'echo version | nc -w 1 127.0.0.1 11211'],
}

/** Official ones that have a HEALTHCHECK all the same, or had one. */
const WITH_CHECK = new Set(['couchbase', 'hello-world'])

/** Tells whether an image is one of Docker's official ones, none of which has a health check. */
export function lacksHealthCheck(image: string): boolean {
  const name = officialName(image)
  return name !== null && !WITH_CHECK.has(name)
}

/** The words of the usual health check of an image; null where none is known. `$$` as a compose file writes a dollar. */
export function usualCheck(image: string): readonly string[] | null {
  const name = officialName(image)
  return name !== null && Object.hasOwn(CHECKS, name) ? CHECKS[name]! : null
}

/** `postgres` of `docker.io/library/postgres:17`; null for an image that somebody else publishes. */
function officialName(image: string): string | null {
  const short = shortImageName(image)
  return short === null || short.includes('/') ? null : short.replace(/[:@].*$/, '')
}

/** Programs that have an image of their own, and what runs them besides. */
export interface ForeignProgram {
  name: string
  /** Whose image it has; null: it is made of the project's own packages. */
  image: string | null
  /** What it needs of a project. */
  needs: string
}

const PROGRAMS: readonly (ForeignProgram & {pattern: RegExp})[] = [
  {
    name: 'flower',
    pattern: /^(?:\S*\/)?celery\b.*\sflower\b|^(?:\S*\/)?flower\b/,
    image: 'mher/flower',
    needs: 'celery, flower and the address of the broker',
  },
  {
    name: 'celery beat',
    pattern: /^(?:\S*\/)?celery\b.*\sbeat\b/,
    image: null,
    needs: 'celery, the module that names the schedule, and the client of the broker',
  },
  ...(
    [
      ['nginx', 'nginx', 'its configuration and the files that it serves'],
      ['redis-server', 'redis', 'its configuration'],
      ['redis-cli', 'redis', 'nothing of the project'],
      ['valkey-server', 'valkey/valkey', 'its configuration'],
      ['memcached', 'memcached', 'nothing of the project'],
      ['rabbitmq-server', 'rabbitmq', 'its configuration'],
      ['mongod', 'mongo', 'its configuration'],
      ['mysqld', 'mysql', 'its configuration'],
      ['postgres', 'postgres', 'its configuration'],
      ['haproxy', 'haproxy', 'its configuration'],
      ['caddy', 'caddy', 'its configuration and the files that it serves'],
      ['traefik', 'traefik', 'its configuration'],
      ['prometheus', 'prom/prometheus', 'its configuration'],
      ['grafana-server', 'grafana/grafana', 'its configuration'],
      ['httpd', 'httpd', 'its configuration and the files that it serves'],
    ] as const
  ).map(([name, image, needs]) => ({
    name,
    pattern: new RegExp(`^(?:\\S*/)?${name}(?:\\s|$)`),
    image,
    needs,
  })),
]

/** Recognises a command that runs a program which is none of the project; null for others. */
export function findForeignProgram(words: readonly string[]): ForeignProgram | null {
  const text = words.join(' ')
  return PROGRAMS.find(({pattern}) => pattern.test(text)) ?? null
}
