/** What the events page of the developer console holds for the one app here. */
export const EVENT_APP = {
  token: 'simulator',
  aesKey: 'DingTalkSimulatorAesKeyForCallbackEvents000',
  /** What the messages end with: an internal app's client id. */
  owner: 'dingsimulator',
  unifiedAppId: '5c9d1f20-73aa-4c0e-9b1d-d1e5151a7001',
} as const;
