-- Leases the jobs of entries that this worker's blocking XREADGROUP brought.
-- KEYS    <prefix>:{p}:mail, one for each entry
-- ARGV[1] nonce of the leases, [2] at most so many jobs, [3] now ms, then for each entry: its id, owner hash
-- Entries beyond the limit go back to the tail of their queues. Returns six values for each job, see hand-out.lua.
local nonce, max, now = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local jobs = {}
for stream = 1, #KEYS do
  local id, hash = ARGV[2 * stream + 2], ARGV[2 * stream + 3]
  if #jobs < 6 * max then
    -- It may have been brought so long ago that another worker has taken it over.
    hand_out(jobs, stream, id, hash, nonce, now, true)
  else
    local base = base_of(KEYS[stream])
    local valid, leased, handed, failed = parse_head(redis.call('LINDEX', base .. 'q:' .. hash, 0))
    if valid ~= id then
      drop_entry(base, hash, id)
    elseif leased == '-' then
      drop_entry(base, hash, id)
      queue_again(base, hash, handed, failed)
    end
  end
end
return jobs
