-- Keeps new events of one partition, each once, and leases the jobs of owners without other mail at once to the worker
-- that asks, as many as it has places for: they need not queue.
-- KEYS[1] <prefix>:{p}:queue; keys of owners are derived from it: same hash tag, same slot
-- ARGV[1] now ms, [2] hour of now, [3] hour before which ids are forgotten, [4] places, [5] nonce of the leases,
--         [6] lease ms, then for each event: owner hash, mark of its id, event as JSON
-- Returns how many were new, then for each leased job: number of the event, counted from 0, and state as JSON.
local base, now, places = base_of(KEYS[1]), tonumber(ARGV[1]), tonumber(ARGV[4])
local reply = { 0 }
for i = 7, #ARGV, 3 do
  local fresh, state = remember(base, ARGV[i], now, ARGV[i + 1], ARGV[2], ARGV[3])
  if fresh then
    local lines = deliver(base, ARGV[i], ARGV[i + 2], places > 0 and ARGV[5], ARGV[6])
    if lines > MOST_WAITING + 1 then
      fold(base .. 'q:' .. ARGV[i])
    elseif lines == 2 and places > 0 then
      places = places - 1
      reply[#reply + 1] = (i - 7) / 3
      reply[#reply + 1] = state
    end
    reply[1] = reply[1] + 1
  end
end
return reply
