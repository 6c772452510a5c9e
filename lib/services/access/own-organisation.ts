import type { Clock } from '#lib/domain/clock.ts';
import type { ReadingStore } from '#lib/store/devices/readings.ts';

/** The organisation that this installation looks after. */
export type OwnOrganisation = {
  /** Its CorpId; null while that is neither configured nor learnt. */
  corpId(): Promise<string | null>;
};

/** How many devices are looked at, and how many of them must name an organisation before anything follows from it. */
const DEVICES = 50;
const LEAST = 5;
/** Share of them that must agree: DingTalk's documented sample device names an organisation of its own. */
const AGREEING = 0.9;

const LEARNT_FOR_MS = 60_000;

/**
 * The configured CorpId (`DINGTALK_CORP_ID`), else the one that DingTalk's answers about our own devices agree on. Never
 * learnt from an event: that is what it is compared with.
 */
export function createOwnOrganisation(
  store: Pick<ReadingStore, 'deviceOrganisations'>,
  configured: string | null,
  clock: Pick<Clock, 'elapsed'>,
): OwnOrganisation {
  let learnt: { corpId: string | null; until: number } | null = null;
  return {
    async corpId() {
      if (configured !== null) return configured;
      if (learnt !== null && clock.elapsed() < learnt.until) return learnt.corpId;
      const corpId = agreed(await store.deviceOrganisations(DEVICES));
      learnt = { corpId, until: clock.elapsed() + LEARNT_FOR_MS };
      return corpId;
    },
  };
}

function agreed(corpIds: readonly string[]): string | null {
  if (corpIds.length < LEAST) return null;
  const times = Map.groupBy(corpIds, (each) => each);
  const most = [...times].find(([, same]) => same.length >= corpIds.length * AGREEING);
  return most ? most[0] : null;
}
