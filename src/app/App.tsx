import { Bench } from './parts/Bench';
import { Colophon } from './parts/Colophon';
import { Formula } from './parts/Formula';
import { Hero } from './parts/Hero';
import { later } from './parts/later';
import { Masthead } from './parts/Masthead';
import { MissingGpu } from './parts/MissingGpu';
import { Notices } from './parts/Notices';
import { isMissing, type MissingSupport } from './lib/support';
import { useSupport } from './state/support';
import { useView } from './state/view';

/** Loaded when it is first looked at: the bench does without. */
const Plane = later(
  async () => (await import('./mixture/Plane')).Plane,
  <p className="view-waiting hint">Loading…</p>,
);

/** Loaded where nothing can be trained. */
const Recorded = later(async () => (await import('./recorded/Recorded')).Recorded);

/** What is here without a graphics card: what helps, and runs to look through. */
const WithoutGpu = ({ support }: { support: MissingSupport }) => (
  <>
    <MissingGpu support={support} />
    <Recorded />
  </>
);

/** The story on top, then the bench, or the reason why there is none. */
const Pictures = () => {
  const support = useSupport((state) => state.support);
  return (
    <>
      <div className="story">
        <Hero />
        <Formula of="picture" />
      </div>
      {isMissing(support) ? <WithoutGpu support={support} /> : <Bench />}
    </>
  );
};

/** The page: one of its views between masthead and colophon. */
export const App = () => {
  const view = useView((state) => state.view);
  return (
    <>
      <Masthead />
      <main>
        <Notices />
        {view === 'pictures' ? <Pictures /> : <Plane />}
      </main>
      <Colophon />
    </>
  );
};
