// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/colour.h"

namespace muster::commands {

Option colour_option() {
  return {"--color", "WHEN", "colours; NO_COLOR and FORCE_COLOR are kept", Repeat::once, {"auto", "always", "never"}};
}

base::Colour colour(const Arguments& arguments, const Io& io, Stream stream) {
  const std::string wanted = arguments.value("--color").value_or("auto");
  if (wanted == "always") return base::Colour::on;
  if (wanted == "never") return base::Colour::off;
  const auto is_set = [&](const char* name) { return !io.environment(name).value_or("").empty(); };
  if (is_set("NO_COLOR")) return base::Colour::off;
  if (is_set("FORCE_COLOR")) return io.environment("FORCE_COLOR") == "0" ? base::Colour::off : base::Colour::on;
  const bool is_terminal = stream == Stream::out ? io.out_is_terminal : io.err_is_terminal;
  return is_terminal && io.environment("TERM").value_or("") != "dumb" ? base::Colour::on : base::Colour::off;
}

}  // namespace muster::commands
