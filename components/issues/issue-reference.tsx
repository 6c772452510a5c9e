import { SEVERITY_COLOUR, SeverityIcon } from '#components/issues/severity-icon.tsx';
import { ISSUE_CODES, type IssueCode, severityOf } from '#lib/domain/issues/issue.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';

/** Every issue by its code, most severe first: likely causes, what to do, and what cannot be determined remotely. */
export async function IssueReference() {
  const t = await requestTranslations();
  return (
    <>
      <h1 className="font-semibold text-title">{t('issueReference.title')}</h1>
      <p className="mt-1 max-w-[44rem] text-quiet">{t('issueReference.intro')}</p>
      <div className="mt-4 grid gap-3 xl:grid-cols-2">
        {ISSUE_CODES.map((code) => (
          <IssueEntry key={code} code={code} />
        ))}
      </div>
    </>
  );
}

async function IssueEntry({ code }: { code: IssueCode }) {
  const t = await requestTranslations();
  const severity = severityOf(code);
  return (
    <section
      id={code}
      aria-labelledby={`${code}-title`}
      className="card scroll-mt-4 p-4 target:border-accent"
    >
      <h2 id={`${code}-title`} className="flex flex-wrap items-center gap-x-2 font-semibold text-section">
        <SeverityIcon severity={severity} className="size-4 shrink-0" />
        <span className={SEVERITY_COLOUR[severity]}>{t(`issues.severity.${severity}`)}</span>
        <span>{t(`issues.catalogue.${code}.title`)}</span>
        <code className="ml-auto identifier font-normal text-quiet">{code}</code>
      </h2>
      <dl className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {(['causes', 'desk', 'room', 'cannot'] as const).map((part) => (
          <div key={part}>
            <dt className="font-medium text-quiet text-small">{t(`issues.${part}`)}</dt>
            <dd className="whitespace-pre-line">{t(`issues.catalogue.${code}.${part}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
