import { cpSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const backend = process.env.BOUCLE_DEV_BACKEND ?? 'http://127.0.0.1:8000'

/** Parses the catalogues' messages while building, so that no browser has to carry the parser. */
function compileCatalogues(): Plugin {
  return {
    name: 'boucle:compile-catalogues',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!/strings\.(fr|en)\.ts$/.test(id)) return null
      const strings = new Function(code.replace(/export\s+const\s+strings\s*=/, 'return'))() as Record<string, string>
      const compiled = Object.entries(strings).map(([key, message]) => [key, compileMessage(message)])
      return { code: `export const strings = ${JSON.stringify(Object.fromEntries(compiled))}`, map: null }
    },
  }
}

const EXPLORER = fileURLToPath(new URL('./node_modules/altair-static/build/dist', import.meta.url))
// The page itself is the server's, and nobody needs scripts around requests.
const NOT_OF_THE_EXPLORER = ['index.html', 'favicon.ico', 'iframe-sandbox']

/** Lays the API explorer, which is built already, beside the screens: it is loaded by nobody but its own page. */
function copyExplorer(): Plugin {
  let outDir = ''
  return {
    name: 'boucle:copy-explorer',
    apply: 'build',
    configResolved: ({ root, build }) => {
      outDir = resolve(root, build.outDir)
    },
    closeBundle: () => cpSync(EXPLORER, resolve(outDir, 'explorer'), { recursive: true, filter: (source) => !NOT_OF_THE_EXPLORER.includes(basename(source)) }),
  }
}

const COMPRESSIBLE = /\.(css|html|js|json|svg|webmanifest)$/
const SMALLEST_COMPRESSED = 1024

/** Lays compressed forms beside the files, for the server to hand out as they are: see static.py. */
function compressFiles(): Plugin {
  let outDir = ''
  return {
    name: 'boucle:compress-files',
    apply: 'build',
    configResolved: ({ root, build }) => {
      outDir = resolve(root, build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true, // after the explorer is there
      handler: async () => {
        const files = await readdir(outDir, { recursive: true })
        await Promise.all(files.filter((file) => COMPRESSIBLE.test(file)).map((file) => compressFile(outDir, file)))
      },
    },
  }
}

async function compressFile(outDir: string, file: string) {
  const path = join(outDir, file)
  const content = await readFile(path)
  if (content.length < SMALLEST_COMPRESSED) return
  // Ten times as long for a tenth less: worth it for the screens, not for the explorer's megabytes.
  const quality = file.startsWith('explorer') ? 5 : constants.BROTLI_MAX_QUALITY
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }))
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
}

export default defineConfig({
  plugins: [react(), compileCatalogues(), copyExplorer(), compressFiles()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2023',
    cssTarget: ['chrome125', 'firefox128', 'safari18'],
    manifest: true,
    modulePreload: { polyfill: false },
    // What the first screen needs is one file: split by who else uses it, it would be fifteen, and compress worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
    // The budget is checked by size-limit, compressed.
    chunkSizeWarningLimit: 1000,
  },
  server: {
    proxy: {
      '/graphql': { target: backend, ws: true, changeOrigin: true },
      '/intake': { target: backend, changeOrigin: true },
      '/explorer': { target: backend, changeOrigin: true },
      '/healthz': { target: backend, changeOrigin: true },
      '/r': { target: backend, changeOrigin: true },
    },
  },
  test: {
    css: { modules: { classNameStrategy: 'non-scoped' } },
    projects: [
      { extends: true, test: { name: 'logic', environment: 'node', include: ['src/**/*.test.ts'] } },
      { extends: true, test: { name: 'screens', environment: 'jsdom', include: ['src/**/*.test.tsx'], setupFiles: ['src/test-setup.ts'], testTimeout: 20_000 } },
    ],
  },
})
