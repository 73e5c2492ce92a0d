/**
 * What links of version 1 are likely to say, the likeliest last, as deflate likes it. Old links can
 * be unpacked with these very letters alone: they never change.
 */
export const DICTIONARY = [
  '"discriminator":{"updates":"gradientClip":"r1":"observer":true"critic":{"updates":"start":"teacher"',
  '"emaDecay":"learningRate":0.000"weights":"raw""prompts":"full""normalise":false',
  '"logitMean":"logitStd":"shift":"distribution":"logitNormal""distribution":"shifted"',
  '"meanVariance":{"enabled":true,"weight":"gan":{"enabled":true,"weight":0."noise":"pictures":"prompts":[[',
  '{"task":"emoji"{"teacher":"mixture""emoji-"id":"ca""id":"dm""id":"ca-dm""color":2"color":3',
  '"evaluation":{"every":50,"samples":256"seed":"shared":{"seed":"shared":{"batch":32"batch":16',
  '"weight":0.5"sharedTau":true,"tau":{"lo":0.7"hi":0.7"tau":{"lo":0,"hi":1"tau":{"aboveT":true}',
  '},"student":{"steps":4},"guidanceScale":"terms":{"ca":{"enabled":false},"dm":{"enabled":false}}}]',
  '"arms":[{"name":"CA + DM","config":{}},{"name":"CA only","config":{"terms":{"ca":{"tau":{"dm":{"tau":{',
  '{"experiment":"e1-4"{"experiment":"e1"}',
].join('');
