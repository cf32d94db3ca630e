import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = { DateTime: 'string', Cursor: 'string', JSON: 'unknown', ID: 'string' }

const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: 'src/**/*.graphql',
  config: { scalars, enumType: 'string-literal', enumsAsTypes: true, useTypeImports: true },
  generates: {
    'src/graphql/generated/schema.ts': { plugins: ['typescript'] },
    'src/': {
      preset: 'near-operation-file',
      presetConfig: { baseTypesPath: 'graphql/generated/schema.ts', extension: '.generated.ts' },
      plugins: ['typescript-operations', 'typed-document-node'],
      config: { documentMode: 'graphQLTag', gqlImport: '@urql/core#gql', dedupeFragments: true },
    },
  },
}

export default config
