import CredentialsProvider from 'next-auth/providers/credentials';
import { ROLES } from '#lib/domain/access/operator.ts';
import { DEMO_PROVIDER } from './subject.ts';

/** One press signs in as a made-up person of the role; offered only where the configuration allows it. */
export const demoProvider = CredentialsProvider({
  id: DEMO_PROVIDER,
  name: 'Demo',
  credentials: { account: { label: 'Account' } },
  authorize: (credentials) => {
    const role = ROLES.find((each) => each === credentials?.account);
    return role ? { id: role, name: `Demo ${role}` } : null;
  },
});
