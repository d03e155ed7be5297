// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/json_record.h"

#include <utility>

#include <fmt/format.h>

#include "base/unicode_text.h"
#include "runtime/ingest/json_text.h"

namespace muster::ingest {
namespace {

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string quoted_byte(char c) {
  if (c >= 0x20 && c < 0x7F) return fmt::format("`{}`", c);
  return fmt::format("byte {:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
}

}  // namespace

// The second stage. Recursion is bounded by kJsonNesting. A step that returns false has set the error.
class JsonRecordReader::Walk {
 public:
  Walk(const WantedKeys& wanted, const Options& options, const JsonIndex& index, std::string_view text,
       Spellings& record, std::string& unescaped)
      : wanted_(wanted), options_(options), index_(index), text_(text), record_(record), unescaped_(unescaped) {}

  std::optional<JsonError> run() {
    if (index_.size() == 0 || text_[index_[0]] != '{') return no_object();
    if (!value(WantedKeys::kRecord, {})) return error_;
    if (next_ < index_.size()) {
      fail("there is text after the end of the record", index_[next_]);
      return error_;
    }
    return std::nullopt;
  }

 private:
  bool value(WantedId wanted, std::string_view key) {
    if (next_ == index_.size()) return ends_early();
    switch (text_[index_[next_]]) {
      case '{': return object(wanted, key);
      case '[': return list(wanted, key);
      case '"': return string(wanted, key);
      case '}':
      case ']':
      case ',':
      case ':':
        return fail(fmt::format("a value was expected instead of {}", quoted_byte(text_[index_[next_]])),
                    index_[next_]);
    }
    return bare(wanted, key);
  }

  bool object(WantedId wanted, std::string_view key) {
    const NodeId node = open(wanted, Shape::object, key);
    if (!enter()) return false;
    const std::size_t begin = index_[next_++];
    if (next_is('}')) {
      ++next_;
    } else {
      std::uint64_t members = 0;
      do {
        if (++members > options_.limits.list_elements) {
          return refuse(fmt::format("an object has more than {} members", options_.limits.list_elements), begin);
        }
        if (!member(wanted)) return false;
      } while (comma());
      if (!expect('}', "or `,`")) return false;
    }
    leave(node, begin);
    return true;
  }

  bool list(WantedId wanted, std::string_view key) {
    const NodeId node = open(wanted, Shape::list, key);
    if (!enter()) return false;
    const std::size_t begin = index_[next_++];
    if (next_is(']')) {
      ++next_;
    } else {
      std::uint64_t elements = 0;
      do {
        if (++elements > options_.limits.list_elements) {
          return refuse(fmt::format("a list has more than {} elements", options_.limits.list_elements), begin);
        }
        if (!value(wanted, {})) return false;
      } while (comma());
      if (!expect(']', "or `,`")) return false;
    }
    leave(node, begin);
    return true;
  }

  bool string(WantedId wanted, std::string_view key) {
    std::string_view inside;
    const std::size_t begin = index_[next_];
    if (!quoted(inside)) return false;
    if (wanted == kUnwanted && !options_.strict) return true;
    Spelling spelling{Shape::text, false, false, inside};
    if (!unescape_if_needed(inside, begin, spelling)) return false;
    if (wanted != kUnwanted) close(spelling, key);
    return true;
  }

  bool bare(WantedId wanted, std::string_view key) {
    const std::size_t begin = index_[next_];
    const std::string_view spelled = token();
    if (wanted == kUnwanted && !options_.strict) return true;
    if (!is_json_literal(spelled)) {
      return refuse("not JSON: what stands here is neither a number nor text in quotes", begin);
    }
    if (wanted != kUnwanted) close({spelled == "null" ? Shape::null : Shape::bare, false, false, spelled}, key);
    return true;
  }

  bool member(WantedId object) {
    Spelling name;
    if (!member_name(object, name) || !expect(':', "after the key")) return false;
    const WantedId wanted = wanted_.child(object, name.text);
    const std::size_t node = record_.nodes.size();
    if (!value(wanted, name.text)) return false;
    if (wanted != kUnwanted) record_.nodes[node].broken_key = name.broken;
    return true;
  }

  // A key is checked wherever it stands: whether a member is wanted depends on it.
  bool member_name(WantedId object, Spelling& name) {
    if (next_ == index_.size()) return ends_early();
    const std::size_t begin = index_[next_];
    if (text_[begin] != '"')
      return fail(fmt::format("a key in quotes was expected instead of {}", quoted_byte(text_[begin])), begin);
    if (!quoted(name.text)) return false;
    const std::size_t kept = unescaped_.size();
    if (!unescape_if_needed(name.text, begin, name)) return false;
    if (object == kUnwanted) unescaped_.resize(kept);
    return true;
  }

