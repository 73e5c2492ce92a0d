/** What a device was asked to do. */
export interface GpuCounts {
  readonly submissions: number;
  readonly dispatches: number;
  /** Bytes sent from the host: buffers mapped when they are made, and writes to others. */
  readonly uploadedBytes: number;
}

type ArgumentsOf<Method> = Method extends (...args: infer Arguments) => unknown ? Arguments : never;
type ResultOf<Method> = Method extends (...args: never[]) => infer Result ? Result : never;

/** Calls `note` after each call of a method of one object; returns what ends that, last come first. */
const onCall = <Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  note: (result: ResultOf<Target[Name]>, ...args: ArgumentsOf<Target[Name]>) => void,
): (() => void) => {
  const original = target[name] as (...args: ArgumentsOf<Target[Name]>) => ResultOf<Target[Name]>;
  // Somebody else may be listening already.
  const isHeard = Object.hasOwn(target, name);
  const replacement = (...args: ArgumentsOf<Target[Name]>): ResultOf<Target[Name]> => {
    const result = original.apply(target, args);
    note(result, ...args);
    return result;
  };
  target[name] = replacement as Target[Name];
  return () => {
    if (isHeard) target[name] = original as Target[Name];
    else Reflect.deleteProperty(target, name);
  };
};

/** Counts what `work` asks of a device, by listening to the device's own functions. */
export const countCalls = async (
  device: GPUDevice,
  work: () => Promise<unknown>,
): Promise<GpuCounts> => {
  const counts = { submissions: 0, dispatches: 0, uploadedBytes: 0 };
  const endings = [
    onCall(device.queue, 'submit', () => counts.submissions++),
    onCall(device.queue, 'writeBuffer', (_, _buffer, _offset, data, _start, size) => {
      counts.uploadedBytes += size ?? data.byteLength;
    }),
    onCall(device, 'createBuffer', (_, { size, mappedAtCreation }) => {
      if (mappedAtCreation) counts.uploadedBytes += size;
    }),
    onCall(device, 'createCommandEncoder', (encoder) => {
      onCall(encoder, 'beginComputePass', (pass) => {
        onCall(pass, 'dispatchWorkgroups', () => counts.dispatches++);
      });
    }),
  ];
  try {
    await work();
  } finally {
    for (const end of endings) end();
  }
  return counts;
};

/** Bytes of a device's buffers: those that live now, and the most that ever lived at once. */
export interface BufferBytes {
  readonly live: number;
  readonly peak: number;
}

/** Follows every buffer of a device from now on, until the device goes. */
export const followBuffers = (device: GPUDevice): (() => BufferBytes) => {
  const bytes = { live: 0, peak: 0 };
  onCall(device, 'createBuffer', (buffer) => {
    bytes.live += buffer.size;
    bytes.peak = Math.max(bytes.peak, bytes.live);
    const end = onCall(buffer, 'destroy', () => {
      bytes.live -= buffer.size;
      end();
    });
  });
  return () => ({ ...bytes });
};
