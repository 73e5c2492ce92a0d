import type { TauTermId } from '../../distill/config';
import { TERM_NAMES } from '../lib/terms';
import { useBench } from '../state/bench';
import { useRun } from '../state/run';

const HEIGHT = 22;

/** The noise levels that a term of the selected arm drew in its last iterations. */
export const TauHistogram = ({ id }: { id: TauTermId }) => {
  const arm = useBench(({ selected }) => selected);
  const counts = useRun(({ taus }) => taus[arm]?.[id]);
  if (counts === undefined) return null;
  const most = Math.max(1, ...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <svg
      className="tau-histogram"
      viewBox={`0 0 ${counts.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Histogram of the last ${total} noise levels drawn for ${TERM_NAMES[id]}`}
    >
      {counts.map((count, bin) => {
        const height = (HEIGHT * count) / most;
        return <rect key={bin} x={bin + 0.1} width={0.8} y={HEIGHT - height} height={height} />;
      })}
    </svg>
  );
};
