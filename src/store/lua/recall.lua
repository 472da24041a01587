-- Everything of an owner.
-- KEYS[1] <prefix>:{p}:queue; keys of the owner are derived from it: same hash tag, same slot
-- ARGV[1] owner hash, [2] now ms
-- Returns state as JSON or '', the events that wait, timers as a flat list of id and "<due ms> <mark>", dead letters.
local base, hash = base_of(KEYS[1]), ARGV[1]
local _, _, state = read_record(base, hash, tonumber(ARGV[2]))
return {
  state,
  redis.call('LRANGE', base .. 'q:' .. hash, 1, -1),
  redis.call('HGETALL', base .. 't:' .. hash),
  redis.call('LRANGE', base .. 'x:' .. hash, 0, -1),
}
