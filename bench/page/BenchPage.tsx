import { Copy, Download, Play, Square } from 'lucide-react';
import { lazy, Suspense, useId, useMemo } from 'react';
import { Choice } from '../../src/app/fields/Choice';
import { short } from '../figures';
import { saveFile } from '../../src/app/lab/download';
import { markdownOf, tablesOf, type Table } from './format';
import { rooflineOf } from './roofline';
import { runBench, stopBench, useBench } from './store';

/** Loaded with the first results: before them there is nothing to draw. */
const RooflinePlot = lazy(async () => ({
  default: (await import('./RooflinePlot')).RooflinePlot,
}));

const Figures = ({ title, about, head, rows }: Table) => {
  const heading = useId();
  return (
    <section className="bench-table" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p className="hint">{about}</p>
      {rows.length > 0 && (
        <div className="bench-scroll" tabIndex={0} role="group" aria-labelledby={heading}>
          <table>
            <thead>
              <tr>
                {head.map((cell, column) => (
                  <th key={column} scope="col">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first = '', ...figures], row) => (
                <tr key={row}>
                  <th scope="row">{first}</th>
                  {figures.map((cell, column) => (
                    <td key={column}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};

const Options = () => {
  const { batches, networks } = useBench(({ options }) => options);
  const running = useBench(({ stage }) => stage === 'running');
  const change = (part: Partial<ReturnType<typeof useBench.getState>['options']>): void =>
    useBench.setState(({ options }) => ({ options: { ...options, ...part } }));
  const usual = ['16', '16,64', '16,64,256'];
  const present = batches.join();
  return (
    <fieldset className="bench-options" disabled={running} aria-label="What is measured">
      <Choice
        label="Batches"
        value={present}
        options={[...new Set([...usual, present])].map((text) => [
          text,
          text.replaceAll(',', ', '),
        ])}
        onChange={(text) => change({ batches: text.split(',').map(Number) })}
      />
      <Choice
        label="Networks"
        value={networks}
        options={[
          ['default', 'The avatars’'],
          ['both', 'And one four times as large'],
        ]}
        onChange={(value) => change({ networks: value })}
      />
    </fieldset>
  );
};

const Buttons = () => {
  const stage = useBench((state) => state.stage);
  const report = useBench((state) => state.report);
  const nothing = tablesOf(report).length === 0;
  return (
    <div className="bench-buttons">
      {stage === 'running' ? (
        <button type="button" className="button primary" onClick={stopBench}>
          <Square aria-hidden /> Stop
        </button>
      ) : (
        <button
          type="button"
          className="button primary"
          disabled={stage !== 'idle' && stage !== 'done'}
          onClick={() => void runBench()}
        >
          <Play aria-hidden /> Measure
        </button>
      )}
      <button
        type="button"
        className="button"
        disabled={nothing}
        onClick={() => saveFile('bench.json', 'application/json', JSON.stringify(report, null, 2))}
      >
        <Download aria-hidden /> Save as JSON
      </button>
      <button
        type="button"
        className="button"
        disabled={nothing}
        onClick={() => saveFile('bench.md', 'text/markdown', markdownOf(report))}
      >
        <Copy aria-hidden /> Save as Markdown
      </button>
    </div>
  );
};

const Messages = () => {
  const { stage, note, failure, problems, report } = useBench();
  return (
    <>
      {problems.map((problem) => (
        <p key={problem} role="alert" className="bench-message">
          The address asks for what cannot be: {problem}
        </p>
      ))}
      {stage === 'missing' && (
        <p role="alert" className="bench-message">
          There is no WebGPU adapter here, so there is nothing to measure.{' '}
          <a href="../">The playground</a> says what helps.
        </p>
      )}
      {report.software && stage === 'idle' && (
        <p className="hint">
          A processor stands in for a GPU here: batch 16 takes a minute or two, larger ones long.
        </p>
      )}
      {failure !== null && (
        <p role="alert" className="bench-message">
          It ended early: {failure} What was measured before stays below.
        </p>
      )}
      <p role="status" className="bench-note">
        {stage === 'running' ? `${note} …` : stage === 'done' && failure === null ? 'Done.' : ''}
      </p>
    </>
  );
};

const Adapter = () => {
  const { adapter, browser, choice, peak } = useBench(({ report }) => report);
  if (adapter === '') return null;
  return (
    <dl className="bench-facts">
      <div>
        <dt>Adapter</dt>
        <dd>{adapter}</dd>
      </div>
      {choice !== null && (
        <div>
          <dt>Kernels</dt>
          <dd>{Object.values(choice).join(', ')}</dd>
        </div>
      )}
      {peak !== null && (
        <div>
          <dt>Peak, measured</dt>
          <dd data-testid="peak">
            {short(peak.gflops)} GFLOP/s, {short(peak.gigabytes)} GB/s
          </dd>
        </div>
      )}
      <div>
        <dt>Browser</dt>
        <dd className="hint">{browser}</dd>
      </div>
    </dl>
  );
};

/** Measures the visitor's GPU: how fast products, passes and whole iterations are on it. */
export const BenchPage = () => {
  const report = useBench((state) => state.report);
  const roofline = useMemo(() => rooflineOf(report), [report]);
  return (
    <main className="bench-page">
      <p>
        <a href="../">Spear &amp; Shield</a>
      </p>
      <h1>How fast is it on this GPU?</h1>
      <p className="lede">
        Times the playground’s kernels, passes and whole iterations here, beside what the adapter
        can do at most, which is measured too. Nothing is sent anywhere.
      </p>
      <Options />
      <Buttons />
      <Messages />
      <Adapter />
      {roofline !== null && (
        <Suspense>
          <RooflinePlot roofline={roofline} />
        </Suspense>
      )}
      {tablesOf(report).map((table) => (
        <Figures key={table.title} {...table} />
      ))}
    </main>
  );
};
