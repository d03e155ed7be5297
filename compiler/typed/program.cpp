// SPDX-License-Identifier: Apache-2.0
#include "compiler/typed/program.h"

namespace muster::typed {

const char* name(Op op) {
  switch (op) {
#define MUSTER_OP(name, operands, index, meaning) \
  case Op::name:                                  \
    return #name;
#include "compiler/typed/ops.def"
#undef MUSTER_OP
  }
  return "";
}

}  // namespace muster::typed
