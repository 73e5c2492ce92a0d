import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line cannot be used; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; strict: true }>
>['values'];

/** Reads arguments by name. Throws UsageError for one that is unknown or lacks its value. */
export const parseArguments = <T extends Options>(
  args: readonly string[],
  options: T,
): Values<T> => {
  try {
    return parseArgs({ args: [...args], options, strict: true as const }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** A whole number from `min` to `max`. Throws UsageError. */
export const wholeNumber = (name: string, text: string, min: number, max: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, got ${text}.`);
};
