-- Ends a job: its event is gone, the state and the timers are as the turn wants them.
-- KEYS[1] <prefix>:{p}:queue; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] nonce of the lease, [3] now ms, [4] state as JSON or '', [5] its ttl ms,
--         and only when there is more to do:
--         [6] text that only events of the message to forget contain, or '', [7] owner, [8] number of timers to set,
--         for each: id, due ms, mark of its event's id; then ids of timers to drop
-- Returns 1, or 0 when the lease was lost. Every key is read before the first write, so that an error changes nothing.
local base, hash, now = base_of(KEYS[1]), ARGV[1], tonumber(ARGV[3])
if not holds(base, hash, ARGV[2]) then
  return 0
end
local ids = read_record(base, hash, now)
if ARGV[6] then
  redis.call('HLEN', base .. 't:' .. hash)
  redis.call('ZCARD', base .. 'due')
  redis.call('LLEN', base .. 'x:' .. hash)
end

write_record(base, hash, now, ids, now + tonumber(ARGV[5]), ARGV[4])
if ARGV[6] then
  local last = 8 + 3 * tonumber(ARGV[8])
  for i = last + 1, #ARGV do
    drop_timer(base, hash, ARGV[i])
  end
  for i = 9, last, 3 do
    set_timer(base, hash, ARGV[7], ARGV[i], ARGV[i + 1], ARGV[i + 2], now)
  end
  if ARGV[6] ~= '' then
    -- Not the head line and not the job's own event, which ends below anyway.
    for _, event in ipairs(redis.call('LRANGE', base .. 'q:' .. hash, 2, -1)) do
      if string.find(event, ARGV[6], 1, true) then
        redis.call('LREM', base .. 'q:' .. hash, 1, event)
      end
    end
    for _, letter in ipairs(redis.call('LRANGE', base .. 'x:' .. hash, 0, -1)) do
      if string.find(letter, ARGV[6], 1, true) then
        redis.call('LREM', base .. 'x:' .. hash, 1, letter)
      end
    end
    if redis.call('EXISTS', base .. 'x:' .. hash) == 0 then
      redis.call('ZREM', base .. 'dead', hash)
    end
  end
end
finish(base, hash, now)
return 1
