import { SESSION_IDLE_MS, type Session } from '#lib/domain/access/session.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { storable } from '#lib/store/engine/storable.ts';
import type { Tables } from '#lib/store/schema.ts';

/** Whose sessions, or which; `except` is left alone. */
export type WhichSessions = { id?: string; subject?: string; except?: string };

/** Who is signed in. A session's secret is known by its hash alone; `now` is milliseconds since the epoch. */
export type SessionStore = {
  beginSession(secretHash: string, session: Session): Promise<void>;
  /** The session of a secret, unless somebody has ended it. Whether it has run out is the asker's to judge. */
  sessionBySecret(secretHash: string): Promise<Session | null>;
  /** The same by its public name. */
  sessionById(id: string): Promise<Session | null>;
  /** Neither ended nor run out: one person's, or everybody's for null; last used first. */
  openSessions(subject: string | null, now: number): Promise<Session[]>;
  /** Which of these are neither ended nor run out. */
  openAmong(ids: string[], now: number): Promise<string[]>;
  noteSessionUse(id: string, at: number): Promise<void>;
  /** Ends those that are not ended yet; answers which. Nothing named: everybody's. */
  endSessions(which: WhichSessions, at: number): Promise<string[]>;
  /** Writes down anew what is known of a person, in their sessions and in the tokens they made. */
  refreshClaims(subject: string, claims: object): Promise<void>;
  /**
   * Takes on to ask about a person, who was asked about `everyMs` ago or longer; false where somebody did since. Among
   * instances one is told true.
   */
  takePersonCheck(subject: string, now: number, everyMs: number): Promise<boolean>;
  /** Marks the state of a sign-in as used; false when it was used before. Known for an hour, longer than a state lives. */
  spendSignInState(stateHash: string, at: number): Promise<boolean>;
  /** From now on it is as if the person had been asked about at that moment. */
  notePersonCheck(subject: string, at: number): Promise<void>;
};

type Db = Engine['db'];

/** Sessions in SQL. No page of anybody else shows them, so the feed and memory are left alone. */
export function sessionStore({ db }: Engine): SessionStore {
  const found = async (column: 'secret_hash' | 'id', value: string) => {
    const row = await db
      .selectFrom('sessions')
      .selectAll()
      .where(column, '=', value)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return row ? toSession(row) : null;
  };
  return {
    async beginSession(secretHash, session) {
      const row = { ...toRow(session), secret_hash: secretHash, ended_at: null };
      await db.insertInto('sessions').values(row).execute();
    },
    sessionBySecret: (secretHash) => found('secret_hash', secretHash),
    sessionById: (id) => found('id', storable(id)),
    async openSessions(subject, now) {
      const all = open(db, now).selectAll().orderBy('used_at', 'desc').orderBy('id');
      const rows = await (subject === null ? all : all.where('subject', '=', subject)).execute();
      return rows.map(toSession);
    },
    async openAmong(ids, now) {
      const among: string[] = [];
      for (const some of chunks(ids)) {
        const rows = await open(db, now).select('id').where('id', 'in', some).execute();
        among.push(...rows.map(({ id }) => id));
      }
      return among;
    },
    async noteSessionUse(id, at) {
      await db
        .updateTable('sessions')
        .set({ used_at: at })
        .where('id', '=', id)
        .where('used_at', '<', at)
        .execute();
    },
    endSessions: (which, at) => endSessions(db, which, at),
    refreshClaims: (subject, claims) => refreshClaims(db, subject, JSON.stringify(claims)),
    spendSignInState: (stateHash, at) => spendSignInState(db, stateHash, at),
    takePersonCheck: (subject, now, everyMs) => takePersonCheck(db, subject, now, everyMs),
    async notePersonCheck(subject, at) {
      await db
        .insertInto('person_checks')
        .values({ subject, at })
        .onConflict((conflict) => conflict.column('subject').doUpdateSet({ at }))
        .execute();
    },
  };
}

const open = (db: Db, now: number) =>
  db
    .selectFrom('sessions')
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now)
    .where('used_at', '>', now - SESSION_IDLE_MS);

async function endSessions(db: Db, { id, subject, except }: WhichSessions, at: number): Promise<string[]> {
  let ending = db.updateTable('sessions').set({ ended_at: at }).where('ended_at', 'is', null);
  if (id !== undefined) ending = ending.where('id', '=', id);
  if (subject !== undefined) ending = ending.where('subject', '=', subject);
  if (except !== undefined) ending = ending.where('id', '!=', except);
  const rows = await ending.returning('id').execute();
  return rows.map((row) => row.id);
}

async function refreshClaims(db: Db, subject: string, claims: string): Promise<void> {
  await db.updateTable('sessions').set({ claims }).where('subject', '=', subject).execute();
  await db.updateTable('api_tokens').set({ claims }).where('creator', '=', subject).execute();
}

/** Longer than the cookies of a sign-in live, which is a quarter of an hour. */
const STATES_KEPT_MS = 60 * 60_000;

async function spendSignInState(db: Db, hash: string, at: number): Promise<boolean> {
  await db
    .deleteFrom('sign_in_states')
    .where('used_at', '<', at - STATES_KEPT_MS)
    .execute();
  const spent = await db
    .insertInto('sign_in_states')
    .values({ hash, used_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .executeTakeFirst();
  return spent !== undefined;
}

async function takePersonCheck(db: Db, subject: string, now: number, everyMs: number): Promise<boolean> {
  const taken = await db
    .insertInto('person_checks')
    .values({ subject, at: now })
    .onConflict((conflict) =>
      conflict
        .column('subject')
        .doUpdateSet({ at: now })
        // One that lies ahead was taken before the clock was set back.
        .where((each) =>
          each.or([each('person_checks.at', '<=', now - everyMs), each('person_checks.at', '>', now)]),
        ),
    )
    .returning('subject')
    .executeTakeFirst();
  return taken !== undefined;
}

function toRow({ id, subject, claims, signedInAt, usedAt, endsAt, address, agent }: Session) {
  return {
    id,
    subject: storable(subject),
    claims: JSON.stringify(claims),
    signed_in_at: signedInAt,
    used_at: usedAt,
    ends_at: endsAt,
    address: plainColumn(address),
    agent: plainColumn(agent),
  };
}

function toSession(row: Tables['sessions']): Session {
  return {
    id: row.id,
    subject: row.subject,
    claims: JSON.parse(row.claims) as object,
    signedInAt: row.signed_in_at,
    usedAt: row.used_at,
    endsAt: row.ends_at,
    address: row.address,
    agent: row.agent,
  };
}
