-- Ends a lease that nobody used: the job queues as if it had not been handed out this time.
-- KEYS[1] <prefix>:{p}:mail; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] entry id, [3] nonce of the lease
-- Returns 1, or 0 when the lease was lost.
local base, hash, id = base_of(KEYS[1]), ARGV[1], ARGV[2]
if not holds(base, hash, id .. ' ' .. ARGV[3]) then
  return 0
end
local _, _, handed, failed = parse_head(redis.call('LINDEX', base .. 'q:' .. hash, 0))
drop_entry(base, hash, id)
queue_again(base, hash, handed - 1, failed)
return 1
