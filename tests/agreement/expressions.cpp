// SPDX-License-Identifier: Apache-2.0
// Random expressions. Everything that is made of parts stands in brackets, so that precedence is no question.
#include "tests/agreement/generator.h"

namespace muster::agreement {

std::string Generator::truth(int depth) {
  if (depth <= 0) return one_in(9) ? literal(Wanted::boolean) : path(Wanted::boolean);
  switch (below(24)) {
    case 0: return "(not " + truth(depth - 1) + ")";
    case 1: return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
    case 2: return "(" + truth(depth - 1) + " or " + truth(depth - 1) + (one_in(2) ? " or " + truth(0) : "") + ")";
    case 3: return "(" + truth(depth - 1) + " implies " + truth(depth - 1) + ")";
    case 4:
    case 5: return comparison(depth);
    case 6:
    case 7: return membership(depth);
    case 8: return text_test(depth);
    case 9:
    case 10: return guarded(depth);
    case 11:
    case 12: return quantified(depth);
    case 13: return counted(depth);
    case 14: return chosen(depth);
    case 15: return "(if " + truth(depth - 1) + " then " + truth(depth - 1) + " else " + truth(depth - 1) + ")";
    case 16:
    case 17: return text_test(depth);
    case 18: return membership(depth);
    case 19: return quantified(depth);
    case 20:
    case 21: return seldom(depth);
    default:
      return exceptions_ == Exceptions::allowed && one_in(2) ? known(depth)
                                                             : qualifier_ + "is_big(" + integer(depth - 1) + ")";
  }
}

std::string Generator::comparison(int depth) {
  if (one_in(4)) {
    const Wanted wanted = any_scalar();
    return "(" + scalar(wanted, depth - 1) + (one_in(2) ? " == " : " != ") + scalar(wanted, depth - 1) + ")";
  }
  const Wanted wanted = ordered();
  return "(" + scalar(wanted, depth - 1) + compare_operator() + scalar(wanted, depth - 1) + ")";
}

std::string Generator::membership(int depth) {
  const Wanted listed = one_in(2) ? Wanted::integer : one_in(2) ? Wanted::text : Wanted::boolean;
  switch (below(6)) {
    case 0:
      return "(" + integer(depth - 1) + (one_in(3) ? " not in " : " in ") + path(Wanted::integer) + ".." +
             path(Wanted::integer) + ")";
    case 1: return "(" + date(depth - 1) + " in 2026-11-20..2026-11-24)";
    case 2: return "(" + scalar(listed, depth - 1) + (one_in(3) ? " not in " : " in ") + list(listed, depth - 1) + ")";
    case 3: return "(" + list(listed, depth - 1) + " contains " + scalar(listed, depth - 1) + ")";
    case 4: return "(" + list(listed, depth - 1) + " contains any " + list(listed, depth - 1) + ")";
    default: return "(" + list(listed, depth - 1) + " contains all " + list(listed, depth - 1) + ")";
  }
}

std::string Generator::text_test(int depth) {
  static const std::vector<std::string> operators{" contains ", " starts with ", " ends with "};
  if (one_in(4))
    return "(" + text(depth - 1) + " matches " + pick({R"(r"^a")", R"(r"b+$")", R"(r"^$")", R"(r"[^a]")"}) + ")";
  return "(" + text(depth - 1) + pick(operators) + (one_in(2) ? literal(Wanted::text) : text(depth - 1)) + ")";
}

// An optional behind each kind of guard.
std::string Generator::guarded(int depth) {
  const Wanted wanted = one_in(3) ? Wanted::integer : any_scalar();
  if (wanted == Wanted::period) return truth(depth - 1);
  const std::string optional = optional_path(wanted);
  const std::string use =
      "(" + optional + (wanted == Wanted::integer || one_in(3) ? " == " : " != ") + scalar(wanted, depth - 2) + ")";
  switch (below(9)) {
    case 0: return "(" + optional + " is present)";
    case 1: return "(" + optional + " is absent)";
    case 2: return "(" + optional + " is present and " + use + ")";
    case 3: return "(" + optional + " is absent or " + use + ")";
    case 4: return "(" + optional + " is present implies " + use + ")";
    case 5: return "(if " + optional + " is present then " + use + " else " + truth(depth - 2) + ")";
    case 6: return "((" + optional + " ?? " + scalar(wanted, depth - 2) + ") == " + scalar(wanted, depth - 2) + ")";
    case 7: return "(ro is present and (ro.ok or ro.n > " + integer(depth - 2) + "))";
    default: return "(orep is absent or (orep.good and orep.g <= " + integer(depth - 2) + "))";
  }
}

std::string Generator::quantified(int depth) {
  const std::string before = pick({"any ", "all ", "no ", "at least ", "at most ", "exactly "});
  const bool counts = before.size() > 5;
  const std::string n = one_in(2) ? std::to_string(below(4)) : "(" + integer(depth - 2) + ")";
  const Over over = enter(depth);
  std::string text =
      "(" + before + (counts ? n + " " : "") + over.text + where(depth - 2) + ": " + truth(depth - 2) + ")";
  leave();
  return text;
}

std::string Generator::counted(int depth) {
  const std::string other = integer(depth - 2);
  if (one_in(5))
    return "(" + qualifier_ + "good_items(" + (one_in(2) ? qualifier_ + "pool" : "r.items") + ")" + compare_operator() +
           other + ")";
  const Over over = enter(depth);
  std::string text = "(count(" + over.text + where(depth - 1) + ")" +
                     (one_in(4)   ? " in [1, 2]"
                      : one_in(5) ? " in 1..2"
                                  : compare_operator() + other) +
                     ")";
  leave();
  return text;
}

std::string Generator::chosen(int depth) {
  if (one_in(5))
    return "(" + qualifier_ + "pick_level(" + truth(depth - 2) + ", " + scalar(Wanted::level, depth - 2) + ")" +
           compare_operator() + scalar(Wanted::level, 0) + ")";
  const Wanted wanted = one_in(2) ? Wanted::integer : one_in(2) ? Wanted::level : Wanted::text;
  std::string text = "(choose { ";
  for (unsigned branches = 1 + below(3); branches > 0; --branches) {
    text += truth(depth - 2) + " => " + (one_in(3) ? scalar(wanted, depth - 2) : literal(wanted)) + ", ";
  }
  text += "else => " + literal(wanted) + " }";
  if (one_in(4)) return text + " in [" + literal(wanted) + ", " + literal(wanted) + "])";
  if (wanted == Wanted::text) return text + (one_in(2) ? " == " : " starts with ") + literal(wanted) + ")";
  return text + compare_operator() + scalar(wanted, depth - 2) + ")";
}

// What is only made in one place each, so that it is made often enough.
std::string Generator::seldom(int depth) {
  const std::string number = path(Wanted::number);
  switch (below(13)) {
    case 0: return "(days(" + duration(depth - 2) + ")" + compare_operator() + number + ")";
    case 1: return "(hours(" + duration(depth - 2) + ")" + compare_operator() + number + ")";
    case 2: return "(number(" + percent(depth - 2) + ")" + compare_operator() + number + ")";
    case 3: return "(percent(" + number + ")" + compare_operator() + percent(depth - 2) + ")";
    case 4: return "(date(" + time(depth - 2) + ")" + compare_operator() + date(depth - 2) + ")";
    case 5: return "(lower(" + text(depth - 2) + ") == upper(" + path(Wanted::text) + "))";
    case 6: return "(trim(" + path(Wanted::text) + ") != " + literal(Wanted::text) + ")";
    case 7: return "(latest(y in parts" + std::string(one_in(2) ? " where y.ok" : "") + " by y.d) is present)";
    case 8: return "(avg(y in parts where y.ok: y.n) is absent)";
    case 9: return "(" + list(Wanted::integer, 0) + " contains any " + list(Wanted::integer, 0) + ")";
    case 10: return "(" + list(Wanted::text, 0) + " contains " + path(Wanted::text) + ")";
    case 11: return "(exactly 1 y in ts: y == " + path(Wanted::text) + ")";
    default: return "(all y in bs: y)";
  }
}

std::string Generator::known(int depth) {
  if (one_in(2))
    return "(" + (one_in(2) ? truth(depth - 1) : integer(depth - 1)) + (one_in(3) ? " is unknown)" : " is known)");
  if (one_in(2)) return "(" + truth(0) + " assume " + truth(0) + ")";
  return "((" + integer(depth - 1) + " assume " + integer(depth - 2) + ") >= " + integer(0) + ")";
}

std::string Generator::scalar(Wanted wanted, int depth) {
  if (depth > 0 && one_in(5)) {
    return "(if " + truth(depth - 1) + " then " + scalar(wanted, depth - 2) + " else " + scalar(wanted, depth - 2) +
           ")";
  }
  switch (wanted) {
    case Wanted::boolean: return truth(depth);
    case Wanted::integer: return integer(depth);
    case Wanted::number: return number(depth);
    case Wanted::percent: return percent(depth);
    case Wanted::text: return text(depth);
    case Wanted::date: return date(depth);
    case Wanted::time: return time(depth);
    case Wanted::duration: return duration(depth);
    case Wanted::level:
      if (depth > 0 && one_in(2)) return aggregate(wanted, depth);
      return one_in(3) ? literal(wanted) : path(wanted);
    case Wanted::version:
      if (depth > 0 && one_in(4)) return "min(" + scalar(wanted, depth - 1) + ", " + scalar(wanted, 0) + ")";
      return one_in(3) ? literal(wanted) : path(wanted);
    case Wanted::period:
    case Wanted::colour: return one_in(3) ? literal(wanted) : path(wanted);
  }
  return literal(wanted);
}

std::string Generator::integer(int depth) {
  if (depth <= 0) return one_in(4) ? literal(Wanted::integer) : path(Wanted::integer);
  switch (below(13)) {
    case 0: return "(" + integer(depth - 1) + " + " + integer(depth - 1) + ")";
    case 1: return "(" + integer(depth - 1) + " - " + integer(depth - 1) + ")";
    case 2: return "(" + integer(depth - 1) + " * " + integer(depth - 1) + ")";
    case 3: return one_in(2) ? "(-" + path(Wanted::integer) + ")" : "abs(" + integer(depth - 1) + ")";
    case 4: return (one_in(2) ? "min(" : "max(") + integer(depth - 1) + ", " + integer(depth - 1) + ")";
    case 5: return pick({"round(", "floor(", "ceil("}) + number(depth - 1) + ")";
    case 6:
      return "size(" +
             (one_in(3) ? pick({"parts", qualifier_ + "pool", "r.items", "reps"})
                        : list(one_in(2) ? Wanted::integer : Wanted::text, depth - 1)) +
             ")";
    case 7: return "length(" + text(depth - 1) + ")";
    case 8: {
      const Over over = enter(depth);
      std::string text = "sum(" + over.text + where(depth - 1) + ": " + integer(depth - 2) + ")";
      leave();
      return text;
    }
    case 9: return aggregate(Wanted::integer, depth);
    case 10: return qualifier_ + "plus_one(" + integer(depth - 1) + ")";
    case 11: return qualifier_ + "most";
    default: return path(Wanted::integer);
  }
}

std::string Generator::number(int depth) {
  if (depth <= 0) return one_in(4) ? literal(Wanted::number) : path(Wanted::number);
  switch (below(11)) {
    case 0: return "(" + number(depth - 1) + pick({" + ", " - ", " * ", " / "}) + number(depth - 1) + ")";
    case 1: return "(" + integer(depth - 1) + " / " + integer(depth - 1) + ")";
    case 2: return (one_in(2) ? "days(" : "hours(") + duration(depth - 1) + ")";
    case 3: return "number(" + (one_in(2) ? integer(depth - 1) : percent(depth - 1)) + ")";
    case 4: return "(" + (one_in(2) ? integer(depth - 1) : number(depth - 1)) + " * " + percent(depth - 1) + ")";
    case 5:
      return "(" +
             (one_in(2) ? percent(depth - 1) + " / " + percent(depth - 1)
                        : duration(depth - 1) + " / " + duration(depth - 1)) +
             ")";
    case 6: return aggregate(Wanted::number, depth);
    case 7: return one_in(2) ? "abs(" + number(depth - 1) + ")" : "(-" + path(Wanted::number) + ")";
    case 8: return "(" + number(depth - 1) + " + " + integer(depth - 1) + ")";
    case 9: return "sum(y in parts: y.w)";
    default: return path(Wanted::number);
  }
}

std::string Generator::percent(int depth) {
  if (depth <= 0) return one_in(4) ? literal(Wanted::percent) : path(Wanted::percent);
  switch (below(6)) {
    case 0: return "(" + percent(depth - 1) + (one_in(2) ? " + " : " - ") + percent(depth - 1) + ")";
    case 1: return "percent(" + (one_in(2) ? number(depth - 1) : integer(depth - 1)) + ")";
    case 2: return qualifier_ + "least";
    case 3: return "sum(y in parts where y.ok: y.s)";
    case 4: return aggregate(Wanted::percent, depth);
    default: return path(Wanted::percent);
  }
}

std::string Generator::text(int depth) {
  if (depth <= 0) return one_in(4) ? literal(Wanted::text) : path(Wanted::text);
  switch (below(7)) {
    case 0: return pick({"lower(", "upper(", "trim("}) + text(depth - 1) + ")";
    case 1: return "strip_prefix(" + text(depth - 1) + ", " + text(depth - 2) + ")";
    case 2: return "strip_suffix(" + text(depth - 1) + ", " + text(depth - 2) + ")";
    case 3: return "text(" + scalar(one_in(2) ? Wanted::integer : any_scalar(), depth - 1) + ")";
    case 4: return "(" + optional_path(Wanted::text) + " ?? " + text(depth - 1) + ")";
    default: return path(Wanted::text);
  }
}

std::string Generator::date(int depth) {
  if (depth <= 0) return one_in(4) ? literal(Wanted::date) : path(Wanted::date);
  switch (below(6)) {
    case 0: return "(" + date(depth - 1) + (one_in(2) ? " + " : " - ") + path(Wanted::period) + ")";
    case 1: return "(" + date(depth - 1) + (one_in(2) ? " + 2 days" : " - 1 day") + ")";
    case 2: return "(" + date(depth - 1) + " + " + path(Wanted::duration) + ")";
    case 3: return "date(" + time(depth - 1) + ")";
    case 4: return "today";
    default: return aggregate(Wanted::date, depth);
  }
}

std::string Generator::time(int depth) {
  if (depth <= 0) return one_in(4) ? literal(Wanted::time) : path(Wanted::time);
  switch (below(4)) {
    case 0: return "(" + time(depth - 1) + (one_in(2) ? " + " : " - ") + duration(depth - 1) + ")";
    case 1: return "(" + time(depth - 1) + (one_in(2) ? " + " : " - ") + path(Wanted::period) + ")";
    case 2: return "now";
    default: return path(Wanted::time);
  }
}

std::string Generator::duration(int depth) {
  if (depth <= 0) return one_in(3) ? literal(Wanted::duration) : path(Wanted::duration);
  switch (below(8)) {
    case 0: return "(" + date(depth - 1) + " - " + date(depth - 1) + ")";
    case 1: return "(" + time(depth - 1) + " - " + time(depth - 1) + ")";
    case 2: return "(" + duration(depth - 1) + (one_in(2) ? " + " : " - ") + duration(depth - 1) + ")";
    case 3: return "(" + duration(depth - 1) + " * " + integer(depth - 1) + ")";
    case 4: return one_in(2) ? "abs(" + duration(depth - 1) + ")" : "(-" + path(Wanted::duration) + ")";
    case 5: return "sum(y in r.items: y.u)";
    case 6: return "(avg(y in " + qualifier_ + "pool where y.f: y.u) ?? " + duration(0) + ")";
    default: return path(Wanted::duration);
  }
}

// What may be absent, with a value for that.
std::string Generator::aggregate(Wanted wanted, int depth) {
  const std::string otherwise = " ?? " + (one_in(2) ? literal(wanted) : path(wanted)) + ")";
  if (wanted == Wanted::integer) {
    switch (below(6)) {
      case 0: return "(first(y in parts" + std::string(one_in(2) ? " where y.ok" : "") + ")?.n" + otherwise;
      case 1: return "(latest(y in parts where y.ok by y.d)?.n" + otherwise;
      case 2: return "(first(y in ns where y > " + integer(depth - 2) + ")" + otherwise;
      case 3: return "(" + pick({"ro?.n", "ro?.o", "orep?.g", "oi", "r.o"}) + otherwise;
      default: break;
    }
    const Over over = enter(depth);
    std::string text =
        "(" + pick({"min(", "max("}) + over.text + where(depth - 1) + ": " + integer(depth - 2) + ")" + otherwise;
    leave();
    return text;
  }
  if (wanted == Wanted::number) {
    if (one_in(2)) return "(avg(y in parts" + std::string(one_in(2) ? " where y.ok" : "") + ": y.w)" + otherwise;
    const Over over = enter(depth);
    std::string text = "(avg(" + over.text + where(depth - 1) + ": " + integer(depth - 2) + ")" + otherwise;
    leave();
    return text;
  }
  if (wanted == Wanted::percent) return one_in(2) ? "(op" + otherwise : "(avg(y in parts: y.s)" + otherwise;
  if (wanted == Wanted::date) return "(" + pick({"min", "max"}) + "(y in parts: y.d)" + otherwise;
  if (wanted == Wanted::level) return "(" + pick({"min", "max"}) + "(y in parts where y.ok: y.l)" + otherwise;
  return path(wanted);
}

}  // namespace muster::agreement
