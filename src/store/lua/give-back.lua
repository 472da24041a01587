-- Ends a lease that `accept` has made and nobody used: the job queues as if it had never been handed out.
-- KEYS[1] <prefix>:{p}:mail; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] nonce of the lease
-- Returns 1, or 0 when the lease was lost.
local base = base_of(KEYS[1])
if not holds(base, ARGV[1], '- ' .. ARGV[2]) then
  return 0
end
drop_entry(base, ARGV[1], '-')
redis.call('LSET', base .. 'q:' .. ARGV[1], 0, enqueue(base, ARGV[1]) .. ' - 0 0')
return 1
