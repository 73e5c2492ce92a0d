import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { destroyDevices, devices, long, SITE, stopAll, TeacherBench } from './teacherBench';

afterEach(stopAll);
afterAll(destroyDevices);

describe('the host of trainings', () => {
  test('a lost device ends the training; what was kept goes on', async () => {
    const bench = new TeacherBench();
    await bench.send(long);
    await bench.until(() => bench.step >= 2);
    await bench.send({ type: 'pause' }, { type: 'resume' });
    devices.at(-1)?.destroy();
    await bench.until(() => bench.state === 'failed');
    expect(bench.of('error')).toEqual([expect.objectContaining({ code: 'device-lost' })]);
    await bench.send({ type: 'goOn', task: 'avatars', site: SITE, own: null });
    expect(bench.state).toBe('training');
    expect(bench.of('ready').at(-1)?.step).toBeGreaterThanOrEqual(2);
  });
});
