import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { createKeyring } from './keyring.ts';
import { createTextSeal, isSealed } from './sealed-text.ts';
import { createVault } from './vault.ts';

const [ONE, TWO] = ['the first secret, which is long enough', 'the second secret, which is long enough'];
const first = createKeyring(ONE);
const both = createKeyring(TWO, [ONE]);

describe('a sealed text', () => {
  const seal = createTextSeal(first, 'a purpose');

  test('opens unchanged, short or long, and shows nothing of its content', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string(), (text, place) => {
        const plain = text.toWellFormed();
        const sealed = seal.seal(plain, place);
        expect(isSealed(sealed)).toBe(true);
        expect(seal.open(sealed, place)).toBe(plain);
      }),
      { numRuns: fuzzRuns(100) },
    );
    expect(seal.seal('840217', 'x')).not.toBe(seal.seal('840217', 'x'));
    expect(seal.seal('a'.repeat(5_000), 'x').length).toBeLessThan(200);
  });

  test('opens in no other place, for no other purpose and with no other secret', () => {
    const sealed = seal.seal('840217', 'readings 1');
    expect(seal.open(sealed, 'readings 2')).toBeNull();
    expect(createTextSeal(first, 'another purpose').open(sealed, 'readings 1')).toBeNull();
    expect(createTextSeal(createKeyring(TWO), 'a purpose').open(sealed, 'readings 1')).toBeNull();
    expect(createTextSeal(both, 'a purpose').open(sealed, 'readings 1')).toBe('840217');
  });

  test('does not open when any part of it was changed', () => {
    const sealed = seal.seal('840217', 'x');
    for (let at = 0; at < sealed.length; at += 1) {
      // The last character contains unused bits.
      if (at === sealed.length - 1) continue;
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(seal.open(changed, 'x')).toBeNull();
    }
    expect(seal.open(`${sealed}AAAA`, 'x')).toBeNull();
    expect(seal.open(sealed.replace('s1', 'z1'), 'x')).toBeNull();
  });
});

describe('values with secrets', () => {
  const vault = createVault(first);

  test('are restored unchanged, wherever the secrets are, and the text contains no secret', () => {
    const value = {
      castCode: '840217',
      sipAccount: null,
      name: 's1.00000000.looks-like-a-seal-but-is-the-name-of-a-device-in-a-room',
      controllers: [{ castCode: '551302', nested: { sipAccount: 'sip@example' } }],
    };
    const text = vault.json(value, 'place');
    for (const secret of ['840217', '551302', 'sip@example']) expect(text).not.toContain(secret);
    expect(vault.value(text, 'place')).toEqual(value);
    expect(vault.value(text, 'elsewhere')).toMatchObject({ castCode: null, name: value.name });
  });

  test('seal a field that is a secret itself by its path', () => {
    for (const field of ['castCode', 'sipAccount', 'controllers.2345.castCode']) {
      const text = vault.json('840217', 'changes', field);
      expect(text).not.toContain('840217');
      expect(vault.value(text, 'changes', field)).toBe('840217');
      expect(vault.json(null, 'changes', field)).toBe('null');
    }
    expect(vault.json('840217', 'changes', 'firmware')).toBe('"840217"');
  });

  test('show whether they are sealed with the current secret', () => {
    const rotated = createVault(both);
    const { stateOf } = rotated;
    const device = { name: 'castCode":"x', castCode: '840217' };
    expect(stateOf.json(rotated.json(device, 'p'))).toBe('current');
    expect(stateOf.json(vault.json(device, 'p'))).toBe('due');
    expect(stateOf.json(JSON.stringify(device))).toBe('due');
    expect(stateOf.json(JSON.stringify({ ...device, castCode: null }))).toBe('current');
    expect(createVault(createKeyring(TWO)).stateOf.json(vault.json(device, 'p'))).toBe('foreign');
    expect(stateOf.json('"840217"', 'castCode')).toBe('due');
    expect(stateOf.json('null', 'castCode')).toBe('current');
    expect(stateOf.json(rotated.json('840217', 'p', 'castCode'), 'castCode')).toBe('current');
    expect(stateOf.whole('{}')).toBe('due');
    expect(stateOf.whole(rotated.whole('{}', 'p'))).toBe('current');
    expect(stateOf.identifier('840217')).toBe('due');
    expect(stateOf.identifier(rotated.identifier('cast-code', '840217'))).toBe('current');
    expect(stateOf.identifier(vault.identifier('cast-code', '840217'))).toBe('due');
  });
});

describe('identifiers', () => {
  const vault = createVault(first);

  test('that are secret are hashes of kind and value, others stay unchanged', () => {
    const hash = vault.identifier('cast-code', '840217');
    expect(hash).toMatch(/^h1\.[0-9a-f]{8}\.[\w-]{43}$/);
    expect(vault.identifier('cast-code', '840217')).toBe(hash);
    expect(vault.identifier('cast-code', '840218')).not.toBe(hash);
    expect(vault.identifier('sip-account', '840217')).not.toBe(hash);
    expect(createVault(createKeyring(TWO)).identifier('cast-code', '840217')).not.toBe(hash);
    expect(vault.identifier('serial', 'sn-1')).toBe('sn-1');
  });

  test('are searched under every known secret, and not by their hash', () => {
    const hash = vault.identifier('cast-code', '840217');
    const forms = createVault(both).identifierForms('cast-code', '840217');
    expect(forms).toHaveLength(3);
    expect(forms).toEqual(expect.arrayContaining([hash, '840217']));
    expect(createVault(both).identifierForms('cast-code', hash)).not.toContain(hash);
    expect(vault.identifierForms('serial', 'sn-1')).toEqual(['sn-1']);
  });
});
