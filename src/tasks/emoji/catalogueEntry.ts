/** Main colours of one concept's drawings by style; undefined where a style has no drawing. */
export interface CatalogueEntry {
  /** Code points in lower-case hexadecimal with dashes. */
  readonly code: string;
  /** Ids of colours, below 16. */
  readonly colours: readonly (number | undefined)[];
}

const NO_DRAWING = '-';
const DIGITS = 16;

/** As the catalogue has it: "CODE COLOURS", a hexadecimal digit for each style or a dash. */
export const writeEntry = ({ code, colours }: CatalogueEntry): string =>
  `${code} ${colours.map((id) => id?.toString(DIGITS) ?? NO_DRAWING).join('')}`;

/** Undoes `writeEntry`. */
export const readEntry = (text: string): CatalogueEntry => {
  const [code = '', digits = ''] = text.split(' ');
  const colours = Array.from(digits, (digit) =>
    digit === NO_DRAWING ? undefined : Number.parseInt(digit, DIGITS),
  );
  return { code, colours };
};
