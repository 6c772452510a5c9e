'use client';

import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { can } from '#lib/domain/access/operator.ts';
import type { Find } from './use-find.ts';

/** The server stops here; more would not be read. */
const MOST_MATCHES = 20;

/** What there is to say beside the list: trouble, nothing found and why, and that a viewer may not ask. */
export function FindNotice({ find }: { find: Find }) {
  const { role } = useReader();
  const t = useTranslations('search');
  if (find.error) return <QueryError error={find.error} onRetry={find.retry} />;
  const { answer, refusal, text, waiting } = find;
  if (answer && answer.matches.length >= MOST_MATCHES) {
    return <p className="px-3 py-2 text-quiet">{t('first', { count: answer.matches.length })}</p>;
  }
  if (refusal === 'empty' || refusal === 'too-long') return null;
  if (!answer || answer.matches.length + answer.unknownIds.length > 0) return null;
  if (waiting && !refusal) return null;
  const short = text.trim();
  return (
    <div role={refusal ? 'alert' : undefined} className="px-3 py-4">
      <p className="font-medium">
        {short.length > 60 || short.includes('\n')
          ? t('nothingInText', { count: answer.looked })
          : t.rich('nothing', { text: short, name: (said) => <span className="device-text">{said}</span> })}
      </p>
      {refusal === 'foreign-link' && <p className="mt-1">{t('foreignLink')}</p>}
      {!can(role, 'ask-live') && <p className="mt-1">{t('mayNotAsk')}</p>}
      <p className="mt-1 text-quiet">{t('understood')}</p>
    </div>
  );
}

/** One sentence for those who hear the page: how much was found, said when it has settled. */
export function FindStatus({ find }: { find: Find }) {
  const t = useTranslations('search');
  const { answer, waiting, options } = find;
  return (
    <p role="status" className="sr-only">
      {answer && !waiting ? t('found', { count: options.length }) : ''}
    </p>
  );
}
