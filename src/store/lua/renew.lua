-- Makes leases that are still held begin anew: their turns take long, because LINE answers slowly.
-- KEYS[1] <prefix>:{p}:queue; keys of owners are derived from it: same hash tag, same slot
-- ARGV[1] lease ms, then for each lease: owner hash, nonce
-- Returns how many.
local base = base_of(KEYS[1])
local renewed = 0
for i = 2, #ARGV, 2 do
  if holds(base, ARGV[i], ARGV[i + 1]) then
    hold(base, ARGV[i], ARGV[1])
    renewed = renewed + 1
  end
end
return renewed
