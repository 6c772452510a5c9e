import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { Severity } from '#lib/domain/issues/issue.ts';

const ICONS: Record<Severity, LucideIcon> = { critical: CircleAlert, warning: TriangleAlert, info: Info };

/** The colour of a severity; its word or icon always stands with it. */
export const SEVERITY_COLOUR: Record<Severity, string> = {
  critical: 'text-critical',
  warning: 'text-warning',
  info: 'text-info',
};

type Props = {
  severity: Severity;
  className: string;
  /** The same in a word, where no text beside it says it. */
  word?: string;
};

/** A severity by shape and colour. */
export function SeverityIcon({ severity, className, word }: Props) {
  const Icon = ICONS[severity];
  return word === undefined ? (
    <Icon aria-hidden className={`${SEVERITY_COLOUR[severity]} ${className}`} />
  ) : (
    <Icon role="img" aria-label={word} className={`${SEVERITY_COLOUR[severity]} ${className}`} />
  );
}
