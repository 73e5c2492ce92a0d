import { useState } from 'react';
import { RotateCcw } from 'lucide-react';
import { lookForGpu } from '../lab/openPage';
import type { MissingSupport } from '../lib/support';

const headings: Record<MissingSupport['kind'], string> = {
  'no-webgpu': 'This browser has no WebGPU',
  'no-adapter': 'WebGPU is here, but no graphics card answers',
};

const Browsers = () => (
  <>
    <p>WebGPU is in these browsers, in their newest versions:</p>
    <ul>
      <li>
        <b>Chrome</b> and <b>Edge</b> on Windows, macOS, ChromeOS and Android
      </li>
      <li>
        <b>Safari</b> 26 and later on macOS, iOS and iPadOS
      </li>
      <li>
        <b>Firefox</b> on Windows and on Macs with Apple silicon
      </li>
      <li>
        On <b>Linux</b>, Chrome may need <code>chrome://flags/#enable-unsafe-webgpu</code> switched
        on
      </li>
    </ul>
  </>
);

const Insecure = () => (
  <p>
    The page was opened over a plain <code>http://</code> address, and browsers offer WebGPU only on
    secure ones. Open it over <code>https://</code>, or from <code>localhost</code>.
  </p>
);

const Adapter = () => (
  <>
    <p>The browser knows WebGPU, but gave this page no adapter to run on. What usually helps:</p>
    <ul>
      <li>
        switch on <b>hardware acceleration</b> in the browser’s settings, then restart it
      </li>
      <li>update the graphics driver: outdated ones are blocked by browsers</li>
      <li>
        look at <code>chrome://gpu</code> (Chrome, Edge) or <code>about:support</code> (Firefox) for
        the reason
      </li>
      <li>on a remote desktop or in a virtual machine, open the page on the machine itself</li>
    </ul>
  </>
);

/** The whole bench's place when the browser cannot run it: what is missing, and what to do. */
export const MissingGpu = ({ support }: { support: MissingSupport }) => {
  const [looking, setLooking] = useState(false);
  const lookAgain = async () => {
    setLooking(true);
    await lookForGpu();
    setLooking(false);
  };
  return (
    <section className="missing" aria-labelledby="missing-heading">
      <h2 id="missing-heading">{headings[support.kind]}</h2>
      <p>
        The student is trained on this very page, with no server behind it; for that the page needs
        your graphics card, through WebGPU.
      </p>
      {support.kind === 'no-adapter' && <Adapter />}
      {support.kind === 'no-webgpu' && (support.insecure ? <Insecure /> : <Browsers />)}
      <p>
        <button
          type="button"
          className="button"
          disabled={looking}
          onClick={() => void lookAgain()}
        >
          <RotateCcw aria-hidden /> Look again
        </button>
      </p>
    </section>
  );
};
