/** The name of a device's field in property queries and property events. */
export const DEVICE_PROPERTIES: Record<string, string> = {
  dev_code: 'shareCode',
  dev_model: 'deviceModel',
  dev_app_status: 'deviceStatus',
  dev_net_ip: 'devNetIp',
  dev_net_type: 'devNetType',
  dev_wifi_mac: 'devWifiMac',
  dev_wire_mac: 'devWireMac',
  dev_firmware_v: 'firmwareVersion',
  dev_software_v: 'softwareVersion',
  dev_hdmi: 'devHdmi',
};
