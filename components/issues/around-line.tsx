import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** One line of what stands around a trouble, with its icon. */
export function AroundLine({ Icon, children }: { Icon: LucideIcon; children: ReactNode }) {
  return (
    <div className="flex items-start gap-x-3 py-0.5">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-quiet" />
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}
