import { ChevronRight } from 'lucide-react';
import type { ForeignStart } from '../../../training/foreignStart';
import { NumberField } from '../../parts/NumberField';
import { changeStart, useOnnx } from './store';

interface Field {
  readonly name: keyof ForeignStart;
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly rule: string;
}

const SIZES: readonly Field[] = [
  { name: 'width', label: 'Width', least: 4, most: 1024, rule: 'A multiple of the heads.' },
  { name: 'depth', label: 'Blocks', least: 1, most: 32, rule: '1 to 32.' },
  { name: 'heads', label: 'Heads', least: 1, most: 64, rule: 'Of attention, 1 to 64.' },
  { name: 'patch', label: 'Patch', least: 1, most: 32, rule: 'Pixels; it must tile the image.' },
  { name: 'batch', label: 'Pictures a step', least: 1, most: 1024, rule: 'Of the imitation.' },
  { name: 'seed', label: 'Seed', least: 0, most: 0xffffffff, rule: 'Of the students’ start.' },
];

const STEPS: Field = {
  name: 'steps',
  label: 'Steps of imitation',
  least: 1,
  most: 1e6,
  rule: 'More of them bring students nearer to the teacher before they are distilled.',
};

const StartField = ({ field: { name, label, least, most, rule } }: { field: Field }) => {
  const value = useOnnx(({ start }) => start[name]);
  return (
    <NumberField
      label={label}
      value={value}
      rule={rule}
      isValid={(next) => Number.isInteger(next) && next >= least && next <= most}
      onChange={(next) => changeStart({ [name]: next })}
    />
  );
};

/** The students of a network that has another form than theirs, and how they get their start. */
export const StudentFields = () => {
  const learningRate = useOnnx(({ start }) => start.learningRate);
  return (
    <section className="own-summary" aria-labelledby="students-heading">
      <h4 id="students-heading">Its students</h4>
      <p>
        They are networks of this page, so they cannot begin as copies of it. At Start they first
        imitate it on real pictures for a while.
      </p>
      <StartField field={STEPS} />
      <details className="more">
        <summary>
          <ChevronRight aria-hidden /> Their sizes
        </summary>
        <div className="more-fields">
          {SIZES.map((field) => (
            <StartField key={field.name} field={field} />
          ))}
          <NumberField
            label="Learning rate"
            value={learningRate}
            rule="Of the imitation, at its highest; up to 1."
            isValid={(next) => next >= 1e-7 && next <= 1}
            onChange={(next) => changeStart({ learningRate: next })}
          />
        </div>
      </details>
    </section>
  );
};
