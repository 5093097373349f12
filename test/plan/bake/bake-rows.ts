// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of bake files
/** Bake files in JSON and what Docker builds of them. */
export interface BakeRow {
  title: string
  files: object[]
  env?: Record<string, string>
  builds: string[]
}

const target = (body: object): object[] => [{target: {default: body}}]

/** Asked with `docker buildx bake --print`. */
export const BAKE_ROWS: BakeRow[] = [
  {
    title: 'every field',
    files: [
      {
        target: {
          default: {
            context: 'x',
            dockerfile: 'D',
            args: {A: '1', B: 2, C: true, D: null},
            target: 't',
            platforms: ['linux/arm64', 'linux/amd64'],
            contexts: {a: '../l', b: 'docker-image://x', c: 'target:o'},
          },
          o: {context: 'o'},
        },
      },
    ],
    builds: [
      'default: ctx=x df=x/D target=t A=1 B=2 C=true a<-../l b<-docker-image://x c<-target:o linux/arm64',
      'o: ctx=o df=o/Dockerfile',
    ],
  },
  {
    title: 'groups of groups',
    files: [
      {
        group: {default: {targets: ['a', 'g']}, g: {targets: ['b', 'a']}},
        target: {a: {}, b: {context: 'b'}, c: {}},
      },
    ],
    builds: ['a: ctx=. df=Dockerfile', 'b: ctx=b df=b/Dockerfile'],
  },
  {
    title: 'inheritance, the last one first',
    files: [
      {
        target: {
          base: {args: {A: '1', B: '1'}, context: 'base'},
          b2: {args: {B: '2', C: '2'}, dockerfile: 'D2'},
          default: {inherits: ['base', 'b2'], args: {C: '3'}},
        },
      },
    ],
    builds: ['default: ctx=base df=base/D2 A=1 B=2 C=3'],
  },
  {
    title: 'inheritance in a circle',
    files: [
      {
        target: {
          a: {inherits: ['b'], args: {A: '1'}},
          b: {inherits: ['a'], args: {B: '2'}},
          default: {inherits: ['a']},
        },
      },
    ],
    builds: ['default: ctx=. df=Dockerfile B=2 A=1'],
  },
  {
    title: 'variables',
    files: [
      {
        variable: {
          TAG: {default: 'latest'},
          N: {},
          X: {default: '${TAG}-x'},
          P: {default: ['linux/arm64']},
          M: {default: {k: 'v'}},
        },
        top: 'v1',
        target: {
          default: {
            args: {
              A: '${TAG}',
              B: 'a${TAG}b',
              D: '${X}',
              E: '[${N}]',
              F: '$TAG',
              H: '100%',
              I: '${top}',
              J: '${M.k}${M["k"]}',
            },
            platforms: '${P}',
          },
        },
      },
    ],
    builds: [
      'default: ctx=. df=Dockerfile A=latest B=alatestb D=latest-x E=[] F=$TAG H=100% I=v1 J=vv linux/arm64',
    ],
  },
  {
    title: 'variables of the environment',
    files: [
      {
        variable: {TAG: {default: 'latest'}, N: {default: 5}},
        target: {default: {args: {A: '${TAG}', B: '${N}'}}},
      },
    ],
    env: {TAG: 'env', N: '7'},
    builds: ['default: ctx=. df=Dockerfile A=env B=7'],
  },
  {
    title: 'a matrix',
    files: [
      {
        group: {default: {targets: ['app']}},
        target: {
          app: {
            name: 'app-${v.n}-${o}',
            matrix: {
              v: [
                {n: 'a', c: '1'},
                {n: 'b', c: '2'},
              ],
              o: ['x', 'y'],
            },
            args: {V: '${v.c}${o}'},
          },
        },
      },
    ],
    builds: [
      'app-a-x: ctx=. df=Dockerfile V=1x',
      'app-a-y: ctx=. df=Dockerfile V=1y',
      'app-b-x: ctx=. df=Dockerfile V=2x',
      'app-b-y: ctx=. df=Dockerfile V=2y',
    ],
  },
  {
    title: 'a target of two files',
    files: [
      {target: {default: {args: {A: '1', B: '1'}, context: 'x'}}},
      {target: {default: {args: {B: '2'}, dockerfile: 'D'}}},
    ],
    builds: ['default: ctx=x df=x/D A=1 B=2'],
  },
  {
    title: 'a group of two files',
    files: [
      {group: {default: {targets: ['a']}}, target: {a: {}, b: {}}},
      {group: {default: {targets: ['b']}}},
    ],
    builds: ['b: ctx=. df=Dockerfile'],
  },
  {
    title: 'a variable of two files',
    files: [
      {variable: {V: {default: '1'}, W: {default: '1'}}, target: {default: {args: {A: '${V}', B: '[${W}]'}}}},
      {variable: {V: {default: '2'}, W: {}}},
    ],
    builds: ['default: ctx=. df=Dockerfile A=2 B=[]'],
  },
  {
    title: 'blocks as arrays',
    files: [{target: [{default: [{args: {A: '1'}}, {context: 'c'}]}, {b: {}}]}],
    builds: ['default: ctx=c df=c/Dockerfile A=1'],
  },
  {
    title: 'a number',
    files: target({args: {A: 1.5, B: 100000000}}),
    builds: ['default: ctx=. df=Dockerfile A=1.5 B=100000000'],
  },
  {
    title: 'a named context taken back',
    files: [{target: {base: {contexts: {l: 'lib'}}, default: {inherits: ['base'], contexts: {l: ''}}}}],
    builds: ['default: ctx=. df=Dockerfile'],
  },
  {
    title: 'a group that names itself',
    files: [{group: {default: {targets: ['default']}}, target: {default: {context: 'c'}, b: {}}}],
    builds: ['default: ctx=c df=c/Dockerfile'],
  },
  {
    title: 'a group with a target of its name, and others',
    files: [
      {
        group: {default: {targets: ['app']}, app: {targets: ['app', 'db']}},
        target: {app: {context: 'app'}, db: {context: 'db'}, other: {}},
      },
    ],
    builds: ['app: ctx=app df=app/Dockerfile', 'db: ctx=db df=db/Dockerfile'],
  },
  {
    title: 'groups in a circle, with a target of one of the names',
    files: [
      {
        group: {default: {targets: ['x']}, x: {targets: ['y', 'a']}, y: {targets: ['x', 'a']}},
        target: {a: {}, x: {context: 'x'}, y: {}},
      },
    ],
    builds: ['x: ctx=x df=x/Dockerfile', 'a: ctx=. df=Dockerfile'],
  },
  {
    title: 'a group that wins over a target of its name',
    files: [
      {
        group: {default: {targets: ['a', 'd']}, a: {targets: ['e']}},
        target: {a: {context: 'q'}, d: {}, e: {context: 'e'}},
      },
    ],
    builds: ['e: ctx=e df=e/Dockerfile', 'd: ctx=. df=Dockerfile'],
  },
  {
    title: 'an empty group with a target of its name',
    files: [{group: {default: {targets: ['y']}, y: {targets: []}}, target: {y: {context: 'y'}, z: {}}}],
    builds: ['y: ctx=y df=y/Dockerfile'],
  },
  {
    title: 'a matrix that makes a target of its own name',
    files: [
      {
        group: {default: {targets: ['m']}},
        target: {m: {matrix: {v: ['m', 'b']}, name: '${v}', context: '${v}'}},
      },
    ],
    builds: ['m: ctx=m df=m/Dockerfile', 'b: ctx=b df=b/Dockerfile'],
  },
]
