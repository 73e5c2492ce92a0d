import { useEffect, useId, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { Legend } from './Legend';
import { Plot } from './Plot';
import type { PlotProps } from './Plot';

interface ChartProps extends Omit<PlotProps, 'seen'> {
  /** One sentence on how to read it. */
  readonly reading: string;
}

/** True while the element is in the window, or nearly. */
const useSeen = (element: RefObject<Element | null>): boolean => {
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: '50%' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return seen;
};

/** One chart: title, how to read it, the present values as text, and the curves. */
export const Chart = ({ reading, ...plot }: ChartProps) => {
  const heading = useId();
  const figure = useRef<HTMLElement>(null);
  const seen = useSeen(figure);
  return (
    <figure className="chart" aria-labelledby={heading} ref={figure}>
      <figcaption>
        <h3 id={heading}>{plot.title}</h3>
        <p className="hint">{reading}</p>
      </figcaption>
      <Legend curves={plot.curves} reference={plot.reference} />
      <Plot {...plot} seen={seen} />
    </figure>
  );
};
