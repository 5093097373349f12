// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL
/** Bake files in HCL and what Docker builds of them, asked with `docker buildx bake --print`. */
export const HCL_ROWS: [title: string, text: string, builds: string[]][] = [
  [
    'blocks on a line, groups that name themselves',
    'group "app" { targets = ["app", "db"] }\ngroup "default" { targets = ["app"] }\ntarget "app" { context = "app" }\ntarget "db" { context = "db" }\n',
    ['app: ctx=app df=app/Dockerfile', 'db: ctx=db df=db/Dockerfile'],
  ],
  [
    'comments, variables, objects and lists over lines',
    '# a\nvariable "V" { default = "1" } // b\n/* c */ target "default" {\n  context    = "."\n  dockerfile = "d/${V}.Dockerfile"\n  args = {\n    A = V\n    "B" : "x, }"\n    C = true,\n    D = 3\n  }\n  platforms = [\n    "linux/arm64",\n    "linux/amd64",\n  ]\n  contexts = { lib = "../lib" }\n}\n',
    ['default: ctx=. df=d/1.Dockerfile A=1 B=x, } C=true D=3 lib<-../lib linux/arm64'],
  ],
  [
    'expressions that are not asked for',
    'function "tag" {\n  params = [x]\n  result = ["a:${x}", notequal("", x) ? "b" : ""]\n}\ntarget "base" {\n  tags = tag("y")\n  labels = { "a" = "${timestamp()}" }\n}\ntarget "default" {\n  inherits = ["base"]\n  context = "c"\n  target = "t"\n}\n',
    ['default: ctx=c df=c/Dockerfile target=t'],
  ],
  [
    'a matrix',
    'target "default" {\n  name = "app-${v.n}"\n  matrix = { v = [{ n = "a", d = "x" }, { n = "b", d = "y" }] }\n  context = v.d\n  tags = ["${lower("A")}"]\n}\n',
    ['app-a: ctx=x df=x/Dockerfile', 'app-b: ctx=y df=y/Dockerfile'],
  ],
  [
    'an inline Dockerfile',
    'target "default" {\n  dockerfile-inline = <<-EOT\n    FROM scratch\n    COPY a /\n  EOT\n  context = "c"\n}\n',
    ['default: ctx=c inline="FROM scratch\\nCOPY a /\\n"'],
  ],
  [
    'escapes',
    'target "default" {\n  args = { A = "\\"x\\"\\\\\\u0041" }\n}\n',
    ['default: ctx=. df=Dockerfile A="x"\\A'],
  ],
]
