import { parseArgs, type ParseArgsConfig } from 'node:util';
import { reasonOf } from '../interchange/reason';

/** The command line cannot be used; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; strict: true }>
>['values'];

/** Arguments by name, and those without one in their order. */
export interface Command<T extends Options> {
  readonly values: Values<T>;
  readonly positionals: readonly string[];
}

const parse = <T extends Options>(
  args: readonly string[],
  options: T,
  allowPositionals: boolean,
): Command<T> => {
  try {
    const config = { args: [...args], options, strict: true as const, allowPositionals };
    const { values, positionals } = parseArgs(config);
    return { values, positionals };
  } catch (error) {
    throw new UsageError(reasonOf(error));
  }
};

/** Reads arguments by name. Throws UsageError for one that is unknown or lacks its value. */
export const parseArguments = <T extends Options>(args: readonly string[], options: T): Values<T> =>
  parse(args, options, false).values;

/** The same where arguments without a name are taken too. */
export const parseCommand = <T extends Options>(args: readonly string[], options: T): Command<T> =>
  parse(args, options, true);

/** A whole number from `min` to `max`. Throws UsageError. */
export const wholeNumber = (name: string, text: string, min: number, max: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, got ${text}.`);
};
