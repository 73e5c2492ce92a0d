import { isWhole } from '../lib/numbers';
import { NumberField } from './NumberField';

/** A whole number to type: what it is called, and from where to where it may go. */
export interface WholeField<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly rule: string;
}

/** The sizes of a network of this page's kind. */
export const NETWORK_FIELDS: readonly WholeField<'width' | 'depth' | 'heads' | 'patch'>[] = [
  { name: 'width', label: 'Width', least: 4, most: 1024, rule: 'A multiple of the heads.' },
  { name: 'depth', label: 'Blocks', least: 1, most: 32, rule: '1 to 32.' },
  { name: 'heads', label: 'Heads', least: 1, most: 64, rule: 'Of attention, 1 to 64.' },
  { name: 'patch', label: 'Patch', least: 1, most: 32, rule: 'Pixels; it must tile the image.' },
];

interface WholeFieldsProps<Name extends string> {
  readonly fields: readonly WholeField<Name>[];
  readonly values: Readonly<Record<Name, number>>;
  readonly onChange: (name: Name, value: number) => void;
}

/** Whole numbers to type, one beneath the other. */
export const WholeFields = <Name extends string>(props: WholeFieldsProps<Name>) => {
  const { fields, values, onChange } = props;
  return fields.map(({ name, label, least, most, rule }) => (
    <NumberField
      key={name}
      label={label}
      value={values[name]}
      rule={rule}
      isValid={isWhole(least, most)}
      onChange={(value) => onChange(name, value)}
    />
  ));
};
