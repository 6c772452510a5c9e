export const dynamic = 'force-dynamic';

let peer;

/** A plain handler on the official SDK, which is loaded at the first question: no other row pays for its weight. */
export async function GET(request) {
  peer ??= import('./ask-with-sdk.js');
  const { askWithSdk } = await peer;
  const { searchParams } = request.nextUrl;
  const keepToken = searchParams.get('token') !== 'each';
  return Response.json(await askWithSdk(searchParams.get('deviceId'), { keepToken }));
}
