'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonLook } from '#components/ui/button.tsx';
import { EmptyList } from '#components/ui/list-states.tsx';
import { can, type Role } from '#lib/domain/operator.ts';
import { serviceQuery } from '#lib/queries/service.ts';

type Props = { role: Role; readerKey: string };

/** A desk that knows no room yet: that rooms are coming, or who can have them found. */
export function RoomsEmpty({ role, readerKey }: Props) {
  const say = useTranslations('rooms');
  const maySee = can(role, 'see-service');
  const { data } = useQuery({ ...serviceQuery(readerKey), enabled: maySee });
  const run = data?.discovery.run;
  const finding = run?.state === 'running';
  return (
    <>
      <h1 className="mb-4 font-semibold text-title">{say('title')}</h1>
      <EmptyList
        title={say(finding ? 'empty.finding' : 'empty.title')}
        why={
          finding
            ? say('empty.findingWhy', { done: run.rooms.done, found: run.rooms.found })
            : say(maySee ? 'empty.whyAdmin' : 'empty.why')
        }
      >
        {maySee && (
          <Link href={'/service' as never} prefetch={false} className={buttonLook('primary')}>
            {say('empty.find')}
          </Link>
        )}
        <Link href="/" prefetch={false} className={buttonLook()}>
          {say('empty.lookUp')}
        </Link>
      </EmptyList>
    </>
  );
}
