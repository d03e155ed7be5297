// SPDX-License-Identifier: Apache-2.0
#include "bench/shape.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace muster::bench {
namespace {

using Words = std::vector<std::string>;

Words split(const std::string& line) {
  std::istringstream stream(line);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::chrono::sys_days day_of(const std::string& text) {
  const std::chrono::year_month_day date{std::chrono::year{std::stoi(text.substr(0, 4))},
                                         std::chrono::month(std::stoul(text.substr(5, 2))),
                                         std::chrono::day(std::stoul(text.substr(8, 2)))};
  return date;
}

std::string text_of(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  const auto two = [](unsigned number) { return std::string(number < 10 ? "-0" : "-") + std::to_string(number); };
  return std::to_string(int(date.year())) + two(unsigned(date.month())) + two(unsigned(date.day()));
}

// Takes `null N` or `times N` from the end.
int take_option(Words& words, const std::string& name, int otherwise) {
  if (words.size() < 3 || words[words.size() - 2] != name) return otherwise;
  const int number = std::stoi(words.back());
  words.resize(words.size() - 2);
  return number;
}

std::int64_t power_of_ten(int places) { return places == 0 ? 1 : 10 * power_of_ten(places - 1); }

Field read_field(const Words& words, int nulls) {
  Field field;
  field.name = words[0];
  field.nulls = nulls;
  const std::string& kind = words[1];
  const auto ends = [&](int places) {
    field.places = places;
    field.low = std::stoll(words.at(2)) * power_of_ten(places);
    field.high = std::stoll(words.at(3)) * power_of_ten(places);
  };
  if (kind == "key") {
    field.kind = Kind::kKey;
  } else if (kind == "enum" || kind == "ordered") {
    field.kind = Kind::kEnum;
  } else if (kind == "choice") {
    field.kind = Kind::kChoice;
  } else if (kind == "date") {
    field.kind = Kind::kDate;
    for (auto day = day_of(words.at(2)); day <= day_of(words.at(3)); day += std::chrono::days{1})
      field.words.push_back(text_of(day));
    return field;
  } else if (kind == "int") {
    field.kind = Kind::kInt;
    ends(0);
    return field;
  } else if (kind == "number" || kind == "percent") {
    field.kind = Kind::kNumber;
    ends(kind == "number" ? std::stoi(words.at(4)) : 1);
    return field;
  } else if (kind == "bool") {
    field.kind = Kind::kBool;
    field.low = std::stoll(words.at(2));
    return field;
  } else if (kind == "text" || kind == "list") {
    field.kind = kind == "text" ? Kind::kText : Kind::kList;
    ends(0);
    field.skewed = words.back() == "skewed";
    return field;
  } else {
    throw std::runtime_error("no kind of field: " + kind);
  }
  field.words.assign(words.begin() + 2, words.end());
  return field;
}

void add_field(std::vector<Field>& fields, Words words) {
  if (words[0] == "*") words.erase(words.begin());
  const int times = take_option(words, "times", 1);
  const int nulls = take_option(words, "null", 0);
  const std::string name = words.at(0);
  for (int index = 0; index < times; ++index) {
    if (times > 1) words[0] = name.substr(0, name.size() - 1) + std::to_string(index);
    fields.push_back(read_field(words, nulls));
  }
}

}  // namespace

Shape read_shape(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  Shape shape;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    const Words words = split(line);
    if (words.empty() || words[0][0] == '#') continue;
    if (words[0] == "shape") {
      inside = words.at(1) == name;
      if (inside) shape.dirty = words.back() == "dirty" && words.size() == 3;
    } else if (inside && words[0] == "like") {
      shape.fields = read_shape(path, words.at(1)).fields;
    } else if (inside) {
      add_field(line[0] == ' ' ? shape.fields.back().fields : shape.fields, words);
    }
  }
  if (shape.fields.empty()) throw std::runtime_error(path + " has no shape " + name);
  return shape;
}

}  // namespace muster::bench
