import type { ServerResponse } from 'node:http';
import { type Answer, deliver } from './answer.ts';
import { apiKey, findApi } from './apis/api.ts';
import { APIS, unknownPath } from './apis/apis.ts';
import type { Question } from './apis/question.ts';
import type { DingTalk } from './dingtalk.ts';
import type { FaultKind, Scene } from './faults/fault-kind.ts';
import { FAULT_KINDS } from './faults/fault-kinds.ts';
import type { Fault } from './faults/faults.ts';
import { pause } from './faults/pause.ts';
import { countCall, passGateway } from './gateway.ts';

/** Counts and answers one call to DingTalk, with the fault that applies to it. */
export async function serveCall(
  asked: Question,
  response: ServerResponse,
  dingtalk: DingTalk,
  left: AbortSignal,
): Promise<void> {
  const found = findApi(APIS, asked);
  const { api, question } = found ?? { api: undefined, question: asked };
  const pattern = api?.path ?? '(unknown)';
  dingtalk.calls.add(`${asked.method} ${pattern}`, 'calls');
  const { method, path, url } = asked;
  const fault = dingtalk.faults.take({ method, pattern, path, url });
  const kind = fault && FAULT_KINDS[fault.fault];
  const { cleared } = dingtalk.faults;
  await pause(dingtalk.limits.settings.latencyMs, left);
  const scene: Scene = { api, question, dingtalk, args: fault?.args ?? {} };
  const answer = answerOf(scene, kind, fault);
  if (left.aborted) return;
  if (kind?.send)
    await kind.send(response, answer, scene.args, { left, held: AbortSignal.any([left, cleared]) });
  else deliver(response, answer);
}

function answerOf(scene: Scene, kind: FaultKind | undefined, fault: Fault | undefined): Answer {
  const { api, question, dingtalk, args } = scene;
  const counts = fault?.counted ?? kind?.counted !== 'no';
  kind?.before?.(scene);
  if (kind?.instead) {
    if (api && counts) countCall(api, dingtalk);
    if (api && kind.throttles) dingtalk.calls.add(apiKey(api), 'refused');
    return kind.instead(scene);
  }
  const answer = api
    ? (passGateway(api, question, dingtalk, counts) ?? api.answer(question, dingtalk))
    : unknownPath(question.path);
  return kind?.spoil?.(answer, args) ?? answer;
}
