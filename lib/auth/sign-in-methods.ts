import 'server-only';
import type { Provider } from 'next-auth/providers/index';
import type { Config } from '#lib/config/config.ts';
import type { Directory } from '#lib/dingtalk/people/directory.ts';
import type { Gate } from './answer-once.ts';
import { demoProvider } from './demo-provider.ts';
import { dingtalkProvider } from './dingtalk-provider.ts';
import { inAppProvider } from './in-app-provider.ts';
import { createOidcFlow, type OidcFlow } from './oidc-provider.ts';
import { createOpenid } from './openid.ts';
import { openidDetail, openidRefusal } from './openid-refusal.ts';
import { ownPath } from './own-path.ts';

type Parts = {
  config: Config;
  directory: Directory;
  warn: (fact: string, details?: object) => void;
  /** How the provider is asked: through the proxy where there is one. */
  ask: typeof fetch;
  gate: Gate;
};

/** Every way in that the configuration opens, and what stands before next-auth's own routes. */
export type Transports = { providers: Provider[]; guard: OidcFlow['guard'] };

/** DingTalk always; its own client, an OpenID Connect provider and the demo's accounts where they are configured. */
export function transportsOf({ config, directory, warn, ask, gate }: Parts): Transports {
  const oidc =
    config.oidc &&
    createOidcFlow(config.oidc, createOpenid(config.oidc, warn, { ask }), gate, (thrown, wayBack) => {
      const reason = openidRefusal(thrown);
      warn('OpenID Connect provider not usable', { reason, detail: openidDetail(thrown) });
      const search = new URLSearchParams({ error: reason });
      if (wayBack !== null) search.set('callbackUrl', ownPath(wayBack, config.appUrl));
      return Response.redirect(`${config.appUrl}/sign-in?${search}`, 303);
    });
  return {
    providers: [
      dingtalkProvider(directory, config, gate),
      ...(config.dingtalk.inApp ? [inAppProvider(directory, config, gate)] : []),
      ...(oidc ? [oidc.provider as Provider] : []),
      ...(config.demoAccounts ? [demoProvider] : []),
    ],
    guard: oidc?.guard ?? ((handle) => handle),
  };
}
