import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { paramsOf, type SentParams } from '#app/search-params.ts';
import { AuditView } from '#components/audit/audit-view.tsx';
import { AdminNavigation } from '#components/diagnostics/admin-navigation.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { mayOpen } from '#lib/domain/access/route-policy.ts';
import { auditParams, readAuditFilter } from '#lib/domain/audit/audit-filter.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { AUDIT_PAGE } from '#lib/queries/audit/audit.ts';
import { runtime } from '#lib/server/runtime.ts';
import { listAudit } from '#lib/services/audit/list-audit.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('audit.title') };
}

export default async function AuditPage({ searchParams }: { searchParams: SentParams }) {
  const { auth, services } = await runtime();
  const params = await paramsOf(searchParams);
  const operator = await requireOperator(auth, params.size === 0 ? '/admin/audit' : `/admin/audit?${params}`);
  const [t, { theme, locale }] = await Promise.all([requestTranslations(), requestChoices()]);
  const filter = readAuditFilter(params);
  const page = { before: null, limit: AUDIT_PAGE };
  const answer = mayOpen(operator.role, '/admin/audit')
    ? await listAudit(services, operator, filter, page)
    : null;
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      {answer ? (
        <MessagesProvider messages={partMessages(locale, ['audit', 'list', 'history'])}>
          <AdminNavigation />
          <AuditView first={{ view: auditParams(filter).toString(), answer }} />
        </MessagesProvider>
      ) : (
        <NothingHere
          title={t('problems.not-permitted.role.title')}
          why={t('audit.forAdmins')}
          wayOut={t('home.title')}
        />
      )}
    </PageFrame>
  );
}
