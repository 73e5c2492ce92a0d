import '@fontsource-variable/inter/opsz.css';
import '../../src/app/styles/tokens.css';
import '../../src/app/styles/base.css';
import '../../src/app/styles/layout.css';
import '../../src/app/styles/controls.css';
import '../../src/app/styles/fields.css';
import './bench.css';
import { config } from 'zod';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followTheme } from '../../src/app/state/theme';
import { BenchPage } from './BenchPage';
import { openBench } from './store';

// Zod's own code generator needs what the page's policy forbids.
config({ jitless: true });
followTheme();
void openBench();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html must have an element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <BenchPage />
  </StrictMode>,
);
