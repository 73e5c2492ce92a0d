import { Download } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { isReferenceGrid, type GridSource } from '../../lab/grid';
import { columnsFor, gridSize, paintGrid } from '../lib/pictures';
import { useSamples, type Pictures } from '../state/samples';
import { useTask } from '../state/task';
import { saveFile } from '../lab/download';
import { gridSheet } from '../lab/sheets';
import { ArmDot } from '../arms/ArmDot';
import { useShown } from './shown';

interface GridProps {
  readonly source: GridSource;
  readonly title: string;
  readonly detail: string;
  readonly note: string;
  /** The arm's colour; null and absent: none. */
  readonly color?: number | null;
  /** Whether it shows the past. */
  readonly past?: boolean;
  /** What pressing a picture does. */
  readonly onPress: (index: number) => void;
  /** Whether that looks into the picture. */
  readonly magnifies?: boolean;
}

/** Pictures on a canvas, repainted only when new ones come. */
const GridCanvas = ({ pictures, label }: { pictures: Pictures | undefined; label: string }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const count = useSamples(({ prompts }) => prompts.length);
  const edge = useTask(({ task }) => task.size);
  const size = gridSize(pictures?.shape[0] ?? count, pictures?.shape[3] ?? edge);
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
const Places = ({ title, onPress }: { title: string; onPress: (index: number) => void }) => {
  const prompts = useSamples((state) => state.prompts);
  const pointed = useSamples((state) => state.pointed);
  const toWords = useTask(({ task }) => task.toWords);
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
            aria-label={`${title}, picture ${index + 1}: ${toWords(prompt)}`}
            onPointerEnter={() => point(index)}
            onClick={() => onPress(index)}
            onFocus={() => point(index)}
            onBlur={() => point(null)}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        </li>
      ))}
    </ol>
  );
};

interface SaveButtonProps {
  readonly source: GridSource;
  readonly name: string;
  readonly pictures: Pictures;
}

/** Saves the grid as a PNG. */
const SaveButton = ({ source, name, pictures }: SaveButtonProps) => (
  <button
    type="button"
    className="icon-button small grid-save"
    aria-label={`Save ${name} as PNG`}
    title="Save as PNG"
    onClick={() =>
      saveFile(
        `${source.replace(':', '-')}-iteration-${pictures.iteration}.png`,
        'image/png',
        gridSheet(pictures),
      )
    }
  >
    <Download aria-hidden />
  </button>
);

/** One grid of pictures with its caption. */
export const Grid = (props: GridProps) => {
  const {
    source,
    title,
    detail,
    note,
    color = null,
    past = false,
    onPress,
    magnifies = false,
  } = props;
  const caption = useId();
  const pictures = useShown(source);
  const stale = useSamples((state) => state.stale.has(source));
  const name = `${title}, ${detail}`;
  return (
    <figure
      className="grid-figure"
      data-stale={stale}
      data-past={past}
      data-reference={isReferenceGrid(source)}
      aria-labelledby={caption}
    >
      <figcaption id={caption}>
        <span className="grid-title">
          {color !== null && <ArmDot color={color} />}
          <b>{title}</b>, {detail}
        </span>
        <span className="hint" data-testid={`note-${source}`}>
          {note}
        </span>
        {pictures !== undefined && <SaveButton source={source} name={name} pictures={pictures} />}
      </figcaption>
      <div className="grid-frame" data-empty={pictures === undefined} data-pressable={magnifies}>
        <GridCanvas pictures={pictures} label={`Pictures: ${name}`} />
        <Places title={name} onPress={onPress} />
      </div>
    </figure>
  );
};
