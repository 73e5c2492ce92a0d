import { Eye } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ChartEntry } from './catalogue';
import { toggleChart, useChartLook } from './look';

const ShowButton = ({ id, title }: Pick<ChartEntry, 'id' | 'title'>) => {
  const button = useRef<HTMLButtonElement>(null);
  const wasJustHidden = useChartLook(({ lastHidden }) => lastHidden === id);
  useEffect(() => {
    // The menu that hid the chart is gone, and the focus with it.
    if (wasJustHidden) button.current?.focus({ preventScroll: true });
  }, [wasJustHidden]);
  return (
    <button
      ref={button}
      type="button"
      className="button quiet"
      aria-label={`Show ${title}`}
      onClick={() => toggleChart(id)}
    >
      <Eye aria-hidden /> {title}
    </button>
  );
};

/** The charts that are put away, to get them back. */
export const HiddenCharts = ({ entries }: { entries: readonly ChartEntry[] }) => {
  const hidden = useChartLook((look) => look.hidden);
  const away = entries.filter(({ id }) => hidden.has(id));
  if (away.length === 0) return null;
  return (
    <div className="hidden-charts" role="group" aria-label="Hidden charts">
      <span className="hint">Not shown:</span>
      {away.map((entry) => (
        <ShowButton key={entry.id} {...entry} />
      ))}
    </div>
  );
};
