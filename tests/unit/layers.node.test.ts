import { ESLint } from 'eslint';
import { describe, expect, inject, test } from 'vitest';

// Lints one import as if it stood in `file`; TypeScript is not asked, the layer rules need no types.
async function lintImport(file: string, statement: string): Promise<string[]> {
  const cwd = inject('rootDir');
  const eslint = new ESLint({
    cwd,
    overrideConfig: {
      languageOptions: { parserOptions: { projectService: false, project: null } },
    },
    ruleFilter: ({ ruleId }) =>
      ruleId === 'boundaries/dependencies' || ruleId === 'no-restricted-imports',
  });
  const results = await eslint.lintText(`${statement}\n`, { filePath: `${cwd}${file}` });
  return results.flatMap(({ messages }) => messages.map((m) => m.ruleId ?? m.message));
}

describe('layers', () => {
  test.each([
    ['src/graph/probe.ts', "import { test } from '../distill/config';"],
    ['src/gpu/probe.ts', "import { test } from '../graph/tensor';"],
    ['src/graph/ops/probe.ts', "import { test } from '../../flow/time';"],
    ['src/lab/probe.ts', "import type { Test } from '../worker/protocol/reports';"],
    ['src/lab/probe.ts', "import { test } from '../training/recipe';"],
    ['src/app/probe.tsx', "import { test } from '../cli/dawn';"],
    ['src/interchange/probe.ts', "import { test } from '../graph/tensor';"],
  ])('%s may not say %s', async (file, statement) => {
    expect(await lintImport(file, statement)).toEqual(['boundaries/dependencies']);
  });

  test.each([
    ['src/lab/probe.ts', "import { useState } from 'react';"],
    ['src/worker/probe.ts', "import { createRoot } from 'react-dom/client';"],
    ['src/gpu/probe.ts', "import { readFile } from 'node:fs/promises';"],
  ])('%s may not say %s', async (file, statement) => {
    expect(await lintImport(file, statement)).toEqual(['no-restricted-imports']);
  });

  test.each([
    ['src/distill/probe.ts', "import { test } from '../graph/tensor';"],
    ['src/app/probe.tsx', "import { test } from '../worker/protocol/reports'; import 'react';"],
    ['src/training/probe.ts', "import { test } from '../lab/teacher';"],
    ['src/worker/probe.ts', "import { test } from '../training/recipe';"],
    ['src/graph/ops/probe.ts', "import { test } from '../tensor';"],
    ['src/interchange/probe.ts', "import type { Test } from '../graph/tensor';"],
    ['src/cli/probe.ts', "import { readFile } from 'node:fs/promises';"],
  ])('%s may say %s', async (file, statement) => {
    expect(await lintImport(file, statement)).toEqual([]);
  });
});
