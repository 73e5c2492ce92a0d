import katex from 'katex';
import 'katex/dist/katex.min.css';

/**
 * A formula as HTML with MathML beside it for screen readers. Loaded when a formula is first shown:
 * KaTeX and its fonts, which come from our own site, are no part of the first load.
 */
export const typeset = (tex: string): string =>
  katex.renderToString(tex, { output: 'htmlAndMathml', throwOnError: true });
