// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of compose files
import type {RefusedRow} from './refused-rows.js'

/** More of them, which nobody had looked at when the rule was written: it told all 50. */
export const MORE_REFUSED_ROWS: readonly RefusedRow[] = [
  {
    what: 'restart_policy beside the service',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    restart_policy: {condition: on-failure}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {restart_policy: {condition: on-failure}}\n',
    answer: "compose.yaml: services.app additional properties 'restart_policy' not allowed",
  },
  {
    what: 'a command given as cmd',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    cmd: [serve]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    command: [serve]\n',
    answer: "compose.yaml: services.app additional properties 'cmd' not allowed",
  },
  {
    what: 'environments',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    environments:\n      - MODE=prod\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    environment:\n      - MODE=prod\n',
    answer: "compose.yaml: services.app additional properties 'environments' not allowed",
  },
  {
    what: 'a stage of a build named stage',
    faulty: {
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      'compose.yaml': 'services:\n  app:\n    build:\n      context: .\n      stage: prod\n',
    },
    sound: {
      Dockerfile: 'FROM scratch AS prod\nCOPY . /\n',
      'compose.yaml': 'services:\n  app:\n    build:\n      context: .\n      target: prod\n',
    },
    answer: "compose.yaml: services.app.build additional properties 'stage' not allowed",
  },
  {
    what: 'a cache of a build as a text',
    faulty: {
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      'compose.yaml':
        'services:\n  app:\n    build:\n      context: .\n      cache_from: example/app:cache\n',
    },
    sound: {
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      'compose.yaml':
        'services:\n  app:\n    build:\n      context: .\n      cache_from: [example/app:cache]\n',
    },
    answer: 'compose.yaml: services.app.build.cache_from must be a array',
  },
  {
    what: 'a context left out with a list',
    faulty: {
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      'compose.yaml': 'services:\n  app:\n    build:\n      - context: .\n',
    },
    sound: {
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      'compose.yaml': 'services:\n  app:\n    build:\n      context: .\n',
    },
    answer: 'compose.yaml: services.app.build must be a string',
  },
  {
    what: 'a check as a list below healthcheck',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    healthcheck:\n      - CMD\n      - pg_isready\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    healthcheck:\n      test: [CMD, pg_isready]\n',
    answer: 'compose.yaml: services.app.healthcheck must be a mapping',
  },
  {
    what: 'start interval misspelt',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    healthcheck: {test: pg_isready, startinterval: 2s}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    healthcheck: {test: pg_isready, start_interval: 2s}\n',
    answer: "compose.yaml: services.app.healthcheck additional properties 'startinterval' not allowed",
  },
  {
    what: 'milliseconds with a comma',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    healthcheck: {test: pg_isready, interval: "1,5s"}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    healthcheck: {test: pg_isready, interval: 1.5s}\n',
    answer: '\'services[app].healthcheck.interval\' time: unknown unit "," in duration "1,5s"',
  },
  {
    what: 'a period of start with a space',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    healthcheck: {test: pg_isready, start_period: 10 s}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    healthcheck: {test: pg_isready, start_period: 10s}\n',
    answer: '\'services[app].healthcheck.start_period\' time: unknown unit " s" in duration "10 s"',
  },
  {
    what: 'a reservation that is a number',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {resources: {reservations: {memory: 256}}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {resources: {reservations: {memory: 256M}}}\n',
    answer: 'compose.yaml: services.app.deploy.resources.reservations.memory must be a string',
  },
  {
    what: 'a delay of restarts without unit',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {restart_policy: {delay: "5"}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {restart_policy: {delay: 5s}}\n',
    answer: '\'services[app].deploy.restart_policy.delay\' time: missing unit in duration "5"',
  },
  {
    what: 'labels of deploy as a text',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {labels: "a=b"}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {labels: ["a=b"]}\n',
    answer: 'compose.yaml: services.app.deploy.labels must be a mapping',
  },
  {
    what: 'constraints as a text',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {placement: {constraints: node.role==manager}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    deploy: {placement: {constraints: [node.role==manager]}}\n',
    answer: 'compose.yaml: services.app.deploy.placement.constraints must be a array',
  },
  {
    what: 'a published range against one port',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: ["127.0.0.1:9000-9002:80-81"]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: ["127.0.0.1:9000-9001:80-81"]\n',
    answer: 'Invalid ranges specified for container and host Ports: 80-81 and 9000-9002',
  },
  {
    what: 'a port that is negative',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: ["-1:80"]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: ["1:80"]\n',
    answer: 'Invalid hostPort: -1',
  },
  {
    what: 'a port with an empty container side',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: ["8080:"]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: ["8080"]\n',
    answer: 'No port specified: 8080:<empty>',
  },
  {
    what: 'a named target',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: [{target: web, published: 8080}]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: [{target: 80, published: 8080}]\n',
    answer: 'error while interpolating services.app.ports.[].target: failed to cast to expected type: s',
  },
  {
    what: 'a volume without a name',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: [":/data"]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: ["/data"]\n',
    answer: 'invalid spec: :/data: empty section between colons',
  },
  {
    what: 'an option of a mount at the wrong level',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: [{type: volume, source: d, target: /d, nocopy: true}]\nvolumes: {d: {}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: [{type: volume, source: d, target: /d, volume: {nocopy: true}}]\nvolumes: {d: {}}\n',
    answer: "compose.yaml: services.app.volumes.0 additional properties 'nocopy' not allowed",
  },
  {
    what: 'selinux by another letter',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: [{type: bind, source: ., target: /d, bind: {selinux: y}}]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: [{type: bind, source: ., target: /d, bind: {selinux: z}}]\n',
    answer: "compose.yaml: services.app.volumes.0.bind.selinux value must be one of 'z', 'Z'",
  },
  {
    what: 'the same target through two volumes',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: [{type: tmpfs, target: /t}]\n    tmpfs: /t\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: [{type: tmpfs, target: /u}]\n    tmpfs: /t\n',
    answer: 'services.app.volumes[0]: target /t already mounted as services.app.tmpfs[0]',
  },
  {
    what: 'the options of a driver as a list',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\nvolumes:\n  d:\n    driver_opts: [type=nfs]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\nvolumes:\n  d:\n    driver_opts: {type: nfs}\n',
    answer: 'compose.yaml: volumes.d.driver_opts must be a mapping',
  },
  {
    what: 'an option of a driver that is true',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\nnetworks:\n  n:\n    driver_opts: {encrypted: true}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\nnetworks:\n  n:\n    driver_opts: {encrypted: "true"}\n',
    answer: 'compose.yaml: networks.n.driver_opts.encrypted must be a number or string',
  },
  {
    what: 'ipam as a list',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\nnetworks:\n  n:\n    ipam: [{subnet: 10.1.0.0/16}]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\nnetworks:\n  n:\n    ipam: {config: [{subnet: 10.1.0.0/16}]}\n',
    answer: 'compose.yaml: networks.n.ipam must be a mapping',
  },
  {
    what: 'an address in a list of networks',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    networks: [{n: {ipv4_address: 10.1.0.5}}]\nnetworks: {n: {}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    networks: {n: {ipv4_address: 10.1.0.5}}\nnetworks: {n: {}}\n',
    answer: 'compose.yaml: services.app.networks.0 must be a string',
  },
  {
    what: 'aliases as a text',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    networks: {n: {aliases: api}}\nnetworks: {n: {}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    networks: {n: {aliases: [api]}}\nnetworks: {n: {}}\n',
    answer: 'compose.yaml: services.app.networks.n.aliases must be a array',
  },
  {
    what: 'a network that is external by word',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    networks: [n]\nnetworks: {n: {external: maybe}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    networks: [n]\nnetworks: {n: {external: true}}\n',
    answer: 'error while interpolating networks.n.external: failed to cast to expected type: invalid bo',
  },
  {
    what: 'an external volume with labels',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: ["d:/d"]\nvolumes: {d: {external: true, labels: {a: b}}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    volumes: ["d:/d"]\nvolumes: {d: {labels: {a: b}}}\n',
    answer: 'volumes.d: conflicting parameters "external" and "labels" specified',
  },
  {
    what: 'a mode of a secret given by a list',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    secrets: [{source: s, mode: [0, 4]}]\nsecrets: {s: {environment: S}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    secrets: [{source: s, mode: 0440}]\nsecrets: {s: {environment: S}}\n',
    answer: 'compose.yaml: services.app.secrets.0.mode must be a number or string',
  },
  {
    what: 'a boolean among texts',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    entrypoint: [run, true]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    entrypoint: [run, "true"]\n',
    answer: 'compose.yaml: services.app.entrypoint.1 must be a string',
  },
  {
    what: 'a user by number',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    user: 1000\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    user: "1000"\n',
    answer: 'compose.yaml: services.app.user must be a string',
  },
  {
    what: 'a working directory that is null in a list',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    working_dir: [/srv]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    working_dir: /srv\n',
    answer: 'compose.yaml: services.app.working_dir must be a string',
  },
  {
    what: 'a name of a host that is a number',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    hostname: 7\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    hostname: "7"\n',
    answer: 'compose.yaml: services.app.hostname must be a string',
  },
  {
    what: 'dns by mapping',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    dns: {primary: 1.1.1.1}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    dns: 1.1.1.1\n',
    answer: 'compose.yaml: services.app.dns must be a string',
  },
  {
    what: 'a hook without a command',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    post_start: [{user: root}]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    post_start: [{user: root, command: [true-program]}]\n',
    answer: "compose.yaml: services.app.post_start.0 missing property 'command'",
  },
  {
    what: 'a device as a mapping',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    devices: {/dev/kvm: /dev/kvm}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    devices: ["/dev/kvm:/dev/kvm"]\n',
    answer: 'compose.yaml: services.app.devices must be a array',
  },
  {
    what: 'all gpus by another word',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    gpus: any\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    gpus: all\n',
    answer: "compose.yaml: services.app.gpus value must be 'all'",
  },
  {
    what: 'a swap that is a word',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    memswap_limit: none\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    memswap_limit: 2g\n',
    answer: "'services[app].memswap_limit' invalid size: 'none'",
  },
  {
    what: 'a reservation of memory by a fraction',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    mem_reservation: 0.5\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    mem_reservation: 512m\n',
    answer: 'compose.yaml: services.app.mem_reservation must be a integer or string',
  },
  {
    what: 'a dependency on a list of mappings',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    depends_on:\n      - db: {condition: service_started}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    depends_on:\n      db: {condition: service_started}\n',
    answer: 'compose.yaml: services.app.depends_on.0 must be a string',
  },
  {
    what: 'required by text',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    depends_on: {db: {condition: service_started, required: "no"}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    depends_on: {db: {condition: service_started, required: false}}\n',
    answer: 'compose.yaml: services.app.depends_on.db.required must be a boolean',
  },
  {
    what: 'the namespace of a service that is not there',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ipc: "service:cache"\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ipc: "service:db"\n',
    answer: 'service "app" depends on undefined service "cache": invalid compose project',
  },
  {
    what: 'a watch that is a mapping',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    develop: {watch: {path: ., action: rebuild}}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    develop: {watch: [{path: ., action: rebuild}]}\n',
    answer: 'compose.yaml: services.app.develop.watch must be a array',
  },
  {
    what: 'an extended service by a list',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    extends: [db]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    extends: db\n',
    answer: 'cannot extend service "app" in ./compose.yaml: service "" not found',
  },
  {
    what: 'a required variable with a bad operator',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    environment: {A: "${A:!must be set}"}\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    environment: {A: "${A:-set}"}\n',
    answer: 'invalid interpolation format for services.app.environment.A. You may need to escape any $',
  },
  {
    what: 'a dollar of a regular expression',
    faulty:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    labels: ["rule=${host"]\n',
    sound:
      'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    labels: ["rule=$${host"]\n',
    answer: 'invalid interpolation format for services.app.labels.[]. You may need to escape any $ with',
  },
  {
    what: 'a container named alike through two files',
    faulty: {
      'compose.yaml':
        'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    container_name: one\n',
      'compose.override.yaml': 'services:\n  db: {container_name: one}\n',
    },
    sound: {
      'compose.yaml':
        'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    container_name: one\n',
      'compose.override.yaml': 'services:\n  db: {container_name: two}\n',
    },
    answer: 'services.app: container name "one" is already in use by service {}"',
  },
  {
    what: 'an override with a mapping over ports',
    faulty: {
      'compose.yaml':
        'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: ["80:80"]\n',
      'compose.override.yaml': 'services:\n  app: {ports: {"81": "80"}}\n',
    },
    sound: {
      'compose.yaml':
        'services:\n  db:\n    image: example/postgres:16\n  app:\n    image: example/app:1\n    ports: ["80:80"]\n',
      'compose.override.yaml': 'services:\n  app: {ports: ["81:80"]}\n',
    },
    answer: 'cannot override services.app.ports',
  },
  {
    what: 'a file that is a list',
    faulty: {'compose.yaml': '- app:\n    image: example/app\n'},
    sound: {'compose.yaml': 'services:\n  app:\n    image: example/app\n'},
    answer: 'yaml: unmarshal errors:   line 1: cannot unmarshal !!seq into cli.named',
  },
]
