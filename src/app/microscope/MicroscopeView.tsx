import { useEffect, useRef } from 'react';
import type { TermId } from '../../distill/config';
import type { Inspection } from '../../distill/microscope';
import { paintPicture, paintSigned } from '../lib/pictures';

interface MicroscopeViewProps {
  readonly title: string;
  readonly about: string;
  /** One picture of the inspection's shape. */
  readonly images: Float32Array<ArrayBuffer>;
  readonly shape: Inspection['shape'];
  /** For signed values: what is drawn in the strongest colour; absent for pictures. */
  readonly reach?: number;
  readonly term?: TermId;
}

/** One picture of an inspection. */
export const MicroscopeView = (props: MicroscopeViewProps) => {
  const { title, about, images, shape, reach, term } = props;
  const [, , height = 1, width = 1] = shape;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    const pictures = { images, width, height };
    if (reach === undefined) paintPicture(canvas.current, pictures);
    else paintSigned(canvas.current, pictures, reach);
  }, [images, width, height, reach]);
  return (
    <figure className="view" data-term={term}>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label={`${title}: ${about}`}
      />
      <figcaption>
        <b>{title}</b>
        <span className="hint">{about}</span>
      </figcaption>
    </figure>
  );
};
