import { studentTimes } from '../../distill/schedule';
import type { TauRange } from '../../distill/config';
import { lengthOf } from '../lib/format';
import { stepRanges, stepRangesInWords } from '../lib/stepRanges';

interface StepRangesProps {
  readonly tau: TauRange;
  /** Of the student. */
  readonly steps: number;
}

/** The student's steps as ticks at their times and, bound to them, the levels that each step draws. */
export const StepRanges = ({ tau, steps }: StepRangesProps) => {
  const ranges = stepRanges(tau, studentTimes(steps));
  return (
    <div
      className="step-ranges"
      role="img"
      aria-label={`The student’s steps: ${stepRangesInWords(ranges)}`}
    >
      <div className="step-ticks">
        {ranges.map(({ step, t }) => (
          <span key={step} style={{ left: lengthOf(t) }}>
            {step}
          </span>
        ))}
      </div>
      {tau.aboveT &&
        ranges.map(({ step, lo, hi }) => (
          <div key={step} className="step-row">
            <span className="step-bar" style={{ left: lengthOf(lo), width: lengthOf(hi - lo) }} />
          </div>
        ))}
    </div>
  );
};
