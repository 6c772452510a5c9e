import type { ReactNode } from 'react';

type Props = { title: string; note?: ReactNode; children: ReactNode };

/** A titled part of the service screen, set apart by a hairline. */
export function Part({ title, note, children }: Props) {
  return (
    <section aria-label={title} className="min-w-0 border-line border-t py-5">
      <h2 className="font-semibold text-large">{title}</h2>
      {note && <p className="mt-1 text-quiet">{note}</p>}
      <div className="mt-3">{children}</div>
    </section>
  );
}
