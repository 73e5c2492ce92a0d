const MEBIBYTE = 2 ** 20;

/** Bytes in MiB, in words. */
export const mebibytes = (bytes: number, digits = 1): string =>
  `${(bytes / MEBIBYTE).toFixed(digits)} MiB`;

/** A share from 0 to 1, in words. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Three significant digits, without exponents. */
export const short = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
