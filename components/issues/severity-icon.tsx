import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { Severity } from '#lib/domain/issues/issue.ts';

const ICONS: Record<Severity, LucideIcon> = { critical: CircleAlert, warning: TriangleAlert, info: Info };

type Props = {
  severity: Severity;
  className: string;
  /** The same in a word, where no text beside it says it. */
  word?: string;
};

/** How bad it is, as a shape: colours are kept for states. */
export function SeverityIcon({ severity, className, word }: Props) {
  const Icon = ICONS[severity];
  return word === undefined ? (
    <Icon aria-hidden className={className} />
  ) : (
    <Icon role="img" aria-label={word} className={className} />
  );
}
