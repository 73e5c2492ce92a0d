import { PhiloxStream } from '../../graph/philox';
import type { StudentOnnxOptions } from '../onnx/studentOnnx';
import type { Student } from '../studentFile';
import javascript from './student.js?raw';
import python from './student_onnx.py?raw';
import pytorch from './student_torch.py?raw';

/** A small program that loads a student's file and draws with it. */
export interface Snippet {
  readonly name: string;
  readonly text: string;
}

/** Puts values in the place of a template's own, line by line: `NAME = ...`. */
const fill = (template: string, values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values).reduce((text, [name, value]) => {
    const line = new RegExp(`^((?:const )?${name} = ).*?(;?)$`, 'm');
    if (!line.test(text)) throw new RangeError(`The template has no ${name}.`);
    return text.replace(
      line,
      (_, begin: string, end: string) => begin + JSON.stringify(value) + end,
    );
  }, template);

/** What all programs have to know of a student; the prompt is one of its task. */
const valuesOf = ({ task, network, config }: Student): Record<string, unknown> => {
  const [prompt = []] = task.samplePrompts(new PhiloxStream(0, 0, 0), 1);
  const { attributes } = task.prompts;
  return {
    STEPS: config.student.steps,
    SHAPE: [network.channels, network.height, network.imageWidth],
    ATTRIBUTES: Object.fromEntries(
      attributes.map(({ name, values }) => [name, values.map((value) => value.name)]),
    ),
    PROMPT: Object.fromEntries(
      attributes.map(({ name, values }, index) => [name, values[prompt[index] ?? 0]?.name ?? '']),
    ),
  };
};

/** Images that a program draws where the file takes any number. */
const IMAGES = 8;

/** Programs for a student's ONNX file, called `file` and written with this batch. */
export const onnxSnippets = (
  student: Student,
  file: string,
  batch: StudentOnnxOptions['batch'],
): Snippet[] => {
  const images = batch === 'dynamic' ? IMAGES : batch;
  const values = { FILE: file, ...valuesOf(student), IMAGES: images };
  return [
    { name: 'student_onnx.py', text: fill(python, values) },
    { name: 'student.js', text: fill(javascript, values) },
  ];
};

/** A program for a student's safetensors file, called `file`, with the network in PyTorch. */
export const torchSnippet = (student: Student, file: string): Snippet => ({
  name: 'student_torch.py',
  text: fill(pytorch, { FILE: file, ...valuesOf(student) }),
});
