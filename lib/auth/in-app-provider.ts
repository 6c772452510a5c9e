import 'server-only';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { Config } from '#lib/config/config.ts';
import { type Directory, SignInRefused } from '#lib/dingtalk/people/directory.ts';
import { askWithin, type Gate } from './answer-once.ts';
import { profileOf } from './arrival.ts';
import { dingtalkArrival } from './dingtalk-arrival.ts';

/** As what next-auth and addresses know it. */
export const IN_APP_PROVIDER = 'dingtalk-in-app';

/**
 * The door for people who are inside DingTalk's own client, which hands the page a code for them. A form with
 * next-auth's token, so that no other site can bring a code of somebody else's.
 */
export const inAppProvider = (
  directory: Directory,
  config: Pick<Config, 'dingtalkRoles'>,
  gate: Pick<Gate, 'askProvider'>,
) =>
  CredentialsProvider({
    id: IN_APP_PROVIDER,
    name: 'DingTalk, inside its client',
    credentials: { code: { label: 'Code' } },
    authorize: async (credentials) => {
      const arrive = () =>
        dingtalkArrival(config, () => {
          // The code ends in a call of ours, so only what can be one is sent on.
          if (!/^[\w-]{1,256}$/.test(credentials?.code ?? '')) throw new SignInRefused('code-refused');
          return directory.signInInApp(credentials?.code ?? '');
        });
      return profileOf(await askWithin(gate, arrive));
    },
  });
