const DASH = '–';

/** Three significant digits, or a dash. */
export const figure = (value: number | null | undefined): string => {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH;
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e5)) return value.toExponential(1);
  if (size >= 1000) return value.toFixed(0);
  return Number(value.toPrecision(3)).toString();
};

/** A rate with enough digits to be told apart, or a dash. */
export const rate = (value: number | null): string => {
  if (value === null || !(value > 0)) return DASH;
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value >= 1 ? 3 : 2);
};

/** A number as it is typed: small rates as they are spoken of, 1e-4 and not 0.0001. */
export const compact = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.001 ? value.toExponential() : String(value);

/** Bytes in MB (10^6), or a dash. */
export const megabytes = (bytes: number | null): string => {
  if (bytes === null) return DASH;
  const value = bytes / 1e6;
  return `${value >= 9.95 ? value.toFixed(0) : value.toFixed(1)} MB`;
};

/** A share of a length, as style sheets write it. */
export const lengthOf = (share: number): string => `${(100 * share).toFixed(2)}%`;
