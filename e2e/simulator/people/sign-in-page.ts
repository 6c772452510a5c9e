import { type Answer, htmlAnswer, redirectAnswer } from '../answer.ts';
import type { Api } from '../apis/api.ts';
import type { Question } from '../apis/question.ts';
import { APP, type DingTalk } from '../dingtalk.ts';
import { PEOPLE, type Person, personByUnionId } from './people.ts';

const PAGE = '/oauth2/auth';
const page = { method: 'GET', family: 'page', token: 'none', metered: false } as const;

export const SIGN_IN_PAGES: readonly Api[] = [
  { ...page, path: PAGE, answer: showPeople },
  { ...page, path: `${PAGE}/choose`, answer: choose },
];

function showPeople({ query }: Question, { signIn }: DingTalk): Answer {
  const problem = problemWith(query, signIn);
  if (problem) return htmlAnswer(400, frame('<h1>Sign-in failed</h1>', `<p>${escaped(problem)}</p>`));
  const corpId = scopesOf(query).includes('corpid') ? query.get('corpId') : null;
  const people = PEOPLE.filter((person) => !corpId || person.corpId === corpId);
  const link = (person: string, label: string) => {
    const search = new URLSearchParams([...query, ['person', person]]);
    return `<a href="${escaped(`${signIn.publicOrigin}${PAGE}/choose?${search}`)}">${label}</a>`;
  };
  const entry = (person: Person) =>
    `<li>${link(person.unionId, `${escaped(person.name)} · ${escaped(person.title)}`)}</li>`;
  return htmlAnswer(
    200,
    frame(
      '<h1>Sign in to the simulated DingTalk</h1>',
      `<ul>${people.map(entry).join('')}</ul><p>${link('', 'Refuse')}</p>`,
    ),
  );
}

function choose({ query }: Question, { signIn }: DingTalk): Answer {
  const problem = problemWith(query, signIn);
  if (problem) return htmlAnswer(400, frame('<h1>Sign-in failed</h1>', `<p>${escaped(problem)}</p>`));
  const target = new URL(query.get('redirect_uri') ?? '');
  const state = query.get('state');
  const person = personByUnionId(query.get('person') ?? '');
  if (person) {
    const code = signIn.issueCode('browser', person.unionId, scopesOf(query).includes('corpid'));
    if (signIn.returns !== 'code') target.searchParams.set('authCode', code);
    if (signIn.returns !== 'authCode') target.searchParams.set('code', code);
  } else {
    target.searchParams.set('error', 'access_denied');
  }
  if (state !== null) target.searchParams.set('state', state);
  return redirectAnswer(target.href);
}

/** A bad redirect_uri must never be followed, so every error is shown here and not redirected. */
function problemWith(query: URLSearchParams, signIn: DingTalk['signIn']): string | undefined {
  const scopes = scopesOf(query);
  if (query.get('client_id') !== APP.clientId) return 'client_id is not a registered app.';
  if (!signIn.allowsRedirect(query.get('redirect_uri') ?? '')) return 'redirect_uri is not registered.';
  if (query.get('response_type') !== 'code') return 'response_type must be code.';
  if (!scopes.includes('openid')) return 'scope must be "openid" or "openid corpid".';
  return undefined;
}

const scopesOf = (query: URLSearchParams): string[] => (query.get('scope') ?? '').split(/\s+/);

function frame(heading: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>DingTalk simulator</title>
<style>body{font:16px/1.6 system-ui;max-width:34rem;margin:3rem auto;padding:0 1rem}li{margin:.5rem 0}</style>
</head><body><main>${heading}${content}</main></body></html>`;
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
