import { armColor } from '../lib/colors';

/** The colour that an arm has everywhere. */
export const ArmDot = ({ color }: { color: number }) => (
  <span className="arm-dot" style={{ background: armColor(color) }} aria-hidden />
);
