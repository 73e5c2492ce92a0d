import { Engine } from '../graph/engine';
import { chooseKernels } from '../graph/tune';
import { checkOnnx, type OnnxPort } from '../interchange/onnx/check';
import { OnnxError } from '../interchange/onnx/error';
import { parseSafetensors } from '../interchange/safetensors';
import { readClassifier } from '../lab/classifier';
import { classifierOnnx, verifyClassifier } from '../lab/onnx/classifierOnnx';
import { studentOnnx } from '../lab/onnx/studentOnnx';
import type { Verification, VerifyRuntime } from '../lab/onnx/verify';
import { verifyStudent } from '../lab/onnx/verifyStudent';
import { readStudent } from '../lab/studentFile';
import { DEFAULT_TASK, findTask } from '../tasks/registry';
import { openGpu } from './adapter';
import { UsageError } from './arguments';
import { runCommand } from './command';
import { EXPORT_USAGE, parseExportOptions, type ExportOptions } from './exportOptions';
import { readWhole, writeWhole } from './files';
import { loadNodeRuntime } from './onnxRuntime';
import { fileTuningStore } from './tuningStore';

/** A file, and how to check it. */
interface Export {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly verify: (runtime: VerifyRuntime) => Promise<Verification>;
}

const writeStudent = (options: ExportOptions & { kind: 'student' }): Export => {
  const student = readStudent(readWhole(options.file).buffer);
  const bytes = studentOnnx(student, options.onnx);
  return { bytes, verify: (runtime) => verifyStudent(runtime, student, bytes, options.onnx) };
};

const writeClassifier = ({ file }: ExportOptions): Export => {
  const { buffer } = readWhole(file);
  // Files of the first version name no task.
  const id = parseSafetensors(buffer).metadata['task'] ?? DEFAULT_TASK.id;
  const task = findTask(id);
  if (!task) throw new UsageError(`${file} is of the task “${id}”, which is not known here.`);
  const classifier = readClassifier(task, buffer);
  const bytes = classifierOnnx(task, classifier);
  return { bytes, verify: (runtime) => verifyClassifier(runtime, task, classifier, bytes) };
};

const portsText = (ports: readonly OnnxPort[]): string =>
  ports.map(({ name, type, shape }) => `${name} ${type} [${shape.join(', ')}]`).join(', ');

const exportFile = async (options: ExportOptions): Promise<void> => {
  const { bytes, verify } =
    options.kind === 'student' ? writeStudent(options) : writeClassifier(options);
  const { inputs, outputs, nodes } = checkOnnx(bytes);
  console.log(`${portsText(inputs)} -> ${portsText(outputs)}; ${nodes} nodes`);

  const gpu = await openGpu();
  const engine = new Engine(gpu, await chooseKernels(gpu, fileTuningStore()));
  try {
    const { verdict, agrees, engineMs, runtimeMs } = await verify({
      engine,
      load: loadNodeRuntime,
    });
    if (!agrees) throw new OnnxError(`Nothing was written. ${verdict}`);
    console.log(verdict);
    console.log(
      `an image: engine ${engineMs.toFixed(2)} ms, ONNX Runtime ${runtimeMs.toFixed(2)} ms`,
    );
  } finally {
    engine.destroy();
    gpu.destroy();
  }
  writeWhole(options.out, bytes);
  console.log(`Saved ${options.out}, ${(bytes.length / 1e6).toFixed(2)} MB`);
};

const main = async (): Promise<void> => {
  const options = parseExportOptions(process.argv.slice(2));
  if (options) await exportFile(options);
  else console.log(EXPORT_USAGE);
};

process.exitCode = await runCommand(main);
