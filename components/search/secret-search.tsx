'use client';

import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { SearchAnswer } from '#lib/api/search/search-answers.ts';
import { can } from '#lib/domain/access/operator.ts';
import { SECRET_LIMITS, secretText } from '#lib/domain/access/secret-use.ts';
import { findBySecret } from '#lib/queries/search/search.ts';
import { foundOptions } from './find-options.ts';
import { OptionCard } from './option-card.tsx';
import type { Find } from './use-find.ts';

/**
 * Offers admins to search for the text as a cast code or SIP account. A button of its own, because each such search is
 * counted and recorded, and what is only typed must not be.
 */
export function SecretSearch({ find }: { find: Find }) {
  const { role } = useReader();
  const t = useTranslations('search.secret');
  const search = useMutation({
    mutationFn: findBySecret,
    // The text may be a secret, so the cache does not keep it.
    gcTime: 0,
    onSuccess: ({ matches: [only, another] }) => only && !another && find.open(only.path),
  });
  const word = secretText(find.text);
  if (word === null || !can(role, 'find-by-secret')) return null;
  if (find.answer?.matches.some(({ why }) => why.exact)) return null;
  const asked = search.variables === word;
  return (
    <div className="border-line border-t px-3 py-3">
      <Button
        onClick={() => search.mutate(word)}
        aria-disabled={search.isPending}
        className="max-w-full text-left"
      >
        <KeyRound aria-hidden className="size-4 shrink-0" />
        {t('button')}
      </Button>
      <p className="mt-1 text-quiet text-small">{t('why', { count: SECRET_LIMITS.search.person })}</p>
      <div role="status">{asked && search.data && <Found answer={search.data} find={find} />}</div>
      {asked && <QueryError error={search.error} className="mt-2" />}
    </div>
  );
}

function Found({ answer, find }: { answer: SearchAnswer; find: Find }) {
  const t = useTranslations('search.secret');
  return (
    <>
      <p className="mt-2 font-medium">{t('found', { count: answer.matches.length })}</p>
      <ul>
        {foundOptions(answer).map((option) => (
          <li key={option.key}>
            <Link
              href={option.path}
              prefetch={false}
              onClick={find.leave}
              className="block py-1.5 text-text no-underline hover:bg-sunken"
            >
              <OptionCard option={option} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
