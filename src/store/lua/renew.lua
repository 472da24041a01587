-- Makes leases that are still held begin anew: their turns take long, because LINE answers slowly.
-- KEYS[1] <prefix>:{p}:mail; keys of owners are derived from it: same hash tag, same slot
-- ARGV[1] worker (consumer), [2] lease ms, then for each lease: owner hash, entry id, nonce
-- Returns how many.
local base = base_of(KEYS[1])
local renewed = 0
for i = 3, #ARGV, 3 do
  if holds(base, ARGV[i], ARGV[i + 1] .. ' ' .. ARGV[i + 2]) then
    if ARGV[i + 1] == '-' then
      hold(base, ARGV[i], ARGV[2])
    else
      -- The time since an entry was claimed is what its lease is measured by (take.lua).
      redis.call('XCLAIM', KEYS[1], 'workers', ARGV[1], 0, ARGV[i + 1], 'JUSTID')
    end
    renewed = renewed + 1
  end
end
return renewed
