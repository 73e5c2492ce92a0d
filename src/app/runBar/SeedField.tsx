import { useId, useState } from 'react';
import { isSeed, LARGEST_SEED } from '../lib/seed';
import { changeShared, useBench } from '../state/bench';
import { useRun } from '../state/run';
import { RestoreButton } from '../fields/RestoreButton';

const { seed: FIRST } = useBench.getInitialState().shared;

const accepts = (text: string): boolean => /^\d+$/.test(text.trim()) && isSeed(Number(text));

/** The seed of all random numbers of a run; it is chosen before the run begins. */
export const SeedField = () => {
  const id = useId();
  const seed = useBench(({ shared }) => shared.seed);
  const fixed = useRun(({ state }) => state !== 'idle' && state !== 'failed');
  const [draft, setDraft] = useState<string | null>(null);
  const enter = (text: string): void => {
    setDraft(text);
    if (accepts(text)) changeShared({ seed: Number(text) });
  };
  return (
    <div data-restorable>
      <dt>
        <label htmlFor={id}>Seed</label>
      </dt>
      <dd>
        <input
          id={id}
          className="seed-field"
          inputMode="numeric"
          autoComplete="off"
          size={5}
          value={draft ?? String(seed)}
          readOnly={fixed}
          aria-invalid={draft !== null && !accepts(draft)}
          title={
            fixed
              ? 'Fixed while a run is on; reset to choose another'
              : `Of all random numbers of the run: a whole number up to ${LARGEST_SEED}`
          }
          onChange={(event) => enter(event.currentTarget.value)}
          onBlur={() => setDraft(null)}
        />
        {!fixed && (
          <RestoreButton
            name="seed"
            now={String(seed)}
            before={String(FIRST)}
            onRestore={() => changeShared({ seed: FIRST })}
          />
        )}
      </dd>
    </div>
  );
};
