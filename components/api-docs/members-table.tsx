import type { Member } from '#lib/api/openapi/members.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';
import { TypeWords } from './type-text.tsx';

type Props = {
  caption: string;
  members: readonly Member[];
  /** Whether it is told which are required: in a response all that are described are there. */
  showsRequired?: boolean;
};

/** Parameters of a request, or members of a body or schema. */
export async function MembersTable({ caption, members, showsRequired = false }: Props) {
  const t = await requestTranslations();
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <caption className="pb-1 text-left font-semibold text-quiet text-small">{caption}</caption>
      <thead className="text-quiet text-small">
        <tr className="border-line border-b">
          <th scope="col" className="w-2/5 py-1 pr-3 font-normal md:w-1/3">
            {t('apiDocs.name')}
          </th>
          <th scope="col" className="py-1 font-normal">
            {t('apiDocs.meaning')}
          </th>
        </tr>
      </thead>
      <tbody>
        {members.map(({ path, required, type, description }) => (
          <tr key={path} className="border-line border-b align-top">
            <th scope="row" className="py-1.5 pr-3 font-normal">
              <code className="identifier">{path}</code>
              {showsRequired && required && (
                <span className="ml-2 text-quiet text-small">{t('apiDocs.required')}</span>
              )}
              {!showsRequired && !required && (
                <span className="ml-2 text-quiet text-small">{t('apiDocs.optional')}</span>
              )}
            </th>
            <td className="py-1.5">
              {description !== null && <p lang="en">{description}</p>}
              <TypeWords type={type} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
