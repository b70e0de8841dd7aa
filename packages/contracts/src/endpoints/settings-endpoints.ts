import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { generalSettingsAnswerSchema, generalSettingsSchema } from '../general-settings.ts';

const tag = 'Settings';

export const settingsEndpoints = {
  getGeneralSettings: defineEndpoint({
    method: 'GET',
    path: '/api/settings/general',
    role: 'admin',
    tag,
    summary: 'Get what people see of this installation',
    response: generalSettingsAnswerSchema,
    errors: ['not-signed-in', 'not-allowed'],
  }),
  changeGeneralSettings: defineEndpoint({
    method: 'PUT',
    path: '/api/settings/general',
    role: 'admin',
    tag,
    summary: 'Save what people see of this installation',
    body: generalSettingsSchema.extend({ expectedVersion: z.number().int().min(0) }),
    response: generalSettingsAnswerSchema,
    errors: ['not-signed-in', 'not-allowed', 'foreign-origin', 'version-conflict'],
  }),
} as const;
