import type { ReactNode } from 'react';

/** A titled part of a page, as a card. */
export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="card min-w-0 p-4">
      <h2 className="mb-2 font-semibold text-section">{title}</h2>
      {note}
      {children}
    </section>
  );
}

export function FactList({ children }: { children: ReactNode }) {
  return <dl>{children}</dl>;
}

/** One labelled value; the label beside it, or above it where there is no room. */
export function Fact({
  label,
  action,
  children,
}: {
  label: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-x-3 py-0.5">
      <dt className="device-text min-w-0 py-0.5 text-quiet">{label}</dt>
      <dd className="flex min-w-0 items-start gap-x-3">
        <span className="flex min-h-6 min-w-0 flex-1 items-center py-0.5">{children}</span>
        {action}
      </dd>
    </div>
  );
}
