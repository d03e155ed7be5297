// SPDX-License-Identifier: Apache-2.0
// Which fields a policy uses: what an engine has to read of the evidence, and no more. Lists and optionals are
// transparent: the fields of `drills` are those of its elements. A field that is there is used; of an evidence
// record any of whose own fields is used, `collected` and `expires` are used too. The subject's key and label
// are always used, and so are the rows of waivers.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::typed {

struct Use {
  std::map<types::FieldIndex, Use> fields;
};

struct Usage {
  Use subject;
  std::vector<std::optional<Use>> shared;  // one for each of Program::shared; nothing: not used
};

Usage usage_of(const Program& program, const Policy& policy);

// Every field of the subject and all shared evidence: for tests of the language, where evidence is made up.
Usage everything(const Program& program, types::RecordId subject);

}  // namespace muster::typed
