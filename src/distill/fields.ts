import { z } from 'zod';

/** Fields of a configuration whose refusals name the allowed range and the value that was given. */

const shown = (value: unknown): string =>
  typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);

/** The message of a refusal: `what` is allowed, and what was given. */
export const must =
  (what: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    `must be ${what}, got ${shown(input)}`;

/** A number from `least` to `most`, both included. */
export const decimal = (least: number, most: number) => {
  const error = must(`a number from ${least} to ${most}`);
  return z.number({ error }).min(least, { error }).max(most, { error });
};

/** A whole number from `least` to `most`, both included. */
export const whole = (least: number, most: number) => {
  const error = must(`a whole number from ${least} to ${most}`);
  return z.int({ error }).min(least, { error }).max(most, { error });
};

/** True or false. */
export const toggle = () => z.boolean({ error: must('true or false') });

/** One of a few values. */
export const choice = <const Values extends readonly (string | number)[]>(values: Values) =>
  z.literal(values, { error: must(values.map(shown).join(' or ')) });
