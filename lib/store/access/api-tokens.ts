import type { ApiToken } from '#lib/domain/access/api-token.ts';
import type { Role } from '#lib/domain/access/operator.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { storable } from '#lib/store/engine/storable.ts';
import type { Tables } from '#lib/store/schema.ts';

/** Programs' ways in. A token's value is known by its hash alone; `now` is milliseconds since the epoch. */
export type TokenStore = {
  addToken(secretHash: string, token: ApiToken): Promise<void>;
  /** The token of a public part with its hash, revoked and expired ones too. */
  tokenById(id: string): Promise<{ token: ApiToken; secretHash: string } | null>;
  /** All that are kept, newest first. */
  tokens(): Promise<ApiToken[]>;
  /** Which of these are neither revoked nor expired. */
  goodAmong(ids: string[], now: number): Promise<string[]>;
  noteTokenUse(id: string, at: number): Promise<void>;
  /** Revokes one token, or all that a person made; answers those that were not revoked before. */
  revokeTokens(which: { id: string } | { creator: string }, at: number): Promise<string[]>;
};

/** Tokens in SQL. No page of anybody else shows them, so the feed and memory are left alone. */
export function tokenStore({ db }: Engine): TokenStore {
  return {
    async addToken(secretHash, token) {
      await db
        .insertInto('api_tokens')
        .values({ ...toRow(token), secret_hash: secretHash })
        .execute();
    },
    async tokenById(id) {
      const row = await db.selectFrom('api_tokens').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? { token: toToken(row), secretHash: row.secret_hash } : null;
    },
    async tokens() {
      const all = db.selectFrom('api_tokens').selectAll();
      return (await all.orderBy('created_at', 'desc').orderBy('id').execute()).map(toToken);
    },
    async goodAmong(ids, now) {
      const among: string[] = [];
      for (const some of chunks(ids)) {
        const good = db.selectFrom('api_tokens').select('id').where('id', 'in', some);
        const rows = await good.where('revoked_at', 'is', null).where('expires_at', '>', now).execute();
        among.push(...rows.map(({ id }) => id));
      }
      return among;
    },
    async noteTokenUse(id, at) {
      await db
        .updateTable('api_tokens')
        .set({ used_at: at })
        .where('id', '=', id)
        .where((each) => each.or([each('used_at', 'is', null), each('used_at', '<', at)]))
        .execute();
    },
    async revokeTokens(which, at) {
      const [column, value] =
        'id' in which ? (['id', which.id] as const) : (['creator', which.creator] as const);
      const rows = await db
        .updateTable('api_tokens')
        .set({ revoked_at: at })
        .where(column, '=', value)
        .where('revoked_at', 'is', null)
        .returning('id')
        .execute();
      return rows.map((row) => row.id);
    },
  };
}

function toRow({ id, name, role, creator, createdAt, expiresAt, usedAt, revokedAt }: ApiToken) {
  return {
    id,
    name: storable(name),
    role,
    creator: storable(creator.subject),
    creator_name: storable(creator.name),
    claims: JSON.stringify(creator.claims),
    created_at: createdAt,
    expires_at: expiresAt,
    used_at: usedAt,
    revoked_at: revokedAt,
  };
}

function toToken(row: Tables['api_tokens']): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    creator: {
      subject: row.creator,
      name: row.creator_name,
      claims: JSON.parse(row.claims) as object,
    },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  };
}
