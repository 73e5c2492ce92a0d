import type { ProgramCost } from '../graph/executable';
import type { IterationPrograms } from './programs/iteration';
import type { NetworkId } from './streams';

/** What one iteration costs, apart from time. */
export interface IterationCost extends ProgramCost {
  readonly studentDispatches: number;
  /** Of one critic update; 0 when the critic does not learn. */
  readonly criticDispatches: number;
  /** Of one discriminator update; 0 when there is none. */
  readonly discriminatorDispatches: number;
}

/** Cost of an iteration all of whose updates are at the student's first step. */
export const iterationCost = ({ updates }: IterationPrograms): IterationCost => {
  const perUpdate = updates.map(({ network, runs, gradients: [gradient], optimizer }) => {
    const programs = [gradient, optimizer].flatMap((program) => (program ? [program.cost] : []));
    const total = (of: (cost: ProgramCost) => number): number =>
      programs.reduce((sum, cost) => sum + of(cost), 0);
    return {
      network,
      runs,
      dispatches: total((cost) => cost.dispatches),
      flops: total((cost) => cost.flops),
      temporaryBytes: gradient?.cost.temporaryBytes ?? 0,
      temporaryBytesWithoutReuse: gradient?.cost.temporaryBytesWithoutReuse ?? 0,
      temporaryBytesNeeded: gradient?.cost.temporaryBytesNeeded ?? 0,
    };
  });
  const dispatchesOf = (id: NetworkId): number =>
    perUpdate.find(({ network }) => network === id)?.dispatches ?? 0;
  const most = (of: (update: (typeof perUpdate)[number]) => number): number =>
    Math.max(0, ...perUpdate.map(of));
  return {
    studentDispatches: dispatchesOf('student'),
    criticDispatches: dispatchesOf('critic'),
    discriminatorDispatches: dispatchesOf('discriminator'),
    dispatches: perUpdate.reduce((sum, { runs, dispatches }) => sum + runs * dispatches, 0),
    flops: perUpdate.reduce((sum, { runs, flops }) => sum + runs * flops, 0),
    temporaryBytes: most((update) => update.temporaryBytes),
    temporaryBytesWithoutReuse: most((update) => update.temporaryBytesWithoutReuse),
    temporaryBytesNeeded: most((update) => update.temporaryBytesNeeded),
  };
};
