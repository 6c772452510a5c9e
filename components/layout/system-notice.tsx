import { CircleAlert } from 'lucide-react';
import Link from 'next/link';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import type { NoticedIssue } from '#lib/domain/diagnostics/system-notice.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';

/** Why there is no new data from DingTalk and who can change that, on every page, in the words of the reader's role. */
export async function ServiceNotice({ code, role }: { code: NoticedIssue } & Pick<Operator, 'role'>) {
  const t = await requestTranslations();
  const mayFix = can(role, 'see-service');
  return (
    <aside
      aria-label={t('serviceNotice.label')}
      data-service-notice={code}
      className="border-line border-b bg-sunken"
    >
      <div className="flex page-width gap-x-3 py-3">
        <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
        <div className="min-w-0 max-w-[52rem]">
          <p>
            <strong className="mr-1.5 font-semibold">{t('serviceNotice.title')}</strong>
            {t('serviceNotice.text', { reason: t(`serviceNotice.reasons.${code}`) })}
          </p>
          {mayFix ? (
            <p className="mt-1">
              {t(`systemIssues.catalogue.${code}.next`)}{' '}
              <Link href="/admin" prefetch={false} className="text-accent underline underline-offset-2">
                {t('serviceNotice.open')}
              </Link>
            </p>
          ) : (
            <p className="mt-1">
              {t(can(role, 'ask-live') ? 'serviceNotice.forSupport' : 'serviceNotice.forViewer')}
            </p>
          )}
        </div>
      </div>
    </aside>
  );
}
