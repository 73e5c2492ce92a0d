import { Bench } from './parts/Bench';
import { Colophon } from './parts/Colophon';
import { Formula } from './parts/Formula';
import { Hero } from './parts/Hero';
import { Masthead } from './parts/Masthead';
import { MissingGpu } from './parts/MissingGpu';
import { Notices } from './parts/Notices';
import { useSupport } from './state/support';

/** The page: the story on top, then the bench, or the reason why there is none. */
export const App = () => {
  const support = useSupport((state) => state.support);
  const missing = support.kind === 'no-webgpu' || support.kind === 'no-adapter';
  return (
    <>
      <Masthead />
      <main>
        <Notices />
        <div className="story">
          <Hero />
          <Formula />
        </div>
        {missing ? <MissingGpu support={support} /> : <Bench />}
      </main>
      <Colophon />
    </>
  );
};
