import { ChevronRight, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import type { Snippet } from '../../lab/snippets/snippets';
import { saveFile } from '../lab/download';
import { CopyButton } from '../fields/CopyButton';

/** What a program needs, by the name of its file. */
const NEEDS: Readonly<Record<string, string>> = {
  'student_onnx.py': 'Python, with numpy and onnxruntime',
  'student.js': 'JavaScript, with onnxruntime-web',
  'student_torch.py': 'Python, with PyTorch',
};

const Program = ({ program: { name, text } }: { program: Snippet }) => {
  const [refused, setRefused] = useState(false);
  return (
    <details className="more program">
      <summary>
        <ChevronRight aria-hidden /> <code>{name}</code> <span className="hint">{NEEDS[name]}</span>
      </summary>
      <div className="take-home-buttons">
        <CopyButton
          label="Copy"
          done="Copied"
          icon={<Copy aria-hidden />}
          text={() => text}
          onCopied={(copied) => setRefused(!copied)}
        />
        <button
          type="button"
          className="button quiet"
          onClick={() => saveFile(name, 'text/plain', text)}
        >
          <Download aria-hidden /> Save {name}
        </button>
      </div>
      {refused && (
        <p className="hint" role="status">
          The browser does not let this page copy: select the text below.
        </p>
      )}
      <pre className="snippet" tabIndex={0} aria-label={name}>
        {text}
      </pre>
    </details>
  );
};

/** Small programs that load a file and draw with it. */
export const Programs = ({ programs }: { programs: readonly Snippet[] }) => (
  <div className="programs">
    <p className="hint">A program that loads it and draws:</p>
    {programs.map((program) => (
      <Program key={program.name} program={program} />
    ))}
  </div>
);
