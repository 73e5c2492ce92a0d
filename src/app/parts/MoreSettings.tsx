import { ChevronRight } from 'lucide-react';
import { useRun } from '../state/run';
import { useSettings, withCritic, withStudent } from '../state/settings';
import { Checkbox } from './Checkbox';
import { NumberField } from './NumberField';

const change = useSettings.getState().change;
const isWhole = (least: number, most: number) => (value: number) =>
  Number.isInteger(value) && value >= least && value <= most;
const isRate = (value: number): boolean => value >= 0 && value <= 1;

/** Settings that a first visit can do without. */
export const MoreSettings = () => {
  const config = useSettings((state) => state.config);
  const began = useRun((state) => state.began);
  return (
    <details className="more">
      <summary>
        <ChevronRight aria-hidden /> More settings
      </summary>
      <div className="more-fields">
        <NumberField
          label="Student’s learning rate"
          value={config.student.learningRate}
          isValid={isRate}
          rule="A number from 0 to 1, such as 1e-4."
          onChange={(learningRate) => change((c) => withStudent(c, { learningRate }))}
        />
        <NumberField
          label="Critic’s learning rate"
          value={config.critic.learningRate}
          isValid={isRate}
          rule="A number from 0 to 1, such as 2e-4."
          onChange={(learningRate) => change((c) => withCritic(c, { learningRate }))}
        />
        <NumberField
          label="Batch"
          value={config.batch}
          isValid={isWhole(1, 256)}
          rule="Pictures per update, 1 to 256."
          pending={began !== null && began.batch !== config.batch}
          onChange={(batch) => change((c) => ({ ...c, batch }))}
        />
        <NumberField
          label="Seed"
          value={config.seed}
          isValid={isWhole(0, 0xffffffff)}
          rule="Of all random numbers of the run."
          pending={began !== null && began.seed !== config.seed}
          onChange={(seed) => change((c) => ({ ...c, seed }))}
        />
        <Checkbox
          checked={config.normalise}
          onChange={(normalise) => change((c) => ({ ...c, normalise }))}
        >
          Divide each update by its size, as DMD2 does
        </Checkbox>
      </div>
    </details>
  );
};
