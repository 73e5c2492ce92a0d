import { Bench } from './bench/Bench';
import { Colophon } from './story/Colophon';
import { Formula } from './story/Formula';
import { Hero } from './story/Hero';
import { later } from './messages/later';
import { Masthead } from './story/Masthead';
import { MissingGpu } from './messages/MissingGpu';
import { Notices } from './messages/Notices';
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
