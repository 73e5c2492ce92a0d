import { tooEarly, verdict, type Claim, type NamedArm } from './claim';
import { describe, measureArms, sentence } from './compare';
import type { Metric } from './metric';

/** A claim that an arm came out like one arm and not like another. */
export interface Nearness {
  readonly id: string;
  readonly says: string;
  readonly arm: NamedArm;
  readonly to: NamedArm;
  readonly than: NamedArm;
  readonly metric: Metric;
  readonly least: number;
}

/** The arm's metric lies nearer to that of `to` than to that of `than`. */
export const nearer = ({ id, says, arm, to, than, metric, least }: Nearness): Claim => ({
  id,
  says:
    `${says}: the ${metric.name} of ${arm.name} lies nearer to that of ${to.name} than to that of ` +
    `${than.name} (mean of the last three evaluations, from ${least} iterations on).`,
  judge: (record) => {
    const arms = [arm, to, than];
    const compared = measureArms(record, arms, metric, least);
    if (typeof compared === 'string') return tooEarly(compared);
    const [own = NaN, near = NaN, far = NaN] = compared.values;
    return verdict(
      Math.abs(own - near) < Math.abs(own - far),
      sentence(describe(metric, arms, compared)),
    );
  },
});
