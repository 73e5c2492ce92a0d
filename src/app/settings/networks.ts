import type { ArmConfig } from '../../lab/config';
import { compact } from '../lib/format';
import { stepsInWords } from '../lib/terms';
import { withCritic, withDiscriminator, withStudent } from '../state/bench';
import { onOff, switchOf, valueOf, type Setting } from './setting';
import { isOn } from './terms';

/** Names of the numbers of a network's settings. */
type NumberIn<Part> = {
  [Name in keyof Part]: Part[Name] extends number ? Name : never;
}[keyof Part];

const always = (): boolean => true;
const usesCritic = ({ terms, critic }: ArmConfig): boolean => terms.dm.enabled || critic.observer;
const usesDiscriminator = isOn('gan');

const ofStudent = (name: string, part: NumberIn<ArmConfig['student']>): Setting =>
  valueOf(name, {
    read: ({ student }) => compact(student[part]),
    restore: (config, { student }) => withStudent(config, { [part]: student[part] }),
    counts: always,
  });

const ofCritic = (name: string, part: NumberIn<ArmConfig['critic']>): Setting =>
  valueOf(name, {
    read: ({ critic }) => compact(critic[part]),
    restore: (config, { critic }) => withCritic(config, { [part]: critic[part] }),
    counts: usesCritic,
  });

const ofDiscriminator = (name: string, part: NumberIn<ArmConfig['discriminator']>): Setting =>
  valueOf(name, {
    read: ({ discriminator }) => compact(discriminator[part]),
    restore: (config, { discriminator }) =>
      withDiscriminator(config, { [part]: discriminator[part] }),
    counts: usesDiscriminator,
  });

/** How each network learns. */
export const NETWORK_SETTINGS = {
  'student.steps': {
    ...valueOf('student’s steps', {
      read: ({ student }) => stepsInWords(student.steps),
      restore: (config, { student }) => withStudent(config, { steps: student.steps }),
    }),
    tell: (mine, other) =>
      `${stepsInWords(mine.student.steps)} instead of ${stepsInWords(other.student.steps)}`,
  },
  'student.start': {
    name: 'where later steps begin',
    read: ({ student }) => student.start,
    restore: (config, { student }) => withStudent(config, { start: student.start }),
    counts: ({ student }) => student.steps > 1,
    tell: ({ student }) =>
      `later steps begin from ${student.start === 'teacher' ? 'the teacher’s' : 'its own'} pictures`,
  },
  'student.learningRate': ofStudent('student’s learning rate', 'learningRate'),
  'student.gradientClip': ofStudent('student’s gradient clip', 'gradientClip'),
  'student.emaDecay': ofStudent('decay of the average', 'emaDecay'),
  'critic.updates': ofCritic('critic updates', 'updates'),
  'critic.learningRate': ofCritic('critic’s learning rate', 'learningRate'),
  'critic.gradientClip': ofCritic('critic’s gradient clip', 'gradientClip'),
  'critic.observer': switchOf('critic as observer', {
    read: ({ critic }) => onOff(critic.observer),
    restore: (config, { critic }) => withCritic(config, { observer: critic.observer }),
    counts: ({ terms }) => !terms.dm.enabled,
  }),
  'discriminator.updates': ofDiscriminator('discriminator updates', 'updates'),
  'discriminator.learningRate': ofDiscriminator('discriminator’s learning rate', 'learningRate'),
  'discriminator.gradientClip': ofDiscriminator('discriminator’s gradient clip', 'gradientClip'),
  'discriminator.r1': ofDiscriminator('R1 penalty', 'r1'),
} satisfies Record<string, Setting>;
