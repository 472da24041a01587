-- Removes workers that are gone for good and hold nothing, so that their names do not pile up.
-- KEYS    <prefix>:{p}:mail of one or more partitions (one on a cluster)
-- ARGV[1] ms of silence after which a worker is gone, [2] the worker that asks, [3] '1' when it leaves itself
-- Returns how many were removed.
local removed = 0
for _, mail in ipairs(KEYS) do
  local consumers = redis.pcall('XINFO', 'CONSUMERS', mail, 'workers')
  for _, fields in ipairs(consumers.err and {} or consumers) do
    local consumer = {}
    for i = 1, #fields, 2 do
      consumer[fields[i]] = fields[i + 1]
    end
    local gone = consumer.idle >= tonumber(ARGV[1])
    if consumer.name == ARGV[2] then
      gone = ARGV[3] == '1'
    end
    if gone and consumer.pending == 0 then
      redis.call('XGROUP', 'DELCONSUMER', mail, 'workers', consumer.name)
      removed = removed + 1
    end
  end
end
return removed
