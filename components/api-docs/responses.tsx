import { membersOf, typeOf } from '#lib/api/openapi/members.ts';
import type { Operation, ResponseDescription } from '#lib/api/openapi/operation.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';
import { MembersTable } from './members-table.tsx';
import { TypeWords } from './type-text.tsx';

const PROBLEM = 'application/problem+json';

/** What an operation answers, by status: the body of a good answer, and the codes of problems. */
export async function Responses({ responses }: Pick<Operation, 'responses'>) {
  const t = await requestTranslations();
  return (
    <div>
      <h4 className="font-semibold text-quiet text-small">{t('apiDocs.responses')}</h4>
      <ul className="mt-1 divide-y divide-line border-line border-y">
        {Object.entries(responses).map(([status, response]) => (
          <li key={status} className="grid grid-cols-[3rem_minmax(0,1fr)] py-1.5">
            <span className="font-semibold">{status}</span>
            <Body response={response} />
          </li>
        ))}
      </ul>
    </div>
  );
}

async function Body({ response: { description, content = {} } }: { response: ResponseDescription }) {
  const t = await requestTranslations();
  const [[type, body] = []] = Object.entries(content);
  if (type === undefined || !body) return <span>{t('apiDocs.noContent')}</span>;
  if (type === PROBLEM) return <code className="identifier">{description}</code>;
  const members = membersOf(body.schema);
  return (
    <div>
      <p>
        <code className="identifier">{type}</code> <TypeWords type={typeOf(body.schema)} />
      </p>
      {members.length > 0 && <MembersTable caption={t('apiDocs.members')} members={members} />}
    </div>
  );
}
