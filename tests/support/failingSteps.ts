import { expect, vi } from 'vitest';
import type { Engine } from '../../src/graph/engine';

/**
 * Expects that work fails, and fails once, where an engine takes no submission after the first `most`;
 * what is under way by then is done when this resolves.
 */
export const expectOneFailure = async (
  engine: Engine,
  most: number,
  work: () => Promise<unknown>,
): Promise<void> => {
  const unheard: unknown[] = [];
  const onUnheard = (reason: unknown): void => {
    unheard.push(reason);
  };
  process.on('unhandledRejection', onUnheard);
  const record = engine.record.bind(engine);
  let steps = 0;
  const failing = vi.spyOn(engine, 'record').mockImplementation(() => {
    if (++steps > most) throw new Error('no more');
    return record();
  });
  try {
    await expect(work()).rejects.toThrow('no more');
    await engine.gpu.device.queue.onSubmittedWorkDone();
    expect(unheard).toEqual([]);
  } finally {
    failing.mockRestore();
    process.off('unhandledRejection', onUnheard);
  }
};
