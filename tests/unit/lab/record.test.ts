import { describe, expect, test } from 'vitest';
import type { IterationFigures } from '../../../src/distill/figures';
import { parseLabConfig } from '../../../src/lab/config';
import { parseEvaluationOptions } from '../../../src/lab/evaluationOptions';
import { countTaus, Ledger } from '../../../src/lab/ledger';
import {
  parseRecord,
  RecordError,
  TAU_BINS,
  type EvaluationRow,
  type RunRecord,
} from '../../../src/lab/record';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { evaluationsCsv, figuresCsv, votesCsv } from '../../../src/lab/recordCsv';

const lab = parseLabConfig({ arms: [{ id: 'a', name: 'Both' }] });
const [spec] = lab.arms;
if (!spec) throw new Error('no arm');

const figures = (iteration: number): IterationFigures => ({
  iteration,
  caNorm: 0.5,
  dmNorm: 0.25,
  meanVarianceNorm: null,
  ganNorm: null,
  updateCosine: -0.125,
  criticLoss: 1,
  discriminatorLoss: null,
  discriminatorAccuracy: null,
  imageMean: 0,
  imageVariance: 0.25,
  taus: { ca: Float32Array.of(0.5, 1) },
});

const evaluation = (iteration: number): EvaluationRow => ({
  iteration,
  accuracy: { hat: 0.75 },
  meanAccuracy: 0.75,
  allRight: 0.5,
  frechetReal: 2,
  frechetGuided: null,
  coverage: 1,
  density: 1,
  mean: 0,
  variance: 0.25,
  saturation: 0,
  spectrum: [4, 2],
});

const filled = (): Ledger => {
  const ledger = new Ledger();
  ledger.noteConfig(0, spec.config);
  for (const iteration of [1, 2, 3]) ledger.noteFigures(figures(iteration));
  ledger.noteEvaluation(evaluation(2), 'AAAA');
  ledger.noteEvaluation(evaluation(0), 'BBBB');
  return ledger;
};

const record = (): RunRecord => ({
  version: 2,
  experiment: 'e1',
  codeVersion: '1.2.3',
  created: '2026-01-02T03:04:05.678Z',
  adapter: 'some adapter',
  task: 'avatars',
  teacher: { id: 'avatars', sha256: 'ab' },
  config: lab,
  evaluation: parseEvaluationOptions(),
  arms: [{ ...spec, status: 'training', ...filled().entries() }],
  references: [{ name: 'Real avatars', png: 'AAAA' }],
  votes: [],
});

describe('a ledger', () => {
  test('keeps evaluations in order, one for each iteration', () => {
    const ledger = filled();
    ledger.noteEvaluation({ ...evaluation(2), mean: 1 }, 'CCCC');
    const { evaluations, snapshots } = ledger.entries();
    expect(evaluations.map(({ iteration, mean }) => [iteration, mean])).toEqual([
      [0, 0],
      [2, 1],
    ]);
    expect(snapshots.map(({ png }) => png)).toEqual(['BBBB', 'CCCC']);
    expect([ledger.hasEvaluation(0), ledger.hasEvaluation(1)]).toEqual([true, false]);
  });

  test('notes a configuration once, and one that was never used not at all', () => {
    const ledger = filled();
    ledger.noteConfig(2, structuredClone(spec.config));
    ledger.noteConfig(2, { ...spec.config, normalise: false });
    ledger.noteConfig(2, { ...spec.config, normalise: true, guidanceScale: 2 as never });
    expect(ledger.entries().changes.map(({ iteration }) => iteration)).toEqual([0, 2]);
    expect(ledger.entries().changes[1]?.config.guidanceScale).toBe(2);
  });

  test('can be cut back to an iteration, and hands out copies', () => {
    const ledger = filled();
    const cut = ledger.upTo(1).entries();
    expect(cut.figures.map(({ iteration }) => iteration)).toEqual([1]);
    expect(cut.evaluations.map(({ iteration }) => iteration)).toEqual([0]);
    ledger.entries().figures.pop();
    expect(ledger.entries().figures).toHaveLength(3);
  });

  test('counts noise levels in bins that are open to the right, but for the last', () => {
    const counts = new Array<number>(TAU_BINS).fill(0);
    countTaus(counts, Float32Array.of(0, 1 / 32, 0.5, 0.999, 1));
    const filledBins = counts.flatMap((count, bin) => (count > 0 ? [[bin, count]] : []));
    expect(filledBins).toEqual([
      [0, 1],
      [1, 1],
      [16, 1],
      [31, 2],
    ]);
    expect(filled().entries().tauHistograms.ca[16]).toBe(3);
  });
});

