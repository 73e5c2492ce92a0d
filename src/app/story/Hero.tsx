import { TourButton } from '../tour/TourButton';
import { WatchButton } from './WatchButton';

/** Faces in the strip, beside one another. */
const FACES = 24;
/** Their edge in their own pixels. */
const EDGE = 16;

/** The title, the one sentence that says what is seen, what is drawn, and the way to see it happen. */
export const Hero = () => (
  <section className="hero">
    <h1>
      <span className="spear">Spear</span> &amp; <span className="shield">Shield</span>
    </h1>
    <p className="lede">
      Watch a student network learn, live on your own GPU, to draw in one step what its teacher
      draws in twenty-five: the <span className="spear">spear</span> drives every picture towards
      its prompt, the <span className="shield">shield</span> keeps it a picture.
    </p>
    <img
      className="hero-strip"
      src="./avatars.png"
      width={FACES * EDGE}
      height={EDGE}
      alt="Pixel-art faces of the kind that the students learn to draw"
    />
    <div className="hero-buttons">
      <WatchButton />
      <TourButton />
    </div>
  </section>
);
