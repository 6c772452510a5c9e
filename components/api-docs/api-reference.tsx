import type { ApiDocument } from '#lib/api/openapi/document.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';
import { OperationDetails } from './operation-details.tsx';
import { SchemaDetails } from './schema-details.tsx';
import { LINK } from './type-text.tsx';

/** The API as a page: contents by topic, every operation, and the schemas that they share. */
export async function ApiReference({ document }: { document: ApiDocument }) {
  const t = await requestTranslations();
  const [{ url: server = '' } = {}] = document.servers;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return (
    <>
      <h1 className="font-semibold text-title">{t('apiDocs.title')}</h1>
      <p className="mt-1 max-w-[44rem] text-quiet">{t('apiDocs.intro')}</p>
      <p className="mt-2">
        <a href="/api/v1/openapi.json" className={LINK}>
          {t('apiDocs.download')}
        </a>
      </p>
      <nav aria-label={t('apiDocs.contents')} className="mt-5">
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {document.tags.map(({ name }) => (
            <li key={name}>
              <a href={`#${name}`} className={LINK}>
                {t(`apiDocs.topics.${name}`)}
              </a>
            </li>
          ))}
          <li>
            <a href="#schemas" className={LINK}>
              {t('apiDocs.schemas')}
            </a>
          </li>
        </ul>
      </nav>
      {document.tags.map(({ name }) => (
        <section key={name} aria-labelledby={name} className="mt-8">
          <h2 id={name} className="mb-1 scroll-mt-4 border-line border-b pb-2 font-semibold text-large">
            {t(`apiDocs.topics.${name}`)}
          </h2>
          {operations
            .filter(({ operation }) => operation.tags[0] === name)
            .map((each) => (
              <OperationDetails key={each.operation.operationId} server={server} {...each} />
            ))}
        </section>
      ))}
      <section aria-labelledby="schemas" className="mt-8">
        <h2 id="schemas" className="mb-1 scroll-mt-4 border-line border-b pb-2 font-semibold text-large">
          {t('apiDocs.schemas')}
        </h2>
        {Object.entries(document.components.schemas)
          .sort(([one], [other]) => one.localeCompare(other, 'en'))
          .map(([name, schema]) => (
            <SchemaDetails key={name} name={name} schema={schema} />
          ))}
      </section>
    </>
  );
}
