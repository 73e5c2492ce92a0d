import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useAcross, useSpan } from './across';
import type { Range } from './axis';
import { pan, shownRange, zoom } from './span';

/** Half of what is shown at once, so that the other half tells where one is. */
const PAN_SHARE = 0.5;

/** Which part of the run all charts show. */
export const SpanBar = ({ extent }: { extent: Range }) => {
  const { name, span: store } = useAcross();
  const range = useSpan((span) => span.range);
  const [from, to] = shownRange({ range }, extent);
  const isWhole = from === extent[0] && to === extent[1];
  const tools = [
    { words: 'Earlier', icon: ChevronLeft, off: from <= extent[0], act: () => turn(-PAN_SHARE) },
    { words: 'Zoom in', icon: ZoomIn, off: false, act: () => scale(1 / 2) },
    { words: 'Zoom out', icon: ZoomOut, off: isWhole, act: () => scale(2) },
    { words: 'Later', icon: ChevronRight, off: to >= extent[1], act: () => turn(PAN_SHARE) },
  ];
  const turn = (share: number): void => store.setState((span) => pan(span, extent, share));
  const scale = (factor: number): void => store.setState((span) => zoom(span, extent, factor));
  return (
    <div className="span-bar" role="group" aria-label={`${name}s shown`}>
      <span className="span-words" data-testid="span">
        {`${name}s ${from} to ${to}`}
      </span>
      {tools.map(({ words, icon: Icon, off, act }) => (
        <button
          key={words}
          type="button"
          className="icon-button small"
          aria-label={words}
          aria-disabled={off}
          onClick={() => {
            if (!off) act();
          }}
        >
          <Icon aria-hidden />
        </button>
      ))}
      <button
        type="button"
        className="button quiet"
        aria-disabled={isWhole}
        onClick={() => store.setState({ range: null })}
      >
        All
      </button>
      <p className="visually-hidden" id="chart-keys">
        Arrow keys move along the curves. Plus and minus zoom, 0 shows all. Shift with the arrows
        marks a range, Enter zooms to it, Escape lets go.
      </p>
    </div>
  );
};
