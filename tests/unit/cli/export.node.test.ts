import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { UsageError } from '../../../src/cli/arguments';
import { parseExportOptions } from '../../../src/cli/exportOptions';
import { checkOnnx } from '../../../src/interchange/onnx/check';
import { studentFile } from '../../../src/lab/studentFile';
import { tinyStudent } from '../../support/tinyStudent';

describe('options of npm run export', () => {
  test('have defaults', () => {
    expect(parseExportOptions(['--student', 'runs/a.safetensors'])).toEqual({
      kind: 'student',
      file: 'runs/a.safetensors',
      out: 'runs/a.onnx',
      onnx: { form: 'generator', batch: 'dynamic', precision: 'float32' },
    });
    expect(parseExportOptions(['--help'])).toBeNull();
  });

  test('are all taken over', () => {
    const form = ['--form', 'network', '--batch', '4', '--weights', 'float16'];
    expect(parseExportOptions(['--student', 'a', ...form, '--out', 'b'])).toEqual({
      kind: 'student',
      file: 'a',
      out: 'b',
      onnx: { form: 'network', batch: 4, precision: 'float16' },
    });
    expect(parseExportOptions(['--classifier', 'c.safetensors'])).toEqual({
      kind: 'classifier',
      file: 'c.safetensors',
      out: 'c.onnx',
    });
  });

  test('that make no sense are refused by name', () => {
    for (const [args, message] of [
      [[], 'Name either --student FILE or --classifier FILE.'],
      [['--student', 'a', '--classifier', 'b'], 'Name either'],
      [['--student', 'a', '--form', 'app'], '--form takes network or generator, got app.'],
      [['--student', 'a', '--batch', '0'], '--batch must be a whole number from 1 to 4096'],
      [['--student', 'a', '--weights', 'int8'], '--weights takes float32 or float16, got int8.'],
      [['--classifier', 'a', '--batch', '2'], '--batch is for students only.'],
    ] as const) {
      expect(() => parseExportOptions(args), message).toThrow(UsageError);
      expect(() => parseExportOptions(args)).toThrow(message);
    }
  });
});

describe('npm run export', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-'));
    const student = tinyStudent();
    await writeFile(at('student.safetensors'), studentFile(student));
    const broken = { ...student, flat: student.flat.map((value) => 1e30 * value) };
    await writeFile(at('broken.safetensors'), studentFile(broken));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = (...args: string[]): Promise<{ code: number; output: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['scripts/run.mjs', 'src/cli/export.ts', ...args],
        { cwd: inject('rootDir'), env: { ...process.env, XDG_CACHE_HOME: folder } },
        (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
        },
      );
    });

  test('writes a file that agrees with the engine', async () => {
    const { code, output } = await run('--student', at('student.safetensors'));
    expect(code, output).toBe(0);
    expect(output).toContain('The file agrees with the engine');
    const { inputs, metadata } = checkOnnx(await readFile(at('student.onnx')));
    expect(inputs.map(({ name }) => name)).toEqual(['noise', 'prompt']);
    expect(metadata['iteration']).toBe('7');
  });

  test('leaves no file that does not agree', async () => {
    const { code, output } = await run('--student', at('broken.safetensors'));
    expect(output).toContain('Nothing was written. The file does not agree with the engine');
    expect(code).toBe(1);
    expect(existsSync(at('broken.onnx'))).toBe(false);
  });

  test('says of another file that it is no student', async () => {
    const { code, output } = await run('--student', 'public/teachers/avatars.safetensors');
    expect(output).toContain('The student cannot be read');
    expect(output).toContain('the file is no student');
    expect(code).toBe(1);
  });
});
