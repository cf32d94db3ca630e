import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync(new URL('./dist/.vite/manifest.json', import.meta.url), 'utf8'))

/** Everything a browser fetches before the inbox stands: the entry, what it imports, and one language. */
function firstLoad() {
  const files = new Set()
  const waiting = ['index.html', 'src/app/i18n/fr.ts']
  while (waiting.length > 0) {
    const chunk = manifest[waiting.pop()]
    if (!chunk || files.has(chunk.file)) continue
    files.add(chunk.file)
    for (const sheet of chunk.css ?? []) files.add(sheet)
    waiting.push(...(chunk.imports ?? []))
  }
  return [...files].map((file) => `dist/${file}`)
}

export default [{ name: 'First load of the inbox (code and styles)', path: firstLoad(), limit: '220 kB', gzip: true }]
