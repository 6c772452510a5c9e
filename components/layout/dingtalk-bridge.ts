import { requestAuthCode$ } from 'dingtalk-jsapi/api/union/requestAuthCode';
import 'dingtalk-jsapi/platform/android';
import 'dingtalk-jsapi/platform/harmony';
import 'dingtalk-jsapi/platform/ios';
import 'dingtalk-jsapi/platform/pc';

/**
 * The one question of DingTalk's library that is asked here, over the bridges of all its clients. In a file of its own,
 * so that it is loaded in one piece and only where it is asked.
 */
export const requestAuthCode = (app: { corpId: string; clientId: string }): Promise<{ code?: unknown }> =>
  requestAuthCode$({ ...app, onSuccess: () => undefined, onFail: () => undefined });
