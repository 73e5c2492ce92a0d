import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// The layers of the design, top to bottom. A layer imports itself and what stands below it.
const LAYERS = [
  ['app'],
  ['cli'],
  ['worker'],
  ['training'],
  ['lab'],
  ['interchange', 'metrics'],
  ['tasks'],
  ['distill'],
  ['flow'],
  ['models'],
  ['graph'],
  ['gpu'],
  ['shaders'],
];

const elements = LAYERS.flat().map((type) => ({
  type,
  pattern: type === 'shaders' ? 'shaders' : `src/${type}`,
}));

/** What each layer may import. The page is not a command line, so `app` skips `cli`. */
const policies = LAYERS.flatMap((layer, level) =>
  layer.map((type) => {
    const below = LAYERS.slice(level + 1)
      .flat()
      .filter((name) => type !== 'app' || name !== 'cli');
    return {
      from: { element: { type } },
      allow: { to: { element: { types: { anyOf: [type, ...below] } } } },
    };
  }),
);

// Interchange reads the graph's types; it never runs it.
const interchangeKnowsTypes = {
  from: { element: { type: 'interchange' } },
  disallow: { to: { element: { type: 'graph' } }, dependency: { kind: 'value' } },
};

const PAGE_LIBRARIES = [
  'react',
  'react-dom',
  'zustand',
  'recharts',
  'radix-ui',
  'lucide-react',
  'katex',
];
const pageLibraries = {
  group: PAGE_LIBRARIES.flatMap((name) => [name, `${name}/*`]),
  message: 'The page is the only layer that knows React.',
};
const nodeModules = {
  group: ['node:*', 'webgpu', 'cli-progress'],
  message: 'Only src/cli runs in Node alone; the layers below it run in a Worker as well.',
};

export default defineConfig(
  globalIgnores(['dist', 'out', 'test-results', 'public', '**/*_pb.ts']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.d.ts'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx'] } },
      'boundaries/elements': elements,
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        { default: 'disallow', policies: [...policies, interchangeKnowsTypes] },
      ],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/app/**', 'src/cli/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [pageLibraries, nodeModules] }] },
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [pageLibraries] }] },
  },
  {
    files: ['src/app/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat.recommended,
    rules: {
      ...reactHooks.configs.flat.recommended.rules,
      'no-restricted-imports': ['error', { patterns: [nodeModules] }],
    },
  },
  {
    // Vitest's fixtures without dependencies destructure an empty object.
    files: ['tests/**'],
    rules: { 'no-empty-pattern': 'off' },
  },
  {
    // Plain Node scripts, which TypeScript checks through JSDoc: it knows every name.
    files: ['**/*.{js,mjs}'],
    rules: { 'no-undef': 'off' },
  },
);
