// SPDX-License-Identifier: Apache-2.0
// Makes stale what is stale: the own fields of evidence are unknown (`stale`) once collected + D or `expires`
// lies before now, `undated` while `collected` is unknown or on a later day than today, or `expires` can't be
// read. The four built-in fields and the presence of the record stay. A datum's own reason goes first, `undated`
// before `stale`. Evidence within evidence has dates of its own and keeps to those.
#pragma once

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"
#include "runtime/evidence/run.h"

namespace muster::evidence {

// `type` is the datum's; `field_fresh` is the freshness of the field (or shared evidence) it stands in.
void apply_freshness(const typed::Program& program, types::TypeId type, const types::Freshness& field_fresh,
                     const Run& run, Datum& datum);

// To all fields of a subject.
void apply_freshness_to_subject(const typed::Program& program, types::RecordId subject, const Run& run, Datum& datum);

}  // namespace muster::evidence
