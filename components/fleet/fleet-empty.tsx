'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonLook } from '#components/ui/button.tsx';
import { EmptyList } from '#components/ui/list-states.tsx';
import { can, type Role } from '#lib/domain/operator.ts';
import { serviceQuery } from '#lib/queries/service.ts';

type Props = { reader: { role: Role }; readerKey: string };

/** A desk that knows no device yet: that rows are coming, or who can have them found. */
export function FleetEmpty({ reader, readerKey }: Props) {
  const say = useTranslations('fleet');
  const maySee = can(reader.role, 'see-service');
  const { data } = useQuery({ ...serviceQuery(readerKey), enabled: maySee });
  const run = data?.discovery.run;
  const finding = run?.state === 'running';
  return (
    <>
      <h1 className="mb-4 font-semibold text-title">{say('title')}</h1>
      <EmptyList
        title={finding ? say('empty.finding') : say('empty.title')}
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
        {can(reader.role, 'ask-live') && (
          <Link href="/" prefetch={false} className={buttonLook()}>
            {say('empty.lookUp')}
          </Link>
        )}
      </EmptyList>
    </>
  );
}
