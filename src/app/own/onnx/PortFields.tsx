import { holdsImages, holdsTimes, portText } from '../../../lab/foreign/declared';
import type { OnnxPort } from '../../../interchange/onnx/session';
import { Select } from '../../fields/Select';
import { useTask } from '../../state/task';
import { withInput } from './describe';
import { describe, useOnnx } from './store';
import { GUESSED } from './words';

const namesOf = (ports: readonly OnnxPort[]) =>
  ports.map((port) => [port.name, portText(port)] as const);

/** Which input is which, and which output is the prediction; a choice only where there is one. */
export const PortFields = () => {
  const draft = useOnnx((state) => state.draft);
  const spec = useOnnx((state) => state.spec);
  const task = useTask((state) => state.task);
  if (draft === null || spec === null) return null;
  const { inputs, outputs, asked } = draft;
  const pictures = inputs.filter((port) => holdsImages(port, task));
  const hint = asked.includes('inputs') ? { hint: GUESSED } : {};
  const outputHint = asked.includes('output') ? { hint: GUESSED } : {};
  return (
    <>
      {pictures.length > 1 && (
        <Select
          label="Noisy pictures go to"
          value={spec.inputs.x}
          options={namesOf(pictures)}
          {...hint}
          onChange={(name) => describe((now) => withInput(now, 'x', name))}
        />
      )}
      <Select
        label="The time goes to"
        value={spec.inputs.t}
        options={namesOf(inputs.filter(holdsTimes))}
        {...hint}
        onChange={(name) => describe((now) => withInput(now, 't', name))}
      />
      <Select
        label="The prediction comes from"
        value={spec.output}
        options={namesOf(outputs)}
        {...outputHint}
        onChange={(output) => describe((now) => ({ ...now, output }))}
      />
    </>
  );
};
