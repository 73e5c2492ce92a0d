import { Info } from 'lucide-react';

/** The title and the two sentences that say what is seen. */
export const PlaneHero = () => (
  <section className="hero">
    <h1>
      <span className="spear">Spear</span> &amp; <span className="shield">Shield</span>
      <small>in the plane</small>
    </h1>
    <p className="lede">
      A student learns to throw points where its teacher would; the teacher is a mixture of
      Gaussians, so all it says is exact, and what you see is the method alone. The{' '}
      <span className="spear">spear</span> drives points out of what classes share, the{' '}
      <span className="shield">shield</span> pulls them back to where the teacher has them.
    </p>
  </section>
);

/** What this task can show, and what it cannot. */
export const SimpleTask = () => (
  <aside className="plane-simple" aria-label="What this task can show">
    <Info aria-hidden />
    <p>
      <b>Here DM alone would do.</b> An exact teacher hits its classes without any guidance, so a
      student that merely matches it is as good as can be: the paper calls such tasks simple, and
      says that DM distils them well. Pictures are the other kind: there a teacher needs guidance to
      follow its prompts, and the spear does the work. So do not look for a winner here; look at
      what each arrow does.
    </p>
  </aside>
);
