-- Gives a job back, to be tried later, or buries its event.
-- KEYS[1] <prefix>:{p}:mail; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] entry id, [3] nonce of the lease, [4] now ms, [5] retry in ms, [6] reason as JSON string
-- Returns 'retry', 'dead' or 'lost'.
local base, hash, id, now, wait = base_of(KEYS[1]), ARGV[1], ARGV[2], tonumber(ARGV[4]), tonumber(ARGV[5])
if not holds(base, hash, id .. ' ' .. ARGV[3]) then
  return 'lost'
end
local mail = redis.call('LRANGE', base .. 'q:' .. hash, 0, 1)
local _, _, handed, failed = parse_head(mail[1])
if failed + 1 >= MAX_FAILURES then
  bury(base, hash, id, mail[2], ARGV[6], now)
  return 'dead'
end
drop_entry(base, hash, id)
if wait > 0 then
  wait_in(base, 'later', hash, now + wait, handed, failed + 1)
else
  queue_again(base, hash, handed, failed + 1)
end
return 'retry'
