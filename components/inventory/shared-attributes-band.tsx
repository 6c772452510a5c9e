'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useSharedAttributeTexts } from '#components/issues/use-shared-attribute-texts.ts';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';
import { type IssueCode, isIssueCode } from '#lib/domain/issues/issue.ts';
import type { CommonValue } from '#lib/domain/issues/shared-attributes.ts';
import { type FleetAddress, withQuestion } from '#lib/queries/inventory/fleet-address.ts';
import { commonQuery } from '#lib/queries/issues/around.ts';

/** More than this is not one suspicion for many. */
const MOST_SHOWN = 3;

type Props = { address: FleetAddress };

/** Above a list of devices with one trouble: what they have in common and the others have not. */
export function CommonBand({ address }: Props) {
  const { facets, at } = address.question;
  const [issue, another] = facets.issue;
  if (at !== null || another !== undefined || !issue || !isIssueCode(issue)) return null;
  return <Band issue={issue} address={address} />;
}

function Band({ issue, address }: Props & { issue: IssueCode }) {
  const t = useTranslations('around.common');
  const { data } = useQuery(commonQuery(useReader(), issue));
  const words = useSharedAttributeTexts();
  const shown = data?.common.slice(0, MOST_SHOWN) ?? [];
  return (
    <section aria-label={t('title')} className="min-h-6 max-md:min-h-12">
      {data && shown.length === 0 && data.devices > 1 && (
        <p className="text-quiet">{t('nothing', { n: data.devices })}</p>
      )}
      <ul>
        {shown.map((each) => (
          <li key={each.attribute} className="py-0.5">
            <span className="text-quiet">{words.toHowMany(each)}</span>{' '}
            <Narrowing address={address} each={each} text={words.what(each)} />{' '}
            <span className="text-quiet text-small">({words.counts(each)})</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Leads to those of the list that have the value, where the list can be narrowed by it. */
function Narrowing({ address, each, text }: { address: FleetAddress; each: CommonValue; text: string }) {
  const to = narrowed(address, each);
  if (!to) return <span className="device-text font-medium">{text}</span>;
  return (
    <ViewLink to={to} className="device-text font-medium text-accent underline underline-offset-2">
      {text}
    </ViewLink>
  );
}

function narrowed(address: FleetAddress, { attribute, value }: CommonValue): URLSearchParams | null {
  // Nothing in a list says which camera a device has.
  if (attribute === 'camera') return null;
  // An address is found by how it begins.
  if (attribute === 'subnet') return withQuestion(address, { q: value.replace(/0\/24$/, '') });
  return withQuestion(address, { facets: { ...address.question.facets, [attribute]: [value] } });
}
