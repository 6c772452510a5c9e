import type { RoleReason as Reason } from '#lib/domain/access/operator.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';

/** Why somebody has their role, in a sentence; nothing where no sign-in gave it. */
export async function RoleReason({ reason }: { reason: Reason | undefined }) {
  if (!reason) return null;
  return (
    <span className="text-quiet text-small">{(await requestTranslations())(`roleReason.${reason}`)}</span>
  );
}
