-- Numbers of one partition. Counting needs no counters on the hot path: it walks the owners that have mail, at most
-- 1000 of each kind, and reckons the rest from these.
-- KEYS[1] <prefix>:{p}:queue; other keys are derived from it: same hash tag, same slot
-- ARGV[1] now ms
-- Returns waiting events, ms at which the oldest was received (0: none), leased, timers to come, timers due, dead.
local base, now = base_of(KEYS[1]), ARGV[1]
local owners, in_all = {}, 0
for _, set in ipairs({ 'queue', 'held', 'later', 'apart' }) do
  in_all = in_all + redis.call('ZCARD', base .. set)
  for _, hash in ipairs(redis.call('ZRANGE', base .. set, 0, 999)) do
    owners[#owners + 1] = hash
  end
end
local waiting, oldest = 0, 0
for _, hash in ipairs(owners) do
  local box = base .. 'q:' .. hash
  waiting = waiting + math.max(redis.call('LLEN', box) - 1, 0)
  -- A user's text cannot look like this: its quotes are escaped.
  local received = tonumber(string.match(redis.call('LINDEX', box, 1) or '', '"receivedMs":(%d+)'))
  if received and (oldest == 0 or received < oldest) then
    oldest = received
  end
end
if #owners > 0 then
  waiting = math.floor(waiting * in_all / #owners)
end
local dead = 0
for _, hash in ipairs(redis.call('ZRANGEBYSCORE', base .. 'dead', now, '+inf')) do
  dead = dead + redis.call('LLEN', base .. 'x:' .. hash)
end
return {
  waiting,
  oldest,
  redis.call('ZCARD', base .. 'held'),
  redis.call('ZCOUNT', base .. 'due', '(' .. now, '+inf'),
  redis.call('ZCOUNT', base .. 'due', '-inf', now),
  dead,
}
