// SPDX-License-Identifier: Apache-2.0
// Tokens of the TextMate grammar, as VS Code finds them: reads {"grammar": path, "texts": {name: text}} from stdin and
// writes {name: [[line, column, token, [scopes]], ...]}. Lines and columns count from 1; blanks are left out.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const textmate = require('vscode-textmate')
const oniguruma = require('vscode-oniguruma')

const { grammar: path, texts } = JSON.parse(readFileSync(0, 'utf8'))
const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength))
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => (scope === 'source.muster' ? textmate.parseRawGrammar(readFileSync(path, 'utf8'), path) : null),
})
const grammar = await registry.loadGrammar('source.muster')

const found = {}
for (const [name, text] of Object.entries(texts)) {
  const tokens = []
  let state = textmate.INITIAL
  text.split('\n').forEach((line, number) => {
    const result = grammar.tokenizeLine(line, state)
    if (result.stoppedEarly) throw new Error(`${name}:${number + 1}: tokenizing takes too long`)
    state = result.ruleStack
    for (const token of result.tokens) {
      const piece = line.slice(token.startIndex, token.endIndex)
      if (piece.trim()) tokens.push([number + 1, token.startIndex + 1, piece, token.scopes])
    }
  })
  found[name] = tokens
}
process.stdout.write(JSON.stringify(found))
