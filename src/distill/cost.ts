import type { ProgramCost } from '../graph/executable';
import type { IterationPrograms, UpdatePrograms } from './programs/iteration';
import type { StagedProgram } from './staged';
import type { NetworkId } from './streams';

/** What one iteration costs, apart from time. */
export interface IterationCost extends ProgramCost {
  readonly studentDispatches: number;
  /** Of one critic update, its images apart; 0 when the critic does not learn. */
  readonly criticDispatches: number;
  /** Of all images for the critic's updates. */
  readonly criticImageDispatches: number;
  /** Of one discriminator update; 0 when there is none. */
  readonly discriminatorDispatches: number;
}

/** Programs that run together, and how often. */
interface Part {
  readonly of: NetworkId | 'images';
  readonly runs: number;
  readonly programs: readonly ProgramCost[];
}

const partsOf = ({ network, runs, images, gradients, optimizer }: UpdatePrograms): Part[] => {
  const costs = (programs: readonly (StagedProgram | null | undefined)[]): ProgramCost[] =>
    programs.flatMap((program) => (program ? [program.cost] : []));
  const update: Part = { of: network, runs, programs: costs([gradients[0], optimizer]) };
  if (!images) return [update];
  const passes = runs / images.batch.updates;
  return [update, { of: 'images', runs: passes, programs: costs([images.programs[0]]) }];
};

/** Cost of an iteration all of whose updates are at the student's first step. */
export const iterationCost = ({ updates }: IterationPrograms): IterationCost => {
  const parts = updates.flatMap(partsOf);
  const once = (part: Part | undefined, of: (cost: ProgramCost) => number): number =>
    part?.programs.reduce((sum, cost) => sum + of(cost), 0) ?? 0;
  const all = (of: (cost: ProgramCost) => number): number =>
    parts.reduce((sum, part) => sum + part.runs * once(part, of), 0);
  const most = (of: (cost: ProgramCost) => number): number =>
    Math.max(0, ...parts.flatMap(({ programs }) => programs.map(of)));
  const partOf = (id: Part['of']): Part | undefined => parts.find((part) => part.of === id);
  const dispatches = (cost: ProgramCost): number => cost.dispatches;
  return {
    studentDispatches: once(partOf('student'), dispatches),
    criticDispatches: once(partOf('critic'), dispatches),
    criticImageDispatches: once(partOf('images'), dispatches) * (partOf('images')?.runs ?? 0),
    discriminatorDispatches: once(partOf('discriminator'), dispatches),
    dispatches: all(dispatches),
    flops: all((cost) => cost.flops),
    temporaryBytes: most((cost) => cost.temporaryBytes),
    temporaryBytesWithoutReuse: most((cost) => cost.temporaryBytesWithoutReuse),
    temporaryBytesNeeded: most((cost) => cost.temporaryBytesNeeded),
  };
};
