interface OnResetProps {
  /** True while the run still goes by the earlier value. */
  readonly pending: boolean;
  readonly hint: string;
  readonly id?: string;
}

/** A control's hint, which says so while its value waits for a reset. */
export const OnReset = ({ pending, hint, id }: OnResetProps) => (
  <p className="hint" id={id} data-pending={pending}>
    {pending ? 'Takes effect on reset: the run goes on with its old value.' : hint}
  </p>
);
