import type { ArmRecord, RunRecord } from '../record';
import { notSeen, tooEarly, verdict, type Claim, type NamedArm } from './claim';
import type { Metric } from './metric';
import { armOf, figure, haltClause, mean } from './series';

/** Evaluations that are averaged before arms are compared: single ones swing. */
const EVALUATIONS = 3;

/** What a set of arms measured, at the same iterations. */
export interface Compared {
  /** One value an arm, in the order asked for. */
  readonly values: readonly number[];
  /** Iterations that were averaged, ascending. */
  readonly iterations: readonly number[];
}

/** Reason why arms cannot be compared yet, as a sentence. */
type NotYet = string;

const evaluatedAt = (arm: ArmRecord, metric: Metric): Map<number, number> => {
  const found = new Map<number, number>();
  for (const evaluation of arm.evaluations) {
    const value = metric.of(evaluation);
    if (value !== null && Number.isFinite(value)) found.set(evaluation.iteration, value);
  }
  return found;
};

/**
 * The means of `metric` over the last (at most three) iterations at which every one of `arms` was
 * evaluated, the last of them `least` or later; that does not bind where an arm was halted.
 */
export const measureArms = (
  record: RunRecord,
  arms: readonly NamedArm[],
  metric: Metric,
  least: number,
): Compared | NotYet => {
  const found: ArmRecord[] = [];
  for (const { id, name } of arms) {
    const arm = armOf(record, id);
    if (!arm) return `The record has no arm "${name}".`;
    found.push(arm);
  }
  const halted = found.some(({ status }) => status === 'halted');
  const measured = found.map((arm) => evaluatedAt(arm, metric));
  const common = [...(measured[0]?.keys() ?? [])]
    .filter((iteration) => measured.every((values) => values.has(iteration)))
    .sort((a, b) => a - b);
  const last = common.at(-1);
  // Before training all arms are the same student.
  if (last === undefined || last < 1 || (last < least && !halted)) {
    return `No ${metric.name} of all arms at iteration ${least} or later.`;
  }
  const iterations = common.filter((iteration) => iteration > 0).slice(-EVALUATIONS);
  const values = measured.map((of) =>
    mean(iterations.map((iteration) => of.get(iteration) ?? NaN)),
  );
  return { values, iterations };
};

/** "iteration 80", "iterations 60 to 100". */
const span = (iterations: readonly number[]): string => {
  const [first, last] = [iterations[0] ?? 0, iterations.at(-1) ?? 0];
  return first === last ? `iteration ${last}` : `iterations ${first} to ${last}`;
};

/** "accuracy at iterations 60 to 100: CA + DM .854, DM only .81". */
export const describe = (
  metric: Metric,
  arms: readonly NamedArm[],
  { values, iterations }: Compared,
): string =>
  `${metric.name} at ${span(iterations)}: ` +
  arms.map(({ name }, arm) => `${name} ${figure(values[arm] ?? NaN)}`).join(', ');

/** Text as a sentence: a capital, a full stop. */
export const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** How a comparison is to come out. */
export interface Ordering {
  readonly id: string;
  /** The statement, without its threshold: that is added. */
  readonly says: string;
  /** Every one of these ... */
  readonly these: readonly NamedArm[];
  /** ... is to be higher (or lower) than every one of those, in every metric. */
  readonly those: readonly NamedArm[];
  readonly metrics: readonly { readonly metric: Metric; readonly order: 'higher' | 'lower' }[];
  /** Iterations without which the comparison says nothing yet. */
  readonly least: number;
}

const names = (arms: readonly NamedArm[]): string => arms.map(({ name }) => name).join(' and ');

/** A claim that some arms measure higher or lower than others. One of `these` halted: not seen. */
export const ordering = ({ id, says, these, those, metrics, least }: Ordering): Claim => ({
  id,
  says:
    `${says}: ` +
    metrics.map(({ metric, order }) => `${order} ${metric.name}`).join(' and ') +
    ` for ${names(these)} than for ${names(those)} (mean of the last three evaluations, from ` +
    `${least} iterations on).`,
  judge: (record) => {
    const stopped = these
      .map(({ id: arm, name }) => ({ name, record: armOf(record, arm) }))
      .find((arm) => arm.record?.status === 'halted');
    if (stopped?.record) return notSeen(`${stopped.name} ${haltClause(stopped.record)}.`);
    const arms = [...these, ...those];
    const figures: string[] = [];
    let holds = true;
    for (const { metric, order } of metrics) {
      const compared = measureArms(record, arms, metric, least);
      if (typeof compared === 'string') return tooEarly(compared);
      const sign = order === 'higher' ? 1 : -1;
      const signed = compared.values.map((value) => sign * value);
      const worstOfThese = Math.min(...signed.slice(0, these.length));
      const bestOfThose = Math.max(...signed.slice(these.length));
      holds &&= worstOfThese > bestOfThose;
      figures.push(sentence(describe(metric, arms, compared)));
    }
    return verdict(holds, figures.join(' '));
  },
});
