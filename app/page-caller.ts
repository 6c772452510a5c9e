import 'server-only';
import { headers } from 'next/headers';
import type { Caller } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { clientAddress } from '#lib/http/client-address.ts';

/** The caller of use cases for a page of this operator. Requests for pages have no id. */
export const pageCaller = async (operator: Operator): Promise<Caller> => ({
  operator,
  source: { address: clientAddress(await headers()), requestId: null },
});
