/** What this is made after, at the foot of the page. */
export const Colophon = () => (
  <footer className="colophon">
    <p>
      After Liu et al.,{' '}
      <a href="https://arxiv.org/abs/2511.22677">
        “Decoupled DMD: CFG Augmentation as the Spear, Distribution Matching as the Shield”
      </a>
      . Everything runs in this browser; nothing is sent anywhere. The pictures are DiceBear’s
      pixel-art avatars (CC0).
    </p>
  </footer>
);
