'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ServerNow, When } from '#components/diagnostics/server-now.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { PeopleAnswer, ShownPerson } from '#lib/api/access/account-answers.ts';
import { endSessionsOf, peopleQuery } from '#lib/queries/access/account.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';
import { SessionFacts } from './session-facts.tsx';

type Props = { known: PeopleAnswer };

/** Everybody who is signed in: as what, since when, where; and the ways to end it. */
export function PeopleView({ known }: Props) {
  const t = useTranslations('people');
  const query = peopleQuery(useReader());
  const client = useQueryClient();
  const { data, error, isFetching, refetch } = useFromPage(query, known);
  const ending = useMutation({
    networkMode: 'always',
    mutationFn: (subject: string | null) => endSessionsOf(subject),
    onSettled: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  const sessions = data.items.reduce((sum, person) => sum + person.sessions.length, 0);
  return (
    <ServerNow answer={data}>
      <h1 className="font-semibold text-title">{t('title')}</h1>
      <p className="mt-1 mb-5 max-w-[44rem] text-quiet">{t('why')}</p>
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
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p role="status">{t('count', { people: data.items.length, sessions })}</p>
        <ConfirmButton
          label={t('endEverybody')}
          question={t('endEverybodyAsk', { count: sessions })}
          confirm={t('endEverybodyDo')}
          cancel={t('cancel')}
          busy={ending.isPending}
          onConfirm={() => ending.mutate(null)}
        />
      </div>
      <ul className="divide-y divide-line border-line border-y">
        {data.items.map((person) => (
          <PersonLine
            key={person.subject}
            person={person}
            busy={ending.isPending}
            onEnd={() => ending.mutate(person.subject)}
          />
        ))}
      </ul>
    </ServerNow>
  );
}

type LineProps = { person: ShownPerson; busy: boolean; onEnd: () => void };

function PersonLine({ person, busy, onEnd }: LineProps) {
  const t = useTranslations('people');
  const roles = useTranslations('role');
  const { subject, name, role, usedAt, sessions } = person;
  const own = sessions.some(({ current }) => current);
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-center gap-x-3 font-medium">
            <span className="device-text">{name}</span>
            <span className="font-normal text-quiet">{roles(role)}</span>
            {own && <span className="rounded bg-sunken px-2 py-0.5 font-normal text-small">{t('you')}</span>}
          </h2>
          <p className="flex flex-wrap items-center gap-x-4 text-quiet text-small">
            <Copyable text={subject} what={t('subject')} />
            <span>{t.rich('used', { when: () => <When iso={usedAt} /> })}</span>
          </p>
        </div>
        <ConfirmButton
          label={t('end')}
          about={t('endWhose', { name })}
          question={t(own ? 'endOwnAsk' : 'endAsk', { name, count: sessions.length })}
          confirm={t('endDo')}
          cancel={t('cancel')}
          busy={busy}
          onConfirm={onEnd}
        />
      </div>
      <details className="mt-1">
        <summary className="cursor-pointer py-1 text-accent text-small">
          {t('sessions', { count: sessions.length })}
        </summary>
        <ul className="mt-1 space-y-2 border-line border-l-2 pl-3">
          {sessions.map((session) => (
            <li key={session.sessionId}>
              <SessionFacts session={session} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
