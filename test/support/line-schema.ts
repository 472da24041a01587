import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** LINE's own description of its API, where a copy lies beside the project; absent otherwise. */
const FILE = new URL('../../../shared/line-openapi/messaging-api.yml', import.meta.url);

type Schema = {
  $ref?: string;
  type?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  maxLength?: number;
  minLength?: number;
  maxItems?: number;
  minItems?: number;
  maximum?: number;
  minimum?: number;
  pattern?: string;
  discriminator?: { propertyName: string; mapping: Record<string, string> };
};

export type LineSchema = (name: string, value: unknown) => string[];

/**
 * A checker over the parts of OpenAPI that messages use: type, required, enum, lengths, allOf, discriminator, and no
 * properties beyond the described ones. Undefined when the description is not there.
 */
export function lineSchema(): LineSchema | undefined {
  if (!existsSync(FILE)) return undefined;
  const document = parse(readFileSync(FILE, 'utf8')) as {
    components: { schemas: Record<string, Schema> };
  };
  const schemas = document.components.schemas;
  const named = (ref: string): Schema => {
    const name = ref.slice(ref.lastIndexOf('/') + 1);
    const schema = schemas[name];
    if (!schema) throw new Error(`line-openapi has no schema ${name}`);
    return schema;
  };
  return (name, value) => problems(named(name), value, '$', named);
}

const check = lineSchema();

/** What LINE's own description finds wrong with messages; nothing where the description is not there. */
export function schemaFaults(messages: readonly unknown[]): string[] {
  return messages.flatMap((message, index) =>
    (check?.('Message', message) ?? []).map((fault) => `messages[${index}]${fault.slice(1)}`),
  );
}

type Named = (ref: string) => Schema;

/** A schema with `$ref` and `allOf` resolved, and the kind its discriminator names chosen by the value. */
function resolve(schema: Schema, value: unknown, named: Named): Schema {
  const own = schema.$ref === undefined ? schema : named(schema.$ref);
  const { discriminator } = own;
  if (discriminator && isObject(value)) {
    const ref = discriminator.mapping[String(value[discriminator.propertyName])];
    if (ref !== undefined && named(ref) !== own) return resolve({ $ref: ref }, value, named);
  }
  return flat(own, named);
}

function flat(schema: Schema, named: Named): Schema {
  const own = schema.$ref === undefined ? schema : named(schema.$ref);
  const parts = (own.allOf ?? []).map((part) => flat(part, named));
  return {
    ...Object.assign({}, ...parts),
    ...own,
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {}), own.properties),
    required: [...parts.flatMap((part) => part.required ?? []), ...(own.required ?? [])],
  };
}

function problems(schema: Schema, value: unknown, path: string, named: Named): string[] {
  const rules = resolve(schema, value, named);
  if (typeof value === 'string') return stringProblems(rules, value, path);
  if (typeof value === 'number')
    return rules.type === 'integer' && !Number.isInteger(value)
      ? [`${path}: not an integer`]
      : typeProblem(rules, ['integer', 'number'], path);
  if (typeof value === 'boolean') return typeProblem(rules, ['boolean'], path);
  if (Array.isArray(value)) {
    const { items, maxItems = Infinity, minItems = 0 } = rules;
    const count =
      value.length > maxItems || value.length < minItems ? [`${path}: ${value.length} items`] : [];
    return [
      ...typeProblem(rules, ['array'], path),
      ...count,
      ...value.flatMap((one: unknown, index) =>
        items ? problems(items, one, `${path}[${index}]`, named) : [],
      ),
    ];
  }
  if (!isObject(value)) return [`${path}: null or undefined`];
  const { properties = {}, required = [] } = rules;
  return [
    ...required.filter((key) => value[key] === undefined).map((key) => `${path}.${key}: missing`),
    ...Object.entries(value).flatMap(([key, inner]) => {
      const property = properties[key];
      return property
        ? problems(property, inner, `${path}.${key}`, named)
        : [`${path}.${key}: unknown`];
    }),
  ];
}

function stringProblems(rules: Schema, value: string, path: string): string[] {
  const found = typeProblem(rules, ['string'], path);
  if (rules.enum && !rules.enum.includes(value)) found.push(`${path}: not in the enum: ${value}`);
  if (rules.maxLength !== undefined && value.length > rules.maxLength)
    found.push(`${path}: ${value.length} characters, at most ${rules.maxLength}`);
  if (rules.minLength !== undefined && value.length < rules.minLength)
    found.push(`${path}: ${value.length} characters, at least ${rules.minLength}`);
  if (rules.pattern !== undefined && !new RegExp(rules.pattern).test(value))
    found.push(`${path}: does not match ${rules.pattern}`);
  return found;
}

function typeProblem(rules: Schema, fitting: string[], path: string): string[] {
  return rules.type === undefined || fitting.includes(rules.type)
    ? []
    : [`${path}: must be ${rules.type}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
