import { create } from 'zustand';
import { GpuError } from '../../src/gpu/errors';
import { reasonOf } from '../../src/interchange/reason';
import { checkSupport, isMissing } from '../../src/app/lib/support';
import { measureAll } from './measure';
import { DEFAULTS, readOptions, type BenchOptions } from './options';
import type { PageReport } from './report';

type Stage = 'checking' | 'missing' | 'idle' | 'running' | 'done';

interface BenchState {
  readonly stage: Stage;
  readonly options: BenchOptions;
  /** What the address asks for in vain. */
  readonly problems: readonly string[];
  /** What is being done. */
  readonly note: string;
  /** Why it ended early. */
  readonly failure: string | null;
  readonly report: PageReport;
}

const EMPTY: PageReport = {
  adapter: '',
  software: false,
  features: [],
  browser: navigator.userAgent,
  choice: null,
  peak: null,
  products: [],
  scales: [],
  profile: null,
};

export const useBench = create<BenchState>()(() => ({
  stage: 'checking',
  options: DEFAULTS.hardware,
  problems: [],
  note: '',
  failure: null,
  report: EMPTY,
}));

/** Looks for an adapter, and reads from the address what is to be measured. */
export const openBench = async (): Promise<void> => {
  const support = await checkSupport();
  if (support.kind !== 'ready') {
    useBench.setState({ stage: isMissing(support) ? 'missing' : 'checking' });
    return;
  }
  const { name, software } = support.adapter;
  const defaults = DEFAULTS[software ? 'software' : 'hardware'];
  useBench.setState({
    stage: 'idle',
    ...readOptions(new URL(window.location.href), defaults),
    report: { ...EMPTY, adapter: name, software },
  });
};

const failureOf = (error: unknown): string =>
  error instanceof GpuError ? `${error.message} ${error.advice}` : `${reasonOf(error)}.`;

/** The visitor wants no more. */
class Stopped extends Error {}

let stopped = false;

/** Ends with the piece of work that is under way; what was found stays. */
export const stopBench = (): void => {
  stopped = true;
  useBench.setState({ note: 'Stopping' });
};

/** Measures everything anew. */
export const runBench = async (): Promise<void> => {
  stopped = false;
  const { options, report } = useBench.getState();
  const { adapter, software } = report;
  useBench.setState({
    stage: 'running',
    failure: null,
    note: 'Asking for the GPU',
    report: { ...EMPTY, adapter, software },
  });
  try {
    await measureAll(options, new URL(document.baseURI), {
      note: (note) => {
        if (stopped) throw new Stopped();
        useBench.setState({ note });
      },
      tell: (part) => {
        useBench.setState((state) => ({ report: { ...state.report, ...part } }));
      },
    });
  } catch (error) {
    if (!(error instanceof Stopped)) useBench.setState({ failure: failureOf(error) });
  }
  useBench.setState({ stage: 'done', note: '' });
};
