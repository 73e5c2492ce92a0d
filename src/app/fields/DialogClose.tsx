import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';

/** The way out of a dialog, in sight however far that is scrolled. */
export const DialogClose = ({ label = 'Close' }: { label?: string }) => (
  <Dialog.Close className="icon-button dialog-close" aria-label={label}>
    <X aria-hidden />
  </Dialog.Close>
);
