import { useLab } from '../lab/context';
import { useRun } from '../state/run';
import { FailureMessage } from './FailureMessage';

/** Why a run ended before its time. Charts and pictures stay where they were. */
export const FailureCard = () => {
  const failure = useRun((state) => state.failure);
  const iteration = useRun((state) => state.iteration);
  const lab = useLab();
  if (failure === null) return null;
  const left =
    iteration > 0
      ? `Charts and pictures up to iteration ${iteration} are still on this page.`
      : null;
  return <FailureMessage failure={failure} left={left} onRetry={() => void lab.start()} />;
};
