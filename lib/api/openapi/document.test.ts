import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { openRoutes } from '#lib/api/open-routes.ts';
import { ROUTES } from '#lib/api/routes.ts';
import { CREDENTIALS, ROUTE_POLICY } from '#lib/domain/access/route-policy.ts';
import { apiDocument } from './document.ts';

const document = apiDocument('https://rooms.example.com');
const text = JSON.stringify(document);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

test('the validator refuses a document with an unknown place for a parameter', async () => {
  const broken = JSON.parse(text.replace('"in":"query"', '"in":"nowhere"'));
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('every reference leads to a schema, and every schema is referred to', () => {
  const references = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
  expect([...references].sort()).toEqual(Object.keys(document.components.schemas).sort());
  expect(text).not.toContain('$defs');
});

test('contracts, permissions and operations cover the same routes', () => {
  const described = operations.map(
    ({ path, method }) => `${method.toUpperCase()} ${path.replaceAll('{', '[').replaceAll('}', ']')}`,
  );
  expect(described.sort()).toEqual([...Object.keys(ROUTES), ...Object.keys(openRoutes)].sort());
  expect(Object.keys(ROUTES).sort()).toEqual(Object.keys(ROUTE_POLICY).sort());
});

test('describes every open route except those of next-auth and the answer to unknown paths', () => {
  const open = Object.keys(CREDENTIALS).filter((path) => path.startsWith('/api/'));
  const described = Object.keys(openRoutes).map((name) => name.split(' ')[1]);
  const others = ['/api/auth/[...nextauth]', '/api/[[...path]]'];
  expect(open.sort()).toEqual([...described, ...others].sort());
});

test('operation IDs are unique', () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('getDevicesDeviceIdHistory');
});

test('operations name the variable parts of their path and describe each parameter', () => {
  for (const { path, method, operation } of operations) {
    const { parameters, requestBody } = operation;
    const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
    expect(inPath, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    for (const { name, description } of parameters.filter((each) => each.in === 'query')) {
      expect(description, `${method} ${path} ${name}`).toMatch(/^[A-Z(].*\.$/);
    }
    if (requestBody) expect(method, path).toMatch(/^(post|put)$/);
  }
});

test('a parameter that may be repeated is a list, and one that is null by default is a text', () => {
  const { parameters = [] } = document.paths['/api/v1/devices']?.get ?? {};
  const schemaOf = (name: string) => parameters.find((each) => each.name === name)?.schema;
  expect(schemaOf('model')).toMatchObject({ type: 'array', items: { type: 'string' } });
  expect(schemaOf('room')).toEqual({ type: 'string', maxLength: 512 });
  expect(schemaOf('limit')).toEqual({ type: 'integer', minimum: 1, maximum: 200, default: 50 });
});

test('each operation names the role that it needs', () => {
  expect(document.paths['/api/v1/devices/reveal']?.post).toMatchObject({
    'x-role': 'admin',
    'x-session-only': true,
    security: [{ session: [] }],
  });
});
