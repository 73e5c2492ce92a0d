import { describe, expect, test } from 'vitest';
import { writeSafetensors, type WritableTensor } from '../../../src/interchange/safetensors';
import { LabCheckpointError, readCheckpoint, writeCheckpoint } from '../../../src/lab/checkpoint';
import { readClassifier } from '../../../src/lab/classifier';
import { readTeacher, TeacherError } from '../../../src/lab/teacher';
import { classifierLayout } from '../../../src/models/classifier';
import { ditConfigSchema, ditMetadata } from '../../../src/models/dit/config';
import { ditLayout } from '../../../src/models/dit/parameters';
import { unflattenParameters, type ParameterLayout } from '../../../src/models/parameters';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { ClassifierError, classifierMetadata } from '../../../src/tasks/classifierFile';
import {
  readTeacherCheckpoint,
  TeacherCheckpointError,
  writeTeacherCheckpoint,
} from '../../../src/training/checkpoint';
import { avatars } from '../../support/avatars';
import { fuzz } from '../../support/mutate';
import { randomValues } from '../../support/random';
import { runRecord } from '../../support/records';
import { tinyClassifier } from '../../support/tinyClassifier';
import { tinyRecipe } from '../../support/tinyTeaching';

const tensorsOf = (layout: ParameterLayout): WritableTensor[] =>
  [...unflattenParameters(layout, Float32Array.from(randomValues(layout.size, 1)))].map(
    ([name, { shape, data }]) => ({ name, shape: [...shape], data }),
  );

const network = ditConfigSchema.parse({
  ...{ width: 4, depth: 1, heads: 1, patch: 16 },
  attributes: avatarPrompts.valueCounts,
});
const teacher = writeSafetensors(tensorsOf(ditLayout(network)), ditMetadata(network));

const { config, accuracy } = tinyClassifier();
const small = { ...config, hidden: 1, features: 1 };
const classifier = writeSafetensors(
  tensorsOf(classifierLayout(small)),
  classifierMetadata(avatars, { config: small, accuracy }),
);

const checkpoint = writeCheckpoint({
  record: runRecord([{ id: 'a', variances: [0.2, 0.3] }]),
  states: [
    {
      counters: { iteration: 2, studentUpdates: 2, criticUpdates: 2, discriminatorUpdates: 0 },
      tensors: new Map([['student.parameters', Float32Array.from(randomValues(200, 2))]]),
    },
  ],
});

const training = await writeTeacherCheckpoint({
  recipe: tinyRecipe(),
  state: { step: 3, tensors: new Map([['weights', Float32Array.from(randomValues(200, 3))]]) },
  losses: {
    overall: { count: 1, value: 1 },
    levels: Array.from({ length: 10 }, () => ({ count: 1, value: 1 })),
    rows: [],
  },
});

describe('damaged files give a value or their own error', () => {
  test('a teacher', async () => {
    expect(readTeacher(teacher.buffer).config).toEqual(network);
    await fuzz(teacher, (file) => readTeacher(file.buffer), TeacherError);
  });

  test('a classifier', async () => {
    expect(readClassifier(avatars, classifier.buffer).config).toEqual(small);
    await fuzz(classifier, (file) => readClassifier(avatars, file.buffer), ClassifierError);
  });

  test('a checkpoint of a lab', async () => {
    expect(readCheckpoint(checkpoint).record.arms).toHaveLength(1);
    await fuzz(checkpoint, readCheckpoint, LabCheckpointError, 1000);
  });

  test('a checkpoint of a teacher', async () => {
    expect((await readTeacherCheckpoint(training)).state.step).toBe(3);
    await fuzz(training, readTeacherCheckpoint, TeacherCheckpointError, 1000);
  });
});

describe('a small file that claims to be large takes no memory', () => {
  test('as a network of gigabytes', () => {
    const huge = { ...network, width: 1024, depth: 32, heads: 8 };
    const file = writeSafetensors([], ditMetadata(huge));
    // Several together would not fit into memory.
    for (let trial = 0; trial < 200; trial++) {
      expect(() => readTeacher(file.buffer)).toThrow(TeacherError);
    }
  });

  test('as a header of gigabytes', () => {
    const file = teacher.slice();
    new DataView(file.buffer).setBigUint64(0, 2n ** 40n, true);
    expect(() => readTeacher(file.buffer)).toThrow(/header claims/);
  });
});

describe('weights that are no numbers are refused', () => {
  const spoilt = (file: Uint8Array<ArrayBuffer>, value: number): Uint8Array<ArrayBuffer> => {
    const copy = file.slice();
    const view = new DataView(copy.buffer);
    // The first value of the first tensor, after the header and its length.
    view.setFloat32(8 + Number(view.getBigUint64(0, true)), value, true);
    return copy;
  };

  test.each([NaN, Infinity, -Infinity])('%s', async (value) => {
    expect(() => readTeacher(spoilt(teacher, value).buffer)).toThrow(/not finite/);
    expect(() => readClassifier(avatars, spoilt(classifier, value).buffer)).toThrow(/not finite/);
    expect(() => readCheckpoint(spoilt(checkpoint, value))).toThrow(/no numbers/);
    await expect(readTeacherCheckpoint(spoilt(training, value))).rejects.toThrow(/no numbers/);
  });
});
