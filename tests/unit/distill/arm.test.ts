import { describe, expect, test } from 'vitest';
import { armVariables, declareArm } from '../../../src/distill/arm';
import { ditTeacher } from '../../../src/distill/ditTeacher';
import type { OutsideVelocity } from '../../../src/distill/outside';
import { variable } from '../../../src/graph/tensor';
import { ditConfigSchema } from '../../../src/models/dit/config';
import { ditLayout } from '../../../src/models/dit/parameters';
import { ParameterSet } from '../../../src/models/parameters';

const teacherOf = (width: number) => {
  const network = ditConfigSchema.parse({
    ...{ width, depth: 1, heads: 16, patch: 4 },
    attributes: { colour: 3 },
  });
  const parameters = new ParameterSet('teacher', ditLayout(network));
  return ditTeacher(network, parameters, variable('null prompt', [1, 1], 'i32'));
};

describe('teacher and critic side by side', () => {
  test('where both are networks of one kind: the critic is the second, and both are freed', () => {
    const arm = declareArm(teacherOf(32), 2);
    expect(arm.networks.critic.parameters).toBe(arm.scores?.network('critic'));
    expect(armVariables(arm)).toContain(arm.scores?.flat);
  });

  test('not where the teacher is outside of the graph', () => {
    const velocity: OutsideVelocity = {
      answerShape: (batch) => [batch],
      ask: (x, t) => ({ x, t }),
      hear: (answer) => answer,
      evaluate: () => Promise.resolve(),
    };
    expect(declareArm({ ...teacherOf(32), velocity }, 2).scores).toBeNull();
  });

  test('not where two networks are more than one buffer holds', () => {
    const arm = declareArm(teacherOf(1024), 2);
    expect(arm.scores).toBeNull();
    expect(arm.networks.critic.parameters.flat.window).toBeUndefined();
  });
});