  // A token in quotes, and what stands between them.
  bool quoted(std::string_view& inside) {
    const std::size_t begin = index_[next_];
    const std::string_view spelled = token();
    if (spelled.size() < 2 || spelled.back() != '"') return fail("there is text right behind a string", begin);
    inside = spelled.substr(1, spelled.size() - 2);
    return true;
  }

  bool unescape_if_needed(std::string_view inside, std::size_t begin, Spelling& spelling) {
    if (inside.find('\\') != std::string_view::npos) {
      const std::size_t kept = unescaped_.size();
      const TextState state = unescape(inside, unescaped_);
      if (state == TextState::bad_escape)
        return refuse("not JSON: a `\\` in a string begins no escape that JSON has", begin);
      spelling.broken = state == TextState::lone_surrogate;
      spelling.text = std::string_view(unescaped_).substr(kept);
    }
    if (index_.broken_utf8() && !base::is_utf8(inside)) spelling.broken = true;
    return true;
  }

  // From its first byte to the next structural character, without the blanks behind it.
  std::string_view token() {
    const std::size_t begin = index_[next_++];
    std::size_t end = next_ < index_.size() ? index_[next_] : text_.size();
    while (end > begin && is_json_space(text_[end - 1])) --end;
    return text_.substr(begin, end - begin);
  }

  bool next_is(char c) const { return next_ < index_.size() && text_[index_[next_]] == c; }

  bool comma() {
    if (!next_is(',')) return false;
    ++next_;
    return true;
  }

  bool expect(char c, std::string_view where) {
    if (next_ == index_.size()) return ends_early();
    if (!next_is(c)) {
      return fail(fmt::format("`{}` {} was expected instead of {}", c, where, quoted_byte(text_[index_[next_]])),
                  index_[next_]);
    }
    ++next_;
    return true;
  }

  bool enter() {
    if (++depth_ > kJsonNesting) return refuse(fmt::format("it is nested deeper than {}", kJsonNesting), index_[next_]);
    return true;
  }

  NodeId open(WantedId wanted, Shape shape, std::string_view key) {
    if (wanted == kUnwanted) return kNoNode;
    record_.nodes.push_back({{shape, false, false, {}}, key, 0});
    return static_cast<NodeId>(record_.nodes.size() - 1);
  }

  void leave(NodeId node, std::size_t begin) {
    --depth_;
    if (node == kNoNode) return;
    record_.nodes[node].end = static_cast<NodeId>(record_.nodes.size());
    record_.nodes[node].spelling.text = text_.substr(begin, index_[next_ - 1] + 1 - begin);
  }

  void close(const Spelling& spelling, std::string_view key) {
    const auto end = static_cast<NodeId>(record_.nodes.size() + 1);
    record_.nodes.push_back({spelling, key, end});
  }

  bool ends_early() { return fail("the record ends before it is complete", text_.size()); }

  // Of what is not JSON.
  bool fail(const std::string& message, std::size_t offset) {
    error_ = {JsonError::Kind::broken, "not JSON: " + message, offset};
    return false;
  }

  // Of JSON that can be no record, or whose contents are none of JSON's.
  bool refuse(std::string message, std::size_t offset) {
    error_ = {JsonError::Kind::refused, std::move(message), offset};
    return false;
  }

  // Says first whether it is JSON at all: one value and nothing behind it.
  JsonError no_object() {
    const std::size_t begin = index_.size() == 0 ? 0 : index_[0];
    if (index_.size() > 0 && text_[begin] != '[' && text_[begin] != '"' && !is_json_literal(token())) {
      return {JsonError::Kind::broken,
              fmt::format("not JSON: a record begins with `{{`, not with {}", quoted_byte(text_[begin])), begin};
    }
    return {JsonError::Kind::refused, "a record is an object, `{...}`", begin};
  }

  const WantedKeys& wanted_;
  const Options& options_;
  const JsonIndex& index_;
  std::string_view text_;
  Spellings& record_;
  std::string& unescaped_;
  std::size_t next_ = 0;
  std::size_t depth_ = 0;
  JsonError error_;
};

JsonRecordReader::JsonRecordReader(const WantedKeys& wanted, const Options& options)
    : wanted_(wanted), options_(options) {}

std::optional<JsonError> JsonRecordReader::read(std::string_view text, std::uint32_t line, Spellings& record) {
  record.nodes.clear();
  record.line = line;
  // No text is longer than it was spelled, so views of what is in it stay good.
  unescaped_.clear();
  unescaped_.reserve(text.size());
  if (auto error = index_.build(text)) return error;
  return Walk(wanted_, options_, index_, text, record, unescaped_).run();
}

}  // namespace muster::ingest
