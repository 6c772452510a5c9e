import type { ReactNode } from 'react';

type Props = { title: string; note?: ReactNode; children: ReactNode };

/** A titled part of the admin and alerts pages, as a card. */
export function Part({ title, note, children }: Props) {
  return (
    <section aria-label={title} className="card mt-4 min-w-0 p-4">
      <h2 className="font-semibold text-section">{title}</h2>
      {note && <p className="mt-1 text-quiet">{note}</p>}
      <div className="mt-3">{children}</div>
    </section>
  );
}
