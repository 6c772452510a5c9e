import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { Severity } from '#lib/domain/finding.ts';

const ICONS: Record<Severity, LucideIcon> = { critical: CircleAlert, warning: TriangleAlert, notice: Info };

/** How bad it is, as a shape: colours are kept for states. */
export function SeverityIcon({ severity, className }: { severity: Severity; className: string }) {
  const Icon = ICONS[severity];
  return <Icon aria-hidden className={className} />;
}
