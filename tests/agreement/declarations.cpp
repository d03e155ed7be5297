// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/declarations.h"

namespace muster::agreement {

const char* const kDeclarations = R"(
ordered enum Level { low, mid, high }
enum Colour { red, green, blue }
record Item { k: int  f: bool  m: int?  u: duration }
record Part {
  n: int
  ok: bool
  w: number
  s: percent
  t: text
  d: date
  v: version
  l: Level
  c: Colour
  o: int?
  items: list of Item
}
evidence Report fresh for 30 days { g: int  good: bool  h: int? }

subject S {
  key id: text
  a: bool
  b: bool
  i: int
  j: int
  x: number
  p: percent
  t: text
  d: date
  tm: time
  du: duration
  pe: period
  v: version
  l: Level
  c: Colour
  ob: bool?
  oi: int?
  ox: number?
  op: percent?
  ot: text?
  od: date?
  otm: time?
  odu: duration?
  ov: version?
  ol: Level?
  oc: Colour?
  r: Part
  ro: Part?
  rep: Report
  orep: Report? fresh for 7 days
  ns: list of int
  ts: list of text
  bs: list of bool
  lo: (list of int)?
  ois: list of (int?)
  parts: list of Part
  reps: list of Report
}
shared pool: list of Item

param most: int = 2 in 0..5
param least: percent = 50% in 10%..90%

define plus_one(n: int): int = n + 1
define good_items(xs: list of Item): int = count(y in xs where y.f)
define is_big(n: int): bool = n >= most
define pick_level(c: bool, l: Level): Level = choose { c => Level.high, else => l }
)";

}  // namespace muster::agreement
