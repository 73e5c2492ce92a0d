import type { ArmConfig } from '../../lab/config';
import { isIn, type IsValid } from '../lib/numbers';
import type { SettingId } from '../settings/catalogue';
import { withCritic, withDiscriminator, withStudent } from '../state/bench';
import { useSteer, useSteered } from '../state/steering';
import { NumberField } from '../fields/NumberField';

interface NetworkSetting {
  readonly label: string;
  readonly isValid: IsValid;
  readonly read: (config: ArmConfig) => number;
  readonly write: (config: ArmConfig, value: number) => ArmConfig;
}

const NUMBERS = {
  'student.learningRate': {
    label: 'Student’s learning rate',
    isValid: isIn(0, 1),
    read: ({ student }) => student.learningRate,
    write: (config, learningRate) => withStudent(config, { learningRate }),
  },
  'student.gradientClip': {
    label: 'Student’s gradient clip',
    isValid: isIn(0, 1e6),
    read: ({ student }) => student.gradientClip,
    write: (config, gradientClip) => withStudent(config, { gradientClip }),
  },
  'student.emaDecay': {
    label: 'Decay of the student’s average',
    isValid: isIn(0, 0.99999),
    read: ({ student }) => student.emaDecay,
    write: (config, emaDecay) => withStudent(config, { emaDecay }),
  },
  'critic.learningRate': {
    label: 'Critic’s learning rate',
    isValid: isIn(0, 1),
    read: ({ critic }) => critic.learningRate,
    write: (config, learningRate) => withCritic(config, { learningRate }),
  },
  'discriminator.learningRate': {
    label: 'Discriminator’s learning rate',
    isValid: isIn(0, 1),
    read: ({ discriminator }) => discriminator.learningRate,
    write: (config, learningRate) => withDiscriminator(config, { learningRate }),
  },
} satisfies Partial<Record<SettingId, NetworkSetting>>;

interface NetworkNumberProps {
  readonly setting: keyof typeof NUMBERS;
  /** What may be entered. */
  readonly rule: string;
}

/** A number that says how a network of the steered student learns. */
export const NetworkNumber = ({ setting, rule }: NetworkNumberProps) => {
  const { label, isValid, read, write } = NUMBERS[setting];
  const value = useSteered(read);
  const change = useSteer();
  return (
    <NumberField
      {...{ label, setting, value, isValid, rule }}
      onChange={(next) => change((config) => write(config, next))}
    />
  );
};
