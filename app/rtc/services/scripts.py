"""What Redis does in one piece for a room, so that several web processes share one mailbox.

State is one hash: ``seq`` of the last signal; per side ``client:`` (page that has the seat),
``seen:`` (last sync), ``live:`` (media was reported until then); the talk clock ``talk`` and ``at``
(counted up to); ``checkpoint``; ``closed``. For whoever watches the room from outside: ``since``
(watched from then on) and per side ``here:`` (was online without syncing). Times are milliseconds
of the server's clock.
"""

COUNT = """
local function count(state, now)
  local at = tonumber(redis.call('HGET', state, 'at') or now)
  local student = tonumber(redis.call('HGET', state, 'live:student') or 0)
  local recruiter = tonumber(redis.call('HGET', state, 'live:recruiter') or 0)
  local talk = tonumber(redis.call('HGET', state, 'talk') or 0)
  local together = math.min(now, student, recruiter) - at
  if together > 0 then talk = talk + together end
  return talk, math.max(at, now)
end
"""

EXCHANGE = (
    COUNT
    + """
local state, inbox, outbox = KEYS[1], KEYS[2], KEYS[3]
local side, peer, client = ARGV[1], ARGV[2], ARGV[3]
local now, after, flowing = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6] == '1'
local window, checkpoint_every = tonumber(ARGV[7]), tonumber(ARGV[8])
local takes = ARGV[9] == '1'
local most, batch, ttl = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])

if redis.call('HEXISTS', state, 'seq') == 0 then return {'unknown'} end
if redis.call('HEXISTS', state, 'closed') == 1 then
  return {'closed', after, tonumber(redis.call('HGET', state, 'talk') or 0), 0, false}
end
local holder = redis.call('HGET', state, 'client:' .. side)
if holder and holder ~= client and after ~= 0 then return {'taken'} end

local talk, at = count(state, now)
local live = 0
if flowing then live = now + window end
redis.call('HSET', state, 'talk', talk, 'at', at, 'client:' .. side, client,
  'seen:' .. side, now, 'live:' .. side, live)

local due = 0
if now - tonumber(redis.call('HGET', state, 'checkpoint') or 0) >= checkpoint_every then
  if takes then redis.call('HSET', state, 'checkpoint', now) end
  due = 1
end

local seq = tonumber(redis.call('HGET', state, 'seq'))
for index = 13, #ARGV do
  seq = math.max(seq + 1, now)
  redis.call('ZADD', outbox, seq, string.format('%.0f', seq) .. ':' .. ARGV[index])
end
redis.call('HSET', state, 'seq', string.format('%.0f', seq))
redis.call('ZREMRANGEBYRANK', outbox, 0, -most - 1)

if after > 0 then redis.call('ZREMRANGEBYSCORE', inbox, '-inf', after) end
local signals = redis.call('ZRANGE', inbox, 0, batch - 1)
local last = seq
if #signals == batch then last = tonumber(redis.call('ZSCORE', inbox, signals[batch])) end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ttl) end
local seen = redis.call('HGET', state, 'seen:' .. peer)
local answer = {'open', string.format('%.0f', last), talk, due, seen}
for _, signal in ipairs(signals) do table.insert(answer, signal) end
return answer
"""
)

PREPARE = """
local state = KEYS[1]
redis.call('HSETNX', state, 'seq', ARGV[1])
redis.call('HSETNX', state, 'talk', ARGV[2])
redis.call('HSETNX', state, 'checkpoint', ARGV[1])
if ARGV[3] == '0' then redis.call('HSET', state, 'closed', 1) end
redis.call('EXPIRE', state, ARGV[4])
return 1
"""

CLOCK = (
    COUNT
    + """
if redis.call('HEXISTS', KEYS[1], 'seq') == 0 then return false end
local talk = count(KEYS[1], tonumber(ARGV[1]))
return talk
"""
)

REVIEW = (
    COUNT
    + """
local state, now, written = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
local every = tonumber(ARGV[3])
if redis.call('HEXISTS', state, 'seq') == 0 then return false end
local talk = count(state, now)
if now - tonumber(redis.call('HGET', state, 'checkpoint') or 0) >= every then
  redis.call('HSET', state, 'checkpoint', now)
end
if talk - written < every then return false end
return talk
"""
)

ATTEND = """
local state, now = KEYS[1], ARGV[1]
redis.call('HSETNX', state, 'since', now)
redis.call('EXPIRE', state, ARGV[4])
local answer = {}
for index, side in ipairs({'student', 'recruiter'}) do
  local last = redis.call('HGET', state, 'seen:' .. side)
  if not last then
    if ARGV[index + 1] == '1' then redis.call('HSET', state, 'here:' .. side, now) end
    last = redis.call('HGET', state, 'here:' .. side) or redis.call('HGET', state, 'since')
  end
  table.insert(answer, last)
end
return answer
"""
