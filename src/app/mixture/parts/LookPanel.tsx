import type { ReactNode } from 'react';
import { guidanceScale, noiseLevel } from '../../../flow/time';
import { Checkbox } from '../../fields/Checkbox';
import { Choice } from '../../fields/Choice';
import { LabelledSlider } from '../../fields/LabelledSlider';
import { TauSlider } from '../../fields/TauSlider';
import { showLayer, useLook, type DensityKind, type Layer } from '../state/look';
import { changeConfig, chosenMixture, useSetup } from '../state/setup';
import { ClassDot } from './ClassDot';

const DENSITIES: readonly (readonly [DensityKind, string])[] = [
  ['conditional', 'Classes'],
  ['unconditional', 'All'],
  ['guided', 'Guided'],
  ['none', 'None'],
];

const ALL = 'all';

const DENSITY_HINTS: Readonly<Record<DensityKind, string>> = {
  conditional: 'Of each class: regions that hold 25, 55, 80 and 95 % of it.',
  unconditional: 'Of all classes together, which is what guidance pushes away from.',
  guided:
    'p(x) (p(x|c) / p(x))^α. Guided sampling aims at it at every noise level, and yet does not draw exactly from it.',
  none: 'No contours.',
};

const Density = () => {
  const kind = useLook((look) => look.density);
  const atTau = useLook((look) => look.atTau);
  const alpha = useSetup(({ config }) => config.guidanceScale);
  return (
    <>
      <Choice
        label="The teacher’s density"
        value={kind}
        options={DENSITIES}
        hint={DENSITY_HINTS[kind]}
        onChange={(density) => useLook.setState({ density })}
      />
      {kind === 'guided' && (
        <LabelledSlider
          label="α of the guided density"
          value={alpha}
          min={1}
          max={10}
          step={0.1}
          shown={alpha.toFixed(1)}
          hint="The same as the spear’s guidance scale."
          onChange={(value) => changeConfig((c) => ({ ...c, guidanceScale: guidanceScale(value) }))}
        />
      )}
      <Checkbox checked={atTau} onChange={(on) => useLook.setState({ atTau: on })}>
        Renoised to <i>τ</i>
      </Checkbox>
    </>
  );
};

const Tau = () => {
  const tau = useLook((look) => look.tau);
  return (
    <TauSlider
      tau={tau}
      hint="Where arrows and renoised points are taken: 0 is noise, 1 is clean."
      onChange={(next) => useLook.setState({ tau: noiseLevel(next) })}
    />
  );
};

const Classes = () => {
  const shown = useLook((look) => look.class);
  const mixture = useSetup(chosenMixture);
  return (
    <Choice
      label="Class"
      form="chips"
      value={shown === null ? ALL : String(shown)}
      options={[
        [ALL, 'All'],
        ...mixture.classes.map(
          (name, place) =>
            [
              String(place),
              <>
                <ClassDot place={place} /> {name}
              </>,
            ] as const,
        ),
      ]}
      onChange={(value) => useLook.setState({ class: value === ALL ? null : Number(value) })}
    />
  );
};

interface LayerBoxProps {
  readonly layer: Layer;
  readonly children: ReactNode;
}

const LayerBox = ({ layer, children }: LayerBoxProps) => {
  const shown = useLook(({ layers }) => layers[layer]);
  return (
    <Checkbox checked={shown} onChange={(on) => showLayer(layer, on)}>
      {children}
    </Checkbox>
  );
};

const Layers = () => {
  const critic = useSetup(({ config }) => config.terms.dm.enabled || config.critic.observer);
  return (
    <fieldset className="field layers">
      <legend>Shown</legend>
      <LayerBox layer="points">The student’s points, with trails</LayerBox>
      <LayerBox layer="renoised">
        The same points renoised to <i>τ</i>
      </LayerBox>
      <div data-term="ca">
        <LayerBox layer="ca">
          Arrows of <b className="spear">CA</b>
        </LayerBox>
      </div>
      <div data-term="dm">
        <LayerBox layer="dm">
          Arrows of <b className="shield">DM</b>
        </LayerBox>
      </div>
      <LayerBox layer="sum">Arrows of their sum</LayerBox>
      {!critic && (
        <p className="hint">
          No critic is trained now, so there are no arrows of DM: switch DM on, or make the critic
          an observer.
        </p>
      )}
    </fieldset>
  );
};

/** What the picture shows; none of it changes the run. */
export const LookPanel = () => {
  const arrows = useLook((look) => look.arrows);
  const follow = useLook((look) => look.follow);
  const single = useLook((look) => look.class !== null);
  const first = useSetup((setup) => chosenMixture(setup).classes[0]);
  return (
    <section className="look" aria-label="What the picture shows">
      <Tau />
      <Layers />
      <Choice
        label="Arrows begin"
        value={arrows}
        options={[
          ['grid', 'on a grid'],
          ['samples', 'at the points'],
        ]}
        hint={
          arrows === 'grid'
            ? `Each is taken as a renoised point${single ? '' : ` of “${first ?? ''}”: choose another class below`}.`
            : 'How each point of the student is moved at this noise level.'
        }
        onChange={(next) => useLook.setState({ arrows: next })}
      />
      <Density />
      <Classes />
      <Checkbox checked={follow} onChange={(on) => useLook.setState({ follow: on })}>
        Zoom out with the points
      </Checkbox>
    </section>
  );
};
