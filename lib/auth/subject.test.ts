import { expect, test } from 'vitest';
import { oidcAccount, readSubject } from './subject.ts';

test('contains the provider, the issuer and the name there', () => {
  expect(readSubject('dingtalk:lPHh:x#y')).toEqual({
    provider: 'dingtalk',
    issuer: null,
    account: 'lPHh:x#y',
  });
  expect(readSubject('demo:viewer')).toEqual({ provider: 'demo', issuer: null, account: 'viewer' });
  expect(readSubject(`oidc:${oidcAccount('https://id.example.com/', 'a#b:c')}`)).toEqual({
    provider: 'oidc',
    issuer: 'https://id.example.com/',
    account: 'a#b:c',
  });
});

test('no subject of one issuer equals one of another issuer', () => {
  const people = [
    ['https://id.example.com', '#1'],
    ['https://id.example.com', '1'],
    ['https://id.example.com/', '1'],
    ['https://id.example.com/a', '1'],
    ['https://id.example.com', '/a#1'],
  ].map(([issuer = '', sub = '']) => oidcAccount(issuer, sub));
  expect(new Set(people).size).toBe(people.length);
  for (const person of people) {
    const { issuer, account } = readSubject(`oidc:${person}`);
    expect(oidcAccount(issuer ?? '', account)).toBe(person);
  }
});
