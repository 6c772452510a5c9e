import { describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access/operator.ts';
import { controller } from '#lib/testing/reading.ts';
import { concealChange, controllersNamedIn } from './conceal-change.ts';

const CONCEALED = { concealed: true };
const NO_FIELDS = new Set<string>();

const shown = (field: string, role: Role, [from, to]: unknown[] = ['was', 'is'], open = NO_FIELDS) =>
  concealChange({ field, from, to }, role, open);

describe('a change as a role sees it', () => {
  test.each([
    ['firmware', 'viewer', true],
    ['network.ip', 'viewer', false],
    ['network.ip', 'support', true],
    ['castCode', 'support', false],
    ['castCode', 'admin', false],
    ['unknownFields.devNew', 'viewer', false],
    ['controllers.2345.mac', 'viewer', false],
    ['controllers.2345.castCode', 'admin', false],
    ['controllers.2345.status.state', 'viewer', true],
    ['something.new', 'support', false],
  ] as const)('of %s is visible to %s: %s', (field, role, seen) => {
    const { from, to } = shown(field, role, ['was', 'is'], new Set(['2345']));
    expect([from, to]).toEqual(seen ? ['was', 'is'] : [CONCEALED, CONCEALED]);
  });

  test('of a whole controller shows what that role sees of controllers', () => {
    const panel = controller({ deviceId: '2345', name: 'Panel', mac: 'MAC', castCode: '55501' });
    const { from, to } = shown('controllers.2345', 'support', [null, panel]);
    expect(from).toBeNull();
    expect(to).toMatchObject({ name: 'Panel', mac: 'MAC', castCode: CONCEALED });
    expect(JSON.stringify(shown('controllers.2345', 'viewer', [panel, null]))).not.toMatch(/MAC|55501/);
    // A name that ends like a field does.
    expect(JSON.stringify(shown('controllers.2345.name', 'viewer', [panel, null]))).not.toMatch(/MAC|55501/);
    expect(shown('controllers.2345', 'viewer', ['odd', null]).from).toBeNull();
  });

  test('names a controller only by values that everybody may see', () => {
    const panel = controller({ deviceId: '2345' });
    const open = new Set(controllersNamedIn([{ from: null, to: panel }]));
    const fieldFor = (role: Role, field: string) => shown(field, role, ['a', 'b'], open).field;
    expect(fieldFor('viewer', 'controllers.2345.status.state')).toBe('controllers.2345.status.state');
    expect(fieldFor('viewer', 'controllers.lmvPanel.status.state')).toBe(
      'controllers.(concealed).status.state',
    );
    expect(fieldFor('viewer', 'controllers.lmvPanel')).toBe('controllers.(concealed)');
    expect(fieldFor('support', 'controllers.lmvPanel.mac')).toBe('controllers.lmvPanel.mac');
  });
});
