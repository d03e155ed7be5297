// SPDX-License-Identifier: Apache-2.0
// The records of a JSON array, the document itself or beneath a path of keys. Read element by element: memory
// depends on the largest, never on the document. Elements before a break are read, the rest is one broken record, and
// none where a bad stream is the reason.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "runtime/ingest/byte_reader.h"
#include "runtime/ingest/json_record.h"
#include "runtime/ingest/json_text.h"
#include "runtime/ingest/mistaken_file.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {
namespace {

constexpr std::size_t kNesting = 256;
constexpr const char* kNothingAfter = "; nothing after it is read";

std::string shown_byte(int byte) {
  if (byte == ByteReader::kEnd) return "the end of the file";
  if (byte >= 0x20 && byte < 0x7F) return fmt::format("`{}`", static_cast<char>(byte));
  return fmt::format("byte {:02X}", byte);
}

// The document between the records: finds the array, and where each element begins and ends. A step that returns
// false has set the error.
class Document {
 public:
  Document(std::istream& stream, const Options& options)
      : bytes_(stream, options.read_ahead_bytes),
        limit_(options.limits.record_bytes),
        quoted_stops_("\"\\\n"),
        plain_stops_("\"{}[],:\n \t\r") {
    bytes_.skip_byte_order_mark();
  }

  bool is_cut_off() { return bytes_.is_cut_off(); }
  bool is_empty() {
    skip_blanks();
    return bytes_.peek() == ByteReader::kEnd;
  }

  // To behind the bracket that opens the array.
  bool enter_array(const std::vector<std::string>& path) {
    path_ = path;
    if (is_utf16(bytes_.ahead())) return refuse(kIsUtf16);
    for (const std::string& key : path) {
      if (!enter_member(key)) return false;
    }
    skip_blanks();
    if (bytes_.peek() != '[') {
      const std::string where = path.empty() ? "" : fmt::format("at `{}` ", fmt::join(path, "."));
      return refuse(fmt::format("{}a list of records, `[...]`, was expected instead of {}{}", where,
                                shown_byte(bytes_.peek()),
                                path.empty() ? ": where it lies deeper, the source says so with `at`" : ""));
    }
    bytes_.get();
    depth_of_array_ = path.size();
    return true;
  }

  enum class Step : std::uint8_t { element, too_long, end, broken };

  // The next element's text, as long as it is within the limit.
  Step next_element(std::string& text) {
    skip_blanks();
    if (first_ && bytes_.peek() == ']') return end();
    if (!first_) {
      if (bytes_.peek() == ']') return end();
      if (!take(',', "between the elements of the list")) return Step::broken;
      skip_blanks();
    }
    first_ = false;
    element_line_ = bytes_.line();
    text.clear();
    fits_ = true;
    if (!value(&text)) return Step::broken;
    return fits_ ? Step::element : Step::too_long;
  }

  std::uint32_t element_line() const { return element_line_; }
  std::uint32_t error_line() const { return error_line_; }
  const std::string& error() const { return error_; }

 private:
  // From before an object to before the value of this member.
  bool enter_member(const std::string& wanted) {
    skip_blanks();
    if (!take('{', fmt::format("with a key `{}`", wanted))) return false;
    skip_blanks();
    if (bytes_.peek() == '}')
      return refuse(fmt::format("there is no key `{}` in which the list of records could be", wanted));
    while (true) {
      std::string key;
      if (!member_name(key)) return false;
      if (key == wanted) return true;
      if (!value(nullptr)) return false;
      skip_blanks();
      if (bytes_.peek() == '}')
        return refuse(fmt::format("there is no key `{}` in which the list of records could be", wanted));
      if (!take(',', "or `}`")) return false;
      skip_blanks();
    }
  }

  // With the colon behind it.
  bool member_name(std::string& key) {
    if (bytes_.peek() != '"')
      return fail(fmt::format("a key in quotes was expected instead of {}", shown_byte(bytes_.peek())));
    std::string spelled;
    fits_ = true;
    if (!string(&spelled)) return false;
    if (spelled.size() >= 2 &&
        unescape(std::string_view(spelled).substr(1, spelled.size() - 2), key) == TextState::bad_escape) {
      return fail("a `\\` in a key begins no escape that JSON has");
    }
    skip_blanks();
    return take(':', "after the key");
  }

  // Behind the array: the objects around it must end, and nothing may follow.
  Step end() {
    bytes_.get();
    for (; depth_of_array_ > 0; --depth_of_array_) {
      skip_blanks();
      while (bytes_.peek() == ',') {
        bytes_.get();
        skip_blanks();
        std::string key;
        if (!member_name(key) || !is_new_beside_array(key) || !value(nullptr)) return Step::broken;
        skip_blanks();
      }
      if (!take('}', "or `,`")) return Step::broken;
    }
    skip_blanks();
    if (bytes_.peek() == ByteReader::kEnd) return Step::end;
    element_line_ = bytes_.line();
    fail(fmt::format("the document has ended, but {} follows", shown_byte(bytes_.peek())));
    return Step::broken;
  }

  // Of a key that stands twice the last counts, but the records beneath the first have been given away.
  bool is_new_beside_array(const std::string& key) {
    if (key != path_[depth_of_array_ - 1]) return true;
    element_line_ = bytes_.line();
    return refuse(fmt::format("a second key `{}`, after the records beneath the first were read", key));
  }

