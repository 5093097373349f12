import assert from 'node:assert/strict'
import {formatBytes} from '../../../src/languages/text/amounts.js'
import {
  andOthers,
  entries,
  sentence,
  toMessageFields,
  writeSentence,
} from '../../../src/languages/text/sentence.js'
import {type Message, PARTS} from '../../../src/report/message.js'

const ROWS: [message: Message, inJson: string, forPeople: string][] = [
  [sentence`"${'a'}" and nothing else`, '"a" and nothing else', '"a" and nothing else'],
  [sentence`line ${4}`, 'line 4', 'line 4'],
  [sentence`${{bytes: 1_240_000}} saved`, '1,240,000 bytes saved', '1.24 MB saved'],
  [sentence`${{bytes: 1000}} of ${{bytes: 2000, isBare: true}}`, '1,000 bytes of 2,000', '1 kB of 2 kB'],
  [sentence`${entries(1)}`, '1 entry', '1 entry'],
  [sentence`${entries(31_204)}`, '31,204 entries', '31,204 entries'],
  [sentence`"x"${andOthers(0)} is`, '"x" is', '"x" is'],
  [sentence`"x"${andOthers(1)} is`, '"x" and 1 other is', '"x" and 1 other is'],
  [sentence`"x"${andOthers(1000)} are`, '"x" and 1,000 others are', '"x" and 1,000 others are'],
]

describe('sentence', () => {
  for (const [message, inJson, forPeople] of ROWS) {
    it(inJson, () => {
      assert.equal(toMessageFields(message).message, inJson)
      assert.equal(writeSentence(message, formatBytes), forPeople)
    })
  }

  it('keeps its parts out of JSON', () => {
    const finding = {...toMessageFields(sentence`${{bytes: 5}}`)}
    assert.deepEqual(finding[PARTS], [{bytes: 5}])
    assert.equal(JSON.stringify(finding), '{"message":"5 bytes"}')
  })
})
