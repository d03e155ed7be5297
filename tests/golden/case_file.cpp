// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/case_file.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace muster::golden {

namespace {

constexpr std::string_view kHeading = "--- ";
constexpr std::string_view kExpect = "--- expect\n";
constexpr std::string_view kNoLineEnd = " (no line end)";

struct Section {
  std::string name;
  std::string text;
};

std::string_view take_line(std::string_view& rest) {
  std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return line;
}

bool is_escaped(std::string_view line) {
  std::size_t first = line.find_first_not_of('\\');
  return line.starts_with('\\') && first != std::string_view::npos && line.substr(first).starts_with(kHeading);
}

// The sections of a text that begins with a heading, or with nothing.
std::vector<Section> take_sections(std::string_view rest) {
  std::vector<Section> sections;
  std::vector<bool> without_line_end;
  while (!rest.empty()) {
    std::string_view line = take_line(rest);
    if (line.starts_with(kHeading)) {
      line.remove_prefix(kHeading.size());
      without_line_end.push_back(line.ends_with(kNoLineEnd));
      if (without_line_end.back()) line.remove_suffix(kNoLineEnd.size());
      sections.push_back({std::string(line), {}});
    } else {
      if (is_escaped(line)) line.remove_prefix(1);
      sections.back().text.append(line).append("\n");
    }
  }
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (without_line_end[i] && !sections[i].text.empty()) sections[i].text.pop_back();
  }
  return sections;
}

void write_section(std::string& out, std::string_view name, std::string_view text) {
  out += kHeading;
  out += name;
  if (!text.empty() && !text.ends_with('\n')) out += kNoLineEnd;
  out += '\n';
  while (!text.empty()) {
    std::string_view line = take_line(text);
    if (line.starts_with(kHeading) || is_escaped(line)) out += '\\';
    out.append(line).append("\n");
  }
}

// As a shell would part them; quotes hold blanks together, a backslash takes the next character as it stands.
std::vector<std::string> split_arguments(std::string_view line) {
  std::vector<std::string> arguments;
  std::optional<std::string> argument;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    char byte = line[i];
    if (quote == 0 && byte == ' ') {
      if (argument) arguments.push_back(*std::exchange(argument, std::nullopt));
      continue;
    }
    if (!argument) argument.emplace();
    if (quote == 0 && (byte == '"' || byte == '\'')) {
      quote = byte;
    } else if (byte == quote) {
      quote = 0;
    } else {
      if (byte == '\\' && quote != '\'' && i + 1 < line.size()) byte = line[++i];
      *argument += byte;
    }
  }
  if (quote != 0) throw std::runtime_error("an open quote in the `run:` line");
  if (argument) arguments.push_back(*argument);
  return arguments;
}

// `key: value`
std::pair<std::string_view, std::string_view> split_entry(std::string_view line) {
  std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos) throw std::runtime_error("not `key: value`: " + std::string(line));
  return {line.substr(0, colon), line.substr(colon + 2)};
}

void read_header(Case& result, std::string_view header) {
  while (!header.empty()) {
    std::string_view line = take_line(header);
    if (line.empty() || line.starts_with('#')) continue;
    auto [key, value] = split_entry(line);
    if (key == "run") {
      result.arguments = split_arguments(value);
    } else if (key == "env") {
      std::size_t equals = value.find('=');
      if (equals == std::string_view::npos) throw std::runtime_error("`env:` needs NAME=VALUE");
      result.environment.emplace(value.substr(0, equals), value.substr(equals + 1));
    } else if (key == "terminal") {
      result.out_is_terminal = value.find("out") != std::string_view::npos;
      result.err_is_terminal = value.find("err") != std::string_view::npos;
    } else {
      throw std::runtime_error("no line of a case begins with " + std::string(key) + ":");
    }
  }
  if (result.arguments.empty()) throw std::runtime_error("no `run:` line");
}

void read_expected_section(Expectation& expected, const Section& section) {
  constexpr std::string_view kAfter = "after ";
  if (section.name == "stdout") {
    expected.out = section.text;
  } else if (section.name == "stderr") {
    expected.err = section.text;
  } else if (section.name.starts_with(kAfter)) {
    expected.after.emplace_back(section.name.substr(kAfter.size()), section.text);
  } else if (section.name == "expect") {
    std::string_view rest = section.text;
    while (!rest.empty()) {
      auto [key, value] = split_entry(take_line(rest));
      if (key == "exit") {
        expected.exit = std::stoi(std::string(value));
      } else if (key == "absent") {
        expected.absent.emplace_back(value);
      } else {
        throw std::runtime_error("no line of `expect` begins with " + std::string(key) + ":");
      }
    }
  } else {
    throw std::runtime_error("no section behind `expect` is called " + section.name);
  }
}

}  // namespace

Case read_case(std::string_view text) {
  Case result;
  std::size_t expect = text.find("\n" + std::string(kExpect));
  if (expect == std::string_view::npos) throw std::runtime_error("no `--- expect` section");
  result.input_part = text.substr(0, expect + 1);
  std::string_view input = result.input_part;
  std::size_t first_section = input.starts_with(kHeading) ? 0 : std::min(input.find("\n--- "), input.size() - 1) + 1;
  read_header(result, input.substr(0, first_section));
  for (Section& section : take_sections(input.substr(first_section))) {
    if (section.name == "stdin") {
      result.input = section.text;
    } else {
      result.files.emplace_back(section.name, section.text);
    }
  }
  for (const Section& section : take_sections(text.substr(expect + 1)))
    read_expected_section(result.expectation, section);
  return result;
}

std::string write_expectation(const Expectation& expectation) {
  std::string text;
  write_section(text, "expect", {});
  text += "exit: " + std::to_string(expectation.exit) + "\n";
  for (const std::string& path : expectation.absent) text += "absent: " + path + "\n";
  if (!expectation.out.empty()) write_section(text, "stdout", expectation.out);
  if (!expectation.err.empty()) write_section(text, "stderr", expectation.err);
  for (const auto& [path, content] : expectation.after) write_section(text, "after " + path, content);
  return text;
}

}  // namespace muster::golden
