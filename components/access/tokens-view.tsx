'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { ServerNow, When } from '#components/diagnostics/server-now.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { EmptyList } from '#components/ui/list/list-states.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { MadeToken, ShownToken, TokensAnswer } from '#lib/api/access/account-answers.ts';
import { createToken, revokeToken, tokensQuery } from '#lib/queries/access/account.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';
import { NewToken } from './new-token.tsx';
import { TokenForm } from './token-form.tsx';

type Props = { known: TokensAnswer };

/** Programs' ways in: what there are, a new one, and the end of one. */
export function TokensView({ known }: Props) {
  const t = useTranslations('tokens');
  const query = tokensQuery(useReader());
  const client = useQueryClient();
  const [made, setMade] = useState<MadeToken | null>(null);
  const { data, error, isFetching, refetch } = useFromPage(query, known);
  const settled = () => client.invalidateQueries({ queryKey: query.queryKey });
  const making = useMutation({
    networkMode: 'always',
    mutationFn: createToken,
    onSuccess: setMade,
    onSettled: settled,
    // What is shown once is not kept beside it either.
    gcTime: 0,
  });
  const revoking = useMutation({ networkMode: 'always', mutationFn: revokeToken, onSettled: settled });
  return (
    <ServerNow answer={data}>
      <h1 className="font-semibold text-title">{t('title')}</h1>
      <p className="mt-1 max-w-[44rem] text-quiet">{t('why')}</p>
      <p className="mt-1 mb-5">
        <Link href="/docs/api" prefetch={false} className="text-accent underline underline-offset-2">
          {t('reference')}
        </Link>
      </p>
      <QueryError
        className="mb-5"
        error={making.error ?? revoking.error ?? error}
        stillShown={t('stillShown')}
        busy={isFetching}
        onRetry={() => {
          making.reset();
          revoking.reset();
          void refetch();
        }}
      />
      {made ? (
        <NewToken
          made={made}
          onDone={() => {
            setMade(null);
            making.reset();
          }}
        />
      ) : (
        <Part title={t('make')} note={t('makeWhy')}>
          <TokenForm busy={making.isPending} onMake={making.mutateAsync} />
        </Part>
      )}
      {data.items.length === 0 ? (
        <EmptyList title={t('none')} why={t('noneWhy')} />
      ) : (
        <Part title={t('count', { count: data.items.length })}>
          <ul className="divide-y divide-line border-line border-y">
            {data.items.map((token) => (
              <TokenLine
                key={token.tokenId}
                token={token}
                busy={revoking.isPending}
                onRevoke={() => revoking.mutate(token.tokenId)}
              />
            ))}
          </ul>
        </Part>
      )}
    </ServerNow>
  );
}

type LineProps = { token: ShownToken; busy: boolean; onRevoke: () => void };

function TokenLine({ token, busy, onRevoke }: LineProps) {
  const t = useTranslations('tokens');
  const roles = useTranslations('role');
  const { tokenId, name, role, createdBy, createdAt, expiresAt, usedAt, revokedAt, state } = token;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0">
        <h3
          className={`flex flex-wrap items-center gap-x-3 font-medium ${state === 'good' ? '' : 'text-quiet'}`}
        >
          <span className="device-text">{name}</span>
          <span className="font-normal text-quiet">{roles(role)}</span>
          {state !== 'good' && (
            <span className="rounded bg-sunken px-2 py-0.5 font-normal text-small">{t(state)}</span>
          )}
        </h3>
        <p className="flex flex-wrap gap-x-4 text-quiet text-small">
          <span className="identifier" title={t('id')}>{`rd_${tokenId}_…`}</span>
          <span>
            {usedAt === null ? t('neverUsed') : t.rich('used', { when: () => <When iso={usedAt} /> })}
          </span>
          <span>{t.rich('made', { when: () => <When iso={createdAt} />, name: createdBy })}</span>
          {state === 'revoked' && revokedAt !== null ? (
            <span>{t.rich('revokedAt', { when: () => <When iso={revokedAt} /> })}</span>
          ) : (
            <span>
              {t.rich(state === 'expired' ? 'ended' : 'ends', { when: () => <When iso={expiresAt} /> })}
            </span>
          )}
        </p>
      </div>
      {state === 'good' && (
        <ConfirmButton
          label={t('revoke')}
          about={t('revokeWhich', { name })}
          question={t('revokeAsk', { name })}
          confirm={t('revokeDo')}
          cancel={t('cancel')}
          busy={busy}
          onConfirm={onRevoke}
        />
      )}
    </li>
  );
}
