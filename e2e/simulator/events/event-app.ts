/** The settings of the app on the events page of the developer console. */
export const EVENT_APP = {
  token: 'simulator',
  aesKey: 'DingTalkSimulatorAesKeyForCallbackEvents000',
  /** The end of each message: the client ID of an internal app. */
  owner: 'dingsimulator',
  unifiedAppId: '5c9d1f20-73aa-4c0e-9b1d-d1e5151a7001',
} as const;
