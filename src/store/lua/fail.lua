-- Gives a job back, to be tried later, or buries its event.
-- KEYS[1] <prefix>:{p}:mail; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] entry id, [3] nonce of the lease, [4] now ms, [5] retry in ms, [6] reason as JSON string
-- Returns 'retry', 'dead' or 'lost'.
local base, hash, id, now, wait = base_of(KEYS[1]), ARGV[1], ARGV[2], tonumber(ARGV[4]), tonumber(ARGV[5])
if not holds(base, hash, id .. ' ' .. ARGV[3]) then
  return 'lost'
end
local box = base .. 'q:' .. hash
local mail = redis.call('LRANGE', box, 0, 1)
local _, _, handed, failed = parse_head(mail[1])
if failed + 1 >= MAX_FAILURES then
  bury(base, hash, id, mail[2], ARGV[6], now)
  return 'dead'
end
local place = '-'
if wait > 0 then
  redis.call('ZADD', base .. 'later', now + wait, hash)
else
  place = enqueue(base, hash)
end
redis.call('LSET', box, 0, place .. ' - ' .. handed .. ' ' .. failed + 1)
drop_entry(base, hash, id)
return 'retry'
