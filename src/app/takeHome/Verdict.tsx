import { CircleCheck, CircleX, Download } from 'lucide-react';
import type { ExportedFile } from '../../worker/protocol/takeHome';
import { saveFile } from '../lab/download';
import { figure, megabytes } from '../lib/format';
import { Programs } from './Programs';
import { useTakeHome } from './store';

const PROVIDERS: Record<ExportedFile['verification']['provider'], string> = {
  webgpu: 'ONNX Runtime on this GPU',
  wasm: 'ONNX Runtime on the processor',
};

const Figures = ({ file }: { file: ExportedFile }) => {
  const { maxDifference, allowed, images, provider, runtimeMs, engineMs } = file.verification;
  return (
    <dl className="take-home-figures">
      <div>
        <dt>Largest difference</dt>
        <dd data-testid="export-difference">{figure(maxDifference)}</dd>
        <dd className="hint">
          allowed {figure(allowed)}; {images} pictures
        </dd>
      </div>
      <div>
        <dt>The file</dt>
        <dd>{figure(runtimeMs)} ms</dd>
        <dd className="hint">a picture; {PROVIDERS[provider]}</dd>
      </div>
      <div>
        <dt>The engine</dt>
        <dd>{figure(engineMs)} ms</dd>
        <dd className="hint">a picture; this page’s kernels</dd>
      </div>
      <div>
        <dt>Size</dt>
        <dd>{megabytes(file.byteLength)}</dd>
        <dd className="hint">after {file.iteration} iterations</dd>
      </div>
    </dl>
  );
};

/** What came of running the file beside the engine; the file itself where they agree. */
export const Verdict = () => {
  const file = useTakeHome((state) => state.file);
  const refusal = useTakeHome((state) => state.refusal);
  if (refusal !== null) {
    return (
      <p className="verdict" role="alert">
        <span>
          <b>{refusal.message}</b> {refusal.advice}
        </span>
      </p>
    );
  }
  if (file === null) return null;
  const { bytes, name, verification } = file;
  const Icon = verification.agrees ? CircleCheck : CircleX;
  return (
    <section className="verdict" aria-label="Check" data-agrees={verification.agrees}>
      <p className="verdict-words" role="status">
        <Icon aria-hidden />
        {verification.agrees ? (
          <b>The file draws what the engine draws.</b>
        ) : (
          <span>
            <b>The file does not draw what the engine draws, so it is not handed over.</b>{' '}
            {verification.verdict}
          </span>
        )}
      </p>
      <Figures file={file} />
      {bytes !== null && (
        <button
          type="button"
          className="button"
          onClick={() => saveFile(name, 'application/octet-stream', bytes)}
        >
          <Download aria-hidden /> Save {name}
        </button>
      )}
      {bytes !== null && <Programs programs={file.programs} />}
    </section>
  );
};