describe('a record', () => {
  test('is read as it was written', () => {
    expect(parseRecord(JSON.parse(JSON.stringify(record())))).toEqual(record());
  });

  test('of the first version is read: its votes have no ties, and do not say how they were shown', () => {
    const old = { ...record(), version: 1, votes: [{ image: 3, ranking: ['b', 'a', 'c'] }] };
    expect(parseRecord(old)).toEqual({ ...record(), votes: [{ ...old.votes[0], tie: false }] });
  });

  test('keeps votes with how they were shown, also as a table', () => {
    const { nullPrompt } = avatarPrompts;
    const shown = {
      left: { arm: 'b', iteration: 12 },
      right: { arm: 'a', iteration: 10 },
      prompt: nullPrompt.map((any, at) => (at === avatarPrompts.indexOf('hat') ? 1 : any)),
      ...{ noise: 7, order: 5 },
    };
    const votes = [
      { image: 1, ranking: ['a', 'b'], tie: false, shown },
      { image: 0, ranking: ['b', 'a'], tie: true, shown },
      { image: 2, ranking: ['a', 'b'], tie: false },
    ];
    const kept = parseRecord(JSON.parse(JSON.stringify({ ...record(), votes })));
    expect(kept.votes).toEqual(votes);
    expect(votesCsv(kept).trimEnd().split('\n')).toEqual([
      'image,better,ranking,left,leftIteration,right,rightIteration,prompt,noise,order',
      '1,a,a b,b,12,a,10,a hat,7,5',
      '0,,b a,b,12,a,10,a hat,7,5',
      '2,a,a b,,,,,,,',
    ]);
  });

  test('is refused with what is wrong where', () => {
    const json = (change: (copy: Record<string, unknown>) => void): unknown => {
      const copy = JSON.parse(JSON.stringify(record())) as Record<string, unknown>;
      change(copy);
      return copy;
    };
    const refusal = (input: unknown): string => {
      try {
        parseRecord(input);
      } catch (error) {
        if (error instanceof RecordError) return error.message;
        throw error;
      }
      throw new Error('accepted');
    };
    expect(refusal(null)).toContain('the file: ');
    expect(refusal(json((copy) => (copy['version'] = 3)))).toContain('version 3');
    expect(refusal(json((copy) => (copy['created'] = 'yesterday')))).toContain('created: ');
    expect(refusal(json((copy) => (copy['surplus'] = 1)))).toContain('surplus');
    const broken = json((copy) => {
      const [arm] = copy['arms'] as { figures: { caNorm: unknown }[]; config: object }[];
      if (!arm?.figures[1]) throw new Error('no figures');
      arm.figures[1].caNorm = 'much';
      arm.config = { ...arm.config, guidanceScale: 99 };
    });
    expect(refusal(broken)).toContain('arms.0.figures.1.caNorm: ');
    expect(refusal(broken)).toContain('arms.0.config.guidanceScale: ');
    expect(refusal(broken)).toContain('got 99');
  });

  test('gives tables with a row for every iteration and evaluation', () => {
    const [header, ...rows] = figuresCsv(record()).trimEnd().split('\n');
    expect(header).toBe(
      'arm,name,iteration,caNorm,dmNorm,meanVarianceNorm,ganNorm,updateCosine,criticLoss,' +
        'discriminatorLoss,discriminatorAccuracy,imageMean,imageVariance',
    );
    expect(rows).toHaveLength(3);
    expect(rows[0]).toBe('a,Both,1,0.5,0.25,,,-0.125,1,,,0,0.25');
    const [evaluationHeader, first, second] = evaluationsCsv(record()).trimEnd().split('\n');
    expect(evaluationHeader).toContain('meanAccuracy');
    expect(evaluationHeader).toMatch(/accuracy\.hat,.*spectrum\.0,spectrum\.1$/);
    expect(first).toMatch(/^a,Both,0,0\.75,0\.5,2,,1,1,0,0\.25,0,/);
    expect(first).toMatch(/,4,2$/);
    expect(second).toMatch(/^a,Both,2,/);
  });
});
