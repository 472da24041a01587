import { z } from 'zod';
import { dialog } from '../../src/dialog/schema.ts';
import { intentSource } from '../../src/dialog/intent-schema.ts';
import { labels } from '../../src/message/labels.ts';
import { richMenu } from '../../src/message/rich-menu.ts';
import { messages, phrases } from '../../src/message/schema.ts';
import { facts } from '../../src/safety/facts.ts';
import type { KeptFile } from '../kept-file.ts';
import { nodeKinds } from '../node-kinds.ts';
import { cardKinds } from './card-kinds.ts';
import { jsonText } from './json-text.ts';

const sources: Readonly<Record<string, { schema: z.ZodType; title: string }>> = {
  dialog: { schema: dialog, title: 'dialogs/*.yaml: 話題の流れ' },
  messages: { schema: messages, title: 'messages/ja/*.yaml: 話題の言葉' },
  phrases: { schema: phrases, title: 'messages/phrases.yaml: 電話とチャットの言い方' },
  facts: { schema: facts, title: 'messages/facts.yaml: リンク・番号・時間・期限' },
  intents: { schema: intentSource, title: 'messages/intents.yaml: 話題ごとの言いまわし' },
  labels: { schema: labels, title: 'messages/ja/labels.yaml: カードの決まった言葉' },
  richmenu: { schema: richMenu, title: 'messages/ja/rich-menu.yaml: トークの下の6つのボタン' },
};

const explained: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(nodeKinds).map(([kind, { does }]) => [kind, does])),
  ...cardKinds,
};

/**
 * JSON Schemas for completion and underlining in editors, made of the zod schemas. Draft 7, because that is what the
 * YAML extensions of editors know best. What zod refines further, only `npm run check:content` checks.
 */
export function editorSchemas(): KeptFile[] {
  return Object.entries(sources).map(([name, { schema, title }]) => {
    const { $schema, ...rest } = z.toJSONSchema(schema, {
      io: 'input',
      target: 'draft-7',
      override: ({ jsonSchema }) => describe(jsonSchema),
    });
    return {
      file: `schemas/${name}.schema.json`,
      text: jsonText({ $schema, title, ...rest }),
    };
  });
}

/** Says at each `kind` what that kind does: editors show it beside the choice. */
function describe(schema: z.core.JSONSchema.BaseSchema): void {
  const kind = schema.properties?.['kind'];
  if (typeof kind !== 'object' || typeof kind.const !== 'string') return;
  const description = explained[kind.const];
  if (description === undefined) return;
  schema.description = description;
  kind.description = description;
}
