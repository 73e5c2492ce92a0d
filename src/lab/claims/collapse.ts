import { seen, tooEarly, verdict, type Claim, type NamedArm } from './claim';
import { measureArms, sentence } from './compare';
import type { Metric } from './metric';
import { armOf, figure, haltClause } from './series';

/** A claim that training made an arm worse than it was before. */
export interface Collapse {
  readonly id: string;
  readonly says: string;
  readonly arm: NamedArm;
  /** Higher is better. */
  readonly metric: Metric;
  readonly least: number;
}

/** Collapse: the arm is halted, or ends below its own value before training (iteration 0). */
export const endsBelowItsStart = ({ id, says, arm, metric, least }: Collapse): Claim => ({
  id,
  says:
    `${says}: its ${metric.name} ends lower than before training (mean of the last three ` +
    `evaluations, from ${least} iterations on; a halt counts).`,
  judge: (record) => {
    const found = armOf(record, arm.id);
    if (found?.status === 'halted') {
      return seen(`${arm.name} ${haltClause(found)}.`);
    }
    const compared = measureArms(record, [arm], metric, least);
    if (typeof compared === 'string') return tooEarly(compared);
    const start = found?.evaluations.find(({ iteration }) => iteration === 0);
    const before = start && metric.of(start);
    if (before === undefined || before === null) {
      return tooEarly(`${arm.name} was not evaluated before training.`);
    }
    const [after = NaN] = compared.values;
    return verdict(
      after < before,
      sentence(
        `${metric.name} of ${arm.name} went from ${figure(before)} before training to ${figure(after)}`,
      ),
    );
  },
});
