// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/xml_text.h"

#include "base/unicode_text.h"

namespace muster::commands {

// XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF.
std::string xml(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  const std::string valid = base::with_valid_utf8(text);
  std::string escaped;
  for (std::size_t at = 0; at < valid.size(); ++at) {
    switch (const char character = valid[at]; character) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\r': escaped += "&#13;"; break;
      case '\n': escaped += "&#10;"; break;
      case '\t': escaped += "&#9;"; break;
      default:
        if (const auto three = std::string_view(valid).substr(at, 3);
            three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
          escaped += kReplacement;
          at += 2;
        } else if (static_cast<unsigned char>(character) < 0x20) {
          escaped += kReplacement;
        } else {
          escaped += character;
        }
    }
  }
  return escaped;
}

}  // namespace muster::commands
