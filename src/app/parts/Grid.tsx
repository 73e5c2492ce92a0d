import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { promptToWords } from '../../tasks/avatars/words';
import type { GridKind } from '../../worker/protocol';
import { columnsFor, gridSize, paintGrid } from '../lib/pictures';
import { useSamples } from '../state/samples';

/** Edge of an avatar before the first pictures tell. */
const PICTURE_SIZE = 16;

interface GridProps {
  readonly kind: GridKind;
  readonly title: string;
  readonly detail: string;
  readonly note: string;
}

/** Pictures on a canvas, repainted only when new ones come. */
const GridCanvas = ({ kind, label }: { kind: GridKind; label: string }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pictures = useSamples(({ grids }) => grids[kind]);
  const count = useSamples(({ prompts }) => prompts.length);
  const size = gridSize(pictures?.shape[0] ?? count, pictures?.shape[3] ?? PICTURE_SIZE);
  useEffect(() => {
    if (canvas.current === null) return;
    if (pictures !== undefined) paintGrid(canvas.current, pictures);
  }, [pictures, size.width, size.height]);
  return (
    <canvas
      ref={canvas}
      key={pictures === undefined ? 'empty' : 'painted'}
      width={size.width}
      height={size.height}
      role="img"
      aria-label={label}
    />
  );
};

/** Where an arrow key leads in a grid of `count` pictures; null for other keys. */
const neighbour = (key: string, from: number, count: number): number | null => {
  const columns = columnsFor(count);
  const steps: Partial<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: -from,
    End: count - 1 - from,
  };
  const step = steps[key];
  if (step === undefined) return null;
  return from + step >= 0 && from + step < count ? from + step : from;
};

const point = (pointed: number | null): void => useSamples.setState({ pointed });

/** One place a picture, over the canvas: points at the same picture in all grids. */
const Places = ({ title }: { title: string }) => {
  const prompts = useSamples((state) => state.prompts);
  const pointed = useSamples((state) => state.pointed);
  const list = useRef<HTMLOListElement>(null);
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const next = neighbour(event.key, index, prompts.length);
    if (next === null) return;
    event.preventDefault();
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <ol
      className="places"
      ref={list}
      style={{ gridTemplateColumns: `repeat(${columnsFor(prompts.length)}, 1fr)` }}
      onPointerLeave={() => point(null)}
    >
      {prompts.map((prompt, index) => (
        <li key={index}>
          <button
            type="button"
            className="place"
            data-pointed={pointed === index}
            tabIndex={index === (pointed ?? 0) ? 0 : -1}
            aria-label={`${title}, picture ${index + 1}: ${promptToWords(prompt)}`}
            onPointerEnter={() => point(index)}
            onClick={() => point(index)}
            onFocus={() => point(index)}
            onBlur={() => point(null)}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        </li>
      ))}
    </ol>
  );
};

/** One grid of pictures with its caption. */
export const Grid = ({ kind, title, detail, note }: GridProps) => {
  const caption = useId();
  const pictures = useSamples(({ grids }) => grids[kind]);
  const stale = useSamples((state) => state.stale.has(kind));
  const name = `${title}, ${detail}`;
  const counted = kind === 'student' && pictures !== undefined;
  return (
    <figure className="grid-figure" data-stale={stale} aria-labelledby={caption}>
      <figcaption id={caption}>
        <span className="grid-title">
          <b>{title}</b>, {detail}
        </span>
        <span className="hint" data-testid={`${kind}-note`}>
          {counted ? `iteration ${pictures.iteration}` : note}
          {counted && stale ? ' of the run before' : ''}
        </span>
      </figcaption>
      <div className="grid-frame" data-empty={pictures === undefined}>
        <GridCanvas kind={kind} label={`Pictures: ${name}`} />
        <Places title={name} />
      </div>
    </figure>
  );
};
