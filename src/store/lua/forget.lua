-- Deletes everything of an owner but the marks of its event ids: they are opaque, end after a day, and keep an event
-- that comes again from being answered. At the end of a job the mail that came after its event stays, too.
-- KEYS[1] <prefix>:{p}:queue; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] now ms, and when it is the end of a job: [3] nonce of the lease
-- Returns 1, or 0 when the lease was lost.
local base, hash, now = base_of(KEYS[1]), ARGV[1], tonumber(ARGV[2])
if ARGV[3] and not holds(base, hash, ARGV[3]) then
  return 0
end
local box = base .. 'q:' .. hash
local ids = read_record(base, hash, now)
local timers = redis.call('HKEYS', base .. 't:' .. hash)
redis.call('ZCARD', base .. 'due')
redis.call('ZREM', base .. 'dead', hash)

write_record(base, hash, now, ids, 0, '')
for _, id in ipairs(timers) do
  redis.call('ZREM', base .. 'due', hash .. ' ' .. id)
end
redis.call('DEL', base .. 't:' .. hash, base .. 'x:' .. hash)
if ARGV[3] then
  finish(base, hash, now)
  return 1
end
-- A job that runs now has lost its lease with its mailbox.
redis.call('DEL', box)
for _, set in ipairs({ 'queue', 'held', 'later', 'apart' }) do
  redis.call('ZREM', base .. set, hash)
end
return 1
