import { z } from 'zod';

export type FieldDescription = { name: string; type: string; required: boolean };

type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  $ref?: string;
};

const deepest = 3;

/** The fields of a schema, nested ones with dots and `[]`, down to the third level. */
export function describeFields(schema: z.ZodType, io: 'input' | 'output'): readonly FieldDescription[] {
  return listFields(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema, '', 1);
}

function listFields(schema: JsonSchema, prefix: string, level: number): FieldDescription[] {
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return mergeVariants(variants.map((variant) => listFields(variant, prefix, level)));
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const name = `${prefix}${key}`;
    const required = schema.required?.includes(key) ?? false;
    const own = { name, type: describeType(property), required };
    if (level >= deepest) return [own];
    const item = property.items;
    const inner = item
      ? listFields(item, `${name}[].`, level + 1)
      : listFields(property, `${name}.`, level + 1);
    return [own, ...inner];
  });
}

/** A field of a union is always there when it is in every variant. */
function mergeVariants(variants: FieldDescription[][]): FieldDescription[] {
  const objects = variants.filter((fields) => fields.length > 0);
  const merged = new Map<string, FieldDescription>();
  for (const field of objects.flat()) {
    const same = objects.flatMap((fields) => fields.filter((other) => other.name === field.name));
    const type = [...new Set(same.map((other) => other.type))].join(' or ');
    const required = same.length === objects.length && same.every((other) => other.required);
    merged.set(field.name, { name: field.name, type, required });
  }
  return [...merged.values()];
}

function describeType(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return [...new Set(variants.map(describeType))].join(' or ');
  if (schema.type === 'array') return `list of ${describeType(schema.items ?? {})}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything');
  return `${type}${describeBounds(schema)}`;
}

function describeBounds(schema: JsonSchema): string {
  if (schema.format) return ` (${schema.format})`;
  if (schema.type === 'string' && (schema.minLength !== undefined || schema.maxLength !== undefined)) {
    return ` (${schema.minLength ?? 0} to ${schema.maxLength ?? 'any number of'} characters)`;
  }
  const { minimum, maximum } = schema;
  if (
    schema.type === 'integer' &&
    minimum !== undefined &&
    maximum !== undefined &&
    maximum < Number.MAX_SAFE_INTEGER
  ) {
    return ` (${minimum} to ${maximum})`;
  }
  return '';
}
