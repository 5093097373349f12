import {readFileSync} from 'node:fs'
import {listTests} from './scripts/list-tests.js'

const common = JSON.parse(readFileSync(new URL('.mocharc.json', import.meta.url), 'utf8'))

// biome-ignore lint/style/noDefaultExport: mocha asks for it
export default {...common, spec: listTests().program}
