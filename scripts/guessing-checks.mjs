/**
 * The checks against guessing, repeating and too many attempts: see other-checks.mjs.
 * @type {{ path: string, check: string, instead: string }[]}
 */
export const GUESSING_CHECKS = [
  {
    path: 'lib/auth/answer-once.ts',
    check: "if (!sent || !isSame(returned, sent)) return { refusal: 'state' };",
    instead: "if (!sent) return { refusal: 'state' };",
  },
  {
    path: 'lib/auth/answer-once.ts',
    check: "if (!(await spend(sent))) return { refusal: 'state-used' };",
    instead: '',
  },
  {
    path: 'lib/http/limit-sign-ins.ts',
    check: "if (action === 'signin' && method === 'POST') await limits.beginSignIn({ address });",
    instead: '',
  },
  {
    path: 'lib/http/limit-sign-ins.ts',
    check: "if (action !== 'callback') return handle();",
    instead: 'if (action) return handle();',
  },
  {
    path: 'lib/services/search-by-secret.ts',
    check: "const isProgram = by === 'token';",
    instead: 'const isProgram = false;',
  },
  {
    path: 'lib/services/search-by-secret.ts',
    check: "if (word === null) throw new AppError('invalid-question.parameter');",
    instead: 'if (word === null) return { matches: [], unknownIds: [], callsLeft: null, looked: 0 };',
  },
  {
    path: 'lib/services/search-by-secret.ts',
    check: "await countSecretUse(context, 'search', operator, from);",
    instead: '',
  },
  {
    path: 'lib/services/search-by-secret.ts',
    check: "await context.audit.record({ by: operator, from, action: 'searched-by-secret', target, about });",
    instead: '',
  },
  {
    path: 'lib/services/reveal.ts',
    check: "await countSecretUse(context, 'reveal', operator, from);",
    instead: '',
  },
];
