'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useReader } from '#components/layout/reader-provider.tsx';
import type { PinsAndRecents, SearchAnswer } from '#lib/api/search/search-answers.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { MAX_QUERY_LENGTH } from '#lib/domain/inventory/fleet-filter.ts';
import { readIdentifier } from '#lib/domain/search/identifier.ts';
import { chosenPath } from '#lib/domain/search/search-choice.ts';
import { searchQuery } from '#lib/queries/search/search.ts';
import { type FindOption, foundOptions, pinsAndRecentsOptions } from './find-options.ts';

/** Long enough that a word being typed is one question, short enough not to be noticed. */
const DEBOUNCE_MS = 120;

/** Why Enter led nowhere; `many` and `unknown-number` ask the person to choose. */
export type FindRefusal = 'empty' | 'too-long' | 'foreign-link' | 'nothing' | 'many' | 'unknown-number';

/** Whether there is something to choose, so that the text itself is well. */
export const asksToChoose = (refusal: FindRefusal) => refusal === 'many' || refusal === 'unknown-number';

type Asked = {
  /** The text it begins with. */
  sent: string;
  /** What is already known to fit it. */
  answered?: SearchAnswer | undefined;
  /** What is offered while nothing is typed. */
  pinsAndRecents: PinsAndRecents | null;
  /** Called before the browser goes to what was chosen. */
  onLeave?: () => void;
  /** Where what has a page of its own leads from here; null leaves it out. */
  lead?: (path: string) => string | null;
  /** Whether this reader is offered to search by cast codes, which unknown numbers may be. */
  offersSecrets?: boolean;
};

/** One search: the text, what it found, which of it the keyboard stands on, and where Enter leads. */
export function useFind({ sent, answered, pinsAndRecents, onLeave, lead = asItIs, offersSecrets }: Asked) {
  const reader = useReader();
  const router = useRouter();
  const client = useQueryClient();
  const [text, setText] = useState(sent);
  const [at, setAt] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<FindRefusal | null>(null);
  const asked = useDebounced(text.trim());
  const searching = asked !== '' && asked.length <= MAX_QUERY_LENGTH;
  const found = useQuery({
    ...searchQuery(reader, asked),
    enabled: searching,
    ...(answered && asked === sent.trim() && { initialData: answered }),
  });
  const answer = text.trim() === '' ? undefined : found.data;
  const options = withPaths(optionsOf(text, answer, pinsAndRecents), lead);
  const index = options.findIndex(({ key }) => key === at);

  const go = (path: string | null, inNewTab: boolean) => {
    if (path === null) return setRefusal('nothing');
    if (inNewTab) return void window.open(path, '_blank', 'noopener');
    onLeave?.();
    router.push(path);
  };
  const enter = async (inNewTab: boolean, said = text) => {
    const chosen = options[index];
    if (chosen) return go(chosen.path, inNewTab);
    const whole = said.trim();
    const link = ownLink(whole);
    if (link) return go(lead(link), inNewTab);
    if (whole === '' || whole.length > MAX_QUERY_LENGTH)
      return setRefusal(whole === '' ? 'empty' : 'too-long');
    const result = await client.fetchQuery(searchQuery(reader, whole)).catch(() => null);
    const path = result ? chosenPath(result) : plainId(whole);
    if (path && !(offersSecrets && isUnknownNumber(result))) return go(lead(path), inNewTab);
    if (result) setRefusal(refusalOf(whole, result, offersSecrets));
    setAt(result ? (foundOptions(result)[0]?.key ?? null) : null);
  };
  return {
    text,
    options,
    index,
    refusal,
    answer,
    error: searching && found.isError && !found.isFetching ? found.error : null,
    waiting: text.trim() !== '' && (found.isFetching || asked !== text.trim()),
    change: (next: string) => {
      setText(next);
      setAt(null);
      setRefusal(null);
    },
    pointAt: (option: FindOption) => setAt(option.key),
    enter,
    open: (path: string) => go(lead(path), false),
    leave: onLeave,
    retry: () => void found.refetch(),
    onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => {
      // While a Chinese word is being composed, the keys belong to the input method.
      if (event.nativeEvent.isComposing || event.altKey) return;
      if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        return void enter(event.ctrlKey || event.metaKey);
      }
      const next = nextIndex(event, index, options.length);
      if (next === null) return;
      event.preventDefault();
      setAt(options[next]?.key ?? null);
    },
  };
}

/** The options with the paths that they lead to from here, without those that lead nowhere. */
const withPaths = (options: FindOption[], lead: (path: string) => string | null): FindOption[] =>
  options.flatMap((option) => {
    // An unknown device is queried on its own page, whatever the search is for.
    const path = option.kind === 'ask' ? option.path : lead(option.path);
    return path === null ? [] : [{ ...option, path }];
  });

const asItIs = (path: string) => path;

export type Find = ReturnType<typeof useFind>;

function optionsOf(
  text: string,
  answer: SearchAnswer | undefined,
  pinsAndRecents: PinsAndRecents | null,
): FindOption[] {
  if (text.trim() === '') return pinsAndRecents ? pinsAndRecentsOptions(pinsAndRecents) : [];
  return answer ? foundOptions(answer) : [];
}

/** Where a key moves the choice; null for keys that are the text's. -1 gives it back to the text. */
function nextIndex(event: KeyboardEvent<HTMLTextAreaElement>, index: number, count: number): number | null {
  const { key, shiftKey, ctrlKey, metaKey, currentTarget } = event;
  if (count === 0 || shiftKey || ctrlKey || metaKey) return null;
  // In a text of several lines the arrows walk the lines until a choice has been begun.
  const walksLines = index === -1 && currentTarget.value.includes('\n');
  if (key === 'ArrowDown')
    return walksLines && !atTheEnd(currentTarget) ? null : index + 1 < count ? index + 1 : -1;
  if (key === 'ArrowUp') return walksLines ? null : index === -1 ? count - 1 : index - 1;
  if (index === -1) return null;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

const atTheEnd = ({ selectionEnd, value }: HTMLTextAreaElement) => !value.slice(selectionEnd).includes('\n');

/** One of this desk's links leads there at once, without a question. */
function ownLink(text: string): string | null {
  if (!text.includes('/')) return null;
  const found = readIdentifier(text, window.location.origin);
  return 'ref' in found ? devicePath(found.ref) : null;
}

/** Where an id leads when this desk cannot be searched: to its page, which says what is wrong. */
function plainId(text: string): string | null {
  const found = readIdentifier(text, window.location.origin);
  return 'ref' in found ? devicePath(found.ref) : null;
}

/** Whether the text is one number that nothing here bears: asking DingTalk for it as a device id would spend a call. */
const isUnknownNumber = (answer: SearchAnswer | null) =>
  answer?.matches.length === 0 && answer.unknownIds.length === 1 && answer.unknownIds[0]?.by === 'deviceId';

function refusalOf(text: string, answer: SearchAnswer, offersSecrets = false): FindRefusal {
  if (offersSecrets && isUnknownNumber(answer)) return 'unknown-number';
  if (answer.matches.length + answer.unknownIds.length > 0) return 'many';
  const read = readIdentifier(text, window.location.origin);
  return 'problem' in read && read.problem === 'foreign-link' ? 'foreign-link' : 'nothing';
}

function useDebounced(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
