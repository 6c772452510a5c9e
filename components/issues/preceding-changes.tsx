'use client';

import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { FromTo } from '#components/devices/changed-value.tsx';
import { useFieldName } from '#components/devices/use-field-text.ts';
import { useReader } from '#components/layout/reader-provider.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import type { BeforeAnswer, ChangeBefore } from '#lib/api/issues/issue-answers.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { beforeQuery } from '#lib/queries/issues/around.ts';
import { AroundLine } from './around-line.tsx';

type Props = { deviceId: string; worst: IssueCode };

/** What changed in the day before the trouble was first seen: the likeliest to matter in the line, the rest below it. */
export function CameBefore({ deviceId, worst }: Props) {
  const t = useTranslations('around.before');
  const { data, isError } = useQuery(beforeQuery(useReader(), deviceId, worst));
  if (isError) {
    return (
      <AroundLine Icon={History}>
        <p className="text-quiet">{t('failed')}</p>
      </AroundLine>
    );
  }
  if (!data) {
    return (
      <AroundLine Icon={History}>
        <p role="status" className="text-quiet">
          {t('waiting')}
        </p>
      </AroundLine>
    );
  }
  if (data.issue === null || data.since === null) return null;
  const [first] = data.changes;
  return (
    <AroundLine Icon={History}>
      {first ? (
        <details>
          <summary className="cursor-pointer">
            {t('came', { n: data.changes.length })} <Came change={first} />
          </summary>
          <Observed before={data} />
          <ul aria-label={t('title')} className="mt-1 divide-y divide-line">
            {data.changes.map((change, at) => (
              // Two changes may look alike to somebody who may not see whose they are.
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
              <li key={at} className="py-1.5">
                <Came change={change} />
                <When change={change} />
              </li>
            ))}
          </ul>
        </details>
      ) : (
        <Observed before={data} alone />
      )}
    </AroundLine>
  );
}

/** A change and before how many other cases the same came. */
function Came({ change: { field, from, to, others } }: { change: ChangeBefore }) {
  const t = useTranslations('around.before');
  const word = useFieldName();
  return (
    <span className="inline-flex max-w-full flex-wrap items-baseline gap-x-1.5">
      <span className="device-text font-medium">{word(field)}</span>
      <FromTo field={field} from={from} to={to} />
      {others && (
        <span className="text-quiet text-small">
          {others.of === 0 ? t('noOthers') : t('others', { had: others.had, of: others.of })}
        </span>
      )}
    </span>
  );
}

function When({ change: { at, notBefore, source, together } }: { change: ChangeBefore }) {
  const t = useTranslations('around.before');
  const history = useTranslations('history');
  const moment = useMomentText();
  return (
    <span className="block text-quiet text-small">
      {source === 'event'
        ? moment(at)
        : history('changes.noticed', { at: moment(at), since: moment(notBefore) })}
      {together && ` ${t('together')}`}
    </span>
  );
}

/** Since when it is so, and how well the day before was watched; `alone` says too that nothing changed in it. */
function Observed({
  before: { since, lastSeenAt, looks },
  alone = false,
}: {
  before: BeforeAnswer;
  alone?: boolean;
}) {
  const t = useTranslations('around.before');
  const moment = useMomentText();
  const began = t('since', { moment: moment(since ?? '') });
  const seen = lastSeenAt === null ? t('neverSeen') : t('lastSeen', { moment: moment(lastSeenAt) });
  const how = looks === 0 ? t('notObserved') : alone ? t('nothing', { looks }) : t('looks', { looks });
  return (
    <p className={alone ? undefined : 'mt-1 text-quiet text-small'}>
      {how} <span className="text-quiet text-small">{`${began} ${seen}`}</span>
    </p>
  );
}
