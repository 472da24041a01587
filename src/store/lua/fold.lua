-- Makes room for the event that was put last into a mailbox with too many: see fold.ts, which says why.
local FOLDED = { text = true, media = true, postback = true }

local function fold(box)
  local event = cjson.decode(redis.call('LINDEX', box, -1))
  local last = cjson.decode(redis.call('LINDEX', box, -2))
  local kind = event.body.kind
  local same = false
  if FOLDED[kind] then
    same = last.body.kind == 'burst'
    event.body = { kind = 'burst', count = (same and last.body.count or 0) + 1 }
  elseif kind == 'group' and last.body.kind == 'group' then
    same = true
    event.body.addressed = event.body.addressed or last.body.addressed
  else
    return
  end
  if same then
    redis.call('RPOP', box)
  end
  redis.call('LSET', box, -1, cjson.encode(event))
end
