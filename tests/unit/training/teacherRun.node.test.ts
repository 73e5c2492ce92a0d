import { describe, expect } from 'vitest';
import type { Gpu } from '../../../src/gpu/gpu';
import { Engine } from '../../../src/graph/engine';
import { QuotaError, type CheckpointStore } from '../../../src/lab/checkpointStore';
import { FolderStore } from '../../../src/lab/checkpointStores/folderStore';
import type { TeacherFile } from '../../../src/lab/teacher';
import { ditLayout } from '../../../src/models/dit/parameters';
import { readTeacherCheckpoint, TeacherCheckpointError } from '../../../src/training/checkpoint';
import { networkOf, RecipeError, type TeacherRecipe } from '../../../src/training/recipe';
import { measureStepTime } from '../../../src/training/stepTime';
import { DivergedError, TeacherRun, type TrainRequest } from '../../../src/training/teacherRun';
import { KERNEL_CHOICES } from '../../support/evaluate';
import { expectOneFailure } from '../../support/failingSteps';
import { test } from '../../support/gpu';
import { MemoryFolder } from '../../support/memoryFolder';
import { TINY_TASK, tinyImages, tinyRecipe } from '../../support/tinyTeaching';

const ID = 'training';
const recipe = tinyRecipe();
const never = new AbortController().signal;
const request: TrainRequest = { stop: never, saveEvery: 1e6 };

const engineOn = (gpu: Gpu): Engine => {
  const [choice] = KERNEL_CHOICES;
  if (!choice) throw new Error('no kernel choice');
  return new Engine(gpu, choice);
};

const open = (
  engine: Engine,
  store: CheckpointStore | null,
  asked: TeacherRecipe = recipe,
  from: TeacherFile | null = null,
): Promise<TeacherRun> =>
  TeacherRun.open({
    ...{ engine, store, from, task: TINY_TASK, images: tinyImages, recipe: asked, id: ID },
  });

const kept = async (store: CheckpointStore) => {
  const bytes = await store.load(ID);
  if (!bytes) throw new Error('nothing was kept');
  return readTeacherCheckpoint(bytes);
};

describe('a training', () => {
  test('that was stopped and went on equals an unbroken one, losses included', async ({ gpu }) => {
    const engine = engineOn(gpu);
    const [whole, broken] = [
      new FolderStore(new MemoryFolder()),
      new FolderStore(new MemoryFolder()),
    ];
    const once = await open(engine, whole);
    await once.train(request);
    expect(once.isDone).toBe(true);
    once.destroy();

    const stop = new AbortController();
    const first = await open(engine, broken);
    await first.train({
      ...{ ...request, stop: stop.signal },
      onStep: ({ step }) => {
        if (step === 2) stop.abort();
      },
    });
    expect(first.isDone).toBe(false);
    const { step } = first;
    first.destroy();
    expect((await broken.list())[0]?.about).toBe(`tiny, step ${step} of 6`);
    const second = await open(engine, broken);
    expect(second.step).toBe(step);
    await second.train(request);
    second.destroy();

    expect(await kept(broken)).toEqual(await kept(whole));
    expect((await kept(whole)).losses.rows.map((row) => row.step)).toEqual([1, 2, 3, 4, 5, 6]);
    engine.destroy();
  });

  test('of another recipe is not gone on with', async ({ gpu }) => {
    const engine = engineOn(gpu);
    const store = new FolderStore(new MemoryFolder());
    const run = await open(engine, store);
    await run.train(request);
    run.destroy();
    const other = open(engine, store, tinyRecipe({ steps: 7 }));
    await expect(other).rejects.toThrow(TeacherCheckpointError);
    await expect(other).rejects.toThrow('another recipe: steps 6, not 7.');
    engine.destroy();
  });

  test('whose numbers end stops in words and keeps the last good checkpoint', async ({ gpu }) => {
    const engine = engineOn(gpu);
    const store = new FolderStore(new MemoryFolder());
    const run = await open(engine, store);
    await run.train({ ...request, until: 2 });
    await run.save();
    const good = await kept(store);
    const state = await run.trainer.save();
    const parameters = state.tensors.get('parameters')?.fill(NaN) ?? new Float32Array();
    run.trainer.restore({
      ...state,
      tensors: new Map([...state.tensors, ['parameters', parameters]]),
    });

    const training = run.train({ ...request, saveEvery: 0 });
    await expect(training).rejects.toThrow(DivergedError);
    await expect(training).rejects.toThrow(/step [34]: its (loss|weights) .*step 2 is kept/);
    expect(await kept(store)).toEqual(good);
    run.destroy();
    engine.destroy();
  });

  test('goes on where there is no room for a checkpoint, and says so', async ({ gpu }) => {
    const engine = engineOn(gpu);
    const folder = new FolderStore(new MemoryFolder());
    const full: CheckpointStore = {
      save: (_id, bytes) => Promise.reject(new QuotaError(bytes.length)),
      load: (id) => folder.load(id),
      list: () => folder.list(),
      remove: (id) => folder.remove(id),
    };
    const run = await open(engine, full);
    const told: string[] = [];
    await run.train({ ...request, onFull: ({ message }) => told.push(message) });
    expect(run.isDone).toBe(true);
    expect(told).toEqual([expect.stringContaining('no room')]);
    run.destroy();
    engine.destroy();
  });

  test('begins with the weights of another teacher, of the same sizes alone', async ({ gpu }) => {
    const engine = engineOn(gpu);
    const config = networkOf(recipe, TINY_TASK);
    const flat = new Float32Array(ditLayout(config).size).fill(0.25);
    const from: TeacherFile = { task: TINY_TASK, config, flat, file: new ArrayBuffer() };
    const run = await open(engine, null, recipe, from);
    expect((await run.trainer.save()).tensors.get('average')).toEqual(flat);
    run.destroy();
    const other = open(engine, null, tinyRecipe({ depth: 2 }), from);
    await expect(other).rejects.toThrow(RecipeError);
    await expect(other).rejects.toThrow('width 8, depth 1, heads 2, patch 4');
    engine.destroy();
  });

  test('is timed by steps that leave nothing behind', async ({ gpu }) => {
    const engine = engineOn(gpu);
    const before = engine.memory.bytes;
    expect(await measureStepTime(engine, TINY_TASK, recipe)).toBeGreaterThan(0);
    expect(engine.memory.bytes).toBe(before);
    // Two to warm up, one that is under way while the next one fails.
    await expectOneFailure(engine, 3, () => measureStepTime(engine, TINY_TASK, recipe));
    expect(engine.memory.bytes).toBe(before);
    engine.destroy();
  });
});

describe('a checkpoint', () => {
  test.each([new Uint8Array(3), new TextEncoder().encode('x'.repeat(64))])(
    'that is none is refused in words',
    async (bytes) => {
      const reading = readTeacherCheckpoint(bytes);
      await expect(reading).rejects.toThrow(TeacherCheckpointError);
      await expect(reading).rejects.toThrow('This checkpoint cannot be read.');
    },
  );
});
