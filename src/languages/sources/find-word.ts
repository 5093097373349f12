/** Tells whether texts hold a word that no letter, digit, `_` or `-` stands beside. The word is searched first: a pattern takes ten times as long. */
export function findWord(word: string): (text: string) => boolean {
  const pattern = new RegExp(`(?<![\\w-])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`)
  return (text) => text.includes(word) && pattern.test(text)
}
