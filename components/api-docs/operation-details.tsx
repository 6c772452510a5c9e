import { ChevronRight } from 'lucide-react';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { curlExample } from '#lib/api/openapi/example.ts';
import { membersOf, typeOf } from '#lib/api/openapi/members.ts';
import type { Operation } from '#lib/api/openapi/operation.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';
import { MembersTable } from './members-table.tsx';
import { Responses } from './responses.tsx';

type Props = { server: string; method: string; path: string; operation: Operation };

/** One method of one path: what it does and who may, and on demand its parameters, an example and its responses. */
export async function OperationDetails({ server, method, path, operation }: Props) {
  const t = await requestTranslations();
  const { operationId, summary, requestBody } = operation;
  const example = curlExample(server, method, path, operation);
  const parameters = operation.parameters.map(({ name, required, schema, description = null }) => ({
    path: name,
    required,
    type: typeOf(schema),
    description,
  }));
  const body = requestBody?.content['application/json'].schema;
  return (
    <details className="group border-line border-b">
      <summary className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2 py-2 hover:bg-sunken md:grid-cols-[1rem_minmax(0,26rem)_minmax(0,1fr)]">
        <ChevronRight aria-hidden className="mt-0.5 size-4 text-quiet group-open:rotate-90" />
        <h3 className="identifier">
          <span className="mr-2 font-semibold">{method.toUpperCase()}</span>
          {path}
        </h3>
        <p lang="en" className="max-md:col-start-2">
          {summary}
        </p>
      </summary>
      <div id={operationId} className="grid scroll-mt-16 gap-5 pt-1 pb-6 md:pl-6">
        <p className="text-quiet">{await accessText(operation)}</p>
        {parameters.length > 0 && (
          <MembersTable caption={t('apiDocs.parameters')} members={parameters} showsRequired />
        )}
        {body && <MembersTable caption={t('apiDocs.body')} members={membersOf(body)} showsRequired />}
        <div>
          <h4 className="flex items-center gap-2 font-semibold text-quiet text-small">
            {t('apiDocs.example')}
            <CopyButton
              text={example}
              what={t('apiDocs.exampleOf', { route: `${method.toUpperCase()} ${path}` })}
            />
          </h4>
          <pre className="mt-1 whitespace-pre-wrap rounded bg-sunken p-3">
            <code className="identifier">{example}</code>
          </pre>
        </div>
        <Responses responses={operation.responses} />
      </div>
    </details>
  );
}

/** Who may use an operation, as a sentence. */
async function accessText(operation: Operation): Promise<string> {
  const t = await requestTranslations();
  const role = operation['x-role'];
  if (role === null) return t('apiDocs.access.open');
  const values = { role: t(`role.${role}`) };
  return operation['x-session-only']
    ? t('apiDocs.access.sessionOnly', values)
    : t('apiDocs.access.tokenOrSession', values);
}
