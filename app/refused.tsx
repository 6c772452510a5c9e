import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { type AppError, asAppError } from '#lib/domain/errors.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';

/** What is wrong with a question is shown in its place; what is wrong with the desk is not for a page to hide. */
export function refusal(thrown: unknown): AppError {
  const error = asAppError(thrown);
  if (error.status >= 500) throw thrown;
  return error;
}

type Props = {
  error: AppError;
  /** Where the same is as it is now. */
  now: string;
};

/** Why the past that was asked for cannot be shown, and the way to what is now. */
export async function Refused({ error, now }: Props) {
  const t = await requestTranslations();
  return (
    <NothingHere
      title={t(`problems.${error.reason}.title` as 'problems.invalid-question.moment.title')}
      why={t(`problems.${error.reason}.detail` as 'problems.invalid-question.moment.detail')}
      wayOut={t('snapshots.now')}
      href={now}
    />
  );
}
