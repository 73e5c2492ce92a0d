import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { FolderStore } from '../../../src/lab/checkpointStores/folderStore';
import { QuotaError, type CheckpointStore } from '../../../src/lab/checkpointStore';
import { introduceOwnTask } from '../../../src/lab/own/source';
import { openImages } from '../../../src/tasks/task';
import { removeTask } from '../../../src/tasks/registry';
import { OwnHost } from '../../../src/worker/own/host';
import {
  definitionId,
  picturesId,
  type OwnCommand,
  type OwnReport,
} from '../../../src/worker/own/protocol';
import { ownTeacherId } from '../../../src/worker/teacher/protocol';
import { MemoryFolder } from '../../support/memoryFolder';
import { decodePng, redAndBlue } from '../../support/ownFiles';
import { ownTeacherFile } from '../../support/ownTeacher';

/** A host with all that it reported and keeps. */
const open = (tasks: CheckpointStore | null = new FolderStore(new MemoryFolder())) => {
  const teachers = tasks && new FolderStore(new MemoryFolder());
  const reports: OwnReport[] = [];
  const host = new OwnHost((report) => reports.push(report), {
    tasks: Promise.resolve(tasks),
    teachers: Promise.resolve(teachers),
    decode: decodePng,
  });
  const send = async (command: OwnCommand): Promise<OwnReport | undefined> => {
    host.handle(command);
    await host.settled();
    return reports.at(-1);
  };
  return { send, reports, tasks, teachers };
};

const teacherOf = (bytes: Uint8Array<ArrayBuffer>): OwnCommand => ({
  type: 'readTeacher',
  file: new File([bytes], 'mine.safetensors'),
  known: [],
});

const zipOf = async (): Promise<OwnCommand> => {
  const contents = await Promise.all(
    redAndBlue().map(async ({ path, read }) => [path, await read()] as const),
  );
  const file = new File([Uint8Array.from(zipSync(Object.fromEntries(contents)))], 'reds.zip');
  return { type: 'readPictures', files: [{ path: 'reds.zip', file }], size: 16, title: 'Reds' };
};

const only = <Type extends OwnReport['type']>(report: OwnReport | undefined, type: Type) => {
  if (report?.type !== type) throw new Error(`not ${type}: ${JSON.stringify(report)}`);
  return report as Extract<OwnReport, { type: Type }>;
};

describe('what visitors bring', () => {
  test('a teacher is read, kept with its task, and removed', async () => {
    const { send, tasks, teachers } = open();
    const bytes = ownTeacherFile({ title: 'Shapes' });
    const teacher = only(await send(teacherOf(bytes)), 'teacher');
    expect(teacher).toMatchObject({ title: 'Shapes', size: 8, width: 8, depth: 1, heads: 2 });
    expect(teacher.attributes.map(({ values }) => values.length)).toEqual([3, 2]);
    const kept = only(await send({ type: 'keepTeacher' }), 'kept');
    expect(kept).toMatchObject({ what: 'teacher', problem: null, task: teacher.task });
    expect(await teachers?.load(ownTeacherId(kept.task))).toEqual(bytes);
    expect((await tasks?.list())?.map(({ id, about }) => [id, about])).toEqual([
      [definitionId(kept.task), 'Shapes'],
    ]);
    await send({ type: 'remove', task: kept.task });
    expect([await tasks?.list(), await teachers?.list()]).toEqual([[], []]);
  });

  test('pictures become a task that a Worker can draw from', async () => {
    const { send, tasks } = open();
    const read = only(await send(await zipOf()), 'pictures');
    expect(read.refusedCount).toBe(0);
    expect(read.preview).toHaveLength(12 * 3 * 256);
    const kept = only(await send({ type: 'keepPictures', title: 'My reds' }), 'kept');
    expect(kept.definition?.title).toBe('My reds');
    const bytes = await tasks?.load(picturesId(kept.task));
    expect(bytes).toEqual(new Uint8Array(await kept.file.arrayBuffer()));
    if (!kept.definition) throw new Error('it has no definition');

    const task = introduceOwnTask({ definition: kept.definition, pictures: 'blob:of-it' });
    const images = await openImages(task, (path) =>
      path === 'blob:of-it' ? kept.file.arrayBuffer() : Promise.reject(new Error(path)),
    );
    const { prompts, images: drawn } = images.draw(1, 11, 'training');
    prompts.forEach(([kind], index) => {
      const red = drawn[index * 768] ?? NaN;
      expect(task.toWords([kind ?? NaN])).toBe(red > -1 ? 'red' : 'blue');
    });
    removeTask(task.id);
  });

  test('that cannot be used is refused, and leaves nothing to keep', async () => {
    const { send, tasks, teachers } = open();
    await send(teacherOf(ownTeacherFile()));
    const broken = await send(teacherOf(ownTeacherFile().slice(0, 900)));
    expect(only(broken, 'refused').message).toMatch(/Safetensors/);
    expect(only(await send({ type: 'keepTeacher' }), 'refused').message).toMatch(/bring it again/);
    const text = new File(['hello'], 'a.zip');
    const none = await send({
      ...{ type: 'readPictures', size: 16, title: '' },
      files: [{ path: 'a.zip', file: text }],
    });
    expect(only(none, 'refused').message).toMatch(/not a zip archive/);
    expect([await tasks?.list(), await teachers?.list()]).toEqual([[], []]);
  });

  test('lasts as long as the page where nothing can be kept', async () => {
    const without = open(null);
    await without.send(await zipOf());
    const kept = only(await without.send({ type: 'keepPictures', title: 'Reds' }), 'kept');
    expect(kept.problem).toMatch(/keeps nothing/);
    expect(kept.file.size).toBeGreaterThan(12 * 768);
  });

  test('is kept wholly or not at all where the storage is full', async () => {
    const store = new FolderStore(new MemoryFolder());
    // Room for the pictures, none for the definition after them.
    const full: CheckpointStore = {
      save: (id, bytes, about) =>
        id.startsWith('task-')
          ? Promise.reject(new QuotaError(bytes.length))
          : store.save(id, bytes, about),
      load: (id) => store.load(id),
      list: () => store.list(),
      remove: (id) => store.remove(id),
    };
    const { send } = open(full);
    await send(await zipOf());
    const kept = only(await send({ type: 'keepPictures', title: 'Reds' }), 'kept');
    expect(kept.problem).toMatch(/full/);
    expect(await store.list()).toEqual([]);
  });
});
