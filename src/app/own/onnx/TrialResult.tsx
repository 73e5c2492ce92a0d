import { TriangleAlert } from 'lucide-react';
import { figure } from '../../lib/format';
import { PictureSheet } from '../../fields/PictureSheet';
import { useOnnx, type Trial } from './store';

const percent = (share: number): string => `${figure(100 * share)} %`;

const PROVIDERS: Readonly<Record<Trial['provider'], string>> = {
  webgpu: 'by ONNX Runtime on this GPU',
  wasm: 'by ONNX Runtime on the processor',
};

/** What a few samples told of the network as it is described. */
export const TrialResult = () => {
  const trial = useOnnx((state) => state.trial);
  const prediction = useOnnx(({ spec }) => spec?.prediction);
  if (trial === null || prediction === undefined) return null;
  const { checks, provider } = trial;
  const { errors, guidance, images, shape, warnings } = checks;
  return (
    <section className="own-summary onnx-trial" aria-label="What it does" data-testid="onnx-trial">
      <PictureSheet
        className="own-preview"
        {...{ images, shape }}
        label={`${shape[0]} pictures by this network, without guidance`}
      />
      <dl className="own-attributes">
        <div>
          <dt>Error</dt>
          <dd>{percent(errors[prediction])} off what it should predict near clean pictures</dd>
        </div>
        <div>
          <dt>Guidance</dt>
          <dd>
            {guidance === null
              ? 'none: it takes no prompts'
              : `prompts move its prediction by ${percent(guidance)}`}
          </dd>
        </div>
        <div>
          <dt>Computed</dt>
          <dd>{PROVIDERS[provider]}</dd>
        </div>
      </dl>
      {warnings.map((warning) => (
        <p key={warning} className="onnx-warning" role="alert">
          <TriangleAlert aria-hidden /> <span>{warning}</span>
        </p>
      ))}
    </section>
  );
};
