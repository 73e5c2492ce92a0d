import { describe, expect } from 'vitest';
import {
  aboutCheckpoint,
  LabCheckpointError,
  readCheckpoint,
  writeCheckpoint,
} from '../../../src/lab/checkpoint';
import { QuotaError } from '../../../src/lab/checkpointStore';
import { FolderStore } from '../../../src/lab/checkpointStores/folderStore';
import { MemoryFolder } from '../../support/memoryFolder';
import type { ArmConfigInput } from '../../../src/lab/config';
import { parseEvaluationOptions } from '../../../src/lab/evaluationOptions';
import { Lab } from '../../../src/lab/lab';
import { readTeacher } from '../../../src/lab/teacher';
import type { Gpu } from '../../../src/gpu/gpu';
import { test } from '../../support/gpu';
import {
  armSpec,
  CA_DM,
  CA_ONLY,
  runRounds,
  stateOf,
  tinyLab,
  tinyMaterial,
} from '../../support/tinyLab';
import { tinyTeacherFile } from '../../support/tinyTeacher';

/** All networks: a critic, and a discriminator with its real images. */
const GAN: ArmConfigInput = {
  discriminator: { updates: 1 },
  terms: { dm: { enabled: false }, gan: { enabled: true } },
};
const EVALUATION = parseEvaluationOptions({ every: 2, samples: 8 });

const restored = (gpu: Gpu, bytes: Uint8Array<ArrayBuffer>): Promise<Lab> =>
  Lab.restore(tinyMaterial(gpu), readCheckpoint(bytes));

describe('a lab', () => {
  test('goes on from a checkpoint bit for bit as if it had never stopped', async ({ gpu }) => {
    const lab = await tinyLab(gpu, { both: CA_DM, gan: GAN }, { evaluation: EVALUATION });
    await runRounds(lab, 2);
    await lab.configureArm('both', armSpec('both', { ...CA_DM, guidanceScale: 3 }).config);
    // Asked for while a round is under way, and an evaluation with it.
    const round = lab.iterate();
    const bytes = writeCheckpoint(await lab.checkpoint());
    await round;
    const unbroken = await runRounds(lab, 3);
    await lab.settled();

    const other = await restored(gpu, bytes);
    expect(other.arms.map(({ iteration }) => iteration)).toEqual([3, 3]);
    expect(await runRounds(other, 3)).toEqual(unbroken);
    await other.settled();
    for (const id of ['both', 'gan']) {
      const state = await stateOf(other, id);
      expect(state).toEqual(await stateOf(lab, id));
      expect([...(state?.tensors.keys() ?? [])].length).toBeGreaterThan(6);
    }
    // References are drawn anew when the next evaluation needs them: the same.
    expect(other.record()).toEqual(lab.record());
    await lab.destroy();
    await other.destroy();
  });

  test('refuses a checkpoint of another teacher', async ({ gpu }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    const checkpoint = await lab.checkpoint();
    const teacher = readTeacher(tinyTeacherFile(2).buffer);
    await expect(Lab.restore({ ...tinyMaterial(gpu), teacher }, checkpoint)).rejects.toThrow(
      LabCheckpointError,
    );
    await lab.destroy();
  });

  test('refuses a checkpoint whose networks do not fit, in words', async ({ gpu }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    await runRounds(lab, 1);
    const { record, states } = await lab.checkpoint();
    const [state] = states;
    if (!state) throw new Error('the arm has no state');
    const tensors = new Map([...state.tensors, ['student.parameters', new Float32Array(3)]]);
    await expect(
      Lab.restore(tinyMaterial(gpu), { record, states: [{ ...state, tensors }] }),
    ).rejects.toThrow(LabCheckpointError);
    await lab.destroy();
  });

  test('trains on when there is no room for a checkpoint; the last good one stays', async ({
    gpu,
  }) => {
    const folder = new SmallFolder();
    const store = new FolderStore(folder);
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    const keep = async (): Promise<void> => {
      const checkpoint = await lab.checkpoint();
      await store.save('run', writeCheckpoint(checkpoint), aboutCheckpoint(checkpoint));
    };
    await runRounds(lab, 2);
    const before = await stateOf(lab, 'a');
    await keep();
    folder.full = true;
    const [failed] = await Promise.allSettled([keep(), lab.iterate()]);
    expect(failed.status === 'rejected' && failed.reason).toBeInstanceOf(QuotaError);
    const after = await runRounds(lab, 1);
    expect(after.get('a')?.[0]?.iteration).toBe(4);
    await lab.destroy();

    const [info] = await store.list();
    expect(info?.about).toBe('a; iteration 2');
    const bytes = await store.load('run');
    if (!bytes) throw new Error('nothing was kept');
    const other = await restored(gpu, bytes);
    expect(await stateOf(other, 'a')).toEqual(before);
    await other.destroy();
  });
});

describe('a file that is no checkpoint', () => {
  const refused = (bytes: Uint8Array<ArrayBuffer>) =>
    expect(() => readCheckpoint(bytes)).toThrow(LabCheckpointError);

  test('is refused in words', async ({ gpu }) => {
    refused(new TextEncoder().encode('no checkpoint at all'));
    refused(tinyTeacherFile());
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    const checkpoint = await lab.checkpoint();
    await lab.destroy();
    const bytes = writeCheckpoint(checkpoint);
    refused(bytes.slice(0, -4));
    refused(writeCheckpoint({ ...checkpoint, states: [] }));
    // A second arm in the configuration would begin at the teacher as if nothing were amiss.
    const { record } = checkpoint;
    const arms = [...record.config.arms, armSpec('b', CA_ONLY)];
    refused(
      writeCheckpoint({ ...checkpoint, record: { ...record, config: { ...record.config, arms } } }),
    );
  });
});

/** A folder that has no room for data once it is full, and breaks off where it runs out. */
class SmallFolder extends MemoryFolder {
  full = false;

  override async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!this.full) return super.write(name, bytes);
    await super.write(name, bytes.slice(0, bytes.length / 2));
    throw new QuotaError(bytes.byteLength);
  }
}
