import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { deliver, jsonAnswer } from './answer.ts';
import { apiError } from './api-error.ts';
import { readQuestion } from './apis/question.ts';
import type { Simulator } from './controls/control.ts';
import { CONTROL_ROOT, serveControl } from './controls/serve-control.ts';
import { DAY_STANDARD } from './day.ts';
import { createDingTalk } from './dingtalk.ts';
import { Listener } from './listener.ts';
import { DEFAULTS, type Options } from './options.ts';
import { serveCall } from './serve-call.ts';

export type RunningSimulator = {
  origin: string;
  /** The address of the controls; the main origin without a separate listener. */
  controlOrigin: string;
  close: () => Promise<void>;
};

/** Starts a simulator on loopback; resolves when it is ready. */
export async function startSimulator(options: Partial<Options> = {}): Promise<RunningSimulator> {
  const all = { ...DEFAULTS, ...options };
  const dingtalk = createDingTalk(all);
  const keepAliveMs = all.keepAliveSeconds * 1_000;
  const transport: Listener = new Listener(
    (request, response) => serve(request, response, simulator, false),
    keepAliveMs,
    (request, socket, head) => dingtalk.events.stream.upgrade(request, socket, head),
  );
  const simulator: Simulator = { dingtalk, transport };
  await transport.open(all.port);
  const side = all.controlPort === undefined ? undefined : new Listener(controlsOnly(simulator), keepAliveMs);
  try {
    await side?.open(all.controlPort ?? 0);
  } catch (error) {
    await transport.close();
    throw error;
  }
  dingtalk.events.stream.origin = transport.origin;
  if (all.daySpeed) dingtalk.day.start({ ...DAY_STANDARD, seed: all.seed, speed: all.daySpeed, again: true });
  return {
    origin: transport.origin,
    controlOrigin: side?.origin ?? transport.origin,
    close: async () => {
      dingtalk.day.reset();
      dingtalk.events.reset();
      await Promise.all([transport.close(), side?.close()]);
    },
  };
}

const controlsOnly =
  (simulator: Simulator): RequestListener =>
  (request, response) =>
    serve(request, response, simulator, true);

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  simulator: Simulator,
  controlsAlone: boolean,
): void {
  const left = new AbortController();
  response.on('close', () => left.abort());
  response.on('error', () => left.abort());
  answer(request, response, simulator, controlsAlone, left.signal).catch((error: unknown) => {
    if (left.signal.aborted) return;
    console.error(error);
    if (response.headersSent) response.destroy();
    else deliver(response, apiError(500, 'system.error', 'the simulator itself has failed'));
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  simulator: Simulator,
  controlsAlone: boolean,
  left: AbortSignal,
): Promise<void> {
  const question = await readQuestion(request);
  if (question.path.startsWith(CONTROL_ROOT)) {
    await serveControl(question, response, simulator, request.socket.remoteAddress ?? '');
  } else if (controlsAlone) {
    deliver(response, jsonAnswer(404, { error: `only ${CONTROL_ROOT} is here` }));
  } else {
    if (left.aborted) return;
    response.once('close', simulator.dingtalk.traffic.begin());
    await serveCall(question, response, simulator.dingtalk, left);
  }
}
