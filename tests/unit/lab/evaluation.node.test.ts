import { describe, expect } from 'vitest';
import { decode } from 'fast-png';
import { parseEvaluationOptions } from '../../../src/lab/evaluationOptions';
import { evaluationSet, realSet } from '../../../src/lab/evaluationSet';
import type { EvaluationRow } from '../../../src/lab/record';
import { parseRecord } from '../../../src/lab/record';
import { evaluationsCsv, figuresCsv } from '../../../src/lab/recordCsv';
import { measurePixels } from '../../../src/metrics/measure';
import { pixelStatistics } from '../../../src/metrics/pixelStatistics';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { avatars } from '../../support/avatars';
import { test } from '../../support/gpu';
import { CA_DM, CA_ONLY, runRounds, stateOf, tinyLab } from '../../support/tinyLab';
import { tinyClassifier } from '../../support/tinyClassifier';

const EVALUATION = parseEvaluationOptions({ every: 2, samples: 12, weights: 'raw' });
const ARMS = { a: CA_DM, b: CA_ONLY };

describe('evaluations', () => {
  test('leave training bit for bit as it is, and are written down', async ({ gpu }) => {
    const quiet = await tinyLab(gpu, ARMS);
    const expected = await runRounds(quiet, 5);
    const rows: [string, EvaluationRow][] = [];
    const lab = await tinyLab(gpu, ARMS, {
      evaluation: EVALUATION,
      judge: tinyClassifier(),
      onEvaluation: (arm, row) => rows.push([arm, row]),
    });
    expect(await runRounds(lab, 5)).toEqual(expected);
    for (const id of ['a', 'b']) expect(await stateOf(lab, id)).toEqual(await stateOf(quiet, id));
    await lab.settled();

    const record = lab.record();
    for (const { id, evaluations, snapshots } of record.arms) {
      expect(evaluations.map(({ iteration }) => iteration)).toEqual([0, 2, 4]);
      expect(snapshots.map(({ iteration }) => iteration)).toEqual([0, 2, 4]);
      expect(rows.flatMap(([arm, row]) => (arm === id ? [row] : []))).toEqual(evaluations);
      for (const { meanAccuracy, frechetReal, frechetGuided, coverage, spectrum } of evaluations) {
        for (const value of [meanAccuracy, frechetReal, frechetGuided, coverage]) {
          expect(value).toBeGreaterThanOrEqual(0);
        }
        expect(spectrum.length).toBeGreaterThan(5);
      }
    }
    const [a, b] = record.arms.map(({ evaluations }) => evaluations);
    // Both began as the teacher, and are shown the same; then they differ.
    expect(b?.[0]).toEqual(a?.[0]);
    expect(b?.[2]?.variance).not.toBe(a?.[2]?.variance);
    expect(record.references.map(({ name }) => name)).toHaveLength(3);
    const png = decode(
      Uint8Array.from(atob(record.references[0]?.png ?? ''), (c) => c.charCodeAt(0)),
    );
    expect([png.width, png.height]).toEqual([8 * 17 + 1, 2 * 17 + 1]);

    // The record is plain data, and both tables have a row for every row.
    expect(parseRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
    expect(figuresCsv(record).trim().split('\n')).toHaveLength(1 + 2 * 5);
    expect(evaluationsCsv(record).trim().split('\n')).toHaveLength(1 + 2 * 3);
    await quiet.destroy();
    await lab.destroy();
  });

  test('do not hold training up', async ({ gpu }) => {
    const rows: EvaluationRow[] = [];
    const lab = await tinyLab(
      gpu,
      { a: CA_ONLY },
      {
        evaluation: parseEvaluationOptions({ every: 1000, samples: 512 }),
        judge: tinyClassifier(),
        onEvaluation: (_, row) => rows.push(row),
      },
    );
    await runRounds(lab, 3);
    // The one that began before the first round draws hundreds of images in many steps.
    expect(rows).toEqual([]);
    await lab.settled();
    expect(rows.map(({ iteration }) => iteration)).toEqual([0]);
    await lab.destroy();
  });

  test('measure pixels alone where there is no classifier', async ({ gpu }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY }, { evaluation: EVALUATION });
    await runRounds(lab, 1);
    const row = await lab.evaluate('a');
    expect(row).toMatchObject({ iteration: 1, accuracy: null, frechetReal: null, density: null });
    expect(row?.variance).toBeGreaterThan(0);
    const record = lab.record();
    expect(record.arms[0]?.evaluations).toEqual([expect.objectContaining({ iteration: 0 }), row]);
    expect(parseRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
    await lab.destroy();
  });

  test('draw the images that the grid would show of the same prompts and noise', async ({
    gpu,
  }) => {
    const set = evaluationSet(avatars, EVALUATION, realSet(avatars, EVALUATION));
    const [chunk] = set.chunks;
    const grid = { prompts: set.prompts, seed: chunk?.seed ?? 0 };
    const lab = await tinyLab(gpu, { a: CA_ONLY }, { evaluation: EVALUATION, grid });
    await runRounds(lab, 1);
    const [row, images] = [await lab.evaluate('a'), await lab.draw('a')];
    const { mean, variance, saturation } = pixelStatistics(images, 3 * 16 * 16);
    expect([row?.mean, row?.variance, row?.saturation]).toEqual([mean, variance, saturation]);
    await lab.destroy();
  });

  test('end with the lab, and trouble nobody', async ({ gpu }) => {
    const told: unknown[] = [];
    const lab = await tinyLab(gpu, ARMS, {
      evaluation: parseEvaluationOptions({ every: 1, samples: 200 }),
      onProblem: (_, error) => told.push(error),
      onEvaluation: (_, row) => told.push(row),
    });
    await lab.iterate();
    await lab.destroy();
    expect(told).toEqual([]);
  });

  test('take references from an earlier lab', async ({ gpu }) => {
    const options = { evaluation: EVALUATION, judge: tinyClassifier() };
    const one = await tinyLab(gpu, { a: CA_ONLY }, options);
    expect(one.standards).toBeNull();
    const guided = await one.prepareReference();
    const [, ...shape] = one.gridShape;
    expect(one.standards?.guided).toEqual(measurePixels(guided, shape));
    expect(one.standards?.real?.spectrum).toHaveLength(12);
    const other = await tinyLab(gpu, { a: CA_ONLY }, options);
    expect(other.referenceKey).toBe(one.referenceKey);
    await expect(other.prepareReference({ guided: guided.slice(1) })).rejects.toThrow('not 12');
    expect(await other.prepareReference({ guided })).toBe(guided);
    expect(other.standards).toEqual(one.standards);
    expect(await other.evaluate('a')).toEqual(await one.evaluate('a'));
    expect(other.record().references).toEqual(one.record().references);
    await one.destroy();
    await other.destroy();
  });
});

describe('the set of an evaluation', () => {
  test('comes in chunks of one size and noise of their own', () => {
    const options = parseEvaluationOptions({ samples: 150 });
    const real = realSet(avatars, options);
    if (!real) throw new Error('no real avatars');
    const { prompts, chunks } = evaluationSet(avatars, options, real);
    expect(prompts).toEqual(real.prompts);
    expect(chunks.map(({ count }) => count)).toEqual([64, 64, 64]);
    expect(new Set(chunks.map(({ seed }) => seed)).size).toBe(3);
    expect(chunks.map(({ rows }) => rows.length)).toEqual([64 * 8, 64 * 8, 64 * 8]);
  });

  test('asks for less of the same with partial prompts', () => {
    const options = parseEvaluationOptions({ samples: 64, prompts: 'partial' });
    const real = realSet(avatars, options);
    if (!real) throw new Error('no real avatars');
    const { prompts } = evaluationSet(avatars, options, real);
    let open = 0;
    prompts.forEach((prompt, index) => {
      prompt.forEach((id, attribute) => {
        if (id === avatarPrompts.nullPrompt[attribute]) open++;
        else expect(id).toBe(real.prompts[index]?.[attribute]);
      });
    });
    expect(open).toBeGreaterThan(64);
  });
});
