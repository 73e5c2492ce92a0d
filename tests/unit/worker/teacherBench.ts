import { vi } from 'vitest';
import { writeSafetensors } from '../../../src/interchange/safetensors';
import { classifierLayout } from '../../../src/models/classifier';
import { unflattenParameters } from '../../../src/models/parameters';
import { avatarTask } from '../../../src/tasks/avatars/task';
import { classifierMetadata } from '../../../src/tasks/classifierFile';
import { parseRecipe } from '../../../src/training/recipe';
import { TeacherHost, type TeacherSurroundings } from '../../../src/worker/teacher/host';
import type { TeacherCommand, TeacherReport } from '../../../src/worker/teacher/protocol';
import { tinyClassifier } from '../../support/tinyClassifier';
import { MemoryStore, watchedGpu } from './bench';

export const SITE = 'http://page.example/';
export const recipe = parseRecipe({
  task: 'avatars',
  ...{ width: 16, depth: 1, heads: 2, patch: 8, batch: 4, images: 8, steps: 12 },
});
export const start = {
  type: 'start',
  recipe,
  site: SITE,
  own: null,
} as const satisfies TeacherCommand;
/** One that does not end by itself. */
export const long: TeacherCommand = { ...start, recipe: { ...recipe, steps: 100_000 } };

const judge = (() => {
  const { config, flat, accuracy } = tinyClassifier();
  const tensors = unflattenParameters(classifierLayout(config), flat);
  return writeSafetensors(
    [...tensors].map(([name, { shape, data }]) => ({ name, shape, data })),
    classifierMetadata(avatarTask, { config, accuracy }),
  );
})();

const { gpu, devices } = watchedGpu();
export { devices };

/** A host of trainings with everything it reported. */
export class TeacherBench {
  readonly reports: TeacherReport[] = [];
  readonly store = new MemoryStore();
  readonly host: TeacherHost;

  constructor(surroundings: Partial<TeacherSurroundings> = {}) {
    this.host = new TeacherHost((report) => this.reports.push(report), {
      gpu,
      tuning: {
        load: () => Promise.resolve({ matmul: 'blocked', reduce: 'serial' }),
        save: () => Promise.resolve(),
      },
      store: Promise.resolve(this.store),
      fetchFile: (url) =>
        url.endsWith('judge')
          ? Promise.resolve(judge.slice().buffer)
          : Promise.reject(new Error('404')),
      ...surroundings,
    });
    benches.push(this);
  }

  of<Type extends TeacherReport['type']>(type: Type): Extract<TeacherReport, { type: Type }>[] {
    return this.reports.filter((report) => report.type === type) as never;
  }

  get state(): string | undefined {
    return this.of('state').at(-1)?.state;
  }

  get step(): number {
    return this.of('losses').at(-1)?.now.step ?? 0;
  }

  async send(...commands: TeacherCommand[]): Promise<void> {
    for (const command of commands) this.host.handle(command);
    await this.host.settled();
  }

  async until(condition: () => boolean): Promise<void> {
    await vi.waitFor(
      () => {
        if (!condition())
          throw new Error(
            `still ${this.state ?? 'silent'}: ${this.of('error').at(-1)?.message ?? ''}`,
          );
      },
      { timeout: 60_000, interval: 10 },
    );
  }
}

const benches: TeacherBench[] = [];

/** Ends whatever the benches so far train. */
export const stopAll = async (): Promise<void> => {
  for (const bench of benches.splice(0)) await bench.send({ type: 'stop' });
};

/** Ends all devices that were asked for. */
export const destroyDevices = (): void => {
  for (const device of devices) device.destroy();
};
