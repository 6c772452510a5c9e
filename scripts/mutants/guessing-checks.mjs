/**
 * The checks against guessing, repeating and too many attempts: see other-checks.mjs.
 * @type {{ path: string, check: string, instead: string }[]}
 */
export const GUESSING_CHECKS = [
  {
    path: 'lib/auth/answer-once.ts',
    check: "if (!sent || !isSameState(returned, sent)) return { refusal: 'state' };",
    instead: "if (!sent) return { refusal: 'state' };",
  },
  {
    path: 'lib/auth/answer-once.ts',
    check: 'if (isFirst) return askWithin(gate, arrive);',
    instead: 'if (isFirst || !isFirst) return askWithin(gate, arrive);',
  },
  {
    path: 'lib/auth/answer-once.ts',
    check: 'const noFailure = await gate.askProvider();',
    instead: 'const noFailure = async () => undefined;',
  },
  {
    path: 'lib/auth/answer-once.ts',
    check: "if ('person' in arrival || OUTAGE.test(arrival.refusal)) await noFailure();",
    instead: "if ('person' in arrival) await noFailure();",
  },
  {
    path: 'lib/auth/awaited.ts',
    check: "if (sent?.provider !== provider || typeof sent.value !== 'string') return false;",
    instead: "if (typeof sent?.value !== 'string') return false;",
  },
  {
    path: 'lib/auth/awaited.ts',
    check: "return isSameState(returned.get('state') ?? undefined, sent.value);",
    instead: 'return true;',
  },
  {
    path: 'lib/services/access/limits.ts',
    check: "await take(upstream, 'all', 'sign-ins');",
    instead: '',
  },
  {
    path: 'lib/services/access/limits.ts',
    check: 'if (isFirst) return async () => void (await giveBack());',
    instead: '',
  },
  {
    path: 'lib/http/limit-sign-ins.ts',
    check: 'if (isStart) await limits.beginSignIn({ address });',
    instead: '',
  },
  {
    path: 'lib/http/limit-sign-ins.ts',
    check: 'if (isEnd && !(await isAwaited())) await limits.strayCallback({ address });',
    instead: '',
  },
  {
    path: 'lib/http/limit-sign-ins.ts',
    check:
      "if ((isStart || isEnd) && isForeign(method, headers)) throw new AppError('not-permitted.foreign-page');",
    instead: '',
  },
  {
    path: 'lib/services/search/search-by-secret.ts',
    check: "const isProgram = credential.by === 'token';",
    instead: 'const isProgram = false;',
  },
  {
    path: 'lib/services/search/search-by-secret.ts',
    check: "if (word === null) throw new AppError('invalid-question.parameter');",
    instead: 'if (word === null) return { matches: [], unknownIds: [], callsLeft: null, looked: 0 };',
  },
  {
    path: 'lib/services/search/search-by-secret.ts',
    check: "await countSecretUse(context, caller, 'search');",
    instead: '',
  },
  {
    path: 'lib/services/search/search-by-secret.ts',
    check:
      "await context.audit.record({ by: operator, source, action: 'searched-by-secret', target, about });",
    instead: '',
  },
  {
    path: 'lib/services/devices/reveal.ts',
    check: "await countSecretUse(context, caller, 'reveal');",
    instead: '',
  },
];
