import { RotateCcw, TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  readonly children: ReactNode;
}

/** Stands in for a page that could not be shown on; React knows no other way than a class. */
export class Boundary extends Component<BoundaryProps, { readonly broken: boolean }> {
  override readonly state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main>
        <section className="failure" role="alert">
          <TriangleAlert aria-hidden />
          <div>
            <h2>This page broke</h2>
            <p>Reload it. A run that was kept can be gone on with.</p>
            <button type="button" className="button" onClick={() => window.location.reload()}>
              <RotateCcw aria-hidden /> Reload
            </button>
          </div>
        </section>
      </main>
    );
  }
}
