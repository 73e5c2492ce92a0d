import { ChevronRight, Cpu, Play, Timer } from 'lucide-react';
import { isIn, isWhole } from '../lib/numbers';
import { LARGEST_SEED } from '../lib/seed';
import { Choice } from '../fields/Choice';
import { NumberField } from '../fields/NumberField';
import { NETWORK_FIELDS, WholeFields, type WholeField } from '../fields/WholeFields';
import { teacherSession } from './session';
import { paceOf, type SizeId, type Sizes } from './sizes';
import { changeSizes, chooseSize, useTeacher } from './store';
import { duration } from './words';

const SIZE_NAMES: readonly (readonly [SizeId, string])[] = [
  ['small', 'Small'],
  ['standard', 'Standard'],
  ['own', 'Own'],
];

const SizeChoice = () => {
  const size = useTeacher((state) => state.size);
  const { width, depth, batch } = useTeacher(({ sizes }) => sizes);
  return (
    <Choice
      label="Size"
      value={size}
      options={SIZE_NAMES}
      hint={`Width ${width}, ${depth} ${depth === 1 ? 'block' : 'blocks'}, ${batch} images a step.`}
      onChange={chooseSize}
    />
  );
};

const OWN_FIELDS: readonly WholeField<Exclude<keyof Sizes, 'learningRate' | 'steps'>>[] = [
  ...NETWORK_FIELDS,
  { name: 'batch', label: 'Images a step', least: 1, most: 1024, rule: '1 to 1024.' },
  { name: 'images', label: 'Images to learn from', least: 1, most: 1e6, rule: 'At least 1.' },
  { name: 'seed', label: 'Seed', least: 0, most: LARGEST_SEED, rule: 'Of everything drawn.' },
];

/** The numbers behind the names of sizes. */
const OwnSizes = () => {
  const sizes = useTeacher((state) => state.sizes);
  return (
    <details className="more" open>
      <summary>
        <ChevronRight aria-hidden /> Own sizes
      </summary>
      <div className="more-fields">
        <WholeFields
          fields={OWN_FIELDS}
          values={sizes}
          onChange={(name, value) => changeSizes({ [name]: value })}
        />
        <NumberField
          label="Learning rate"
          value={sizes.learningRate}
          isValid={isIn(0, 1)}
          rule="Of Adam, at its highest."
          onChange={(learningRate) => changeSizes({ learningRate })}
        />
      </div>
    </details>
  );
};

/** How long the training will take here, once a few steps were timed. */
const Estimate = () => {
  const sizes = useTeacher((state) => state.sizes);
  const pace = useTeacher(({ paces }) => paces[paceOf(sizes)]);
  const software = useTeacher(({ adapter }) => adapter?.software ?? false);
  if (pace === undefined) return null;
  return (
    <p className="teacher-estimate" data-testid="teacher-estimate">
      About <b>{duration(pace * sizes.steps)}</b> {software ? 'on this CPU' : 'on this GPU'}, at{' '}
      {(1000 * pace).toPrecision(3)} ms a step.
    </p>
  );
};

/** Says what a CPU in place of a GPU means for a training. */
export const SoftwareWords = () => {
  const software = useTeacher(({ adapter }) => adapter?.software ?? false);
  if (!software) return null;
  return (
    <aside className="callout" aria-label="Software adapter">
      <Cpu aria-hidden />
      <p>
        <b>A CPU is standing in for a GPU.</b> A teacher of any use takes hours here; it is kept as
        it goes, so it may be done in pieces.
      </p>
    </aside>
  );
};

/** What to train, and how long that will take. */
export const Setup = () => {
  const size = useTeacher((state) => state.size);
  const steps = useTeacher(({ sizes }) => sizes.steps);
  const kept = useTeacher(({ kept: { training } }) => training !== null);
  return (
    <>
      <SoftwareWords />
      <div className="teacher-setup">
        <SizeChoice />
        <NumberField
          label="Steps"
          value={steps}
          isValid={isWhole(1, 1e6)}
          rule="More steps, a better teacher; thousands are needed."
          onChange={(value) => changeSizes({ steps: value })}
        />
      </div>
      {size === 'own' && <OwnSizes />}
      <Estimate />
      <div className="teacher-buttons">
        <button
          type="button"
          className="button primary"
          onClick={() => void teacherSession.start()}
        >
          <Play aria-hidden /> {kept ? 'Train anew' : 'Train'}
        </button>
        <button type="button" className="button" onClick={() => void teacherSession.estimate()}>
          <Timer aria-hidden /> How long will it take?
        </button>
      </div>
    </>
  );
};
