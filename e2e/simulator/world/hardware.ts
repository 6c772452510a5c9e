import type { Random } from './random.ts';

type Firmware = readonly (readonly [version: string, share: number])[];

export type Model = {
  model: string;
  title: string;
  firmware: Firmware;
  software: Firmware;
  camera: readonly string[];
  sound: readonly string[];
};

// Each wave of firmware reached only a part of the fleet, the newest one least of all.
export const MODELS: readonly (readonly [Model, number])[] = [
  [
    {
      model: 'winbox',
      title: 'DingTalk Meeting Device',
      firmware: [
        ['LMV210.20240818', 3],
        ['LMV210.20250317', 10],
        ['LMV211.20250922', 5],
        ['LMV212.20261030', 2],
      ],
      software: [
        ['7.14.1', 3],
        ['7.28.5', 12],
        ['7.31.0', 5],
      ],
      camera: ['Smart Camera', 'USB Camera', 'HD Pro Webcam'],
      sound: ['Built-in Audio', 'USB Audio Device', 'Echo Cancelling Speakerphone'],
    },
    45,
  ],
  [
    {
      model: 'AILABS_R2',
      title: '钉钉会议一体机',
      firmware: [
        ['AIL2.6.1.20250108', 2],
        ['AIL2.6.4.20250711', 8],
        ['AIL2.7.0.20261102', 2],
      ],
      software: [
        ['7.28.5', 8],
        ['7.31.0', 4],
      ],
      camera: ['AI Tracking Camera', '智能追踪摄像头'],
      sound: ['Ceiling Array', '阵列麦克风'],
    },
    30,
  ],
  [
    {
      model: 'AILABS_BAR_X1',
      title: 'Rooms Bar X1',
      firmware: [
        ['BX1.1.0.9', 1],
        ['BX1.1.2.3', 6],
      ],
      software: [['7.31.0', 1]],
      camera: ['X1 Wide Camera'],
      sound: ['X1 Beamforming Array'],
    },
    18,
  ],
  [
    {
      model: 'smartboard_86',
      title: '智能会议白板',
      firmware: [
        ['SB86.3.20.0', 3],
        ['SB86.3.22.1', 2],
      ],
      software: [['7.28.5', 1]],
      camera: ['Board Camera'],
      sound: ['Board Audio'],
    },
    7,
  ],
];

export const CONTROLLER_MODELS: readonly (readonly [{ model: string; title: string }, number])[] = [
  [{ model: 'AILABS_S3_T1', title: 'Meeting Control Tablet' }, 70],
  [{ model: 'AILABS_S5', title: '会议控制屏' }, 25],
  [{ model: 'door_panel_10', title: 'Door Panel' }, 5],
];

/** Windows puts a number before the name of a device that was plugged into another port. */
export function soundDevice(kind: 'Microphone' | 'Speaker', name: string, random: Random): string {
  return random.chance(0.2) ? `${kind} (${2 + random.below(4)}- ${name})` : `${kind} (${name})`;
}
