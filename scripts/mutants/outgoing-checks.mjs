/**
 * The checks of `other-checks.mjs` for outgoing connections: DingTalk, webhooks and the proxy.
 * @type {{ path: string, check: string, instead: string }[]}
 */
export const OUTGOING_CHECKS = [
  {
    path: 'lib/dingtalk/events/callback.ts',
    check: '!isSame(signature, sign(timestamp, nonce, encrypt))',
    instead: 'false',
  },
  {
    path: 'lib/dingtalk/people/sign-in.ts',
    check: 'parts.corpId !== null && corpId !== parts.corpId',
    instead: 'false',
  },
  {
    path: 'lib/dingtalk/people/sign-in.ts',
    check: "if (parts.corpId === null) throw new SignInRefused('not-checked');",
    instead: '',
  },
  { path: 'lib/dingtalk/people/employee.ts', check: 'contact_type !== 0', instead: 'false' },
  { path: 'lib/dingtalk/rooms/query-device.ts', check: '!isAbout(ref, read.device)', instead: 'false' },
  { path: 'lib/dingtalk/events/callback.ts', check: 'checkAge(timestamp, clock.now());', instead: '' },
  {
    path: 'lib/dingtalk/events/callback-cipher.ts',
    check: '!plain.subarray(end).equals(Buffer.from(owner))',
    instead: 'false',
  },
  {
    path: 'lib/services/alerts/deliver-http.ts',
    check: 'if (addresses === null) throw new NotAllowed(url.hostname);',
    instead: '',
  },
  {
    path: 'lib/services/alerts/deliver-http.ts',
    check: 'isProxied && reach.private ? undefined',
    instead: 'isProxied ? undefined',
  },
  {
    path: 'lib/egress/egress-proxy.ts',
    check: 'statusCode < 200 || statusCode > 299',
    instead: 'false',
  },
  { path: 'lib/egress/no-proxy.ts', check: 'isLoopbackHost(bare) ||', instead: '' },
  { path: 'lib/dingtalk/diagnostics/reach.ts', check: 'else if (tls.authorized)', instead: 'else if (tls)' },
];
