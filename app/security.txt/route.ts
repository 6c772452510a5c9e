import { securityText } from '#lib/http/security-text.ts';

export { securityText as GET };

export const dynamic = 'force-dynamic';
