-- Ends a lease that nobody used: the job queues as if it had not been handed out this time.
-- KEYS[1] <prefix>:{p}:queue; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] nonce of the lease
-- Returns 1, or 0 when the lease was lost.
local base, hash = base_of(KEYS[1]), ARGV[1]
if not holds(base, hash, ARGV[2]) then
  return 0
end
local _, handed, failed = parse_head(redis.call('LINDEX', base .. 'q:' .. hash, 0))
redis.call('ZREM', base .. 'held', hash)
queue_again(base, hash, handed - 1, failed)
return 1
