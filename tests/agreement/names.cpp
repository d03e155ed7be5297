// SPDX-License-Identifier: Apache-2.0
// What random expressions are made of in the end: fields that are in reach, literals, lists.
#include "tests/agreement/generator.h"

namespace muster::agreement {

std::string Generator::path(Wanted wanted) {
  // An element of the list around, where it is of that type, rather than something far away.
  if (!elements_.empty() && !elements_.back().name.empty() && elements_.back().wanted == wanted && !one_in(3))
    return elements_.back().name;
  const Reach& reach = reach_.empty() || one_in(4) ? Reach{Reach::Of::subject, ""} : reach_.back();
  const std::string& p = reach.prefix;
  if (reach.of == Reach::Of::part) {
    switch (wanted) {
      case Wanted::boolean: return p + "ok";
      case Wanted::integer: return p + "n";
      case Wanted::number: return p + "w";
      case Wanted::percent: return p + "s";
      case Wanted::text: return p + "t";
      case Wanted::date: return p + "d";
      case Wanted::version: return p + "v";
      case Wanted::level: return p + "l";
      case Wanted::colour: return p + "c";
      case Wanted::time:
      case Wanted::duration:
      case Wanted::period: break;
    }
  }
  if (reach.of == Reach::Of::item && wanted == Wanted::boolean) return p + "f";
  if (reach.of == Reach::Of::item && wanted == Wanted::integer) return p + "k";
  if (reach.of == Reach::Of::item && wanted == Wanted::duration) return p + "u";
  if (reach.of == Reach::Of::report && wanted == Wanted::boolean) return p + "good";
  if (reach.of == Reach::Of::report && wanted == Wanted::integer) return p + "g";
  if (reach.of == Reach::Of::report && wanted == Wanted::time) return p + "collected";
  switch (wanted) {
    case Wanted::boolean: return pick({"a", "b", "r.ok", "rep.good"});
    case Wanted::integer: return pick({"i", "j", "r.n", "rep.g"});
    case Wanted::number: return pick({"x", "r.w"});
    case Wanted::percent: return pick({"p", "r.s"});
    case Wanted::text: return pick({"t", "r.t"});
    case Wanted::date: return pick({"d", "r.d"});
    case Wanted::time: return "tm";
    case Wanted::duration: return "du";
    case Wanted::period: return "pe";
    case Wanted::version: return pick({"v", "r.v"});
    case Wanted::level: return pick({"l", "r.l"});
    case Wanted::colour: return pick({"c", "r.c"});
  }
  return "";
}

std::string Generator::optional_path(Wanted wanted) {
  if (wanted == Wanted::integer && !reach_.empty() && reach_.back().of == Reach::Of::part)
    return reach_.back().prefix + "o";
  if (wanted == Wanted::integer && !reach_.empty() && reach_.back().of == Reach::Of::item)
    return reach_.back().prefix + "m";
  if (wanted == Wanted::integer && !reach_.empty() && reach_.back().of == Reach::Of::report)
    return reach_.back().prefix + "h";
  switch (wanted) {
    case Wanted::boolean: return "ob";
    case Wanted::integer: return pick({"oi", "r.o", "rep.h"});
    case Wanted::number: return "ox";
    case Wanted::percent: return "op";
    case Wanted::text: return "ot";
    case Wanted::date: return "od";
    case Wanted::time: return "otm";
    case Wanted::duration: return "odu";
    case Wanted::version: return "ov";
    case Wanted::level: return "ol";
    case Wanted::colour: return "oc";
    case Wanted::period: break;
  }
  return "oi";
}

std::string Generator::literal(Wanted wanted) {
  switch (wanted) {
    case Wanted::boolean: return pick({"true", "false"});
    case Wanted::integer: return pick({"0", "1", "2", "3", "-1", "9_223_372_036_854_775_807"});
    case Wanted::number: return pick({"0.5", "2.0", "-1.5", "0.0"});
    case Wanted::percent: return pick({"50%", "100%", "12.5%"});
    case Wanted::text: return pick({"\"\"", "\"a\"", "\"ab\"", "\"b\"", "\"1\""});
    case Wanted::date: return pick({"2026-11-20", "2026-11-23", "2024-02-29"});
    case Wanted::time: return pick({"2026-11-22T12:00:00Z", "2026-11-23T23:00:00-01:00"});
    case Wanted::duration: return pick({"1 day", "36 hours", "0 seconds", "15 minutes"});
    case Wanted::period: return pick({"1 month", "1 year"});
    case Wanted::version: return pick({"v1.0", "v1.20", "v1.20.0-rc.1"});
    case Wanted::level: return qualifier_ + pick({"Level.low", "Level.mid", "Level.high"});
    case Wanted::colour: return qualifier_ + pick({"Colour.red", "Colour.blue"});
  }
  return "";
}

std::string Generator::list(Wanted wanted, int depth) {
  if (depth > 0 && one_in(5)) return "distinct(" + list(wanted, depth - 1) + ")";
  if (one_in(3)) {
    std::string text = "[" + literal(wanted);
    for (unsigned more = below(3); more > 0; --more) text += ", " + (one_in(2) ? path(wanted) : literal(wanted));
    return text + "]";
  }
  if (wanted == Wanted::integer) return "ns";
  return wanted == Wanted::text ? "ts" : "bs";
}

Generator::Over Generator::enter(int depth) {
  const std::string name = "x" + std::to_string(++variables_);
  const bool nested = !reach_.empty() && reach_.back().of == Reach::Of::part && depth > 1;
  Over over{"", Reach::Of::subject, false, Wanted::integer};
  switch (below(8)) {
    case 0:
      over = {name + " in " + (one_in(3) ? list(Wanted::integer, 1) : "ns"), Reach::Of::subject, true, Wanted::integer};
      break;
    case 1: over = {name + " in ts", Reach::Of::subject, true, Wanted::text}; break;
    case 2: over = {name + " in bs", Reach::Of::subject, true, Wanted::boolean}; break;
    case 3: over = {name + " in " + qualifier_ + "pool", Reach::Of::item, false, Wanted::integer}; break;
    case 4: over = {name + " in reps", Reach::Of::report, false, Wanted::integer}; break;
    default:
      if (nested) {
        over = {name + " in " + reach_.back().prefix + "items", Reach::Of::item, false, Wanted::integer};
      } else {
        over = {name + " in parts", Reach::Of::part, false, Wanted::integer};
      }
  }
  reach_.push_back(over.scalars ? Reach{Reach::Of::subject, ""} : Reach{over.of, name + "."});
  elements_.push_back({over.scalars ? name : "", over.element});
  return over;
}

std::string Generator::where(int depth) { return one_in(2) ? " where " + truth(depth) : ""; }

Generator::Wanted Generator::ordered() {
  static const Wanted all[] = {Wanted::integer, Wanted::integer,  Wanted::number, Wanted::percent, Wanted::date,
                               Wanted::time,    Wanted::duration, Wanted::period, Wanted::version, Wanted::level};
  return all[below(std::size(all))];
}

Generator::Wanted Generator::any_scalar() {
  static const Wanted all[] = {Wanted::boolean, Wanted::text,    Wanted::colour,   Wanted::level,   Wanted::date,
                               Wanted::number,  Wanted::version, Wanted::duration, Wanted::percent, Wanted::time};
  return all[below(std::size(all))];
}

std::string Generator::compare_operator() { return pick({" == ", " != ", " < ", " <= ", " > ", " >= "}); }

}  // namespace muster::agreement
