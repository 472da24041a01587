-- Gives a job back, to be tried later, or buries its event.
-- KEYS[1] <prefix>:{p}:queue; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] nonce of the lease, [3] now ms, [4] retry in ms, [5] reason as JSON string
-- Returns 'retry', 'dead' or 'lost'.
local base, hash, now, wait = base_of(KEYS[1]), ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
if not holds(base, hash, ARGV[2]) then
  return 'lost'
end
local mail = redis.call('LRANGE', base .. 'q:' .. hash, 0, 1)
local _, handed, failed = parse_head(mail[1])
if failed + 1 >= MAX_FAILURES then
  bury(base, hash, mail[2], ARGV[5], now)
  return 'dead'
end
redis.call('ZREM', base .. 'held', hash)
if wait > 0 then
  wait_in(base, 'later', hash, now + wait, handed, failed + 1)
else
  queue_again(base, hash, handed, failed + 1)
end
return 'retry'
