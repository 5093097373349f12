// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Compose
/** A Compose project and what Docker builds of it. */
export interface ComposeRow {
  title: string
  tree: Record<string, string>
  /** Default: compose.yaml. */
  files?: string[]
  env?: Record<string, string>
  builds: string[]
  /** Only here: buildx 0.29 reads it otherwise than Compose, or not at all. */
  isOurs?: true
}

const one = (build: string): Record<string, string> => ({'compose.yaml': `services: {a: {build: ${build}}}`})
const two = (base: string, override: string): Pick<ComposeRow, 'tree' | 'files'> => ({
  tree: {'compose.yaml': base, 'o.yaml': override},
  files: ['compose.yaml', 'o.yaml'],
})

export const COMPOSE_ROWS: ComposeRow[] = [
  {title: 'a directory', tree: one('web'), builds: ['a: ctx=web df=web/Dockerfile']},
  {title: 'a Dockerfile, context left out', tree: one('{dockerfile: D}'), builds: ['a: ctx=. df=D']},
  {
    title: 'a Dockerfile outside, a target, a platform',
    tree: one('{context: ./x/../y, target: dev, dockerfile: ../D, platforms: [linux/arm64, linux/amd64]}'),
    builds: ['a: ctx=y df=D target=dev linux/arm64'],
  },
  {
    title: 'an inline Dockerfile',
    tree: one('{context: x, dockerfile_inline: "FROM a\\nCOPY . ."}'),
    builds: ['a: ctx=x inline="FROM a\\nCOPY . ."'],
  },
  {
    title: 'arguments as a list, some from the environment',
    tree: one('{context: ., args: [FOO, B=2, C=, NOPE, "D=a=b", "$N=1"]}'),
    env: {FOO: 'x', N: 'Q'},
    builds: ['a: ctx=. df=Dockerfile FOO=x B=2 C= D=a=b Q=1'],
  },
  {
    title: 'arguments as a mapping, some from the environment',
    tree: one('{context: ., args: {FOO: , B: 2, C: "", NOPE: , D: true}}'),
    env: {FOO: 'x'},
    builds: ['a: ctx=. df=Dockerfile FOO=x B=2 C= D=true'],
  },
  {
    title: 'named contexts as a mapping',
    tree: one(
      '{context: ., additional_contexts: {l: ../lib, i: "docker-image://alpine", g: "https://x/y.git"}}',
    ),
    builds: ['a: ctx=. df=Dockerfile l<-../lib i<-docker-image://alpine g<-https://x/y.git'],
  },
  {
    title: 'named contexts as a list, one of them a service',
    tree: {
      'compose.yaml':
        'services: {a: {build: {context: ., additional_contexts: [l=./lib, "b=service:b"]}}, b: {build: b}}',
    },
    builds: ['a: ctx=. df=Dockerfile l<-lib b<-target:b', 'b: ctx=b df=b/Dockerfile'],
  },
  {
    title: 'anchors and merge keys',
    tree: {
      'compose.yaml':
        'x-b: &b {context: ., args: {A: 1}}\nservices: {a: {build: *b}, b: {build: {<<: *b, target: t}}, c: {build: {<<: *b, args: {B: 2}}}}',
    },
    builds: [
      'a: ctx=. df=Dockerfile A=1',
      'b: ctx=. df=Dockerfile target=t A=1',
      'c: ctx=. df=Dockerfile B=2',
    ],
  },
  {
    title: 'several documents',
    tree: {
      'compose.yaml': 'services: {a: {build: x}}\n---\nservices: {b: {build: y}, a: {build: {target: t}}}',
    },
    builds: ['a: ctx=x df=x/Dockerfile target=t', 'b: ctx=y df=y/Dockerfile'],
  },
  {
    title: 'an override over the short form, arguments by name',
    ...two(
      'services: {a: {build: web}, b: {build: {context: b, args: [A=1, B=2]}}}',
      'services: {a: {build: {target: dev, context: w2}}, b: {build: {args: {B: 3, C: }}}}',
    ),
    env: {C: 'c'},
    builds: ['a: ctx=w2 df=w2/Dockerfile target=dev', 'b: ctx=b df=b/Dockerfile A=1 B=3 C=c'],
  },
  {
    title: 'platforms one after the other',
    ...two(
      'services: {a: {build: {context: ., platforms: [linux/arm64]}}}',
      'services: {a: {build: {platforms: [linux/amd64]}}}',
    ),
    builds: ['a: ctx=. df=Dockerfile linux/arm64'],
  },
  {
    title: 'a list of named contexts over a mapping',
    ...two(
      'services: {a: {build: {context: ., additional_contexts: {x: a, y: b}}}}',
      'services: {a: {build: {additional_contexts: [x=c]}}}',
    ),
    builds: ['a: ctx=. df=Dockerfile x<-c y<-b'],
  },
  {
    title: '!reset of values',
    ...two(
      'services: {a: {build: {context: web, target: t, args: {A: 1, B: 2}}}}',
      'services: {a: {build: {target: !reset null, args: {A: !reset null}}}}',
    ),
    builds: ['a: ctx=web df=web/Dockerfile B=2'],
  },
  {
    title: '!override of a build',
    ...two(
      'services: {a: {build: {context: web, target: t, args: {A: 1}}}}',
      'services: {a: {build: !override {context: x, args: {C: 1}}}}',
    ),
    builds: ['a: ctx=x df=x/Dockerfile C=1'],
  },
  {
    title: '!override of arguments',
    ...two(
      'services: {a: {build: {context: web, target: t, args: {A: 1}}}}',
      'services: {a: {build: {args: !override {C: 1}}}}',
    ),
    builds: ['a: ctx=web df=web/Dockerfile target=t C=1'],
  },
  {
    title: '!reset of a service, !override of another',
    ...two(
      'services: {a: {build: web}, b: {build: b}, c: {build: {context: c, target: t}}}',
      'services: {a: !reset null, c: !override {build: d}}',
    ),
    builds: ['b: ctx=b df=b/Dockerfile', 'c: ctx=d df=d/Dockerfile'],
  },
  {
    title: '!reset of a build beside a merge key',
    ...two(
      'services: {a: {build: web, image: q}}',
      'x-c: &c {build: other}\nservices: {a: {<<: *c, build: !reset null, image: x}}',
    ),
    builds: ['a: ctx=other df=other/Dockerfile'],
  },
  {
    title: '!override of all services',
    ...two('services: {a: {build: web}}', 'services: !override {c: {build: x}}'),
    builds: ['c: ctx=x df=x/Dockerfile'],
  },
  {
    title: 'extends in a file, twice',
    tree: {
      'compose.yaml':
        'services: {base: {build: {context: b, args: {A: 1}}}, a: {extends: base, build: {target: t, args: [B=2]}}, c: {extends: {service: a}}}',
    },
    builds: [
      'base: ctx=b df=b/Dockerfile A=1',
      'a: ctx=b df=b/Dockerfile target=t A=1 B=2',
      'c: ctx=b df=b/Dockerfile target=t A=1 B=2',
    ],
  },
  {
    title: 'extends from another file, paths from there',
    tree: {
      'compose.yaml':
        'services: {a: {extends: {file: sub/x.yaml, service: s}}, b: {extends: {file: sub/x.yaml, service: t}}}',
      'sub/x.yaml':
        'services: {s: {build: {context: ., additional_contexts: {l: ../lib}}}, t: {extends: {service: s}, build: {context: other}}}',
    },
    builds: ['a: ctx=sub df=sub/Dockerfile l<-lib', 'b: ctx=sub/other df=sub/other/Dockerfile l<-lib'],
  },
  {
    title: 'a chain of extends over files',
    tree: {
      'compose.yaml': 'services: {a: {extends: {file: sub/x.yaml, service: s}}}',
      'sub/x.yaml': 'services: {s: {extends: {file: ../deep/y.yaml, service: q}, build: {target: t}}}',
      'deep/y.yaml': 'services: {q: {build: {context: ./ctx, args: {A: $FOO}}}}',
    },
    env: {FOO: '1'},
    builds: ['a: ctx=deep/ctx df=deep/ctx/Dockerfile target=t A=1'],
  },
  {
    title: '!reset of what is extended',
    tree: {
      'compose.yaml':
        'services: {base: {build: {context: b, target: q}}, a: {extends: base, build: {target: !reset null}}}',
    },
    builds: ['base: ctx=b df=b/Dockerfile target=q', 'a: ctx=b df=b/Dockerfile'],
  },
  {
    title: 'an include with its own .env, the including environment first',
    tree: {
      'compose.yaml': 'include: [sub/c.yaml]\nservices: {a: {build: a}}',
      'sub/c.yaml': 'services: {b: {build: {context: ./b, args: {X: $X, Y: $Y}}}}',
      'sub/.env': 'X=sub\nY=suby\n',
      '.env': 'X=top\n',
    },
    builds: ['a: ctx=a df=a/Dockerfile', 'b: ctx=sub/b df=sub/b/Dockerfile X=top Y=suby'],
  },
  {
    title: 'an include in the long form',
    tree: {
      'compose.yaml':
        'include: [{path: [sub/c.yaml, sub/d.yaml], project_directory: pd, env_file: e.env}]\nservices: {a: {build: a}}',
      'sub/c.yaml': 'services: {b: {build: {context: ./b, args: {X: $X}}}}',
      'sub/d.yaml': 'services: {b: {build: {target: q}}}',
      'e.env': 'X=e\n',
      'pd/x': '',
    },
    builds: ['a: ctx=a df=a/Dockerfile', 'b: ctx=pd/b df=pd/b/Dockerfile target=q X=e'],
  },
  {
    title: 'an include in an include',
    tree: {
      'compose.yaml': 'include: [s/c.yaml]',
      's/c.yaml': 'include: [t/d.yaml]\nservices: {b: {build: b}}',
      's/t/d.yaml': 'services: {d: {build: d}}',
    },
    builds: ['b: ctx=s/b df=s/b/Dockerfile', 'd: ctx=s/t/d df=s/t/d/Dockerfile'],
    isOurs: true,
  },
  {
    title: 'a service that overrides and extends an included one',
    tree: {
      'compose.yaml':
        'include: [s/c.yaml]\nservices: {b: {build: {target: t}}, a: {extends: b, build: {args: [A=1]}}}',
      's/c.yaml': 'services: {b: {build: b}}',
    },
    builds: ['b: ctx=s/b df=s/b/Dockerfile target=t', 'a: ctx=s/b df=s/b/Dockerfile target=t A=1'],
    isOurs: true,
  },
  {
    title: 'variables from .env and the environment',
    tree: {
      'compose.yaml': 'services: {a: {build: {context: "${CTX:-./web}", args: {A: $A, B: "${B}"}}}}',
      '.env': 'A=file\nB=file\n',
    },
    env: {A: 'env'},
    builds: ['a: ctx=web df=web/Dockerfile A=env B=file'],
  },
  {
    title: 'a service without a build',
    tree: {'compose.yaml': 'services: {a: {build: web}, b: {image: x}}'},
    builds: ['a: ctx=web df=web/Dockerfile'],
  },
  {
    title: 'the platform of a service, variables needed elsewhere',
    tree: {
      'compose.yaml':
        'services: {a: {build: web, platform: linux/arm64, ports: ["${PORT:?needed}:80"]}, b: {build: {context: b, platforms: [local]}}}',
    },
    builds: ['a: ctx=web df=web/Dockerfile linux/arm64', 'b: ctx=b df=b/Dockerfile'],
    isOurs: true,
  },
  {
    title: 'the default platform',
    tree: one('{context: ., platforms: [linux/amd64, linux/arm64]}'),
    env: {DOCKER_DEFAULT_PLATFORM: 'linux/arm64'},
    builds: ['a: ctx=. df=Dockerfile linux/arm64'],
    isOurs: true,
  },
]
