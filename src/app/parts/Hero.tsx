import { TourButton } from '../tour/TourButton';

/** The title and the one sentence that says what is seen. */
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
    <TourButton />
  </section>
);
