-- Keeps new events of one partition, each once.
-- KEYS[1] <prefix>:{p}:mail; keys of owners are derived from it: same hash tag, same slot
-- ARGV[1] now ms, [2] hour of now, [3] hour before which ids are forgotten,
--         then for each event: owner hash, mark of its id, event as JSON
-- Returns how many were new.
local base = base_of(KEYS[1])
local now = tonumber(ARGV[1])
local fresh = 0
for i = 4, #ARGV, 3 do
  if remember(base, ARGV[i], now, ARGV[i + 1], ARGV[2], ARGV[3]) then
    if deliver(base, ARGV[i], ARGV[i + 2]) > MOST_WAITING + 1 then
      fold(base .. 'q:' .. ARGV[i])
    end
    fresh = fresh + 1
  end
end
return fresh
