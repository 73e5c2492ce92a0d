import '@fontsource-variable/inter/opsz.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/hero.css';
import './styles/controls.css';
import './styles/fields.css';
import './styles/run.css';
import './styles/samples.css';
import './styles/charts.css';
import './styles/ghosts.css';
import { config } from 'zod';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { LabContext } from './lab/context';
import { tellOfAbsences } from './lab/absence';
import { openPage } from './lab/openPage';
import { LabSession } from './lab/session';
import { followPointing } from './lib/pointing';
import { followStyles } from './lib/styles';
import { keepForOffline } from './offline/updates';
import { Boundary } from './messages/Boundary';
import { followTheme } from './state/theme';

const makeWorker = (): Worker =>
  new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'lab' });

// Zod's own code generator needs what the page's policy forbids.
config({ jitless: true });
followTheme();
followPointing();
followStyles();
const lab = new LabSession(makeWorker);
void openPage(new URL(window.location.href), lab);
tellOfAbsences(document);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html must have an element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <LabContext value={lab}>
      <Boundary>
        <App />
      </Boundary>
    </LabContext>
  </StrictMode>,
);

// After the page, which it would compete with for the network. Not where `npm start` serves it: whatever is
// served there next would find this page in its place.
const local = window.location.hostname === 'localhost';
if (import.meta.env.PROD && !local && 'serviceWorker' in navigator) {
  window.addEventListener('load', () => {
    // A browser that keeps nothing shows the page all the same.
    keepForOffline(navigator.serviceWorker).catch(() => undefined);
  });
}
