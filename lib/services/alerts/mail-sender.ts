import 'server-only';
import type { Socket } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { bareHost } from '#lib/egress/no-proxy.ts';
import { ATTEMPT_MS } from './deliver-http.ts';
import { type Message, type Send, saidBriefly } from './outcome.ts';
import { isLoopbackHost } from './public-address.ts';

/** An SMTP server and who writes: `smtp://user:password@host:587`, `Rooms Desk <desk@example.com>`. */
export type MailOptions = { smtpUrl: string; from: string; timeoutMs?: number; proxy?: EgressProxy | null };

/** Sends by e-mail. `close` ends what connections there are. */
export function createMailSender({ smtpUrl, from, timeoutMs = ATTEMPT_MS, proxy = null }: MailOptions): {
  send: Send<'mail'>;
  close(): void;
} {
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const transport: Transporter = createTransport(
    {
      url: withTls(smtpUrl),
      ...timeouts,
      dnsTimeout: timeoutMs,
      ...socketThrough(proxy, smtpUrl, timeoutMs),
    },
    // What is written comes from devices: it names neither files nor addresses that are to be read.
    { from, disableFileAccess: true, disableUrlAccess: true },
  );
  const host = from.match(/@([\w.-]+)/)?.[1] ?? 'rooms-desk';
  return {
    async send({ to }, message) {
      try {
        const { response } = (await transport.sendMail({
          to,
          subject: message.text.title,
          text: plainOf(message),
          html: htmlOf(message),
          messageId: `<${message.id}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })) as { response?: string };
        return { ok: true, answer: saidBriefly(response ?? ''), again: false };
      } catch (error) {
        const {
          code = 'failed',
          responseCode,
          response,
        } = error as {
          code?: string;
          responseCode?: number;
          response?: string;
        };
        const answer = saidBriefly(response ?? code);
        // By SMTP 5xx will be so again; only about signing in and TLS somebody may change the configuration.
        return { ok: false, answer, again: isSettable(code) || (responseCode ?? 0) < 500 };
      }
    },
    close: () => transport.close(),
  };
}

/** A connection by the proxy for nodemailer, which begins TLS in it itself; nothing where it goes out directly. */
function socketThrough(proxy: EgressProxy | null, smtpUrl: string, timeoutMs: number) {
  const { protocol, hostname, port } = new URL(smtpUrl);
  const target = { host: bareHost(hostname), port: Number(port) || (protocol === 'smtps:' ? 465 : 587) };
  if (!proxy?.carries(target.host, target.port)) return {};
  type Done = (error: Error | null, found?: { connection: Socket }) => void;
  return {
    getSocket(_options: object, done: Done) {
      proxy.connect(target, AbortSignal.timeout(timeoutMs)).then(
        (connection) => done(null, { connection }),
        (error: Error) => done(error),
      );
    },
  };
}

const isSettable = (code: string) => code === 'EAUTH' || code === 'ETLS';

/**
 * A password goes over TLS or not at all, unless it stays on this machine or the address says `requireTLS=false`: else who
 * stands between takes STARTTLS out of what the server says, and is told it.
 */
function withTls(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  const isSecret = url.username !== '' || url.password !== '';
  if (!isSecret || isLoopbackHost(url.hostname) || url.searchParams.get('requireTLS') === 'false')
    return smtpUrl;
  url.searchParams.set('requireTLS', 'true');
  return url.href;
}

function plainOf({ text }: Message): string {
  const { title, lead, codes, devices, rest, next, link, rule } = text;
  const lines = devices.map(
    ({ name, room, since, issue }) => `- ${[name, room, since, issue].filter(Boolean).join(' · ')}`,
  );
  if (rest !== null) lines.push(`- ${rest}`);
  const counts = codes.map((each) => `- ${each}`).join('\n');
  const parts = [title, lead, counts, lines.join('\n'), next, `${link.word}: ${link.url}`, rule];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function htmlOf({ text }: Message): string {
  const { title, lead, codes, devices, rest, next, link, rule } = text;
  const lines = devices.map(({ name, room, since, issue }) => {
    const facts = [room, since, issue].flatMap((each) => (each === null ? [] : [escaped(each)]));
    return `<li>${[`<strong>${escaped(name)}</strong>`, ...facts].join(' · ')}</li>`;
  });
  if (rest !== null) lines.push(`<li>${escaped(rest)}</li>`);
  return [
    `<h2 style="font-size:16px">${escaped(title)}</h2>`,
    `<p>${escaped(lead)}</p>`,
    codes.length > 0 ? `<ul>${codes.map((each) => `<li>${escaped(each)}</li>`).join('')}</ul>` : '',
    lines.length > 0 ? `<ul>${lines.join('')}</ul>` : '',
    next === null ? '' : `<p>${escaped(next)}</p>`,
    `<p><a href="${escaped(link.url)}">${escaped(link.word)}</a></p>`,
    `<p style="color:#666">${escaped(rule)}</p>`,
  ].join('\n');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
