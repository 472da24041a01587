-- Makes room for the event that was put last into a mailbox with too many: see fold.ts, which says why.
local FOLDED = { text = true, media = true, postback = true }
local MOST = { burst = 1, group = 1, follow = 1, unfollow = 1, unsend = MOST_WAITING }

local function fold(box)
  local event = cjson.decode(redis.call('LINDEX', box, -1))
  if FOLDED[event.body.kind] then
    event.body = { kind = 'burst', count = 1 }
  end
  local body, first, alike = event.body, nil, 0
  for _, json in ipairs(redis.call('LRANGE', box, MOST_WAITING + 1, -2)) do
    if cjson.decode(json).body.kind == body.kind then
      first = first or json
      alike = alike + 1
    end
  end
  if first and alike >= (MOST[body.kind] or math.huge) then
    local before = cjson.decode(first).body
    redis.call('LREM', box, -1, first)
    if body.kind == 'burst' then
      body.count = body.count + before.count
    elseif body.kind == 'group' then
      body.addressed = body.addressed or before.addressed
    end
  end
  redis.call('LSET', box, -1, cjson.encode(event))
end
