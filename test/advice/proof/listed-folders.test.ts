import assert from 'node:assert/strict'
import {suggest} from '../suggest/suggest.js'

const SITE = {'site/pages/a.html': '<p>', 'site/pages/run.log': 4000, 'site/pages/old.bak': 4000}
const QUESTIONS = ['review **/*.bak', 'review **/*.log']
const SAFE = ['safe **/*.bak', 'safe **/*.log']
const nginx = (conf: string): Record<string, string> => ({'nginx.conf': conf})
const NGINX = 'FROM nginx:1.27\nCOPY nginx.conf /etc/nginx/conf.d/default.conf\nCOPY site /srv/www'
const CADDY = 'FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile\nCOPY site /srv'

const ROWS: readonly (readonly [
  title: string,
  dockerfile: string,
  files: Readonly<Record<string, string | number>>,
  lines: readonly string[],
])[] = [
  ['nginx lists the folder', NGINX, nginx('server { root /srv/www;\n  autoindex on;\n}'), QUESTIONS],
  ['nginx lists another folder', NGINX, nginx('location /d {\n  alias /data/;\n  autoindex on;\n}'), SAFE],
  ['nginx lists nothing', NGINX, nginx('server {\n  root /srv/www;\n  autoindex off;\n}'), SAFE],
  [
    'a folder with a page of its own',
    NGINX,
    {...nginx('server {\n  root /srv/www;\n  autoindex on;\n}'), 'site/pages/index.html': '<p>'},
    SAFE,
  ],
  [
    'settings of nginx in an image without it',
    'FROM node:22\nCOPY . /srv/www\nCMD ["node", "a.js"]',
    {...nginx('root /srv/www;\nautoindex on;'), 'a.js': ''},
    SAFE,
  ],
  ['Caddy lists', CADDY, {Caddyfile: ':80 {\n  root * /srv\n  file_server browse\n}'}, QUESTIONS],
  ['Caddy serves without lists', CADDY, {Caddyfile: ':80 {\n  root * /srv\n  file_server\n}'}, SAFE],
  [
    'Caddy lists by its command',
    'FROM caddy:2\nCOPY site /srv\nCMD ["caddy", "file-server", "--browse", "--root", "/srv"]',
    {},
    QUESTIONS,
  ],
  [
    'the server of Python',
    'FROM python:3.12\nWORKDIR /w\nCOPY site .\nCMD ["python", "-m", "http.server", "8000"]',
    {},
    QUESTIONS,
  ],
  [
    'the server of Python, for another folder',
    'FROM python:3.12\nWORKDIR /w\nCOPY site .\nCMD ["python", "-m", "http.server", "-d", "/d"]',
    {},
    SAFE,
  ],
  ['http-server', 'FROM node:22\nCOPY site /w\nCMD ["npx", "http-server", "/w", "-p", "80"]', {}, QUESTIONS],
  [
    'http-server without lists',
    'FROM node:22\nCOPY site /w\nCMD ["npx", "http-server", "/w", "--no-dir"]',
    {},
    SAFE,
  ],
  [
    'a program of Go',
    'FROM golang:1.23\nWORKDIR /w\nCOPY . .\nRUN go build -o /a .\nCMD ["/a"]',
    {'go.mod': 'module x', 'main.go': 'package main\nvar h = http.FileServer(http.Dir("./site"))'},
    QUESTIONS,
  ],
]

describe('folders that a server lists', () => {
  for (const [title, dockerfile, files, expected] of ROWS) {
    it(title, () => {
      const {lines} = suggest({tree: {...SITE, ...files}, dockerfiles: {Dockerfile: dockerfile}})
      const found = lines.map(({confidence, pattern}) => `${confidence} ${pattern}`)
      assert.deepEqual(found.filter((line) => /\.(?:bak|log)$/.test(line)).sort(), expected)
    })
  }
})
