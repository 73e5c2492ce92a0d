import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { reasonOf } from '../../interchange/reason';
import { notify } from '../state/notices';
import type { Range } from './axis';
import { ChartTools } from './ChartTools';
import type { ChartEntry } from './catalogue';
import type { ChangeMark, Curve, Reference } from './curve';
import { Legend } from './Legend';
import { useChartLook } from './look';
import { Plot } from './Plot';
import { useAcross, useSpan } from './across';
import type { ChartFormat, SavedChart } from './save/save';
import { saveChart } from './save/save';
import type { DrawingOptions } from './drawing';
import { shownRange } from './span';

interface ChartProps {
  readonly entry: ChartEntry;
  /** In place of the entry's words, where they depend on the run. */
  readonly reading?: string;
  readonly curves: readonly Curve[];
  readonly marks?: readonly ChangeMark[];
  readonly reference?: Reference | undefined;
  /** All that the horizontal axis can show. */
  readonly extent: Range;
  /** Points far apart are marked, so that a first one is seen. */
  readonly dots?: boolean;
  /** Said while there is nothing to draw. */
  readonly empty: string;
}

const NO_MARKS: readonly ChangeMark[] = [];

/** True while the element is in the window, or nearly. */
const useSeen = (element: RefObject<Element | null>): boolean => {
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: '5%' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return seen;
};

/** Saves the chart as it is when that is asked for. */
const useSave = (chart: SavedChart, options: DrawingOptions) => {
  const { name } = useAcross();
  const newest = useRef({ chart, options });
  useEffect(() => {
    newest.current = { chart, options };
  });
  return useCallback(
    (format: ChartFormat) => {
      const { chart: saved, options: drawn } = newest.current;
      saveChart(saved, drawn, name, format).catch((error: unknown) =>
        notify({
          id: 'save-chart',
          text: `“${saved.title}” was not saved. ${reasonOf(error)} Try SVG or CSV instead.`,
        }),
      );
    },
    [name],
  );
};

const ChartFigure = (props: ChartProps) => {
  const { entry, reading = entry.reading, curves, marks = NO_MARKS, reference, extent } = props;
  const { dots = false, empty } = props;
  const heading = useId();
  const figure = useRef<HTMLElement>(null);
  const seen = useSeen(figure);
  const off = useChartLook((look) => look.off);
  const log = useChartLook((look) => look.log.has(entry.id));
  const zoomed = useSpan((span) => span.range);
  const range = shownRange({ range: zoomed }, extent);
  const drawn = curves.filter(({ owner }) => !off.has(owner));
  const options = { ...entry, curves: drawn, reference, range, log, dots };
  const save = useSave({ title: entry.title, reading, marks }, options);
  return (
    <figure className="chart" data-term={entry.needs} aria-labelledby={heading} ref={figure}>
      <figcaption>
        <div className="chart-head">
          <h3 id={heading}>{entry.title}</h3>
          <ChartTools id={entry.id} title={entry.title} log={log} save={save} />
        </div>
        <p className="hint">{reading}</p>
      </figcaption>
      <Legend curves={curves} reference={reference} off={off} />
      <Plot
        title={entry.title}
        options={options}
        marks={marks}
        extent={extent}
        empty={empty}
        seen={seen}
      />
    </figure>
  );
};

/** One chart, unless it is put away: title, how to read it, present values as text, curves. */
export const Chart = (props: ChartProps) => {
  const hidden = useChartLook((look) => look.hidden.has(props.entry.id));
  return hidden ? null : <ChartFigure {...props} />;
};
