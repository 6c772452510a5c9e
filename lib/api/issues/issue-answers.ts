import { z } from 'zod';
import { change, markSource } from '#lib/api/history/history-answers.ts';
import { concealable, count, text, time } from '#lib/api/values.ts';
import { ISSUE_CODES, SEVERITIES } from '#lib/domain/issues/issue.ts';
import { COMMON_ATTRIBUTES } from '#lib/domain/issues/shared-attributes.ts';

export const issueCode = z.enum(ISSUE_CODES).meta({ id: 'IssueCode' });

export const severity = z.enum(SEVERITIES);

const evidence = z.strictObject({
  field: z.string().describe('Path of the field, or the rule of a device alarm.'),
  value: z.unknown().describe('What was reported; a concealed value is an object that says so.'),
  at: time,
  source: markSource,
  of: z
    .strictObject({ deviceId: text, name: text })
    .nullable()
    .describe('The other device that the value is of.'),
  among: z
    .strictObject({
      what: z.enum(['group', 'subnet', 'model']),
      name: concealable(z.string()),
      count,
      total: count,
    })
    .optional()
    .describe('How many devices of a group, subnet or model the value is of.'),
});

/** An issue of a device or room, with its evidence. */
export const issue = z
  .strictObject({ code: issueCode, severity, evidence: z.array(evidence) })
  .meta({ id: 'Issue' });

export type ShownIssue = z.infer<typeof issue>;
export type ShownEvidence = z.infer<typeof evidence>;

const precedingChange = change.extend({
  together: z.boolean().describe('Whether the check or event that first showed the issue noticed it.'),
  others: z
    .strictObject({ had: count, of: count })
    .nullable()
    .describe('Before how many of the other cases of this issue the same change came.'),
});

/** Changes before the most severe issue of a device. */
export const precedingChangesAnswer = z
  .strictObject({
    issue: issueCode.nullable().describe('The issue; null if there is none that is critical or a warning.'),
    since: time.nullable().describe('When the issue was first seen.'),
    lastSeenAt: time.nullable().describe('When the device was last seen before that.'),
    looks: count.describe('How often it was seen in the 24 hours before.'),
    changes: z
      .array(precedingChange)
      .describe('Changes in the 24 hours before; those that came before most other cases first.'),
  })
  .meta({ id: 'PrecedingChanges' });

export type BeforeAnswer = z.infer<typeof precedingChangesAnswer>;

/** A change before an issue. It came before; nothing proves that it is the cause. */
export type ChangeBefore = z.infer<typeof precedingChange>;

const share = z.strictObject({ have: count, of: count });

/** What devices with one issue have in common. */
export const sharedAttributesAnswer = z
  .strictObject({
    issue: issueCode,
    devices: count.describe('Devices with the issue.'),
    others: count.describe('Devices without it.'),
    common: z.array(
      z.strictObject({
        attribute: z.enum(COMMON_ATTRIBUTES),
        value: z.string(),
        label: text.optional().describe('The name, where the value is an ID.'),
        with: share.describe('Devices with the issue that have the value.'),
        without: share.describe('Devices without the issue that have the value.'),
        chance: z
          .number()
          .describe('Probability by chance alone: Fisher’s exact test, corrected for the tested values.'),
      }),
    ),
  })
  .meta({ id: 'SharedAttributes' });

export type CommonAnswer = z.infer<typeof sharedAttributesAnswer>;
