import type { messagingApi } from '@line/bot-sdk';
import type { Choice } from '../../dialog/reply.ts';
import { clip } from '../clip.ts';
import { palette } from './palette.ts';
import { accentBadge, badge, column, row, text } from './parts.ts';

/** What an answer button does: it opens the picker, or the chat shows the answer as if the user had said it. */
export function answerAction(
  choice: Choice,
  label: string,
): messagingApi.PostbackAction | messagingApi.DatetimePickerAction {
  const { data, picker } = choice;
  if (picker) return { type: 'datetimepicker', label, data, ...picker };
  return {
    type: 'postback',
    label,
    data,
    displayText: clip(choice.label, 300),
  };
}

/**
 * The answers as numbered rows of at least 52 px. Quick replies alone would not do: they scroll out of view, do not
 * exist on a PC, and are small.
 */
export function choiceRows(choices: readonly Choice[]): messagingApi.FlexBox {
  return column(
    choices.map((choice, index) => choiceRow(choice, index + 1)),
    { spacing: '10px' },
  );
}

function choiceRow(choice: Choice, number: number): messagingApi.FlexBox {
  const label = text(choice.label, { weight: 'bold' });
  const hint = choice.hint ? [text(choice.hint, { size: 'sm', color: palette.soft })] : [];
  return row(
    [
      badge(String(number), accentBadge),
      column([label, ...hint], { flex: 1, justifyContent: 'center', spacing: '2px' }),
      text('›', { flex: 0, size: 'xl', color: palette.accent, gravity: 'center', scaling: false }),
    ],
    {
      action: answerAction(choice, clip(`${number} ${choice.label}`, 40)),
      backgroundColor: palette.row,
      borderColor: palette.edge,
      borderWidth: 'light',
      cornerRadius: '12px',
      paddingAll: '10px',
      paddingStart: '12px',
      spacing: '12px',
      alignItems: 'center',
    },
  );
}
