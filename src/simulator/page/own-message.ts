import { copy } from './copy.ts';
import { button } from './element.ts';
import type { Message } from './message.ts';
import { sheet } from './sheet.ts';

/** What can be done with a message of one's own; LINE shows it after a long press. */
export function openOwnMessage(message: Message, unsend: () => void): void {
  sheet('メッセージ', (close) => {
    const then = (act: () => void) => () => {
      close();
      act();
    };
    const copying = () => {
      if (message.type === 'text') void copy(message.text);
    };
    return [
      ...(message.type === 'text' ? [button('', 'コピー', then(copying))] : []),
      button('', '送信取消', then(unsend)),
    ];
  });
}
