import { ChevronRight } from 'lucide-react';
import type { ForeignStart } from '../../../training/foreignStart';
import { isIn } from '../../lib/numbers';
import { LARGEST_SEED } from '../../lib/seed';
import { NumberField } from '../../fields/NumberField';
import { NETWORK_FIELDS, WholeFields, type WholeField } from '../../fields/WholeFields';
import { changeStart, useOnnx } from './store';

type Name = keyof ForeignStart;

const STEPS: readonly WholeField<Name>[] = [
  {
    name: 'steps',
    label: 'Steps of imitation',
    least: 1,
    most: 1e6,
    rule: 'More of them bring students nearer to the teacher before they are distilled.',
  },
];

const SIZES: readonly WholeField<Name>[] = [
  ...NETWORK_FIELDS,
  { name: 'batch', label: 'Pictures a step', least: 1, most: 1024, rule: 'Of the imitation.' },
  { name: 'seed', label: 'Seed', least: 0, most: LARGEST_SEED, rule: 'Of the students’ start.' },
];

const change = (name: Name, value: number): void => changeStart({ [name]: value });

/** The students of a network that has another form than theirs, and how they get their start. */
export const StudentFields = () => {
  const start = useOnnx((state) => state.start);
  return (
    <section className="own-summary" aria-labelledby="students-heading">
      <h4 id="students-heading">Its students</h4>
      <p>
        They are networks of this page, so they cannot begin as copies of it. At Start they first
        imitate it on real pictures for a while.
      </p>
      <WholeFields fields={STEPS} values={start} onChange={change} />
      <details className="more">
        <summary>
          <ChevronRight aria-hidden /> Their sizes
        </summary>
        <div className="more-fields">
          <WholeFields fields={SIZES} values={start} onChange={change} />
          <NumberField
            label="Learning rate"
            value={start.learningRate}
            rule="Of the imitation, at its highest; up to 1."
            isValid={isIn(1e-7, 1)}
            onChange={(next) => changeStart({ learningRate: next })}
          />
        </div>
      </details>
    </section>
  );
};
