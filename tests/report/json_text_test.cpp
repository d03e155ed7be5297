// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/json_text.h"

#include <gtest/gtest.h>

namespace muster::report {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_text(text, out);
  return out;
}

TEST(JsonText, EscapesWhatJsonWantsEscapedAndNothingElse) {
  EXPECT_EQ(quoted("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(quoted("\b\f\n\r\t\x01\x1f"), R"("\b\f\n\r\t\u0001\u001f")");
  EXPECT_EQ(quoted("\x7f é 日 😀"), "\"\x7f é 日 😀\"");
  EXPECT_EQ(quoted(std::string_view("\0", 1)), R"("\u0000")");
}

TEST(JsonText, ReplacesBrokenBytes) {
  EXPECT_EQ(quoted("a\xFF"
                   "b\xC3"),
            "\"a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\"");
  EXPECT_EQ(quoted("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");  // a surrogate
}

TEST(JsonText, PutsCommasBetweenMembersAndElementsOnly) {
  std::string out;
  JsonText json(out);
  json.begin_object().key("a").begin_array().integer(-1).number(0.5).null().end_array();
  json.key("b").begin_object().end_object().key("c").text("{").key("d").truth(false).end_object();
  EXPECT_EQ(out, R"({"a":[-1,0.5,null],"b":{},"c":"{","d":false})");
}

}  // namespace
}  // namespace muster::report
