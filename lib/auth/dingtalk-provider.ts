import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { type Directory, type Person, SignInRefused } from '#lib/dingtalk/directory.ts';
import { asAppError } from '#lib/domain/errors.ts';

/** What one pass through DingTalk's sign-in ended in. */
export type Arrival = { person: Person } | { refusal: string };

/**
 * DingTalk as a next-auth provider. DingTalk's sign-in has the shape of OAuth 2 but its token call takes JSON
 * and answers JSON of its own, so the directory makes the calls (DingTalk docs: obtain-user-token).
 */
export function dingtalkProvider(directory: Directory, clientId: string): OAuthConfig<Arrival> {
  const { url, params } = directory.authorization;
  return {
    id: 'dingtalk',
    name: 'DingTalk',
    type: 'oauth',
    clientId,
    authorization: { url, params },
    checks: ['state'],
    token: {
      request: async ({ params: returned, checks }) => {
        // next-auth compares the state only in its own token call; with ours, it is ours to compare.
        if (!sameText(returned.state, checks.state)) return { tokens: { arrival: { refusal: 'state' } } };
        return { tokens: { arrival: await arrive(directory, returned.code) } };
      },
    },
    userinfo: { request: async ({ tokens }) => tokens.arrival as never },
    profile: (arrival) =>
      'person' in arrival
        ? { id: arrival.person.unionId, name: arrival.person.name }
        : { id: 'refused', name: arrival.refusal },
  };
}

async function arrive(directory: Directory, code: string | undefined): Promise<Arrival> {
  if (!code) return { refusal: 'code-refused' };
  try {
    return { person: await directory.signIn(code) };
  } catch (error) {
    return { refusal: error instanceof SignInRefused ? error.reason : asAppError(error).reason };
  }
}

function sameText(one: string | undefined, other: string | undefined): boolean {
  const [left, right] = [Buffer.from(one ?? ''), Buffer.from(other ?? '')];
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}
