/** Whether an error carries that name, as browsers' DOMExceptions do. */
export const isNamed = (error: unknown, name: string): boolean =>
  error instanceof Error && error.name === name;

/** Whether the browser's storage is full. */
export const isQuotaExceeded = (error: unknown): boolean => isNamed(error, 'QuotaExceededError');
