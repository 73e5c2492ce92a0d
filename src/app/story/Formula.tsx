import type { ReactNode } from 'react';
import type { TermId } from '../../distill/config';
import { showTerm } from '../lib/pointing';
import { useSteered } from '../state/steering';
import { Tex } from './Tex';

interface TermProps {
  readonly id: TermId;
  readonly tex: string;
  /** The formula in plain characters. */
  readonly plain: ReactNode;
  readonly name: ReactNode;
}

/** One term with its name, which leads to its card; pointing at it points at all that is its own. */
const Term = ({ id, tex, plain, name }: TermProps) => {
  const enabled = useSteered(({ terms }) => terms[id].enabled);
  return (
    <span className="formula-term" data-term={id} data-off={!enabled}>
      <span className="formula-body">
        <Tex tex={tex}>{plain}</Tex>
      </span>
      <button
        type="button"
        className="formula-name"
        onClick={() => showTerm(id)}
        title="Show its switch"
      >
        {name}
        {!enabled && ' (off)'}
      </button>
    </span>
  );
};

const Sign = ({ children }: { children: string }) => (
  <span className="formula-sign">{children}</span>
);

const Net = ({ name, prompt }: { name: string; prompt: string }) => (
  <>
    {name}
    <sub>{prompt}</sub>
  </>
);

const CA_TEX = String.raw`(\alpha - 1)\,(\mathrm{real}_{\mathrm{cond}} - \mathrm{real}_{\mathrm{uncond}})`;
const DM_TEX = String.raw`\mathrm{real}_{\mathrm{cond}} - \mathrm{fake}_{\mathrm{cond}}`;

/** The sum of all terms, each in its colour: Eq. 6 of the paper, and the other shields. */
const Sum = () => (
  <div className="formula">
    <span className="formula-term">
      <span className="formula-body">
        <Tex tex="\Delta">
          <i>Δ</i>
        </Tex>
      </span>
      <span className="formula-name">the update</span>
    </span>
    <Sign>=</Sign>
    <Term
      id="ca"
      tex={CA_TEX}
      plain={
        <>
          (<i>α</i> − 1) (<Net name="real" prompt="cond" /> − <Net name="real" prompt="uncond" />)
        </>
      }
      name={
        <>
          Δ<sub>CA</sub>, the spear
        </>
      }
    />
    <Sign>+</Sign>
    <Term
      id="dm"
      tex={DM_TEX}
      plain={
        <>
          <Net name="real" prompt="cond" /> − <Net name="fake" prompt="cond" />
        </>
      }
      name={
        <>
          Δ<sub>DM</sub>, the shield
        </>
      }
    />
    <Sign>+</Sign>
    <Term
      id="meanVariance"
      tex="\Delta_{\mathrm{MV}}"
      plain={<Net name="Δ" prompt="MV" />}
      name="mean-variance"
    />
    <Sign>+</Sign>
    <Term id="gan" tex="\Delta_{\mathrm{GAN}}" plain={<Net name="Δ" prompt="GAN" />} name="GAN" />
  </div>
);

/** The update of the student, and what its letters mean. */
export const Formula = ({ of }: { of: string }) => (
  <section className="formula-section" aria-label="The update of the student">
    <Sum />
    <p className="formula-key">
      <b>real</b> is the frozen teacher’s guess of the clean {of}, <b>fake</b> that of a critic
      which follows the student; <b>cond</b> and <b>uncond</b> are with and without the prompt, and{' '}
      <i>α</i> is the guidance scale.
    </p>
  </section>
);
