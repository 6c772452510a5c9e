import 'server-only';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { Config } from '#lib/config/config.ts';
import { type Directory, SignInRefused } from '#lib/dingtalk/people/directory.ts';
import { answerOnce, type Gate } from './answer-once.ts';
import { type Arrival, profileOf } from './arrival.ts';
import { dingtalkArrival } from './dingtalk-arrival.ts';
import { DINGTALK_PROVIDER } from './subject.ts';

/**
 * DingTalk as a next-auth provider. DingTalk's sign-in has the shape of OAuth 2 but its token call takes JSON
 * and answers JSON of its own, so the directory makes the calls (DingTalk docs: obtain-user-token).
 */
export function dingtalkProvider(
  directory: Directory,
  config: Pick<Config, 'dingtalk' | 'dingtalkRoles'>,
  gate: Gate,
): OAuthConfig<Arrival> {
  const { url, params } = directory.authorization;
  return {
    id: DINGTALK_PROVIDER,
    name: 'DingTalk',
    type: 'oauth',
    clientId: config.dingtalk.clientId,
    authorization: { url, params },
    checks: ['state'],
    token: {
      request: async ({ params: returned, checks }) => {
        // next-auth compares the state only in its own token call; with ours, it is ours to compare.
        const states = { returned: returned.state, sent: checks.state };
        const arrive = () => dingtalkArrival(config, () => tradeCode(directory, returned.code));
        return { tokens: { arrival: await answerOnce(gate, states, arrive) } };
      },
    },
    userinfo: { request: async ({ tokens }) => tokens.arrival as never },
    profile: profileOf,
  };
}

const tradeCode = (directory: Directory, code: string | undefined) => {
  if (!code) throw new SignInRefused('code-refused');
  return directory.signIn(code);
};