  // A value as far as its brackets and quotes go; what stands between them is the record reader's.
  bool value(std::string* text) {
    std::string open;
    skip_blanks();
    do {
      const int next = bytes_.peek();
      if (next == '"') {
        if (!string(text)) return false;
      } else if (next == '{' || next == '[') {
        if (open.size() == kNesting) return refuse(fmt::format("it is nested deeper than {}", kNesting));
        open += next == '{' ? '}' : ']';
        keep_byte(text);
      } else if (next == '}' || next == ']') {
        if (open.empty() || open.back() != next) return fail(fmt::format("{} closes nothing", shown_byte(next)));
        open.pop_back();
        keep_byte(text);
      } else if (next == ByteReader::kEnd) {
        return fail("the file ends before the list is complete");
      } else if (!plain(text, open.empty())) {
        return false;
      }
    } while (!open.empty());
    return true;
  }

  // Everything else: a bare token or what stands between values.
  bool plain(std::string* text, bool at_top) {
    const int next = bytes_.peek();
    if (next == ',' || next == ':' || next == '\n' || next == ' ' || next == '\t' || next == '\r') {
      if (at_top) return fail(fmt::format("a value was expected instead of {}", shown_byte(next)));
      keep_byte(text);
      return true;
    }
    // A token at the top may reach over the end of a block.
    for (std::string_view piece = bytes_.take_until(plain_stops_); !piece.empty();
         piece = bytes_.take_until(plain_stops_))
      keep(text, piece);
    return true;
  }

  bool string(std::string* text) {
    const std::uint32_t line = bytes_.line();
    keep_byte(text);
    while (true) {
      keep(text, bytes_.take_until(quoted_stops_));
      switch (bytes_.peek()) {
        case ByteReader::kEnd:
          error_line_ = line;
          error_ = "not JSON: a string is not closed";
          return false;
        case '"': keep_byte(text); return true;
        case '\\': keep_byte(text); break;
      }
      if (bytes_.peek() != ByteReader::kEnd) keep_byte(text);
    }
  }

  void keep_byte(std::string* text) {
    const char byte = static_cast<char>(bytes_.get());
    keep(text, {&byte, 1});
  }

  void keep(std::string* text, std::string_view piece) {
    if (text == nullptr) return;
    if (text->size() + piece.size() > limit_) fits_ = false;
    if (fits_) *text += piece;
  }

  void skip_blanks() {
    while (bytes_.peek() == ' ' || bytes_.peek() == '\t' || bytes_.peek() == '\n' || bytes_.peek() == '\r')
      bytes_.get();
  }

  bool take(char expected, std::string_view where) {
    if (bytes_.peek() != expected)
      return fail(fmt::format("`{}` {} was expected instead of {}", expected, where, shown_byte(bytes_.peek())));
    bytes_.get();
    return true;
  }

  // Of what is not JSON.
  bool fail(const std::string& message) { return refuse("not JSON: " + message); }

  bool refuse(std::string message) {
    error_line_ = bytes_.line();
    error_ = std::move(message);
    return false;
  }

  ByteReader bytes_;
  std::uint64_t limit_;
  ByteSet quoted_stops_;
  ByteSet plain_stops_;
  std::vector<std::string> path_;  // of keys, to the array
  std::size_t depth_of_array_ = 0;
  bool first_ = true;
  bool fits_ = true;
  std::uint32_t element_line_ = 1;
  std::uint32_t error_line_ = 1;
  std::string error_;
};

class JsonArraySource final : public Source {
 public:
  JsonArraySource(const SourceSettings& settings, std::istream& stream, const WantedKeys& wanted)
      : at_(settings.at),
        limit_(settings.options.limits.record_bytes),
        document_(stream, settings.options),
        reader_(wanted, settings.options) {}

  bool next(Sink& sink) override {
    if (ended_) return false;
    if (!entered_) {
      entered_ = true;
      ended_ = document_.is_empty();
      if (ended_) return false;
      if (!document_.enter_array(at_)) {
        ended_ = true;
        if (document_.is_cut_off()) return false;
        sink.broken({document_.error_line(), document_.error(), Broken::Extent::rest});
        return true;
      }
    }
    switch (document_.next_element(text_)) {
      case Document::Step::end: ended_ = true; return false;
      case Document::Step::broken: return !document_.is_cut_off() && give_break(document_.element_line(), sink);
      case Document::Step::too_long:
        sink.broken({document_.element_line(), fmt::format("the record is longer than {} bytes", limit_),
                     Broken::Extent::record});
        return true;
      case Document::Step::element: break;
    }
    give_element(sink);
    return true;
  }

 private:
  // Nothing behind the break can be told apart.
  bool give_break(std::uint32_t line, Sink& sink) {
    ended_ = true;
    std::string message = document_.error();
    if (document_.error_line() != line) message += fmt::format(", on line {}", document_.error_line());
    sink.broken({line, message + kNothingAfter, Broken::Extent::rest});
    return true;
  }

  // Behind an element whose structure is broken nothing is to be relied on.
  void give_element(Sink& sink) {
    const std::uint32_t line = document_.element_line();
    const auto error = reader_.read(text_, line, record_);
    if (!error) return sink.record(record_);
    ended_ = error->kind == JsonError::Kind::broken;
    const std::string_view before = std::string_view(text_).substr(0, error->offset);
    const auto lines = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    std::string message = lines == 0 ? error->message : fmt::format("{}, on line {}", error->message, line + lines);
    if (ended_) message += kNothingAfter;
    sink.broken({line, std::move(message), ended_ ? Broken::Extent::rest : Broken::Extent::record});
  }

  std::vector<std::string> at_;
  std::uint64_t limit_;
  Document document_;
  JsonRecordReader reader_;
  bool entered_ = false;
  bool ended_ = false;
  std::string text_;
  Spellings record_;
};

}  // namespace

tl::expected<std::unique_ptr<Source>, FileError> open_json_array(const SourceSettings& settings, std::istream& stream,
                                                                 const WantedKeys& wanted) {
  return std::make_unique<JsonArraySource>(settings, stream, wanted);
}

}  // namespace muster::ingest
