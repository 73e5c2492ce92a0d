import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { writeSafetensors } from '../../../src/interchange/safetensors';
import { LabFileError, parseLabFile, writeLabFile } from '../../../src/lab/labFile';
import { parseLabConfig } from '../../../src/lab/config';
import { parseEvaluationOptions } from '../../../src/lab/evaluationOptions';
import { filesOfArchive } from '../../../src/lab/own/archive';
import { collectPictures } from '../../../src/lab/own/collect';
import { labelsOfTable } from '../../../src/lab/own/labels';
import { readOwnPictures } from '../../../src/lab/own/pictures';
import { parseRecord, RecordError } from '../../../src/lab/record';
import { readTeacher, TeacherError } from '../../../src/lab/teacher';
import { OwnTaskError, parseOwnDefinition } from '../../../src/tasks/own/definition';
import { promptMetadata } from '../../../src/tasks/own/fromTeacher';
import { PromptSpace } from '../../../src/tasks/promptSpace';
import { fuzz } from '../../support/mutate';
import { decodePng, redAndBlue } from '../../support/ownFiles';
import { ownTeacherFile } from '../../support/ownTeacher';
import { runRecord } from '../../support/records';

const toText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const toBytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const collect = (files = redAndBlue()) =>
  collectPictures({ files, size: 8, title: 'Reds', decode: decodePng });
const { definition, file: pictures } = await collect();

describe('damaged files of a visitor’s own give a value or their own error', () => {
  test('a teacher with words for its prompts', async () => {
    const names = (...all: string[]) => all.map((name) => ({ name }));
    const space = new PromptSpace([
      { name: 'shape', title: 'shape', values: names('circle', 'square', 'star') },
      { name: 'colour', title: 'colour', values: names('red', 'blue') },
    ]);
    const file = ownTeacherFile(promptMetadata('Shapes', space));
    await fuzz(file, (bytes) => readTeacher(bytes.buffer), TeacherError);
  });

  test('pictures that the browser kept', async () => {
    await fuzz(pictures, (bytes) => readOwnPictures(bytes, definition), OwnTaskError);
  });

  test('an archive of pictures', async () => {
    const contents = await Promise.all(
      redAndBlue().map(async ({ path, read }) => [path, await read()] as const),
    );
    const zip = Uint8Array.from(zipSync(Object.fromEntries(contents)));
    let whole = 0;
    await fuzz(
      zip,
      async (bytes) => {
        const { refused } = await collect(filesOfArchive(bytes));
        whole++;
        // What is left out is told; for this count it is a refusal.
        if (refused.length > 0) throw new OwnTaskError('some were left out');
      },
      OwnTaskError,
      500,
    );
    expect(whole).toBeGreaterThan(0);
  });

  test('a definition', async () => {
    const json = toBytes(JSON.stringify(definition));
    await fuzz(
      json,
      (bytes) => {
        let parsed: unknown;
        try {
          parsed = JSON.parse(toText(bytes));
        } catch {
          throw new OwnTaskError('not JSON');
        }
        parseOwnDefinition(parsed);
      },
      OwnTaskError,
    );
  });

  test('a set-up', async () => {
    const text = writeLabFile({
      task: 'avatars',
      teacher: { id: 'avatars', sha256: 'b'.repeat(64) },
      experiment: 'e1',
      lab: parseLabConfig({ arms: [{ id: 'a', name: 'A' }] }),
      evaluation: parseEvaluationOptions(),
      grid: { seed: 1, prompts: [[0, 1, 2]] },
    });
    await fuzz(toBytes(text), (bytes) => parseLabFile(toText(bytes)), LabFileError);
  });

  test('a record', async () => {
    const text = JSON.stringify(runRecord([{ id: 'a', variances: [0.2, 0.3] }]));
    await fuzz(
      toBytes(text),
      (bytes) => {
        let parsed: unknown;
        try {
          parsed = JSON.parse(toText(bytes));
        } catch {
          throw new RecordError('not JSON');
        }
        parseRecord(parsed);
      },
      RecordError,
      1000,
    );
  });

  test('a table of labels', () => {
    const paths = redAndBlue().map(({ path }) => path);
    const table = toBytes(
      `file,warm,shade\n${paths.map((path, at) => `${path},${at % 2},"s ${at}"`).join('\n')}`,
    );
    // Most damage of a table is another table.
    return fuzz(table, (bytes) => labelsOfTable(toText(bytes), paths), OwnTaskError, 1500, 1, 1);
  });
});

describe('what is kept is refused with another task', () => {
  const other = (part: object) => ({ ...definition, ...part });

  test.each([
    ['another size', other({ size: 16 }), /not as many, or not as large/],
    [
      'other prompts',
      other({ pictures: { ...definition.pictures, shown: [[[0], 12]] } }),
      /show something else/,
    ],
    ['no pictures', other({ pictures: null }), /not as many/],
  ])('of %s', (_, task, message) => {
    expect(() => readOwnPictures(pictures, task)).toThrow(OwnTaskError);
    expect(() => readOwnPictures(pictures, task)).toThrow(message);
  });

  test('as another file', () => {
    const file = writeSafetensors([], { kind: 'teacher' });
    expect(() => readOwnPictures(file, definition)).toThrow(/this is another file/);
  });
});
