import { describe, expect, test } from 'vitest';
import { ROLES } from '#lib/domain/access/operator.ts';
import { controller, device } from '#lib/testing/reading.ts';
import { conceal, isConcealed } from './conceal.ts';
import { fieldAction, readFieldPath, seesField } from './field-action.ts';

const unit = device({ controllers: [controller({ deviceId: '2345' })] });

/** Every field of a device by its path, with what a role sees of it. */
function fieldsFor(role: (typeof ROLES)[number]): [path: string, shown: unknown][] {
  const { network, controllers, ...rest } = conceal(unit, role);
  const under = (path: string, part: object) =>
    Object.entries(part).map(([name, shown]): [string, unknown] => [`${path}${name}`, shown]);
  return [
    ...under('', rest),
    ...under('network.', network),
    ...controllers.flatMap((each) => under('controllers.2345.', each)),
  ];
}

describe('the visibility of a field', () => {
  test.each(ROLES)('decides for %s on the page, for every field of a device', (role) => {
    const fields = fieldsFor(role);
    expect(fields.length).toBeGreaterThan(30);
    for (const [path, shown] of fields) {
      expect([path, isConcealed(shown)]).toEqual([path, !seesField(role, path)]);
    }
  });

  test.each([
    ['status.state', 'see-state'],
    ['room.name', 'see-state'],
    ['peripherals.hdmi', 'see-state'],
    ['network.type', 'see-state'],
    ['unknownFields.devNew', 'see-identity'],
    ['controllers.2345.status.state', 'see-state'],
    ['controllers.a.b#1.mac', 'see-identity'],
    ['controllers.2345.castCode', 'nobody'],
    ['controllers.2345', 'nobody'],
    ['controllers', 'nobody'],
    ['network', 'nobody'],
    ['network.proxy', 'nobody'],
    ['toString', 'nobody'],
    ['', 'nobody'],
  ])('of %s requires %s', (path, action) => {
    expect(fieldAction(path)).toBe(action);
  });

  test.each([
    ['network.ip', null, 'network.ip'],
    ['controllers.2345', '2345', null],
    ['controllers.2345.mac', '2345', 'mac'],
    ['controllers.a.b.status.raw', 'a.b', 'status.raw'],
    ['controllers.a.b', 'a.b', null],
  ])('%s is of controller %s: %s', (path, name, field) => {
    expect(readFieldPath(path)).toEqual({ controller: name, field });
  });
});
