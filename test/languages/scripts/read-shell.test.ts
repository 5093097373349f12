import assert from 'node:assert/strict'
import {readShell} from '../../../src/languages/scripts/read-shell.js'

/** `directory: words`, `?` behind a command that may not run. */
function read(script: string): string[] {
  return readShell(script, {directory: '/app'}).map(
    ({directory, words, isCertain}) => `${directory}: ${words.join(' ')}${isCertain ? '' : ' ?'}`,
  )
}

const ROWS: readonly (readonly [script: string, ...commands: string[]])[] = [
  ['npm ci && npm run build', '/app: npm ci', '/app: npm run build'],
  [
    'cd web && npm ci; cd ../api\nnpm ci',
    '/app: cd web',
    '/app/web: npm ci',
    '/app/web: cd ../api',
    '/app/api: npm ci',
  ],
  ['(cd web && npm ci) && ls', '/app: cd web', '/app/web: npm ci', '/app: ls'],
  ['cd $DIR && make', '/app: cd $DIR', '?$DIR: make'],
  ['D=web; cd $D && make', '/app: cd web', '/app/web: make'],
  ['go build -ldflags "-X v=$(git describe)"', '/app: git describe', '/app: go build -ldflags -X v=$()'],
  ['V=`git rev-parse HEAD` make', '/app: git rev-parse HEAD', '/app: make'],
  [`export V=\${V:-$(git describe)}`, '/app: git describe', '/app: export V=V:-$()}'],
  ["sh -c 'cd web && npm ci'", '/app: cd web', '/app/web: npm ci'],
  ['bash <<EOF\ncd web\nnpm ci\nEOF\nls', '/app: cd web', '/app/web: npm ci', '/app: ls'],
  ['cat <<EOF > x\nnpm ci\nEOF\nls', '/app: cat', '/app: ls'],
  ["echo 'a && b' # npm ci\nls", '/app: echo a && b', '/app: ls'],
  ['npm ci \\\n  --omit=dev 2>&1 | tee log', '/app: npm ci --omit=dev', '/app: tee log'],
  [
    'if [ -f yarn.lock ]; then yarn; elif [ -f package-lock.json ]; then npm ci; fi',
    '/app: [ -f yarn.lock ]',
    '/app: yarn',
    '/app: [ -f package-lock.json ]',
    '/app: npm ci',
  ],
  ['if [ "$E" = dev ]; then npm ci; fi; ls', '/app: [ $E = dev ]', '/app: npm ci ?', '/app: ls'],
  ['[ "$E" = dev ] && npm ci && ls\nls', '/app: [ $E = dev ]', '/app: npm ci ?', '/app: ls ?', '/app: ls'],
  ['case "$T" in a) npm ci;; *) yarn;; esac', '/app: npm ci ?', '/app: yarn ?'],
  [
    'if [[ -n "$A" || ( "$B" == x && -z $(git tag) ) ]]; then npm ci; fi; ls',
    '/app: git tag',
    '/app: [[ -n $A | | ( $B == x & & -z $() ) ]]',
    '/app: npm ci ?',
    '/app: ls',
  ],
  [
    '[[ $A =~ ^(a|b)$ &&\n $B < c ]] && npm ci',
    '/app: [[ $A =~ ^ ( a | b ) $ & & $B < c ]]',
    '/app: npm ci ?',
  ],
  ['[[ -n x && npm ci\nls', '/app: [[ -n x', '/app: npm ci', '/app: ls'],
  ['eval "$(ssh-agent -s)" && ls', '/app: ssh-agent -s', '/app: ls'],
  [
    `eval "$(ruby -e 'h.each {|k, v| puts "DB_#{k}=#{v}" }' "$URL")"`,
    `/app: ruby -e h.each {|k, v| puts "DB_#{k}=#{v}" } $URL`,
  ],
  ['exec {fd}< <(ls -l)\nread -u "$fd" x', '/app: ls -l', '/app: exec', '/app: read -u $fd x'],
  ['while read x; do y; done < <(git log)\nz', '/app: read x', '/app: y', '/app: git log', '/app: z'],
  ['exec {fd}<x && {cat,y} z', '/app: exec', '/app: {cat,y} z'],
  ['eval "$(make show)"; ls', '/app: make show', '/app: $()', '/app: ls'],
  ['eval "$(ssh-agent -s; cat x)"', '/app: ssh-agent -s', '/app: cat x', '/app: $()'],
  ['eval "$(ssh-agent) $(cat x)"', '/app: ssh-agent', '/app: cat x', '/app: $() $()'],
  ['for d in a b; do make -C $d; done', '/app: make -C $d'],
]

describe('readShell', () => {
  for (const [script, ...commands] of ROWS) {
    it(JSON.stringify(script), () => assert.deepEqual(read(script), commands))
  }

  /** What comes of a piece that is repeated without an end. */
  const REPEATED: readonly (readonly [piece: string, count: number, first?: RegExp])[] = [
    ['$(', 64, /^\/app: \$\(\)$/],
    ['`', 1, /^\/app: (\$\(\)){30000}$/],
    ['(', 0],
    ['"', 1, /^\/app: $/],
    ['${', 1, /^\/app: (\$\{){60000}$/],
    ["'", 1, /^\/app: $/],
    ['if ', 0],
    ['<<', 0],
    ['\\', 1, /^\/app: \\+$/],
    ['a;', 60_000, /^\/app: a$/],
    ['$((', 0],
  ]
  for (const [piece, count, first = /^$/] of REPEATED) {
    it(`comes to an end with ${JSON.stringify(piece)} 60,000 times over`, () => {
      const commands = read(piece.repeat(60_000))
      assert.equal(commands.length, count)
      assert.match(commands[0] ?? '', first)
    })
  }
})
