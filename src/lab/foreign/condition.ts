import type { OnnxValue } from '../../interchange/onnx/session';
import type { PromptSpace } from '../../tasks/promptSpace';
import { ForeignSpecError, type ForeignCondition } from './spec';

/** One attribute of a condition: its place in prompts, and its number of values. */
interface Column {
  readonly index: number;
  readonly offset: number;
  readonly values: number;
}

const columnOf = (prompts: PromptSpace, name: string): Column => {
  const index = prompts.attributes.findIndex((attribute) => attribute.name === name);
  const attribute = prompts.attributes[index];
  if (!attribute) {
    const known = prompts.attributes.map((one) => one.name).join(', ');
    throw new ForeignSpecError(`The task has no attribute “${name}”; it has ${known}.`);
  }
  return { index, offset: prompts.rowOffsets[index] ?? 0, values: attribute.values.length };
};

/** Numbers that a condition holds for each sample. */
export const conditionWidth = (condition: ForeignCondition, prompts: PromptSpace): number => {
  if (condition.kind === 'vectors') return condition.vectors[0]?.length ?? 0;
  const columns = condition.attributes.map((name) => columnOf(prompts, name));
  if (condition.kind === 'ids') return columns.length;
  return columns.reduce(
    (sum, { values }) => sum + values + (condition.open === 'place' ? 1 : 0),
    0,
  );
};

/** What a network is told of one sample, by its prompt as rows of the task's attribute table. */
export type Encoder = (rows: ArrayLike<number>) => readonly number[];

/** How prompts are put to a network. Throws ForeignSpecError where it does not go with the task. */
export const conditionEncoder = (condition: ForeignCondition, prompts: PromptSpace): Encoder => {
  const idIn = (rows: ArrayLike<number>, { index, offset }: Column): number =>
    (rows[index] ?? 0) - offset;
  switch (condition.kind) {
    case 'ids': {
      const columns = condition.attributes.map((name) => columnOf(prompts, name));
      return (rows) =>
        columns.map((column, place) => {
          const id = idIn(rows, column);
          return id === column.values ? (condition.open[place] ?? id) : id;
        });
    }
    case 'oneHot': {
      const columns = condition.attributes.map((name) => columnOf(prompts, name));
      return (rows) =>
        columns.flatMap((column) => {
          const places = column.values + (condition.open === 'place' ? 1 : 0);
          const id = idIn(rows, column);
          return Array.from({ length: places }, (_, place) => (place === id ? 1 : 0));
        });
    }
    case 'vectors': {
      const column = columnOf(prompts, condition.attribute);
      const { vectors } = condition;
      const width = vectors[0]?.length ?? 0;
      if (vectors.length !== column.values + 1) {
        throw new ForeignSpecError(
          `${condition.attribute} has ${column.values} values, so there must be ${column.values + 1} vectors, the last for “any”; there are ${vectors.length}.`,
        );
      }
      if (vectors.some((vector) => vector.length !== width)) {
        throw new ForeignSpecError('The vectors of a condition must be equally long.');
      }
      return (rows) => vectors[idIn(rows, column)] ?? [];
    }
  }
};

/** Element types that a condition may have. */
export const CONDITION_TYPES = ['int64', 'int32', 'float32'] as const;
export type ConditionType = (typeof CONDITION_TYPES)[number];

/** Numbers as an input of a type and shape. */
export const inputOf = (
  type: ConditionType,
  values: readonly number[],
  shape: readonly number[],
): OnnxValue => {
  switch (type) {
    case 'int64':
      return { type, data: BigInt64Array.from(values, (value) => BigInt(value)), shape };
    case 'int32':
      return { type, data: Int32Array.from(values), shape };
    case 'float32':
      return { type, data: Float32Array.from(values), shape };
  }
};
