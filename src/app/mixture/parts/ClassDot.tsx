import { classColor } from '../lib/classColors';

/** A dot in a class's colour. */
export const ClassDot = ({ place }: { place: number }) => (
  <span className="class-dot" style={{ background: classColor(place) }} aria-hidden />
);
