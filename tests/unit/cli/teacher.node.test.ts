import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { UsageError } from '../../../src/cli/arguments';
import { parseTeacherCommand } from '../../../src/cli/teacherOptions';
import { parseRecipe, RecipeError } from '../../../src/training/recipe';
import { readTeacher } from '../../../src/lab/teacher';
import { parseSafetensors } from '../../../src/interchange/safetensors';
import { programOf, runProgram } from '../../support/program';

/** Milliseconds: several programs one after another, the first of which compiles its kernels. */
const PATIENCE = 300_000;

const parse = (...args: string[]) => parseTeacherCommand(args, () => undefined);

describe('options of npm run teacher', () => {
  test('have defaults', () => {
    const command = parse('avatars');
    if (command.kind !== 'train') throw new Error('no training');
    expect(command.options).toMatchObject({
      recipe: parseRecipe({ task: 'avatars' }),
      ...{ id: 'avatars', out: 'runs/teacher-avatars', from: null, samples: 512, saveEvery: 180 },
      ...{ classifier: 'public/classifiers/avatars.safetensors' },
      ...{ eulerSteps: [25, 50], guidances: [1, 2, 3, 4, 5, 6] },
    });
  });

  test('are taken over', () => {
    const command = parse(
      ...[
        'avatars',
        '--steps',
        '9',
        '--batch',
        '8',
        '--width',
        '64',
        '--depth',
        '2',
        '--heads',
        '2',
      ],
      ...['--patch', '8', '--seed', '4', '--lr', '5e-4', '--warm-up', '3', '--ema', '0.9'],
      ...['--images', '77', '--from', 'a', '--out', 'b', '--id', 'c', '--samples', '0'],
    );
    if (command.kind !== 'train') throw new Error('no training');
    expect(command.options).toMatchObject({ from: 'a', out: 'b', id: 'c', samples: 0 });
    expect(command.options.recipe).toEqual(
      parseRecipe({
        task: 'avatars',
        ...{ steps: 9, batch: 8, width: 64, depth: 2, heads: 2, patch: 8, seed: 4 },
        ...{ learningRate: 5e-4, warmUp: 3, emaDecay: 0.9, images: 77 },
      }),
    );
  });

  test('measure and compare take files', () => {
    expect(parse('measure', 'file', '--guidance', '1.5')).toMatchObject({
      kind: 'measure',
      options: { file: 'file', guidances: [1.5], task: { id: 'avatars' } },
    });
    expect(parse('compare', 'a', 'b')).toEqual({ kind: 'compare', ours: 'a', theirs: 'b' });
    expect(parse()).toEqual({ kind: 'help' });
  });

  const refusals: [string[], string][] = [
    [['cats'], 'There is no task cats; there are avatars'],
    [['avatars', '--lr', 'fast'], '--lr must be a number, got fast'],
    [['avatars', '--samples', '1'], '--samples must be at least 2'],
    [['avatars', '--euler', '2.5'], '--euler must be whole numbers'],
    [['avatars', '--guidance', '1,x'], '--guidance must be a number, got x'],
    [['measure'], 'measure takes the file'],
    [['measure', 'f', '--samples', '0'], 'at least 2'],
    [['compare', 'a'], 'two files'],
    [['avatars', '--speed', '1'], '--speed'],
  ];
  test.each(refusals)('%j is refused in words', (args, message) => {
    expect(() => parse(...args)).toThrow(UsageError);
    expect(() => parse(...args)).toThrow(message);
  });

  test('a recipe out of range is refused by the name of the field', () => {
    expect(() => parse('avatars', '--steps', '0')).toThrow(RecipeError);
    expect(() => parse('avatars', '--steps', '0')).toThrow(/steps must be a whole number/);
  });
});

describe('npm run teacher', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'teacher-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = (...given: string[]) => runProgram(inject('rootDir'), 'teacher', ...given);

  /** Starts a training and interrupts it once it has saved. */
  const interrupt = (out: string, ...given: string[]): Promise<number | null> => {
    const { args, options } = programOf(inject('rootDir'), 'teacher', given);
    const child = spawn(process.execPath, args, { ...options, stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    void vi
      .waitFor(
        () => {
          if (!existsSync(join(out, 'checkpoint.safetensors'))) throw new Error('not saved yet');
        },
        { timeout: PATIENCE, interval: 20 },
      )
      .finally(() => child.kill('SIGTERM'));
    return ended;
  };

  const tiny = (out: string, steps = 40): string[] => [
    ...['avatars', '--steps', String(steps), '--batch', '4', '--images', '8', '--out', out],
    ...['--width', '16', '--depth', '1', '--heads', '2', '--patch', '8', '--save-every', '600'],
    ...['--samples', '4', '--euler', '1', '--guidance', '1,3'],
  ];

  test(
    'trains, draws, measures, and writes a teacher with its card',
    async () => {
      const out = join(folder, 'whole');
      const { code, output } = await run(...tiny(out));
      expect(code, output).toBe(0);
      const files = await readdir(out);
      expect(files).toEqual(
        expect.arrayContaining(['avatars.safetensors', 'avatars.md', 'avatars.figures.json']),
      );
      expect(files.filter((name) => name.endsWith('.png'))).toHaveLength(10);
      const sheet = decode(readFileSync(join(out, 'samples-000040.png')));
      expect(sheet.width).toBeGreaterThan(16 * 16);
      expect(readFileSync(join(out, 'losses.csv'), 'utf8').trim().split('\n')).toHaveLength(41);
      expect(readFileSync(join(out, 'avatars.md'), 'utf8')).toContain('## Figures');
      const bytes = Uint8Array.from(readFileSync(join(out, 'avatars.safetensors')));
      expect(readTeacher(bytes.buffer).config).toMatchObject({ width: 16, patch: 8 });
      expect(parseSafetensors(bytes).metadata).toHaveProperty('figures');

      const measured = await run(
        ...['measure', join(out, 'avatars.safetensors'), '--out', join(folder, 'measured')],
        ...['--samples', '4', '--euler', '1', '--guidance', '1,3'],
      );
      expect(measured.code, measured.output).toBe(0);
      const figures = (path: string): unknown =>
        JSON.parse(readFileSync(join(folder, path), 'utf8'));
      expect(figures('measured/avatars.figures.json')).toEqual(
        figures('whole/avatars.figures.json'),
      );

      const other = await run(...tiny(out, 41));
      expect(other.code).toBe(1);
      expect(other.output).toContain('another recipe: steps 40, not 41');
      expect(other.output).not.toMatch(/^\s+at /m);
    },
    PATIENCE,
  );

  test(
    'interrupted and started again gives the bytes of an unbroken training',
    async () => {
      const [whole, broken] = [join(folder, 'whole'), join(folder, 'broken')];
      expect(await interrupt(broken, ...tiny(broken), '--save-every', '0')).toBe(130);
      expect(existsSync(join(broken, 'avatars.safetensors'))).toBe(false);
      const again = await run(...tiny(broken));
      expect(again.code, again.output).toBe(0);
      expect(again.output).toContain('going on from step');
      const teacher = (out: string): Buffer => readFileSync(join(out, 'avatars.safetensors'));
      expect(teacher(broken).equals(teacher(whole))).toBe(true);
    },
    PATIENCE,
  );
});
