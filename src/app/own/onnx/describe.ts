import type { ForeignTeacherSpecInput } from '../../../lab/foreign/spec';
import type { PromptSpace } from '../../../tasks/promptSpace';

/** Descriptions of a network, changed one choice at a time; each result is whole again. */

type Spec = ForeignTeacherSpecInput;
export type TimeKind = Spec['time']['kind'];
export type Condition = NonNullable<Spec['condition']>;
export type ConditionKind = Condition['kind'];

const TIMES: { readonly [Kind in TimeKind]: Extract<Spec['time'], { kind: Kind }> } = {
  linear: { kind: 'linear', noise: 0, clean: 1 },
  sigma: { kind: 'sigma' },
  variancePreserving: { kind: 'variancePreserving', betaMin: 0.1, betaMax: 20, scale: 1000 },
};

/** Another way of counting time; of those that have no velocity, noise is the usual prediction. */
export const withTimeKind = (spec: Spec, kind: TimeKind): Spec => {
  const fits = kind === 'linear' || spec.prediction === 'noise' || spec.prediction === 'clean';
  return { ...spec, time: TIMES[kind], prediction: fits ? spec.prediction : 'noise' };
};

/** Another role for the inputs: the one that had it takes the role that is left. */
export const withInput = (spec: Spec, role: keyof Spec['inputs'], name: string): Spec => {
  const { inputs } = spec;
  const before = inputs[role];
  const swapped = Object.fromEntries(
    Object.entries(inputs).map(([other, given]) => [other, given === name ? before : given]),
  );
  return { ...spec, inputs: { ...inputs, ...swapped, [role]: name } };
};

/** Another way of saying prompts, as far as can be guessed for an input. */
export const withConditionKind = (
  spec: Spec,
  kind: ConditionKind,
  prompts: PromptSpace,
  width: number | null,
): Spec => {
  const names = prompts.attributes.map(({ name }) => name);
  const [first = ''] = names;
  switch (kind) {
    case 'ids':
      return withColumns(spec, names.slice(0, width ?? names.length), prompts);
    case 'oneHot':
      return { ...spec, condition: { kind, attributes: names, open: 'place' } };
    case 'vectors':
      return { ...spec, condition: { kind, attribute: first, vectors: [] } };
  }
};

/** Ids of these attributes, in this order; one more than an attribute's last id leaves it open. */
export const withColumns = (
  spec: Spec,
  attributes: readonly string[],
  { valueCounts }: PromptSpace,
): Spec => ({
  ...spec,
  condition: {
    kind: 'ids',
    attributes: [...attributes],
    open: attributes.map((name) => valueCounts[name] ?? 0),
  },
});

/** Vectors of numbers from the text of a JSON file; null for anything else. */
export const parseVectors = (text: string): number[][] | null => {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return null;
    const rows: unknown[] = value;
    const isRow = (row: unknown): row is number[] =>
      Array.isArray(row) && row.length > 0 && row.every((one) => Number.isFinite(one));
    return rows.every(isRow) ? rows : null;
  } catch {
    return null;
  }
};
