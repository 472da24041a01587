-- Queues whom a version before has queued in a stream (`<prefix>:{p}:mail`, until 2026-11-23), which no worker of this one
-- reads. Whoever is in hand there has as long as any lease to end its job.
-- KEYS    <prefix>:{p}:queue of one or more partitions (one on a cluster); other keys are derived from it: same hash tag
-- ARGV[1] lease ms
-- Returns how many entries there were.
local adopted = 0
for _, queue in ipairs(KEYS) do
  local base = base_of(queue)
  for _, entry in ipairs(redis.call('XRANGE', base .. 'mail', '-', '+', 'COUNT', 1000)) do
    local id, hash = entry[1], entry[2][2]
    local line = redis.call('LINDEX', base .. 'q:' .. hash, 0) or ''
    if string.sub(line, 1, #id + 1) == id .. ' ' then
      local leased, handed, failed = parse_head(line)
      if leased == '-' then
        queue_again(base, hash, handed, failed)
      else
        hold(base, hash, ARGV[1])
      end
    end
    redis.call('XDEL', base .. 'mail', id)
    adopted = adopted + 1
  end
end
return adopted
