'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { ServerNow } from '#components/diagnostics/server-now.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { Fact, FactList } from '#components/ui/fact-list.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { SessionsAnswer, ShownSession } from '#lib/api/access/account-answers.ts';
import { endOtherSessions, endSession, sessionsQuery } from '#lib/queries/access/account.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';
import { SessionFacts, useAgentText } from './session-facts.tsx';

type Props = {
  name: string;
  /** Why they have their role. */
  why: ReactNode;
  known: SessionsAnswer;
};

/** Who one is to this desk, and where one is signed in. */
export function AccountView({ name, why, known }: Props) {
  const reader = useReader();
  const t = useTranslations('account');
  const role = useTranslations('role');
  const query = sessionsQuery(reader);
  const client = useQueryClient();
  const { data, error, isFetching, refetch } = useFromPage(query, known);
  const ending = useMutation({
    networkMode: 'always',
    mutationFn: (sessionId: string | null) =>
      sessionId === null ? endOtherSessions() : endSession(sessionId),
    onSettled: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  const others = data.items.filter(({ current }) => !current).length;
  return (
    <ServerNow answer={data}>
      <h1 className="mb-5 font-semibold text-title">{t('title')}</h1>
      <FactList>
        <Fact label={t('name')}>
          <span className="device-text font-medium">{name}</span>
        </Fact>
        <Fact label={t('role')}>
          <span className="flex flex-wrap items-baseline gap-x-3">
            {role(reader.role)}
            {why}
          </span>
        </Fact>
        <Fact label={t('subject')}>
          <Copyable text={reader.subject} what={t('subject')} />
        </Fact>
      </FactList>
      <p className="mt-2 mb-6 max-w-[44rem] text-quiet">{t('subjectWhy')}</p>
      <QueryError
        className="mb-5"
        error={ending.error ?? error}
        stillShown={t('stillShown')}
        busy={isFetching}
        onRetry={() => {
          ending.reset();
          void refetch();
        }}
      />
      <Part title={t('sessions', { count: data.items.length })} note={t('sessionsWhy')}>
        {others > 0 && (
          <div className="mb-3">
            <ConfirmButton
              label={t('endOthers')}
              question={t('endOthersAsk', { count: others })}
              confirm={t('endOthersDo')}
              cancel={t('cancel')}
              busy={ending.isPending}
              onConfirm={() => ending.mutate(null)}
            />
          </div>
        )}
        <ul className="divide-y divide-line border-line border-y">
          {data.items.map((session) => (
            <SessionLine
              key={session.sessionId}
              session={session}
              busy={ending.isPending}
              onEnd={() => ending.mutate(session.sessionId)}
            />
          ))}
        </ul>
        {others === 0 && <p className="mt-3 text-quiet">{t('noOthers')}</p>}
      </Part>
    </ServerNow>
  );
}

type LineProps = { session: ShownSession; busy: boolean; onEnd: () => void };

function SessionLine({ session, busy, onEnd }: LineProps) {
  const t = useTranslations('account');
  const agent = useAgentText()(session.agent);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <SessionFacts session={session} />
      {!session.current && (
        <ConfirmButton
          label={t('end')}
          about={t('endWhich', { agent })}
          question={t('endAsk')}
          confirm={t('endDo')}
          cancel={t('cancel')}
          busy={busy}
          onConfirm={onEnd}
        />
      )}
    </li>
  );
}
