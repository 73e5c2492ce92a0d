import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { UsageError } from '../../src/cli/arguments';
import { parseDistillOptions } from '../../src/cli/distillOptions';
import { ConfigError, parseConfig } from '../../src/distill/config';
import { parseSafetensors } from '../../src/interchange/safetensors';
import { runProgram } from '../support/program';
import { tinyTeacherFile } from '../support/tinyTeacher';

const noFile = (): never => {
  throw new Error('no file was to be read');
};
const parse = (...args: string[]) => parseDistillOptions(args, noFile);

describe('options of npm run distill', () => {
  test('have defaults', () => {
    expect(parse()).toMatchObject({
      iterations: 200,
      out: 'runs/distill',
      teacher: 'public/teachers/avatars.safetensors',
      snapshots: [40, 80, 120, 160, 200],
      config: parseConfig({}),
    });
  });

  test('are all taken over', () => {
    const options = parse(
      ...['--iterations', '30', '--out', 'there', '--without', 'dm', '--guidance', '2.5'],
      ...['--steps', '4', '--batch', '8', '--critic-updates', '5', '--seed', '9'],
      ...['--full-prompts', '--teacher', 'file', '--images', '3', '--grid-seed', '0'],
      ...['--snapshots', '20,10,20'],
    );
    expect(options).toEqual({
      iterations: 30,
      out: 'there',
      teacher: 'file',
      images: 3,
      gridSeed: 0,
      snapshots: [10, 20, 30],
      config: parseConfig({
        seed: 9,
        batch: 8,
        guidanceScale: 2.5,
        prompts: 'full',
        student: { steps: 4 },
        critic: { updates: 5 },
        terms: { dm: { enabled: false } },
      }),
    });
  });

  test('override the file of --config, which keeps the rest', () => {
    const file = { seed: 3, student: { steps: 2, emaDecay: 0.5 }, terms: { ca: { weight: 2 } } };
    const options = parseDistillOptions(
      ['--config', 'a.json', '--steps', '8', '--without', 'ca'],
      (name) => (name === 'a.json' ? file : noFile()),
    );
    expect(options?.config).toEqual(
      parseConfig({
        seed: 3,
        student: { steps: 8, emaDecay: 0.5 },
        terms: { ca: { weight: 2, enabled: false } },
      }),
    );
  });

  test('may ask for help', () => {
    expect(parse('--help')).toBeNull();
  });

  const refusals: [string[], string][] = [
    [['--iterations', '0'], '--iterations must be a whole number from 1'],
    [['--iterations', '1.5'], '--iterations'],
    [['--iterations', ''], '--iterations'],
    [['--images', '257'], '--images must be a whole number from 1 to 256, got 257'],
    [['--grid-seed', '-1'], '--grid-seed'],
    [['--grid-seed', ' '], '--grid-seed'],
    [['--snapshots', '10,201'], '--snapshots'],
    [['--guidance', 'much'], '--guidance must be a number, got much'],
    [['--seed', ''], '--seed'],
    [['--batch', 'big'], '--batch'],
    [['--steps', 'x'], '--steps'],
    [['--critic-updates', '-'], '--critic-updates'],
    [['--without', 'gan'], '--without takes ca or dm, got gan'],
    [['--speed', '9'], '--speed'],
  ];
  for (const [args, message] of refusals) {
    test(`${args.join(' ')} is refused by name`, () => {
      expect(() => parse(...args)).toThrow(UsageError);
      expect(() => parse(...args)).toThrow(message);
    });
  }

  test.each([null, [], 'text', { speed: 1 }, { terms: { score: {} } }, { student: 5 }])(
    'a configuration file with %j is refused',
    (content) => {
      expect(() => parseDistillOptions(['--config', 'x'], () => content)).toThrow(ConfigError);
    },
  );

  test('values out of range are refused by the name of the field', () => {
    expect(() => parse('--steps', '9')).toThrow(/student\.steps/);
    expect(() => parse('--batch', '0')).toThrow(/batch/);
  });
});

describe('npm run distill', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'distill-'));
    await writeFile(join(folder, 'teacher.safetensors'), tinyTeacherFile());
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = (...args: string[]) => runProgram(inject('rootDir'), 'distill', ...args);

  test('trains and writes pictures, figures, configuration and students', async () => {
    const out = join(folder, 'run');
    const teacherFile = join(folder, 'teacher.safetensors');
    const { code, output } = await run(
      ...['--iterations', '2', '--batch', '2', '--images', '2', '--snapshots', '1', '--out', out],
      ...['--critic-updates', '1', '--teacher', teacherFile],
    );
    expect(output).toContain('adapter: ');
    expect(code, output).toBe(0);

    const rows = (await readFile(join(out, 'samples.txt'), 'utf8')).trim().split('\n');
    expect(rows).toHaveLength(4);
    const sheet = decode(await readFile(join(out, 'samples.png')));
    // Two images of 16 pixels a row, four rows, at one scale.
    expect(sheet.width).toBeGreaterThanOrEqual(32);
    expect(sheet.height).toBeGreaterThanOrEqual(64);

    const [head = '', ...lines] = (await readFile(join(out, 'metrics.csv'), 'utf8'))
      .trim()
      .split('\n');
    expect(head.trim().split(',')[0]).toBe('iteration');
    expect(lines.map((line) => line.split(',')[0])).toEqual(['1', '2']);
    for (const line of lines) {
      for (const cell of line.trim().split(',')) expect(Number(cell)).not.toBeNaN();
    }

    const config = parseConfig(JSON.parse(await readFile(join(out, 'config.json'), 'utf8')));
    expect(config).toEqual(parseConfig({ batch: 2, critic: { updates: 1 } }));

    const teacher = parseSafetensors(Uint8Array.from(await readFile(teacherFile)));
    const student = parseSafetensors(
      Uint8Array.from(await readFile(join(out, 'student.safetensors'))),
    );
    expect(student.metadata).toMatchObject({ ...teacher.metadata, role: 'student' });
    expect(student.metadata).toMatchObject({ iteration: '2', weights: 'raw' });
    expect([...student.tensors.keys()].sort()).toEqual([...teacher.tensors.keys()].sort());
    const changed = [...student.tensors].filter(([name, { data }]) => {
      const before = teacher.tensors.get(name)?.data;
      return data.some((value, i) => value !== before?.[i]);
    });
    expect(changed.length).toBeGreaterThan(10);
  });

  test('says in a line what is wrong with a teacher, and exits with 1', async () => {
    const missing = await run('--teacher', join(folder, 'nothing.safetensors'));
    expect(missing.code).toBe(1);
    expect(missing.output).toContain('nothing.safetensors');
    expect(missing.output).not.toMatch(/^\s+at /m);

    await writeFile(join(folder, 'broken.safetensors'), 'no teacher at all');
    const broken = await run('--teacher', join(folder, 'broken.safetensors'));
    expect(broken.code).toBe(1);
    expect(broken.output).toMatch(/safetensors/i);
    expect(broken.output).not.toMatch(/^\s+at /m);
  });
});
