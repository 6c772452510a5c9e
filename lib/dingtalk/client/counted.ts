import type { AppError, ErrorReason } from '#lib/domain/errors.ts';

// Free by the billing page: calls "failed by app-QPS, global-QPS or network"; free by nature: a wall that turns an
// address away before any API, and a call refused because the quota is gone. The page does not name the rate per minute.
const FREE: ReadonlySet<ErrorReason> = new Set<ErrorReason>([
  'dingtalk-throttled.rate',
  'dingtalk-throttled.platform',
  'dingtalk-throttled.banned',
  'dingtalk-budget-spent.organisation-quota',
]);

/**
 * Whether the month counts a call that has left and ended with this error. What is not certainly free is counted, so
 * that our sum is never short: a late or broken answer, a page of something on the way, a token that is no good.
 * (DingTalk docs: dingtalk-application-development-platform-billing-model)
 */
export function isCounted(error: AppError): boolean {
  return !FREE.has(error.reason);
}
