/** Whose code is asked for: both are public, they stand in the address of DingTalk's own sign-in page too. */
export type AppInDingTalk = { corpId: string; clientId: string };

const ANSWER_WITHIN_MS = 6_000;

/**
 * Asks the DingTalk client around this page for a code that stands for the person in it, good once and for five minutes.
 * Rejects when the client says no, or says nothing for six seconds. DingTalk's library is loaded here and nowhere else.
 * (DingTalk docs: jsapi-request-auth-code; no signature of the page is needed)
 */
export async function askAuthCode(app: AppInDingTalk): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), ANSWER_WITHIN_MS);
  });
  try {
    const { code } = await Promise.race([asked(app), tooLate]);
    if (typeof code !== 'string' || code === '') throw new Error('no code');
    return code;
  } finally {
    clearTimeout(timer);
  }
}

async function asked(app: AppInDingTalk): Promise<{ code?: unknown }> {
  const { requestAuthCode } = await import('./dingtalk-bridge.ts');
  return requestAuthCode(app);
}
