import OAuth, { GetAccessTokenRequest } from '@alicloud/dingtalk/oauth2_1_0';
import Rooms, {
  QueryMeetingRoomDeviceHeaders,
  QueryMeetingRoomDeviceRequest,
} from '@alicloud/dingtalk/rooms_1_0';
import { Config } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';

/** Half of the usual two hours is margin enough for a measurement. */
const TOKEN_KEPT_MS = 3_600_000;

const { protocol, host } = new URL(process.env.DINGTALK_API_ORIGIN);
const config = new Config({ protocol: protocol.replace(':', ''), endpoint: host });
const rooms = new Rooms(config);
const oauth = new OAuth(config);

let token = null;

/** What somebody writes in an afternoon: the official SDK, asked each time, with the token kept or fetched each time. */
export async function askWithSdk(deviceId, { keepToken }) {
  if (!keepToken) token = null;
  const headers = new QueryMeetingRoomDeviceHeaders({ xAcsDingtalkAccessToken: await accessToken() });
  const question = new QueryMeetingRoomDeviceRequest({
    deviceId,
    operatorUnionId: process.env.DINGTALK_OPERATOR_UNION_ID,
  });
  const { body } = await rooms.queryMeetingRoomDeviceWithOptions(question, headers, new RuntimeOptions({}));
  return body.result;
}

async function accessToken() {
  if (token && Date.now() < token.until) return token.value;
  const { body } = await oauth.getAccessToken(
    new GetAccessTokenRequest({
      appKey: process.env.DINGTALK_CLIENT_ID,
      appSecret: process.env.DINGTALK_CLIENT_SECRET,
    }),
  );
  token = { value: body.accessToken, until: Date.now() + TOKEN_KEPT_MS };
  return token.value;
}
