import { adamStep, clipFactor } from '../../graph/optimizers/adam';
import { read } from '../../graph/tensor';
import type { Trainee } from '../networks';
import { ADAM, scalars } from '../settings';
import { unstaged, type StagedSpec } from '../staged';
import type { NetworkId } from '../streams';

/** Adam on all parameters of a network; for students with the moving average. */
export const optimizerStep = (id: NetworkId, trainee: Trainee): StagedSpec =>
  unstaged({
    name: `${id} optimizer`,
    assign: [],
    effects: [
      adamStep({
        parameters: trainee.parameters.flat,
        firstMoment: trainee.firstMoment,
        secondMoment: trainee.secondMoment,
        ...(trainee.average && { average: trainee.average.flat, emaDecay: scalars.emaDecay() }),
        gradient: trainee.gradient.flat,
        learningRate: scalars.learningRate(id),
        correction1: scalars.correction1(id),
        correction2: scalars.correction2(id),
        clipFactor: clipFactor(read(trainee.gradient.flat), scalars.gradientClip(id)),
        ...ADAM,
      }),
    ],
  });
