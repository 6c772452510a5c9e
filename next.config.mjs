import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));

/** @type {import('next').NextConfig} */
export default {
  turbopack: {
    root,
    // Messages are compiled on the server (lib/i18n/messages.ts), so the parser of message syntax stays out.
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  outputFileTracingRoot: root,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // Types are checked by a step of their own, before the build (scripts/toolchain/checks.mjs).
  typescript: { ignoreBuildErrors: true },
  experimental: {
    turbopackSourceMaps: false,
    // Loading every page at start costs a second and a hundred MiB; a page is loaded when it is first asked for.
    preloadEntriesOnStart: false,
  },
  // Loaded from node_modules, once for the whole process. What is bundled is copied into nearly every entry point, which
  // made the build, the server's files and its memory several times as large.
  serverExternalPackages: [
    'better-sqlite3',
    'bowser',
    'csv-stringify',
    'ipaddr.js',
    'kysely',
    'next-auth',
    'nodemailer',
    'openid-client',
    'pino',
    'quick-lru',
    'rate-limiter-flexible',
    'standardwebhooks',
    'undici',
    'ws',
    'zod',
  ],
  // Addresses that were shared or stand in bookmarks and kiosk screens.
  redirects: async () => [
    { source: '/service/attention', destination: '/alerts', permanent: true },
    { source: '/service', destination: '/admin', permanent: true },
    { source: '/service/:page(audit|people|tokens)', destination: '/admin/:page', permanent: true },
    { source: '/wall', destination: '/wallboard', permanent: true },
  ],
  rewrites: async () => [
    // Browsers ask for it on pages that name no icon, such as JSON.
    { source: '/favicon.ico', destination: '/icon.svg' },
    { source: '/.well-known/security.txt', destination: '/security.txt' },
  ],
};
