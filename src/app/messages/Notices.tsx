import { Info, X } from 'lucide-react';
import { dismiss, useNotices } from '../state/notices';

/** Things to know that may be waved away. */
export const Notices = () => {
  const notices = useNotices((state) => state.notices);
  return (
    <div className="notices" role="status">
      {notices.map(({ id, text, action }) => (
        <div className="notice" key={id}>
          <Info aria-hidden />
          <p>{text}</p>
          {action !== undefined && (
            <button type="button" className="button" onClick={action.take}>
              {action.says}
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            onClick={() => dismiss(id)}
            aria-label="Dismiss this notice"
          >
            <X aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
};
