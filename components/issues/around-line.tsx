import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** One line of the context of an issue, with its icon. */
export function AroundLine({ Icon, children }: { Icon: LucideIcon; children: ReactNode }) {
  return (
    <div className="flex items-start gap-x-2 py-0.5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-quiet" />
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}
