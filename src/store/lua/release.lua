-- Turns timers that are due into events in their owners' mailboxes.
-- KEYS    <prefix>:{p}:queue of one or more partitions (one on a cluster); other keys are derived from it: same hash tag
-- ARGV[1] due until this ms, [2] at most so many, [3] now ms, [4] hour of now, [5] hour before which ids are forgotten,
--         [6] no more than keep the owners with mail of these partitions below this number, but one in any case
-- Returns how many events.
local left, now = tonumber(ARGV[2]), tonumber(ARGV[3])
local released, room = 0, tonumber(ARGV[6])
for _, queue in ipairs(KEYS) do
  room = room - redis.call('ZCARD', queue) - redis.call('ZCARD', base_of(queue) .. 'held')
end
left = math.min(left, math.max(room, 1))
for _, queue in ipairs(KEYS) do
  local base = base_of(queue)
  local due = left > 0 and redis.call('ZRANGEBYSCORE', base .. 'due', '-inf', ARGV[1], 'LIMIT', 0, left) or {}
  for _, member in ipairs(due) do
    local hash, id = string.sub(member, 1, 16), string.sub(member, 18)
    local found = redis.call('HMGET', base .. 't:' .. hash, '', id)
    drop_timer(base, hash, id)
    left = left - 1
    local at, mark = string.match(found[2] or '', '^(%d+) (%S+)$')
    if found[1] and at and remember(base, hash, now, mark, ARGV[4], ARGV[5]) then
      local json = cjson.encode(id)
      deliver(base, hash, '{"id":' .. cjson.encode('reminder:' .. id .. ':' .. at)
        .. ',"owner":' .. cjson.encode(found[1])
        .. ',"timestampMs":' .. at .. ',"receivedMs":' .. ARGV[1]
        .. ',"body":{"kind":"reminder","reminderId":' .. json .. ',"dueMs":' .. at .. '}}')
      released = released + 1
    end
  end
end
return released
