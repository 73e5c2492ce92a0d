import { useEffect, useRef } from 'react';
import { gridSize, paintGrid } from '../lib/pictures';
import type { Pictures } from '../state/samples';

interface PictureSheetProps extends Pick<Pictures, 'images' | 'shape'> {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly className?: string;
}

/** Pictures side by side on a canvas, repainted only when others come. */
export const PictureSheet = ({ images, shape, label, className }: PictureSheetProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [count, channels, height, width] = shape;
  useEffect(() => {
    if (canvas.current === null) return;
    paintGrid(canvas.current, { images, shape: [count, channels, height, width] });
  }, [images, count, channels, height, width]);
  return (
    <canvas
      ref={canvas}
      className={className}
      {...gridSize(count, width)}
      role="img"
      aria-label={label}
    />
  );
};
