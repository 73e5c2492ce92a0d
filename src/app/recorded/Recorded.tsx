import '../styles/recorded.css';
import { RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import type { RunRecord } from '../../lab/record';
import { ArmDot } from '../arms/ArmDot';
import { ClaimRow } from '../claims/ClaimRow';
import { LabelledSlider } from '../fields/LabelledSlider';
import { Select } from '../fields/Select';
import { ArmMoment, Reference } from './Moments';
import { experimentOf, iterationsOf, momentOf, RECORDED } from './results';
import { showRecorded, useRecorded } from './store';

const Pictures = ({ record }: { record: RunRecord }) => {
  const place = useRecorded((state) => state.place);
  const iterations = iterationsOf(record);
  const iteration = iterations[place] ?? 0;
  return (
    <>
      <LabelledSlider
        label="Iteration"
        value={place}
        min={0}
        max={iterations.length - 1}
        step={1}
        shown={iteration === 0 ? 'before training' : String(iteration)}
        hint="The same noise and prompts in every sheet."
        onChange={(next) => useRecorded.setState({ place: next })}
      />
      <div className="recorded-sheets">
        {record.arms.map((arm, index) => {
          const moment = momentOf(arm, iteration);
          return (
            moment !== undefined && (
              <ArmMoment key={arm.id} name={arm.name} dot={<ArmDot color={index} />} {...moment} />
            )
          );
        })}
      </div>
      <div className="recorded-sheets">
        {record.references.map((reference) => (
          <Reference key={reference.name} {...reference} />
        ))}
      </div>
    </>
  );
};

const Claims = ({ record }: { record: RunRecord }) => {
  const { paper, claims } = experimentOf(useRecorded((state) => state.id));
  return (
    <>
      <h3 id="recorded-claims">The paper’s claims ({paper}), in this run</h3>
      <ul className="claims" aria-labelledby="recorded-claims">
        {claims.map(({ id, says, judge }) => (
          <ClaimRow key={id} says={says} verdict={judge(record)} />
        ))}
      </ul>
    </>
  );
};

/** Runs that were recorded, to look through where none can be started. */
export const Recorded = () => {
  const { id, record, problem } = useRecorded();
  useEffect(() => {
    if (useRecorded.getState().record === null) void showRecorded('e1');
  }, []);
  const { question, finding } = experimentOf(id);
  return (
    <section className="recorded" aria-labelledby="recorded-heading">
      <h2 id="recorded-heading">Meanwhile: runs that were recorded</h2>
      <p className="recorded-about">
        Four of the paper’s experiments, run with this page’s teacher: one seed, 100 iterations of
        batch 32. Choose one, and move through its training.
      </p>
      <Select
        label="Experiment"
        value={id}
        options={RECORDED}
        onChange={(next) => void showRecorded(next)}
      />
      <p className="experiment-question">{question}</p>
      <p className="recorded-about">{finding}</p>
      {problem !== null && (
        <div role="alert">
          <p>The record could not be loaded. {problem} Check the connection, then try again.</p>
          <button type="button" className="button" onClick={() => void showRecorded(id)}>
            <RotateCcw aria-hidden /> Try again
          </button>
        </div>
      )}
      {record === null && problem === null && <p role="status">Loading the record…</p>}
      {record !== null && (
        <>
          <Pictures record={record} />
          <Claims record={record} />
        </>
      )}
    </section>
  );
};
