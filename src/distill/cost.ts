import type { Executable, ProgramCost } from '../graph/executable';

/** The programs of one configuration; gradients hold one a step of the student's schedule. */
export interface IterationPrograms {
  readonly student: readonly Executable[];
  readonly critic: readonly Executable[];
  readonly studentOptimizer: Executable;
  readonly criticOptimizer: Executable;
}

/** What one iteration costs, apart from time. */
export interface IterationCost extends ProgramCost {
  readonly studentDispatches: number;
  /** Of one critic update. */
  readonly criticDispatches: number;
}

const NOTHING: ProgramCost = {
  dispatches: 0,
  flops: 0,
  temporaryBytes: 0,
  temporaryBytesWithoutReuse: 0,
};

/** Cost of an update of the student at its first step and `updates` of the critic. */
export const iterationCost = (
  { student, critic, studentOptimizer, criticOptimizer }: IterationPrograms,
  updates: number,
): IterationCost => {
  const [ofStudent, ofCritic] = [student[0]?.cost ?? NOTHING, critic[0]?.cost ?? NOTHING];
  const studentDispatches = ofStudent.dispatches + studentOptimizer.cost.dispatches;
  const criticDispatches = ofCritic.dispatches + criticOptimizer.cost.dispatches;
  const studentFlops = ofStudent.flops + studentOptimizer.cost.flops;
  const criticFlops = ofCritic.flops + criticOptimizer.cost.flops;
  return {
    studentDispatches,
    criticDispatches,
    dispatches: studentDispatches + updates * criticDispatches,
    flops: studentFlops + updates * criticFlops,
    temporaryBytes: Math.max(ofStudent.temporaryBytes, ofCritic.temporaryBytes),
    temporaryBytesWithoutReuse: Math.max(
      ofStudent.temporaryBytesWithoutReuse,
      ofCritic.temporaryBytesWithoutReuse,
    ),
  };
};
