import type { ReactNode } from 'react';
import type { TermId } from '../../distill/config';
import { useSteered } from '../state/steering';

const Net = ({ name, prompt }: { name: string; prompt: string }) => (
  <span className="net">
    {name}
    <sub>{prompt}</sub>
  </span>
);

interface TermProps {
  readonly id: TermId;
  readonly name: ReactNode;
  readonly children: ReactNode;
}

const Term = ({ id, name, children }: TermProps) => {
  const enabled = useSteered(({ terms }) => terms[id].enabled);
  return (
    <span className="formula-term" data-term={id} data-off={!enabled}>
      <span className="formula-body">{children}</span>
      <span className="formula-name">
        {name}
        {!enabled && <span className="formula-off"> (off)</span>}
      </span>
    </span>
  );
};

/** A further shield, only while it is on: the paper's update has CA and DM. */
const OtherTerm = ({ id, name, children }: TermProps) => {
  const enabled = useSteered(({ terms }) => terms[id].enabled);
  if (!enabled) return null;
  return (
    <>
      <span className="formula-sign">+</span>
      <Term id={id} name={name}>
        {children}
      </Term>
    </>
  );
};

/** The update of the student, Eq. 6 of the paper, each term in its colour. */
export const Formula = ({ of }: { of: string }) => (
  <section className="formula-section" aria-label="The update of the student">
    <p className="formula">
      <span className="formula-lead">
        <span className="formula-body">
          <i>Δ</i>
        </span>
        <span className="formula-name">the update</span>
      </span>
      <span className="formula-sign">=</span>
      <Term
        id="ca"
        name={
          <>
            Δ<sub>CA</sub>, the spear
          </>
        }
      >
        (<i>α</i> − 1) (<Net name="real" prompt="cond" /> − <Net name="real" prompt="uncond" />)
      </Term>
      <span className="formula-sign">+</span>
      <Term
        id="dm"
        name={
          <>
            Δ<sub>DM</sub>, the shield
          </>
        }
      >
        <Net name="real" prompt="cond" /> − <Net name="fake" prompt="cond" />
      </Term>
      <OtherTerm id="meanVariance" name="mean-variance">
        <i>Δ</i>
        <sub>MV</sub>
      </OtherTerm>
      <OtherTerm id="gan" name="GAN">
        <i>Δ</i>
        <sub>GAN</sub>
      </OtherTerm>
    </p>
    <p className="formula-key">
      <b>real</b> is the frozen teacher’s guess of the clean {of}, <b>fake</b> that of a critic
      which follows the student; <b>cond</b> and <b>uncond</b> are with and without the prompt, and{' '}
      <i>α</i> is the guidance scale.
    </p>
  </section>
);
