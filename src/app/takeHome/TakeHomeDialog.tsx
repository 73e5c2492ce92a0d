import '../styles/takeHome.css';
import { Dialog } from 'radix-ui';
import { DialogClose } from '../fields/DialogClose';
import { Choices } from './Choices';
import { OtherFiles } from './OtherFiles';
import { TryIt } from './TryIt';
import { Verdict } from './Verdict';
import { useTakeHome } from './store';

/** Files of a student and of the run; what was checked here can be tried here. */
export const TakeHomeDialog = () => {
  const agreed = useTakeHome(({ file }) => file?.verification.agrees ?? false);
  return (
    <Dialog.Root open onOpenChange={(open) => useTakeHome.setState({ open })}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog take-home">
          <Dialog.Title className="dialog-title">Take it home</Dialog.Title>
          <Dialog.Description className="dialog-about">
            A student as an ONNX file: written here, run here by ONNX Runtime beside the engine, and
            handed over when both agree. Nothing leaves this machine.
          </Dialog.Description>
          <Choices />
          <Verdict />
          {agreed && <TryIt />}
          <OtherFiles />
          <DialogClose />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
