import { ChevronRight } from 'lucide-react';
import type { JsonSchema } from '#lib/api/openapi/json-schema.ts';
import { membersOf, typeOf } from '#lib/api/openapi/members.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';
import { MembersTable } from './members-table.tsx';
import { schemaAnchor, TypeWords } from './type-text.tsx';

/** A schema that several responses share. */
export async function SchemaDetails({ name, schema }: { name: string; schema: JsonSchema }) {
  const t = await requestTranslations();
  const members = membersOf(schema);
  return (
    <details className="group border-line border-b">
      <summary className="flex items-center gap-x-2 py-2 hover:bg-sunken">
        <ChevronRight aria-hidden className="size-4 text-quiet group-open:rotate-90" />
        <h3 className="identifier">{name}</h3>
      </summary>
      <div id={schemaAnchor(name)} className="scroll-mt-16 pb-6 md:pl-6">
        {schema.description !== undefined && <p lang="en">{schema.description}</p>}
        {members.length > 0 ? (
          <MembersTable caption={t('apiDocs.members')} members={members} />
        ) : (
          <TypeWords type={typeOf(schema)} />
        )}
      </div>
    </details>
  );
}
